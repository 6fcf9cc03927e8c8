using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Reads what the field app shows of visits and measures.</summary>
internal sealed class HouseholdWork(ShouwangDb db, Policies policies, Today today) : IHouseholdWork
{
    public async Task<IReadOnlyDictionary<Guid, LastVisit>> LastVisits(Actor actor, CancellationToken cancel)
    {
        var since = today.Day.AddYears(-1);
        var visits = await db.Set<Visit>().AsNoTracking().VisibleTo(actor, Permissions.VisitsRecord, v => v.HouseholdId).Where(v => v.VisitedOn >= since)
            .OrderBy(v => v.VisitedOn).ThenBy(v => v.RecordedAt).Select(v => new { v.HouseholdId, v.VisitedOn, v.Visitors, v.Purpose }).ToListAsync(cancel);
        return visits.GroupBy(v => v.HouseholdId, (household, all) => (household, Last: all.Last()))
            .ToDictionary(v => v.household, v => new LastVisit(v.household, v.Last.VisitedOn, string.Join('、', FindVisit.VisitorsOf(v.Last.Visitors).Select(p => p.Name)), v.Last.Purpose));
    }

    public async Task<ILookup<Guid, HelpUnderWay>> Help(Actor actor, CancellationToken cancel)
    {
        var titles = (await policies.For(actor.Area, today.Day, cancel)).Measures.ToDictionary(m => m.Code, m => m.Title);
        var since = today.Day.AddYears(-1);
        var steps = await db.Set<Measure>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, m => m.HouseholdId).Where(m => MeasureStates.Open.Contains(m.State) || MeasureStates.Begun.Contains(m.State) && m.PlannedEndOn >= since)
            .OrderBy(m => m.PlannedEndOn).ThenBy(m => m.Id).ToListAsync(cancel);
        return steps.ToLookup(m => m.HouseholdId, m => new HelpUnderWay(m.Id, m.HouseholdId, titles.GetValueOrDefault(m.Type, new(m.Type, m.Type)), m.Quantity,
            MeasureStates.Life.NameOf(m.State), m.PlannedEndOn,
            !MeasureStates.Open.Contains(m.State) || m.State == MeasureState.Delivered, m.State is MeasureState.InProgress or MeasureState.Delivered));
    }
}
