using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Weekly;

/// <summary>What a week came to for one kind of problem in one area.</summary>
/// <param name="Found">Entered in the week.</param>
/// <param name="Ended">Struck off in the week.</param>
/// <param name="Open">Not struck off at its end, or today where it goes on.</param>
public sealed record WeekFigures(int Found, int Ended, int Open, int Overdue);

/// <summary>A row of the weekly page.</summary>
/// <param name="Filed">The report, or null while none is filed.</param>
/// <param name="Now">The figures as the ledger has them now.</param>
/// <param name="Zero">Of what the monthly zero wants struck off this month: all of it, and what is still open.</param>
public sealed record WeekRow(AreaCode Area, WeeklyReport? Filed, WeekFigures Now, (int All, int Open) Zero)
{
    /// <summary>What was filed is no longer, or never was, what the ledger says.</summary>
    public bool Differs => Filed is { } f && new WeekFigures(f.FoundCount, f.EndedCount, f.OpenCount, f.OverdueCount) != Now;
}

/// <summary>A filed report, to choose from.</summary>
public sealed record FiledWeek(Guid Id, AreaCode Area, string Kind, DateOnly WeekOn, DateOnly FiledOn);

/// <summary>Weekly report and monthly zero 周报月清零, for every kind of problem whose policy asks for it.</summary>
internal sealed class WeeklyReports(ShouwangDb db, Policies policies, LedgerBook book, Secrets secrets, Today today)
{
    /// <summary>The weeks' rows for areas of an actor, in the order given.</summary>
    public async Task<IReadOnlyList<WeekRow>> Week(Actor actor, IReadOnlyList<AreaCode> areas, string kind, DateOnly week, CancellationToken cancel)
    {
        var filed = (await db.Set<WeeklyReport>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(r => r.Kind == kind && r.WeekOn == week).ToListAsync(cancel)).ToDictionary(r => r.Area);
        var end = Least(Rhythm.EndOf(week), today.Day);
        var now = await book.AsOf(actor, new(actor.Area, kind), end, cancel);
        var before = await book.AsOf(actor, new(actor.Area, kind), week.AddDays(-1), cancel);
        var (first, last) = (new DateOnly(end.Year, end.Month, 1), new DateOnly(end.Year, end.Month, DateTime.DaysInMonth(end.Year, end.Month)));
        var zero = await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => i.Subject == kind && i.ZeroBy >= first && i.ZeroBy <= last).Select(i => new { i.Area, i.State }).ToListAsync(cancel);
        return [.. areas.Select(a => new WeekRow(a, filed.GetValueOrDefault(a.Digits), Figures(Of(before, a), Of(now, a), end),
            (zero.Count(z => a.Contains(new(z.Area))), zero.Count(z => a.Contains(new(z.Area)) && !IssueStates.Ended.Contains(z.State)))))];
    }

    /// <summary>Files the report of a township, with the problems as they stand.</summary>
    public async Task<Outcome<Guid>> File(Actor actor, AreaCode area, string kind, DateOnly week, string? note, CancellationToken cancel)
    {
        if (area.Level != AreaLevel.Township || !actor.May(Permissions.IssuesWeekly, area))
            return Steps.NotPermitted(Permissions.IssuesWeekly);
        var policy = await policies.For(area, today.Day, cancel);
        if (policy.IssueKind(kind) is not { Weekly: true })
            return WeeklyRefusals.NoWeeklyKind;
        if (week != Rhythm.WeekOf(week) || week > today.Day)
            return WeeklyRefusals.NoWeek;
        return await db.Atomically<Guid>(async () =>
        {
            if (await db.Set<WeeklyReport>().AnyAsync(r => r.County == actor.County && r.Kind == kind && r.WeekOn == week && r.Area == area.Digits, cancel))
                return WeeklyRefusals.FiledAlready;
            var end = Least(Rhythm.EndOf(week), today.Day);
            var now = await book.AsOf(actor, new(area, kind), end, cancel);
            var figures = Figures(await book.AsOf(actor, new(area, kind), week.AddDays(-1), cancel), now, end);
            var report = new WeeklyReport
            {
                County = actor.County, Id = Guid.CreateVersion7(), Area = area.Digits, Kind = kind, WeekOn = week, FoundCount = figures.Found, EndedCount = figures.Ended,
                OpenCount = figures.Open, OverdueCount = figures.Overdue, FiledOn = today.Day, FiledBy = actor.User, FiledByName = actor.Name,
                NoteEnc = string.IsNullOrWhiteSpace(note) ? null : secrets.Encrypt(note.Trim()),
            };
            db.Add(report);
            foreach (var entry in now)
                db.Add(new WeeklyReportItem { County = actor.County, ReportId = report.Id, IssueId = entry.Id!.Value, Code = entry.Code, State = entry.State!.Value, Unit = entry.Unit, DueOn = entry.DueOn });
            db.Log("ledger.weekly-filed", area, $"{kind} {week:yyyy-MM-dd}", actor.Name, today.Clock, new { figures.Found, figures.Ended, figures.Open, figures.Overdue });
            await db.SaveChangesAsync(cancel);
            return report.Id;
        }, cancel);
    }

    /// <summary>Reports that can be held against the ledger, the latest first.</summary>
    public async Task<IReadOnlyList<FiledWeek>> Filed(Actor actor, int limit, CancellationToken cancel) =>
        [.. (await db.Set<WeeklyReport>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).OrderByDescending(r => r.WeekOn).ThenBy(r => r.Area).Take(limit).ToListAsync(cancel))
            .Select(r => new FiledWeek(r.Id, new(r.Area), r.Kind, r.WeekOn, r.FiledOn))];

    /// <summary>A filed report as a book; null when there is none in the actor's area.</summary>
    public async Task<(FiledWeek Report, IReadOnlyList<BookEntry> Entries)?> Book(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<WeeklyReport>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } r)
            return null;
        var items = await db.Set<WeeklyReportItem>().AsNoTracking().Where(i => i.County == r.County && i.ReportId == id).ToListAsync(cancel);
        return (new(r.Id, new(r.Area), r.Kind, r.WeekOn, r.FiledOn),
            [.. items.OrderBy(i => i.Code, StringComparer.Ordinal).Select(i => new BookEntry(i.Code, i.IssueId, r.Area, i.State, IssueStates.Ended.Contains(i.State), i.Unit, i.DueOn))]);
    }

    /// <summary>What a week came to, from the book before it and the one at its end.</summary>
    public static WeekFigures Figures(IReadOnlyList<BookEntry> before, IReadOnlyList<BookEntry> after, DateOnly end)
    {
        var known = before.ToDictionary(e => e.Code, e => e.Ended == true);
        return new(after.Count(e => !known.ContainsKey(e.Code)), after.Count(e => e.Ended == true && !known.GetValueOrDefault(e.Code)), after.Count(e => e.Ended != true),
            after.Count(e => e.Ended != true && e.DueOn < end));
    }

    private static List<BookEntry> Of(IReadOnlyList<BookEntry> entries, AreaCode area) => [.. entries.Where(e => area.Contains(new(e.Area!)))];

    private static DateOnly Least(DateOnly one, DateOnly other) => one < other ? one : other;
}
