using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

public class IssueTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static Task<Outcome<IssueState>> Step(CaseworkWorld world, Actor by, Guid issue, IssueStepRequest request) =>
        world.With<TakeIssueStep, Outcome<IssueState>>((step, cancel) => step.Run(by, issue, request, cancel));

    private static async Task<Guid> Reported(CaseworkWorld world, string? fixedHow = null) => Done(await world.With<ILedger, Outcome<Guid>>((ledger, cancel) =>
        ledger.Report(new("inspection", null, Village, null, "housing", "屋顶漏雨", world.Day, fixedHow, fixedHow is null ? null : world.Photo), world.Cadre, cancel)));

    [Theory, MemberData(nameof(Databases))]
    public async Task A_problem_is_struck_off_with_evidence_and_by_a_second_person(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await Reported(world);

        Refused("steps.evidence-missing", await Step(world, world.Clerk, issue, new IssueStepRequest(IssueEvent.Assign)));
        Refused("ledger.due-too-early", await Step(world, world.Clerk, issue, new(IssueEvent.Assign, Unit: "金钱村", Person: "村干部", DueOn: world.Day.AddDays(-1))));
        Done(await Step(world, world.Clerk, issue, new(IssueEvent.Assign, Task: "修缮屋顶", Unit: "金钱村", Person: "村干部", DueOn: world.Day.AddDays(10))));
        Done(await Step(world, world.Clerk, issue, new IssueStepRequest(IssueEvent.Start)));
        Refused("steps.evidence-missing", await Step(world, world.Clerk, issue, new IssueStepRequest(IssueEvent.Submit)));
        Done(await Step(world, world.Clerk, issue, new(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification, "已修缮"), world.File(EvidenceKinds.Photo)])));
        Refused("steps.own-work", await Step(world, world.Clerk, issue, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Done(await Step(world, world.Leader, issue, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("steps.own-work", await Step(world, world.Clerk, issue, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
        Assert.Equal(IssueState.Closed, Done(await Step(world, world.Leader, issue, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect, "不再漏雨")]))));

        var page = (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(world.Clerk, issue, cancel)))!;
        Assert.Equal(("屋顶漏雨", "修缮屋顶", "金钱村", "已修缮", "不再漏雨"), (page.Problem?.Zh, page.Task?.Zh, page.Unit, page.Rectification?.Zh, page.Effect?.Zh));
        Assert.Equal(6, page.History.Count);
        Assert.Empty(await Findings(world));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_fixed_on_the_spot_is_closed_by_somebody_else_and_can_be_reopened(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await Reported(world, "已更换瓦片");

        Done(await Step(world, world.Clerk, issue, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("steps.evidence-missing", await Step(world, world.Clerk, issue, new IssueStepRequest(IssueEvent.Reopen)));
        Assert.Equal(IssueState.InRectification, Done(await Step(world, world.Clerk, issue, new IssueStepRequest(IssueEvent.Reopen, "又漏了"))));
        var work = await world.With<Shouwang.Modules.Casework.Contracts.IWork, Shouwang.Modules.Casework.Contracts.WorkList>((w, cancel) => w.Of(world.Cadre, 10, cancel));
        Assert.Contains(work.Mine, i => i.Kind == "issue" && i.Subject == issue);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cadre_of_another_village_does_not_find_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Refused("ledger.not-found", await Step(world, world.Stranger, await Reported(world), new IssueStepRequest(IssueEvent.Start)));
    }

    private static async Task<IReadOnlyList<QualityFinding>> Findings(CaseworkWorld world)
    {
        var found = new List<QualityFinding>();
        await world.With<IEnumerable<IQualityCheck>, int>(async (checks, cancel) =>
        {
            await checks.OfType<IssueChecks>().Single().Run(new(County, world.Day, LifeCycles.Policy), found.Add, cancel);
            return 0;
        });
        return found;
    }
}
