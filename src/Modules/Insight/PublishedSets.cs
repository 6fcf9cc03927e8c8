using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>A published set as lists show it.</summary>
internal sealed record SetSummary(DateOnly AsOf, DateTimeOffset PublishedAt, string PublishedBy, IReadOnlyList<CheckResult> Checks);

/// <summary>A figure that comes out otherwise when it is worked out again.</summary>
internal sealed record Difference(string Area, string Code, Sums Kept, Sums Again);

/// <summary>Reads published sets.</summary>
internal sealed class PublishedSets(ShouwangDb db, Secrets secrets)
{
    public Task<bool> Has(AreaCode county, DateOnly asOf, CancellationToken cancel) =>
        db.Set<IndicatorSet>().AsNoTracking().AnyAsync(s => s.County == county.Digits && s.AsOf == asOf, cancel);

    /// <summary>All of a county, the latest first.</summary>
    public async Task<IReadOnlyList<SetSummary>> All(AreaCode county, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var sets = await db.Set<IndicatorSet>().AsNoTracking().Where(s => s.County == digits).OrderByDescending(s => s.AsOf)
            .Select(s => new { s.AsOf, s.PublishedAt, s.PublishedBy, s.Checks }).ToListAsync(cancel);
        return [.. sets.Select(s => new SetSummary(s.AsOf, s.PublishedAt, s.PublishedBy, JsonSerializer.Deserialize<List<CheckResult>>(s.Checks, JsonTexts.Options) ?? []))];
    }

    /// <summary>Months that ended with their households kept and were not published, the latest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> Unpublished(AreaCode county, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var published = db.Set<IndicatorSet>().Where(s => s.County == digits).Select(s => s.AsOf);
        return await db.Set<KeptSection>().AsNoTracking().Where(c => c.County == digits && c.Code == PackedContents.Places && !published.Contains(c.AsOf)).Select(c => c.AsOf).OrderByDescending(d => d).ToListAsync(cancel);
    }

    /// <summary>Whether the figures of a day open to their households for good: it was published, or ended a month.</summary>
    public async Task<bool> Opens(AreaCode county, DateOnly asOf, CancellationToken cancel) => await Has(county, asOf, cancel)
        || await Kept(county, asOf).AnyAsync(cancel);

    /// <summary>The households behind a published day, or the end of a month; null where they were not kept.</summary>
    /// <param name="codes">Behind these figures alone; null for all.</param>
    /// <exception cref="InvalidDataException">They are not those that were kept.</exception>
    public async Task<SetContents?> Contents(AreaCode county, DateOnly asOf, IReadOnlyCollection<string>? codes, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var set = await db.Set<IndicatorSet>().AsNoTracking().SingleOrDefaultAsync(s => s.County == digits && s.AsOf == asOf, cancel);
        if (set is { ContentsEnc.Length: > 0 })
            return PackedContents.UnpackWhole(secrets.DecryptBytes(set.ContentsEnc), set.Digest);
        if (await Digest(county, asOf, cancel) is not { } digest)
            return null;
        if (set is not null && set.Digest != digest)
            throw PackedContents.Changed();
        var sections = Kept(county, asOf);
        if (codes is not null)
        {
            List<string> wanted = [PackedContents.Places, .. codes];
            sections = sections.Where(c => wanted.Contains(c.Code));
        }
        return PackedContents.Unpack((await sections.ToListAsync(cancel)).Select(c => new ContentSection(c.Code, secrets.DecryptBytes(c.SectionEnc), c.Digest)));
    }

    /// <summary>The digest of what is kept of a day; null where nothing is.</summary>
    public async Task<string?> Digest(AreaCode county, DateOnly asOf, CancellationToken cancel) =>
        await Digests(county, asOf, cancel) is { Count: > 0 } digests ? PackedContents.DigestOf(digests.Select(d => (d.Key, d.Value))) : null;

    /// <summary>Keeps the households behind the figures of a day in place of those kept before, in the open transaction.</summary>
    /// <returns>Their digest.</returns>
    public async Task<string> Keep(AreaCode county, DateOnly asOf, SetContents contents, CancellationToken cancel)
    {
        var (sections, before) = (PackedContents.Pack(contents), await Digests(county, asOf, cancel));
        await new BulkUpsert(db, "indicator_contents", ["county", "as_of", "code"],
            ("county", ColumnType.Text), ("as_of", ColumnType.Date), ("code", ColumnType.Text), ("section_enc", ColumnType.Bytes), ("digest", ColumnType.Text))
            .Write(sections.Where(s => before.GetValueOrDefault(s.Code) != s.Digest).Select(s => new object?[] { county.Digits, asOf, s.Code, secrets.Encrypt(s.Packed), s.Digest }), cancel);
        List<string> gone = [.. before.Keys.Except(sections.Select(s => s.Code))];
        await Kept(county, asOf).Where(c => gone.Contains(c.Code)).ExecuteDeleteAsync(cancel);
        return PackedContents.DigestOf(sections.Select(s => (s.Code, s.Digest)));
    }

    /// <summary>Works a published day out again from the households that were counted then.</summary>
    /// <returns>What comes out otherwise, which nothing should; null where no households were kept.</returns>
    public async Task<IReadOnlyList<Difference>?> Again(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        county = county.County;
        if (await Contents(county, asOf, null, cancel) is not { } contents)
            return null;
        var again = contents.Sums(county);
        var parts = again.Parts().ToDictionary(p => (p.Area, p.Code), p => p.Sums);
        var kept = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == county.Digits && v.AsOf == asOf).ToListAsync(cancel);
        return [.. kept.Select(v => new Difference(v.Area, v.Code, new(Exact.Value(v.Numerator), Exact.Value(v.Denominator)),
                v.Code.Contains('/', StringComparison.Ordinal) ? parts.GetValueOrDefault((v.Area, v.Code)) : again[v.Area, v.Code]))
            .Where(d => d.Kept != d.Again)];
    }

    private IQueryable<KeptSection> Kept(AreaCode county, DateOnly asOf)
    {
        var digits = county.County.Digits;
        return db.Set<KeptSection>().AsNoTracking().Where(c => c.County == digits && c.AsOf == asOf);
    }

    private Task<Dictionary<string, string>> Digests(AreaCode county, DateOnly asOf, CancellationToken cancel) =>
        Kept(county, asOf).Select(c => new { c.Code, c.Digest }).ToDictionaryAsync(c => c.Code, c => c.Digest, cancel);
}
