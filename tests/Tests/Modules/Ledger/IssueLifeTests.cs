using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Escalation, reopening and what it takes along, recurrence, four eyes, and the check whether it held.</summary>
public class IssueLifeTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_level_cannot_solve_goes_up_one_level_at_a_time_and_is_decided_there(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Done(await world.Assign(issue));
        Refused("steps.evidence-missing", await world.On(issue, world.Cadre, new(IssueEvent.Escalate)));
        Done(await world.On(issue, world.Cadre, new(IssueEvent.Escalate, "村里无力更换主管道")));
        Assert.Equal(AreaLevel.Township, (await world.Issue(issue)).Level);

        // It is with the township: the village decides no more, the township hands it on.
        Refused("steps.not-permitted", await world.On(issue, world.Cadre, new(IssueEvent.Escalate, "再报")));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Escalate, "需要水利部门立项")));
        Assert.Equal(AreaLevel.County, (await world.Issue(issue)).Level);
        Refused("ledger.higher-level", await world.Assign(issue));
        Refused("ledger.no-higher-level", await world.On(issue, world.Office, new(IssueEvent.Escalate, "再报")));
        Assert.Equal(IssueState.Assigned, Done(await world.Assign(issue, world.Office, department: "water")));
        Assert.Equal("water", (await world.Issue(issue)).Department);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whether_it_held_is_asked_later_by_somebody_who_did_not_mend_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported(fixedHow: "已更换瓦片", by: world.Clerk);
        Done(await world.On(issue, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Finding)])));
        var closed = await world.Issue(issue);
        Assert.Equal(world.Day.AddMonths(1), closed.CheckOn);
        Assert.True(closed.StageDueOn > closed.CheckOn);

        Refused("ledger.too-early-to-tell", await world.On(issue, world.Leader, new(IssueEvent.ConfirmEffect, Evidence: [Words(EvidenceKinds.Effect)])));
        Assert.DoesNotContain((await Work(world, world.Leader)).Items, i => i.Subject == issue);
        world.Day = closed.CheckOn!.Value;
        Assert.Contains((await Work(world, world.Leader)).Items, i => i.Subject == issue && i.Mine);
        Refused("steps.own-work", await world.On(issue, world.Clerk, new(IssueEvent.ConfirmEffect, Evidence: [Words(EvidenceKinds.Effect)])));
        Refused("steps.evidence-missing", await world.On(issue, world.Leader, new(IssueEvent.ConfirmEffect)));
        Assert.Equal(IssueState.Held, Done(await world.On(issue, world.Leader, new(IssueEvent.ConfirmEffect, Evidence: [Words(EvidenceKinds.Effect, "雨后查看，没有再漏")]))));
        Assert.Null((await world.Issue(issue)).StageDueOn);

        Done(await world.On(issue, world.Leader, new(IssueEvent.Reopen, "大雨后又漏")));
        var again = await world.Issue(issue);
        Assert.Equal((IssueState.InRectification, null, null, 1), (again.State, again.HeldOn, again.CheckOn, again.TimesReopened));
    }

    private static Task<WorkPart> Work(CaseworkWorld world, Actor actor) => world.With<IEnumerable<IWorkSource>, WorkPart>((sources, cancel) =>
        sources.OfType<IssueWork>().Single().Of(actor, world.Day, 50, cancel));

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_once_mended_it_does_not_judge_it_after_somebody_else_mended_it_again(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Assign, Unit: "镇", Person: "经办人")));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Start)));
        var mended = new IssueStepRequest(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification), world.File(EvidenceKinds.Photo)]);
        Done(await world.On(issue, world.Clerk, mended));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Reject, "照片看不清")));
        Done(await world.On(issue, world.Cadre, mended));
        Refused("steps.own-work", await world.On(issue, world.Clerk, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("steps.own-work", await world.On(issue, world.Clerk, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reopening_a_part_reopens_everything_that_was_struck_off_because_of_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var whole = await world.Reported();
        var part = await world.Reported(partOf: whole, by: world.Clerk);
        var small = await world.Reported(partOf: part, by: world.Clerk);
        await world.StruckOff(small);
        await world.StruckOff(part);
        await world.StruckOff(whole);
        Refused("ledger.whole-struck-off", await world.Found(new("inspection", null, Village, null, "water", "又一项", world.Day, PartOf: whole), world.Clerk));

        Done(await world.On(small, world.Leader, new(IssueEvent.Reopen, "又漏了")));
        foreach (var id in (Guid[])[small, part, whole])
        {
            var issue = await world.Issue(id);
            Assert.Equal((IssueState.InRectification, 1, (DateOnly?)null), (issue.State, issue.TimesReopened, issue.ClosedOn));
            Assert.Equal(IssueEvent.Reopen, (await world.StepsOf(id))[^1].Event);
        }
        Done(await world.On(whole, world.Cadre, new(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification), world.File(EvidenceKinds.Photo)])));
        Done(await world.On(whole, world.Clerk, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("ledger.parts-open", await world.On(whole, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_kind_in_the_same_place_within_a_year_is_linked_and_nothing_else(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var home = await world.Household();
        var first = await world.Reported(household: home);
        await world.StruckOff(first);
        world.Day = world.Day.AddDays(40);
        var second = await world.Reported(household: home);
        Assert.Equal((first, 2), ((await world.Issue(second)).RecursId, (await world.Issue(second)).Occurrence));
        // While the second is open, a third report is not a recurrence of it, but again of the first.
        Assert.Equal(first, (await world.Issue(await world.Reported(household: home))).RecursId);
        foreach (var other in (Guid[])[await world.Reported("housing", household: home), await world.Reported(household: await world.Household()), await world.Reported()])
            Assert.Equal((null, 1), ((await world.Issue(other)).RecursId, (await world.Issue(other)).Occurrence));

        await world.StruckOff(second);
        world.Day = world.Day.AddMonths(13);
        Assert.Null((await world.Issue(await world.Reported(household: home))).RecursId);
        var page = (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(world.Clerk, first, cancel)))!;
        Assert.Contains(page.Later, l => l.Id == second);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Kinds_sources_and_channels_are_those_of_the_policy(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Refused("ledger.kind-unknown", await world.Found(new("inspection", null, Village, null, "weather", "下雨", world.Day)));
        Refused("ledger.source-unknown", await world.Found(new("rumour", null, Village, null, "water", "漏水", world.Day)));
        Refused("ledger.channel-unknown", await world.Found(new("inspection", null, Village, null, "water", "漏水", world.Day, Channel: "air")));
        foreach (var source in (string[])["visit", "data_quality", "screening", "inspection", "self_check", "hotline", "petition"])
            Done(await world.Found(new(source, null, Village, null, "water", "漏水", world.Day)));
    }
}
