using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Identification cases in people's work lists.</summary>
internal sealed class CaseWork(ShouwangDb db) : IWorkSource
{
    private static readonly CaseEvent[] Exceptional = [CaseEvent.Withdraw, CaseEvent.Reject, CaseEvent.Return, CaseEvent.TakeUpObjection];

    public Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var open = db.Set<IdentificationCase>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId).Where(c => CaseStates.Open.Contains(c.State));
        // The visit and the matching have their own days; who matches data looks at the latter.
        var visits = actor.May(Permissions.CasesVerify);
        return CaseStates.Life.Work(open.Select(c => new WorkRow<CaseState>
        {
            Id = c.Id, Code = c.Code, Household = c.HouseholdId, Area = c.Area, State = c.State, DueOn = visits ? c.StageDueOn : c.MatchDueOn ?? c.StageDueOn,
        }), "case", "/cases", Exceptional, actor, today, limit, cancel);
    }
}

/// <summary>Eliminations in people's work lists.</summary>
internal sealed class EliminationWork(ShouwangDb db) : IWorkSource
{
    private static readonly EliminationEvent[] Exceptional = [EliminationEvent.Withdraw, EliminationEvent.Reject, EliminationEvent.TakeUpObjection];

    public Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel) => EliminationStates.Life.Work(
        db.Set<Elimination>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, e => e.HouseholdId).Where(e => EliminationStates.Open.Contains(e.State))
            .Select(e => new WorkRow<EliminationState> { Id = e.Id, Code = e.Code, Household = e.HouseholdId, Area = e.Area, State = e.State, DueOn = e.StageDueOn }),
        "elimination", "/eliminations", Exceptional, actor, today, limit, cancel);
}

/// <summary>Measures in people's work lists.</summary>
internal sealed class MeasureWork(ShouwangDb db, Policies policies) : IWorkSource
{
    private static readonly MeasureEvent[] Exceptional = [MeasureEvent.Cancel, MeasureEvent.Suspend];

    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var part = await MeasureStates.Life.Work(
            db.Set<Measure>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, m => m.HouseholdId).Where(m => MeasureStates.Open.Contains(m.State))
                .Select(m => new WorkRow<MeasureState> { Id = m.Id, Code = m.Type, Household = m.HouseholdId, Area = m.Area, State = m.State, DueOn = m.StageDueOn }),
            "measure", "/measures", Exceptional, actor, today, limit, cancel);
        var policy = await policies.For(actor.Area, today, cancel);
        return part with { Items = [.. part.Items.Select(i => i with { About = CaseWords.MeasureName(i.Code!, policy) })] };
    }
}

/// <summary>Plans to make and to approve, in people's work lists.</summary>
internal sealed class PlanWork(ShouwangDb db) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var waiting = await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .Where(o => o.State == ObjectState.Identified || o.State == ObjectState.RolledBack)
            .OrderBy(o => o.StageDueOn).Select(o => new
            {
                o.HouseholdId, o.Area, o.State, o.StageDueOn,
                Draft = db.Set<Plan>().Any(p => p.County == o.County && p.HouseholdId == o.HouseholdId && p.State == PlanState.Draft),
            }).ToListAsync(cancel);
        var items = waiting.Select(o => (Due: o.StageDueOn, Mine: actor.May(o.Draft ? Permissions.PlansApprove : Permissions.PlansEdit), Item: o)).ToList();
        var mine = items.Where(i => i.Mine).ToList();
        return new([.. mine.Take(limit).Concat(items.Where(i => !i.Mine).Take(limit)).Select(i => new WorkItem("plan", i.Item.HouseholdId, null, i.Item.HouseholdId, i.Item.Area,
                ObjectStates.NameOf(i.Item.State), i.Item.Draft ? new("审核帮扶计划", "approve the plan") : new("制定帮扶计划", "make a plan"), i.Due,
                WorkQuery.UrgencyOf(i.Due, today), i.Mine, WhoActs.For(i.Item.Draft ? Permissions.PlansApprove : Permissions.PlansEdit), $"/households/{i.Item.HouseholdId}/plan"))],
            mine.Count(i => i.Due < today), mine.Count(i => i.Due == today), mine.Count(i => i.Due is null || i.Due > today), items.Count - mine.Count);
    }
}

/// <summary>Monitored households to be visited, in the work lists of those who visit.</summary>
internal sealed class VisitWork(ShouwangDb db, Policies policies) : IWorkSource
{
    private const string Clock = "visit.monitored";

    // Further ahead nobody plans visits.
    private const int DaysAhead = 7;

    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        if (!actor.May(Permissions.VisitsRecord))
            return WorkPart.Nothing;
        var policy = await policies.For(actor.Area, today, cancel);
        var active = await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.VisitsRecord, o => o.HouseholdId)
            .Where(o => ObjectStates.Active.Contains(o.State)).Select(o => new { o.HouseholdId, o.Area, o.State, Since = o.VisitedOn ?? o.IdentifiedOn }).ToListAsync(cancel);
        var due = active.Select(o => (Object: o, On: policy.Due(Clock, o.Since))).Where(o => o.On <= today.AddDays(DaysAhead)).OrderBy(o => o.On).ToList();
        return new([.. due.Take(limit).Select(o => new WorkItem("visit", o.Object.HouseholdId, null, o.Object.HouseholdId, o.Object.Area, ObjectStates.NameOf(o.Object.State),
                new("走访监测户", "visit the household"), o.On, WorkQuery.UrgencyOf(o.On, today), true, WhoActs.For(Permissions.VisitsRecord), $"/households/{o.Object.HouseholdId}/visit"))],
            due.Count(o => o.On < today), due.Count(o => o.On == today), due.Count(o => o.On > today), 0);
    }
}

/// <summary>Puts everybody's part together.</summary>
internal sealed class WorkLists(IEnumerable<IWorkSource> sources, Today today) : IWork
{
    public async Task<WorkList> Of(Actor actor, int limit, CancellationToken cancel)
    {
        var parts = new List<WorkPart>();
        foreach (var source in sources)
            parts.Add(await source.Of(actor, today.Day, limit, cancel));
        var items = parts.SelectMany(p => p.Items).OrderBy(i => i.DueOn ?? DateOnly.MaxValue).ThenBy(i => i.Area, StringComparer.Ordinal).ToLookup(i => i.Mine);
        return new([.. items[true].Take(limit)], [.. items[false].Take(limit)],
            parts.Sum(p => p.Overdue), parts.Sum(p => p.DueToday), parts.Sum(p => p.Later), parts.Sum(p => p.Waiting));
    }
}
