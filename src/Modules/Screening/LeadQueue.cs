using Shouwang.Kernel;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Answers what casework asks about leads.</summary>
internal sealed class LeadQueue(ShouwangDb db, Today today) : ILeadQueue
{
    public async Task<LeadRef?> OpenOf(string county, Guid household, CancellationToken cancel) =>
        (await db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(
            l => l.County == county && l.HouseholdId == household && LeadStates.Open.Contains(l.State), cancel))?.Ref;

    public async Task<IReadOnlyList<LeadRef>> Of(string county, Guid household, CancellationToken cancel) =>
        [.. (await db.Set<Lead>().AsNoTracking().Where(l => l.County == county && l.HouseholdId == household)
            .OrderByDescending(l => l.RaisedOn).ThenByDescending(l => l.Id).ToListAsync(cancel)).Select(l => l.Ref)];

    public async Task<IReadOnlyList<LeadRef>> Open(Actor actor, IReadOnlyCollection<LeadState> states, int limit, CancellationToken cancel) =>
        [.. (await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .Where(l => LeadStates.Open.Contains(l.State) && states.Contains(l.State))
            .OrderBy(l => l.StageDueOn).ThenBy(l => l.Code).Take(limit).ToListAsync(cancel)).Select(l => l.Ref)];

    public async Task<IReadOnlyList<LeadRef>> RaisedOn(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        return [.. (await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .Where(l => l.RaisedOn == day && string.Compare(l.Area, from) >= 0 && string.Compare(l.Area, to) < 0).OrderBy(l => l.Code).ToListAsync(cancel)).Select(l => l.Ref)];
    }

    public async Task<IReadOnlyList<(LeadState State, int Count, int Overdue, int DueToday)>> Count(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        var counts = await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .Where(l => LeadStates.Open.Contains(l.State)).GroupBy(l => l.State)
            .Select(g => new { g.Key, Count = g.Count(), Overdue = g.Count(l => l.StageDueOn < day), DueToday = g.Count(l => l.StageDueOn == day) }).ToListAsync(cancel);
        return [.. counts.Select(c => (c.Key, c.Count, c.Overdue, c.DueToday))];
    }
}

/// <summary>Leads in a household's history.</summary>
internal sealed class LeadTimeline(ShouwangDb db) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(string county, Guid household, CancellationToken cancel)
    {
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => l.County == county && l.HouseholdId == household).ToListAsync(cancel);
        var ids = leads.Select(l => l.Id).ToList();
        var steps = await db.Set<LeadStep>().AsNoTracking().Where(s => s.County == county && ids.Contains(s.LeadId)).ToListAsync(cancel);
        var codes = leads.ToDictionary(l => l.Id, l => l.Code);
        return
        [
            .. leads.Select(l => new TimelineEntry(l.RaisedOn, l.ReceivedAt, "lead", new($"线索 {l.Code}：发现", $"Lead {l.Code}: raised"), null, "system", $"/leads/{l.Id}")),
            .. steps.Select(s => new TimelineEntry(s.HappenedOn, s.RecordedAt, "lead",
                new($"线索 {codes[s.LeadId]}：{LeadStates.NameOf(s.Event).Zh}", $"Lead {codes[s.LeadId]}: {LeadStates.NameOf(s.Event).En}"), null, s.Actor, $"/leads/{s.LeadId}")),
        ];
    }
}
