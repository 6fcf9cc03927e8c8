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

    /// <summary>The households behind a published day; null where it was not published.</summary>
    /// <exception cref="InvalidDataException">They are not those that were published.</exception>
    public async Task<SetContents?> Contents(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var set = await db.Set<IndicatorSet>().AsNoTracking().SingleOrDefaultAsync(s => s.County == digits && s.AsOf == asOf, cancel);
        return set is null ? null : SetContents.Unpack(secrets.DecryptBytes(set.ContentsEnc), set.Digest);
    }

    /// <summary>Works a published day out again from the households that were counted then.</summary>
    /// <returns>What comes out otherwise, which nothing should; null where the day was not published.</returns>
    public async Task<IReadOnlyList<Difference>?> Again(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        county = county.County;
        if (await Contents(county, asOf, cancel) is not { } contents)
            return null;
        var again = new AreaSums(county);
        contents.Each(null, part => again.Add(part.Village, part.Code, part.Numerator, part.Denominator));
        var parts = again.Parts().ToDictionary(p => (p.Area, p.Code), p => p.Sums);
        var kept = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == county.Digits && v.AsOf == asOf).ToListAsync(cancel);
        return [.. kept.Select(v => new Difference(v.Area, v.Code, new(Exact.Value(v.Numerator), Exact.Value(v.Denominator)),
                v.Code.Contains('/', StringComparison.Ordinal) ? parts.GetValueOrDefault((v.Area, v.Code)) : again[v.Area, v.Code]))
            .Where(d => d.Kept != d.Again)];
    }
}
