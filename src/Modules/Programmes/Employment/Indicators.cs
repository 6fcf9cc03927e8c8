using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Employment;

/// <summary>I12n: public-welfare posts held on the day, by the labour office's lists in force. INDICATORS §5.</summary>
internal sealed class EmploymentIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["I12n"];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read("""
        select household_id, village, post_kind from employment_records
        where county = @county and in_force and as_of_on <= @to and post_kind is not null and (post_ends_on is null or post_ends_on >= @to)
        """, row => part(new("I12n", row.GetString(1), row.Id(0), 1, 0) { By = [("post", row.GetString(2))] }), cancel, ("@county", county.Digits), ("@to", asOf));
}
