using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Groups;

/// <summary>Townships that a group of a drive has visited (C05t). Drives that ended before the day's year do not count.</summary>
internal sealed class GroupIndicators(ShouwangDb db, CountCampaign count) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C05t"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (key, year) = (county.Digits, new DateOnly(asOf.Year, 1, 1));
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => c.County == key && c.StartedOn <= asOf && (c.ClosedOn == null || c.ClosedOn >= year)).ToListAsync(cancel))
        {
            if (campaign.PlanOf().Groups.Count == 0 || await count.Kept(campaign, cancel) is not { } board)
                continue;
            var visited = (await db.Set<SupervisionVisit>().AsNoTracking().Where(v => v.County == key && v.CampaignId == campaign.Id && v.VisitedOn <= asOf).Select(v => v.Area).Distinct().ToListAsync(cancel))
                .Select(a => TeamRoster.TownshipOf(new(a))).ToHashSet();
            foreach (var township in board.Places.Where(p => p.Value.Households > 0).Select(p => TeamRoster.TownshipOf(new(p.Key))).Where(a => a.Level == AreaLevel.Township).Distinct())
                part(new("C05t", township.Digits, null, visited.Contains(township) ? 1 : 0, 1));
        }
    }
}
