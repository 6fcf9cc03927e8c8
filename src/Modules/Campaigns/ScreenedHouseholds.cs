using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns;

/// <summary>M22: the households that drives have screened, registered ones and others. INDICATORS §2.</summary>
/// <remarks>Screened is who is in scope on the day and was visited at home on a day of the field stage, as in M21; a household of two drives counts once.</remarks>
internal sealed class ScreenedHouseholds(ShouwangDb db, CampaignScope scope, IHouseholdSums sums, IVisitCourse visits) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["M22", "M22a", "M22b"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (key, year, counted) = (county.Digits, new DateOnly(asOf.Year, 1, 1), new HashSet<Guid>());
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => c.County == key && c.StartedOn <= asOf && (c.ClosedOn == null || c.ClosedOn >= year)).ToListAsync(cancel))
        {
            var visited = new HashSet<Guid>();
            await visits.Homes(county, campaign.FieldFrom, campaign.FieldTo < asOf ? campaign.FieldTo : asOf, home => visited.Add(home), cancel);
            if (visited.Count == 0)
                continue;
            var registered = new HashSet<Guid>();
            // Everything of the first sum comes before anything of the second.
            await sums.Each(county, asOf, [new(scope.And(campaign, "registry.registered"), null), new(scope.And(campaign), null)], home =>
            {
                if (!visited.Contains(home.Household) || !campaign.Contains(new(home.Area)))
                    return;
                if (home.Sum == 0)
                    registered.Add(home.Household);
                else if (counted.Add(home.Household))
                {
                    part(new("M22", home.Area, home.Household, 1, 0));
                    part(new(registered.Contains(home.Household) ? "M22a" : "M22b", home.Area, home.Household, 1, 0));
                }
            }, cancel);
        }
    }
}
