using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>Rosters in the work lists of townships that have staff on record: this week's while it does not stand, next week's from the Thursday before.</summary>
internal sealed class RosterWork(ShouwangDb db, Policies policies, Rosters rosters) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        if (actor.Area.Level != AreaLevel.Township || !actor.May(Permissions.RostersEdit))
            return WorkPart.Nothing;
        var week = Rosters.WeekOf(today);
        var policy = await policies.For(actor.Area, today, cancel);
        if (policy.DutyRules.Count == 0 || (await rosters.People(actor.County, actor.Area, week, policy, cancel)).Count == 0)
            return WorkPart.Nothing;
        var (county, area) = (actor.County, actor.Area.Digits);
        var standing = await db.Set<DutyRoster>().AsNoTracking().Where(r => r.County == county && r.Area == area && r.WeekOn >= week && r.ConfirmedOn != null).Select(r => r.WeekOn).ToListAsync(cancel);
        var items = new List<WorkItem>();
        foreach (var monday in today.DayNumber - week.DayNumber >= 3 ? (DateOnly[])[week, week.AddDays(7)] : [week])
        {
            if (standing.Contains(monday))
                continue;
            var due = await rosters.DueOf(actor.Area, monday, cancel);
            items.Add(new("roster", Guid.Empty, $"{monday:yyyy-MM-dd}", null, area, new("值班表未确认", "roster not confirmed"), new("确认值班表（已排好）", "confirm the roster, which is prepared"), due,
                WorkQuery.UrgencyOf(due, today), true, WhoActs.For(Permissions.RostersEdit), $"/organisation/rosters?area={area}&week={monday:yyyy-MM-dd}"));
        }
        return new([.. items.Take(limit)], items.Count(i => i.Urgency == Urgency.Overdue), items.Count(i => i.Urgency == Urgency.DueToday), items.Count(i => i.Urgency == Urgency.Later), 0);
    }
}
