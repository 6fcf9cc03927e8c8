using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Notices;

/// <summary>M24: notices of the calendar year that are over, and those of them that hung long enough and have their photos. INDICATORS §2.</summary>
internal sealed class NoticeIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["M24"];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read(
        "select area, earliest_end_on, closed_on, photos from notices where county = @county and closed_on between @from and @to",
        row => part(new("M24", row.GetString(0), null, row.GetFieldValue<DateOnly>(2) >= row.GetFieldValue<DateOnly>(1) && row.GetString(3) is not ("" or "[]") ? 1 : 0, 1)),
        cancel, ("@county", county.Digits), ("@from", new DateOnly(asOf.Year, 1, 1)), ("@to", asOf));
}
