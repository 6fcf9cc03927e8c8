using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Reviews;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns;

/// <summary>C05: villages in which somebody from above has been to see how the work goes, among the villages of the register. INDICATORS §3.</summary>
/// <remarks>That are records of supervision at listed objects, examinations, and households looked at in spot checks. Joint reviews are the village's own and do not count.</remarks>
internal sealed class SupervisionIndicators(ShouwangDb db, IHouseholdSums households, ISupervisions supervisions) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C05"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var key = county.Digits;
        HashSet<string> seen =
        [
            .. await supervisions.Areas(county, asOf, cancel),
            .. await db.Set<Review>().AsNoTracking().Where(r => r.County == key && r.Duty == TeamDuty.Examination && r.HeldOn <= asOf).Select(r => r.Area).Distinct().ToListAsync(cancel),
            .. await db.Set<SampledHousehold>().AsNoTracking().Where(s => s.County == key && s.CheckedOn <= asOf).Select(s => s.Area).Distinct().ToListAsync(cancel),
        ];
        foreach (var village in (await households.ByArea(county, asOf, [new(null, null)], cancel))[0].Select(p => p.Area).Where(a => a.Length == (int)AreaLevel.Village).Distinct())
            part(new("C05", village, null, seen.Contains(village) ? 1 : 0, 1));
    }
}
