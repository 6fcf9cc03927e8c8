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
        return await db.Set<KeptContents>().AsNoTracking().Where(c => c.County == digits && !published.Contains(c.AsOf)).Select(c => c.AsOf).OrderByDescending(d => d).ToListAsync(cancel);
    }

    /// <summary>Whether the figures of a day open to their households for good: it was published, or ended a month.</summary>
    public async Task<bool> Opens(AreaCode county, DateOnly asOf, CancellationToken cancel) => await Has(county, asOf, cancel)
        || await db.Set<KeptContents>().AsNoTracking().AnyAsync(c => c.County == county.Digits && c.AsOf == asOf, cancel);

    /// <summary>The households behind a published day, or the end of a month; null where they were not kept.</summary>
    /// <exception cref="InvalidDataException">They are not those that were kept.</exception>
    public async Task<SetContents?> Contents(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var set = await db.Set<IndicatorSet>().AsNoTracking().SingleOrDefaultAsync(s => s.County == digits && s.AsOf == asOf, cancel);
        return set is not null ? SetContents.Unpack(secrets.DecryptBytes(set.ContentsEnc), set.Digest) : await Kept(digits, asOf, cancel);
    }

    /// <summary>Those of the end of a month, published or not.</summary>
    private async Task<SetContents?> Kept(string county, DateOnly asOf, CancellationToken cancel)
    {
        var kept = await db.Set<KeptContents>().AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.AsOf == asOf, cancel);
        return kept is null ? null : SetContents.Unpack(secrets.DecryptBytes(kept.ContentsEnc), kept.Digest);
    }

    /// <summary>Keeps the households behind the figures of a day in place of those kept before, in the open unit of work.</summary>
    public async Task Keep(AreaCode county, DateOnly asOf, SetContents contents, CancellationToken cancel)
    {
        var (packed, digest) = contents.Pack();
        var kept = await db.Set<KeptContents>().SingleOrDefaultAsync(c => c.County == county.Digits && c.AsOf == asOf, cancel);
        if (kept is null)
            db.Add(new KeptContents { County = county.Digits, AsOf = asOf, ContentsEnc = secrets.Encrypt(packed), Digest = digest });
        else if (kept.Digest != digest)
            (kept.ContentsEnc, kept.Digest) = (secrets.Encrypt(packed), digest);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Works a published day out again from the households that were counted then.</summary>
    /// <returns>What comes out otherwise, which nothing should; null where no households were kept.</returns>
    public async Task<IReadOnlyList<Difference>?> Again(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        county = county.County;
        if (await Contents(county, asOf, cancel) is not { } contents)
            return null;
        var again = contents.Sums(county);
        var parts = again.Parts().ToDictionary(p => (p.Area, p.Code), p => p.Sums);
        var kept = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == county.Digits && v.AsOf == asOf).ToListAsync(cancel);
        return [.. kept.Select(v => new Difference(v.Area, v.Code, new(Exact.Value(v.Numerator), Exact.Value(v.Denominator)),
                v.Code.Contains('/', StringComparison.Ordinal) ? parts.GetValueOrDefault((v.Area, v.Code)) : again[v.Area, v.Code]))
            .Where(d => d.Kept != d.Again)];
    }
}
