using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports;

/// <summary>M15: the files that departments owe each month, and those of them that came in time. INDICATORS §2.</summary>
/// <remarks>
/// A file came on the day on which it was handed in, whenever it was taken; one that was never taken, or was taken back, did not come. What is not due yet
/// counts as soon as it is there. Due days stand with the feeds of the packs.
/// </remarks>
internal sealed class PushIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["M15"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (month, came) = (new DateOnly(asOf.Year, asOf.Month, 1), new Dictionary<string, DateOnly>(StringComparer.Ordinal));
        await db.Read("""
            select kind, min(uploaded_at) from imports
            where county = @county and kind is not null and uploaded_at >= @month and applied_at < @next and (undone_at is null or undone_at >= @next)
            group by kind
            """, row => came.Add(row.GetString(0), DateOnly.FromDateTime(Today.Local(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))))), cancel,
            ("@county", county.Digits), ("@month", Today.Begin(month).ToUnixTimeMilliseconds()), ("@next", Today.Begin(asOf.AddDays(1)).ToUnixTimeMilliseconds()));
        foreach (var feed in policy.Feeds.Where(f => f.DueDay is not null))
        {
            var due = month.AddDays(feed.DueDay!.Value - 1);
            var on = came.TryGetValue(feed.Kind, out var day) ? day : (DateOnly?)null;
            if (on is not null || asOf > due)
                part(new("M15", county.Digits, null, on <= due ? 1 : 0, 1) { By = [("department", feed.Department)] });
        }
    }
}
