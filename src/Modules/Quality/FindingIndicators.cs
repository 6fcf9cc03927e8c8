using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <summary>C25: findings that were on the list in the month, and those of them put right by the day. INDICATORS §3.</summary>
/// <remarks>What was explained as correct until the day is no error and counts in neither.</remarks>
internal sealed class FindingIndicators(ShouwangDb db, IEnumerable<IQualityCheck> checks) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C25n", "C25r"];

    public IReadOnlyList<(string Value, Text Name)> ValuesOf(string dimension) => dimension != "rule" ? []
        : [.. checks.SelectMany(c => c.Rules).DistinctBy(r => r.Id).OrderBy(r => int.Parse(r.Id.AsSpan(3), null)).Select(r => (r.Id, new Text($"{r.Id} {r.Title.Zh}", $"{r.Id} {r.Title.En}")))];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read($"""
        select rule, area, household_id, closed_on from quality_findings where county = @county and first_on <= @to and (closed_on is null or closed_on >= @month)
            and (state <> '{FindingState.Explained}' or explained_at >= @next)
        """, row =>
    {
        var (area, household) = (row.GetString(1), row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2));
        var isRight = !row.IsDBNull(3) && row.GetFieldValue<DateOnly>(3) <= asOf;
        (string, string)[] by = [("rule", row.GetString(0))];
        part(new("C25n", area, household, 1, 0) { By = by });
        part(new("C25r", area, household, isRight ? 1 : 0, 1) { By = by });
    }, cancel, ("@county", county.Digits), ("@to", asOf), ("@month", new DateOnly(asOf.Year, asOf.Month, 1)), ("@next", Today.Begin(asOf.AddDays(1)).ToUnixTimeMilliseconds()));
}
