using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Weekly;

/// <summary>Weekly reports in the work lists of townships: this week's, and last week's where the township has filed before and then did not.</summary>
internal sealed class WeeklyWork(ShouwangDb db, Policies policies) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        if (actor.Area.Level != AreaLevel.Township || !actor.May(Permissions.IssuesWeekly))
            return WorkPart.Nothing;
        var policy = await policies.For(actor.Area, today, cancel);
        var kinds = policy.IssueKinds.Where(k => k.Weekly).ToList();
        if (kinds.Count == 0)
            return WorkPart.Nothing;
        var (county, area, week) = (actor.County, actor.Area.Digits, Rhythm.WeekOf(today));
        var filed = (await db.Set<WeeklyReport>().AsNoTracking().Where(r => r.County == county && r.Area == area).Select(r => new { r.Kind, r.WeekOn }).ToListAsync(cancel))
            .Select(r => (r.Kind, r.WeekOn)).ToHashSet();
        var items = (
            from kind in kinds
            from monday in (DateOnly[])[week.AddDays(-7), week]
            where !filed.Contains((kind.Code, monday)) && (monday == week || filed.Any(f => f.Kind == kind.Code && f.WeekOn < monday))
            let due = Rhythm.DueOf(monday, policy.WorkCalendar)
            select new WorkItem("weekly", Guid.Empty, $"{monday:yyyy-MM-dd}", null, area, kind.Title, new("报送周报", "file the weekly report"), due, WorkQuery.UrgencyOf(due, today),
                true, WhoActs.For(Permissions.IssuesWeekly), $"/ledger/weekly?kind={kind.Code}&week={monday:yyyy-MM-dd}")).ToList();
        return new([.. items.Take(limit)], items.Count(i => i.Urgency == Urgency.Overdue), items.Count(i => i.Urgency == Urgency.DueToday), items.Count(i => i.Urgency == Urgency.Later), 0);
    }
}
