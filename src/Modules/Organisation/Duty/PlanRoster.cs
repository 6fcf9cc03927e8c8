using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>What somebody plans for a week.</summary>
/// <param name="Places">Who is where on which day; whoever is not named for a day is nowhere on it.</param>
/// <param name="Reasons">Why a rule is not kept, by day and rule.</param>
/// <param name="Confirm">It is to stand; a draft otherwise.</param>
/// <param name="Version">The version that was seen; null for a week of which nothing is saved.</param>
internal sealed record PlannedWeek(
    AreaCode Township, DateOnly Week, IReadOnlyDictionary<(Guid Member, DateOnly Day), AreaCode> Places, IReadOnlyDictionary<(DateOnly Day, string Rule), string> Reasons, bool Confirm, long? Version = null);

/// <summary>Saves the roster of a week. What was planned for days that have passed stays: a plan that follows what happened would be no plan.</summary>
internal sealed class PlanRoster(ShouwangDb db, Policies policies, Rosters rosters, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, PlannedWeek planned, CancellationToken cancel)
    {
        var (township, week) = (planned.Township, planned.Week);
        if (township.Level != AreaLevel.Township || !actor.May(Permissions.RostersEdit, township))
            return Steps.NotPermitted(Permissions.RostersEdit);
        if (week != Rosters.WeekOf(week))
            return RosterRefusals.NoWeek;
        if (week.AddDays(6) < today.Day)
            return RosterRefusals.WeekIsOver;

        return await db.Atomically<Guid>(async () =>
        {
            var policy = await policies.For(township, week, cancel);
            var people = await rosters.People(actor.County, township, week, policy, cancel);
            if (people.Count == 0)
                return RosterRefusals.NoStaff;
            var roster = await db.Set<DutyRoster>().SingleOrDefaultAsync(r => r.County == actor.County && r.Area == township.Digits && r.WeekOn == week, cancel);
            if (roster is not null && planned.Version is { } seen && seen != roster.Version)
                return Steps.ChangedMeanwhile;
            var known = people.ToDictionary(p => p.Member);
            if (planned.Places.FirstOrDefault(p => !known.ContainsKey(p.Key.Member) || !township.Contains(p.Value) || p.Key.Day < week || p.Key.Day > week.AddDays(6)) is { Value.Level: > AreaLevel.Nation })
                return RosterRefusals.OutsideTownship;

            var before = roster is null ? [] : await db.Set<DutyEntry>().Where(e => e.County == actor.County && e.RosterId == roster.Id).ToListAsync(cancel);
            var plan = new DutyPlan(township, week, people);
            foreach (var (key, place) in planned.Places.Where(p => roster is null || p.Key.Day >= today.Day))
                plan[key.Member, key.Day] = place;
            foreach (var entry in before.Where(e => e.DayOn < today.Day))
                plan[entry.MemberId, entry.DayOn] = new AreaCode(entry.Place);

            var gaps = plan.Gaps(policy.DutyRules, policy.WorkCalendar);
            var reasons = planned.Reasons.Where(r => !string.IsNullOrWhiteSpace(r.Value) && gaps.Any(g => (g.Day, g.Rule.Code) == r.Key)).ToDictionary(r => r.Key, r => r.Value.Trim());
            if (planned.Confirm && gaps.Where(g => !reasons.ContainsKey((g.Day, g.Rule.Code))).Select(RosterRefusals.GapWithoutReason).ToList() is { Count: > 0 } open)
                return open;
            return await Keep(actor, roster, plan, before, reasons, planned.Confirm, cancel);
        }, cancel);
    }

    private async Task<Outcome<Guid>> Keep(
        Actor actor, DutyRoster? roster, DutyPlan plan, List<DutyEntry> before, Dictionary<(DateOnly Day, string Rule), string> reasons, bool confirm, CancellationToken cancel)
    {
        var area = plan.Township;
        if (roster is null)
            db.Add(roster = new() { County = actor.County, Id = Guid.CreateVersion7(), Area = area.Digits, WeekOn = plan.Week, MadeBy = actor.DisplayName, MadeOn = today.Day });
        else
            roster.Version++;
        (roster.MadeBy, roster.MadeOn) = (actor.DisplayName, today.Day);
        (roster.ConfirmedBy, roster.ConfirmedOn) = confirm ? ((string?)actor.DisplayName, (DateOnly?)today.Day) : (null, null);
        db.RemoveRange(before);
        db.RemoveRange(await db.Set<DutyException>().Where(e => e.County == actor.County && e.RosterId == roster.Id).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel); // before the new entries take the places of the old ones
        foreach (var (member, day, place) in plan.Entries)
            db.Add(new DutyEntry { County = actor.County, RosterId = roster.Id, MemberId = member, DayOn = day, Place = place.Digits });
        foreach (var ((day, rule), reason) in reasons)
            db.Add(new DutyException { County = actor.County, RosterId = roster.Id, DayOn = day, Rule = rule, Reason = reason, SetBy = actor.DisplayName });
        db.Log(confirm ? "organisation.roster-confirmed" : "organisation.roster-saved", area, $"{plan.Week:yyyy-MM-dd}", actor.Name, today.Clock, new { Exceptions = reasons.Count });
        await db.SaveChangesAsync(cancel);
        return roster.Id;
    }
}
