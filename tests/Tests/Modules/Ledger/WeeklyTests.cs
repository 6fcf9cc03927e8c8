using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Weekly;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>周报月清零: townships report every week, what was found in a month is struck off by its end, for the kinds the policy names.</summary>
public class WeeklyTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static Task<Outcome<Guid>> File(CaseworkWorld world, Actor by, DateOnly week, string kind = "housing") =>
        world.With<WeeklyReports, Outcome<Guid>>((r, cancel) => r.File(by, Township, kind, week, null, cancel));

    private static async Task<WeekRow> Row(CaseworkWorld world, DateOnly week) =>
        Assert.Single(await world.With<WeeklyReports, IReadOnlyList<WeekRow>>((r, cancel) => r.Week(world.Office, [Township], "housing", week, cancel)));

    [Theory, MemberData(nameof(Databases))]
    public async Task A_township_reports_once_a_week_and_what_was_filed_stays_while_the_ledger_goes_on(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var monday = world.Day;
        Assert.Equal(DayOfWeek.Monday, monday.DayOfWeek);
        var (first, _) = (await world.Reported("housing"), await world.Reported("water"));
        world.Day = monday.AddDays(3);
        await world.StruckOff(first);
        var second = await world.Reported("housing");
        world.Day = monday.AddDays(4);

        Assert.Contains((await Work(world)).Items, i => i.Kind == "weekly" && i.DueOn == monday.AddDays(4));
        Refused("steps.not-permitted", await File(world, world.Cadre, monday));
        Refused("steps.not-permitted", await File(world, world.Office, monday));
        Refused("weekly.no-such-kind", await File(world, world.Clerk, monday, "water"));
        Refused("weekly.no-such-week", await File(world, world.Clerk, monday.AddDays(1)));
        Refused("weekly.no-such-week", await File(world, world.Clerk, monday.AddDays(7)));
        var report = Done(await File(world, world.Clerk, monday));
        Refused("weekly.filed-already", await File(world, world.Leader, monday));
        Assert.DoesNotContain((await Work(world)).Items, i => i.Kind == "weekly");
        var filed = await Row(world, monday);
        Assert.Equal((2, 1, 1, 0, false), (filed.Filed!.FoundCount, filed.Filed.EndedCount, filed.Filed.OpenCount, filed.Filed.OverdueCount, filed.Differs));

        // Something happens in the week after the report was filed: the report stays, and the books tell it apart.
        Done(await world.Assign(second));
        Done(await world.On(first, world.Leader, new(IssueEvent.Reopen, "又漏了")));
        world.Day = monday.AddDays(8);
        var later = await Row(world, monday);
        Assert.Equal((1, 2, true), (later.Filed!.OpenCount, later.Now.Open, later.Differs));
        var (_, entries) = (await world.With<WeeklyReports, (FiledWeek Report, IReadOnlyList<BookEntry> Entries)?>((r, cancel) => r.Book(world.Office, report, cancel)))!.Value;
        var now = await world.With<LedgerBook, IReadOnlyList<BookEntry>>((b, cancel) => b.AsOf(world.Office, new(Township, "housing"), world.Day, cancel));
        var result = Reconciliation.Of(entries, now);
        Assert.Equal([DifferenceKind.Reopened, DifferenceKind.State], result.Differences.Where(d => d.Kind is not (DifferenceKind.Due or DifferenceKind.Unit)).Select(d => d.Kind).Order());
        Assert.True(result.Balance.Holds);

        // The next week is a report of nothing new.
        var next = await Row(world, monday.AddDays(7));
        Assert.Equal((0, 0, 2), (next.Now.Found, next.Now.Ended, next.Now.Open));
        Done(await File(world, world.Leader, monday.AddDays(7)));
    }

    private static Task<WorkPart> Work(CaseworkWorld world) => world.With<IEnumerable<IWorkSource>, WorkPart>((sources, cancel) =>
        sources.OfType<WeeklyWork>().Single().Of(world.Clerk, world.Day, 50, cancel));

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_found_in_a_month_is_due_by_its_end(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported("housing");
        Assert.Equal(new(2020, 6, 30), (await world.Issue(issue)).ZeroBy!.Value);
        Refused("ledger.due-too-late", await world.Assign(issue, due: new(2020, 7, 1)));
        Done(await world.Assign(issue, due: new(2020, 6, 30)));
        Assert.Null((await world.Issue(await world.Reported("water"))).ZeroBy);
        world.Day = new(2020, 6, 29);
        // In the last days of the month nobody could: the next month's end counts.
        Assert.Equal(new(2020, 7, 31), (await world.Issue(await world.Reported("housing"))).ZeroBy!.Value);
        Assert.Equal((1, 1), (await Row(world, Rhythm.WeekOf(world.Day))).Zero);
        await world.StruckOff(issue);
        Assert.Equal((1, 0), (await Row(world, Rhythm.WeekOf(world.Day))).Zero);

        // Reopened in another month, it has that month.
        world.Day = new(2020, 7, 6);
        Done(await world.On(issue, world.Leader, new(IssueEvent.Reopen, "又漏了")));
        Assert.Equal(new(2020, 7, 31), (await world.Issue(issue)).ZeroBy!.Value);
    }

    [Theory]
    [InlineData("2020-06-01", 0, "2020-06-30")]
    [InlineData("2020-06-30", 0, "2020-06-30")]
    [InlineData("2020-06-21", 10, "2020-07-31")]
    [InlineData("2020-06-20", 10, "2020-06-30")]
    [InlineData("2020-12-31", 1, "2021-01-31")]
    public void The_days_of_grace_are_the_last_of_the_month(string found, int grace, string by)
    {
        var kind = new IssueKind("x", new("甲", "x"), "housing", true, true, grace, new("无", "none"), true);
        Assert.Equal(DateOnly.Parse(by, System.Globalization.CultureInfo.InvariantCulture), kind.ZeroBy(DateOnly.Parse(found, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Null((kind with { MonthlyZero = false }).ZeroBy(new(2020, 6, 1)));
    }

    [Fact]
    public void A_week_is_due_on_its_last_working_day()
    {
        var calendar = LifeCycles.Policy.WorkCalendar;
        Assert.Equal(new(2020, 6, 1), Rhythm.WeekOf(new(2020, 6, 7)));
        Assert.Equal(new(2020, 6, 5), Rhythm.DueOf(new(2020, 6, 1), calendar));
        // The Dragon Boat festival took Thursday and Friday; Sunday was worked.
        Assert.Equal(new(2020, 6, 28), Rhythm.DueOf(new(2020, 6, 22), calendar));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_book_of_a_day_is_the_ledger_as_it_stood(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var start = world.Day;
        var issue = await world.Reported();
        world.Day = start.AddDays(2);
        Done(await world.Assign(issue, due: start.AddDays(9)));
        world.Day = start.AddDays(5);
        await world.StruckOff(issue);

        async Task<IReadOnlyList<BookEntry>> Book(DateOnly day) => await world.With<LedgerBook, IReadOnlyList<BookEntry>>((b, cancel) => b.AsOf(world.Clerk, new(Township), day, cancel));
        Assert.Empty(await Book(start.AddDays(-1)));
        Assert.Equal((IssueState.Registered, null), (Assert.Single(await Book(start.AddDays(1))).State, (await Book(start))[0].Unit));
        Assert.Equal((IssueState.Assigned, "金钱村", start.AddDays(9)), ((await Book(start.AddDays(4)))[0].State, (await Book(start.AddDays(4)))[0].Unit, (await Book(start.AddDays(4)))[0].DueOn));
        Assert.Equal((IssueState.Closed, true), ((await Book(start.AddDays(5)))[0].State, (await Book(start.AddDays(5)))[0].Ended));
        Assert.Empty(await world.With<LedgerBook, IReadOnlyList<BookEntry>>((b, cancel) => b.AsOf(world.Stranger, new(OtherVillage), start.AddDays(5), cancel)));
    }
}
