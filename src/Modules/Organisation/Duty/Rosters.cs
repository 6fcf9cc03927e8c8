using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>A roster as pages show it.</summary>
/// <param name="Roster">Null where none was saved: the plan is then a suggestion.</param>
/// <param name="Gaps">What does not keep the rules, with the reason where one was given.</param>
public sealed record RosterView(AreaCode Township, DutyRoster? Roster, DutyPlan Plan, IReadOnlyList<(DutyGap Gap, string? Reason)> Gaps)
{
    /// <summary>Gaps for which nobody gave a reason.</summary>
    public int Open => Gaps.Count(g => g.Reason is null);

    public bool IsConfirmed => Roster?.ConfirmedOn is not null;
}

/// <summary>Reads rosters and prepares the next ones.</summary>
internal sealed class Rosters(ShouwangDb db, Policies policies, Today today)
{
    /// <summary>The Monday of the week of a day.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The roster of a township for a week, or what is suggested where none was saved.</summary>
    /// <param name="villages">Of the township.</param>
    /// <param name="anew">A suggestion in place of what was saved.</param>
    public async Task<RosterView> Of(string county, AreaCode township, DateOnly week, IReadOnlyList<AreaCode> villages, bool anew, CancellationToken cancel)
    {
        var policy = await policies.For(township, week, cancel);
        var people = await People(county, township, week, policy, cancel);
        var roster = await db.Set<DutyRoster>().AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Area == township.Digits && r.WeekOn == week, cancel);
        if (roster is not null && !anew)
            return View(township, roster, await Saved(roster, people, cancel), await Reasons(roster, cancel), policy);
        var last = await db.Set<DutyRoster>().AsNoTracking().Where(r => r.County == county && r.Area == township.Digits && r.WeekOn < week).OrderByDescending(r => r.WeekOn).FirstOrDefaultAsync(cancel);
        var before = last is null ? null : await Saved(last, people, cancel);
        return View(township, roster, DutyPlan.Suggest(township, week, people, villages, policy.DutyRules, policy.WorkCalendar, before), [], policy);
    }

    /// <summary>A roster as somebody wants to change it, with the gaps it then has; nothing is saved.</summary>
    public async Task<RosterView> As(RosterView view, IReadOnlyDictionary<(Guid Member, DateOnly Day), AreaCode> places, IReadOnlyDictionary<(DateOnly Day, string Rule), string> reasons, CancellationToken cancel)
    {
        var plan = new DutyPlan(view.Township, view.Plan.Week, view.Plan.People);
        foreach (var entry in view.Plan.Entries.Where(e => view.Roster is not null && e.Day < today.Day))
            plan[entry.Member, entry.Day] = entry.Place;
        foreach (var ((member, day), place) in places)
            plan[member, day] = place;
        var policy = await policies.For(view.Township, plan.Week, cancel);
        return view with { Plan = plan, Gaps = [.. plan.Gaps(policy.DutyRules, policy.WorkCalendar).Select(g => (g, reasons.GetValueOrDefault((g.Day, g.Rule.Code)) is { Length: > 0 } why ? why : null))] };
    }

    /// <summary>What is saved for a week in each of the townships.</summary>
    public async Task<IReadOnlyList<RosterView>> Week(Actor actor, IReadOnlyList<AreaCode> townships, DateOnly week, CancellationToken cancel)
    {
        var saved = (await db.Set<DutyRoster>().AsNoTracking().VisibleTo(actor, Permissions.OrganisationRead).Where(r => r.WeekOn == week).ToListAsync(cancel)).ToDictionary(r => r.Area);
        var views = new List<RosterView>();
        foreach (var township in townships)
        {
            var policy = await policies.For(township, week, cancel);
            var people = await People(actor.County, township, week, policy, cancel);
            var roster = saved.GetValueOrDefault(township.Digits);
            views.Add(roster is null ? new(township, null, new(township, week, people), []) : View(township, roster, await Saved(roster, people, cancel), await Reasons(roster, cancel), policy));
        }
        return views;
    }

    /// <summary>Who can stand on the roster of a week: the township's staff of at least one of its days, leaders first.</summary>
    public async Task<IReadOnlyList<DutyPerson>> People(string county, AreaCode township, DateOnly week, Policy policy, CancellationToken cancel)
    {
        var kinds = policy.GroupKinds.Where(k => k.Duty).ToDictionary(k => k.Code);
        var (codes, area, end) = (kinds.Keys.ToList(), township.Digits, week.AddDays(6));
        var groups = (await db.Set<OrgGroup>().AsNoTracking().Where(g => g.County == county && g.Area == area && codes.Contains(g.Kind) && (g.ToOn == null || g.ToOn >= week)).ToListAsync(cancel)).ToDictionary(g => g.Id, g => kinds[g.Kind]);
        var ids = groups.Keys.ToList();
        var members = await db.Set<OrgMember>().AsNoTracking().Where(m => m.County == county && ids.Contains(m.GroupId) && m.FromOn <= end && (m.ToOn == null || m.ToOn >= week)).ToListAsync(cancel);
        return [.. members.Select(m => new DutyPerson(m.Id, m.Person, m.Post, groups[m.GroupId].Role(m.Role)?.Leads == true, m.FromOn, m.ToOn)).OrderBy(p => !p.Leads).ThenBy(p => p.Member)];
    }

    /// <summary>The rule, if any, that keeps a day free of meetings in an area.</summary>
    public async Task<DutyRule?> KeepsFree(AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var policy = await policies.For(area, day, cancel);
        return policy.DutyRules.FirstOrDefault(r => r.NoMeetings && r.HoldsOn(day, policy.WorkCalendar));
    }

    /// <summary>The day by which the roster of a week should stand: the last working day before the week begins.</summary>
    public async Task<DateOnly> DueOf(AreaCode township, DateOnly week, CancellationToken cancel) => (await policies.For(township, today.Day, cancel)).WorkCalendar.AddWorkdays(week, -1);

    private async Task<DutyPlan> Saved(DutyRoster roster, IReadOnlyList<DutyPerson> people, CancellationToken cancel)
    {
        var plan = new DutyPlan(new(roster.Area), roster.WeekOn, people);
        foreach (var entry in await db.Set<DutyEntry>().AsNoTracking().Where(e => e.County == roster.County && e.RosterId == roster.Id).ToListAsync(cancel))
            plan[entry.MemberId, entry.DayOn] = new AreaCode(entry.Place);
        return plan;
    }

    private async Task<List<DutyException>> Reasons(DutyRoster roster, CancellationToken cancel) =>
        await db.Set<DutyException>().AsNoTracking().Where(e => e.County == roster.County && e.RosterId == roster.Id).ToListAsync(cancel);

    private static RosterView View(AreaCode township, DutyRoster? roster, DutyPlan plan, IReadOnlyList<DutyException> reasons, Policy policy) => new(township, roster, plan,
        [.. plan.Gaps(policy.DutyRules, policy.WorkCalendar).Select(g => (g, reasons.FirstOrDefault(r => r.DayOn == g.Day && r.Rule == g.Rule.Code)?.Reason))]);
}
