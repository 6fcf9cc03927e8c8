using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Ledger.LedgerWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Green channels: one queue a department, one clock however often a problem is handed over.</summary>
public class ChannelTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_hand_over_changes_the_queue_and_not_the_clock(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported("medical", channel: "medical");
        var entered = await world.Issue(issue);
        Assert.Equal(("medical_insurance", world.Day), (entered.Department, entered.ChannelOn!.Value));
        var due = entered.ChannelDueOn!.Value;
        Refused("ledger.due-too-late", await world.Assign(issue, world.Office, due.AddDays(1)));
        Done(await world.Assign(issue, world.Office));
        Assert.Equal(due, (await world.Issue(issue)).StageDueOn);

        world.Day = world.Day.AddDays(1);
        Refused("ledger.other-department", await world.On(issue, CivilAffairs, new(IssueEvent.HandOver, "不是我的", Department: "health")));
        Refused("steps.evidence-missing", await world.On(issue, world.Department, new(IssueEvent.HandOver, Department: "civil_affairs")));
        Refused("ledger.same-department", await world.On(issue, world.Department, new(IssueEvent.HandOver, "移交", Department: "medical_insurance")));
        Refused("ledger.department-unknown", await world.On(issue, world.Department, new(IssueEvent.HandOver, "移交", Department: "bank")));
        Done(await world.On(issue, world.Department, new(IssueEvent.HandOver, "报销后仍有缺口，转临时救助", Department: "civil_affairs", Person: "救助站")));
        var handed = await world.Issue(issue);
        Assert.Equal(("civil_affairs", world.Day, due, due, "救助站"), (handed.Department, handed.DepartmentSince!.Value, handed.ChannelDueOn!.Value, handed.StageDueOn!.Value, handed.Person));

        Refused("ledger.other-department", await world.On(issue, world.Department, new(IssueEvent.Start)));
        Done(await world.On(issue, CivilAffairs, new(IssueEvent.Start)));
        // Also from the middle of the work, and back again.
        Done(await world.On(issue, CivilAffairs, new(IssueEvent.HandOver, "转回补录发票", Department: "medical_insurance")));
        Assert.Equal((IssueState.Assigned, due), ((await world.Issue(issue)).State, (await world.Issue(issue)).StageDueOn!.Value));
        var page = (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(world.Office, issue, cancel)))!;
        Assert.Equal(2, page.History.Count(h => h.Event == IssueEvent.HandOver));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_department_has_its_queue_and_reads_what_is_in_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var medical = await world.Reported("medical", channel: "medical");
        await world.Reported("water", household: await world.Household(), channel: "water");
        await world.Reported("water");
        world.Day = world.Day.AddDays(30);

        var queues = await world.With<Channels, IReadOnlyList<DepartmentQueue>>((c, cancel) => c.Queues(world.Office, cancel));
        Assert.Equal([("medical_insurance", 1, 1), ("water", 1, 1)], queues.OrderBy(q => q.Department).Select(q => (q.Department, q.Open, q.Overdue)));
        var own = await world.With<IssueLists, IssueRows>((l, cancel) => l.List(world.Department, new(Department: "medical_insurance"), cancel));
        Assert.Equal((medical, "屋顶漏雨"), (Assert.Single(own.Rows).Id, own.Rows[0].Problem?.Zh));
        // What stands in another department's queue and is about a household it sees without words.
        var other = await world.With<IssueLists, IssueRows>((l, cancel) => l.List(world.Department, new(Department: "water"), cancel));
        Assert.Equal(Withheld.Notice, Assert.Single(other.Rows).Problem);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_put_right_in_the_channels_time_counts_as_in_time(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (early, late) = (await world.Reported("water", channel: "water"), await world.Reported("water", channel: "water"));
        await world.StruckOff(early);
        world.Day = world.Day.AddDays(20);
        await world.StruckOff(late);
        var figures = Assert.Single(await world.With<Channels, IReadOnlyList<ChannelFigures>>((c, cancel) => c.Figures(world.Office, cancel)));
        Assert.Equal(new("water", 2, 0, 0, 1, 2), figures);

        // Reopened, it begins a new run of the channel's time.
        Done(await world.On(late, world.Leader, new(IssueEvent.Reopen, "又断水")));
        Assert.Equal(world.Day, (await world.Issue(late)).ChannelOn);
        Assert.True((await world.Issue(late)).StageDueOn > world.Day);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_a_queue_there_is_nothing_to_hand_over(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Done(await world.Assign(issue));
        Refused("ledger.in-no-queue", await world.On(issue, world.Office, new(IssueEvent.HandOver, "移交", Department: "water")));
    }
}
