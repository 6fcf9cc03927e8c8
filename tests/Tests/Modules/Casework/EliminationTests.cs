using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Ledger;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Casework;

public class EliminationTests
{
    // What casework looks up itself; the files of the departments are not what these tests are about.
    private const string Conditions = """
        elimination:
          - {code: measures, builtin: measure_for_each_cause, missing: {zh: 缺少措施, en: a measure is missing}, source: U03}
          - {code: able, when: "!people.whole_no_labour", missing: {zh: 整户无劳力, en: nobody can work}, source: U03}
          - {code: open_lead, builtin: no_open_lead, missing: {zh: 还有线索, en: a lead is open}, source: assumed}
          - {code: open_issue, builtin: no_open_issue, missing: {zh: 还有问题, en: an issue is open}, source: assumed}
          - {code: new_risk, builtin: no_new_risk, missing: {zh: 有新风险, en: a new risk}, source: assumed}
        """;

    public static TheoryData<string> Databases => TestDatabase.All;

    private static async Task<Guid> Helped(CaseworkWorld world)
    {
        var household = await world.Household();
        await world.Registered(household);
        PlannedMeasure Planned(string type) => new(null, "01", type, "单位", "经办人", null, null, "1 份", world.Day, world.Day.AddDays(30));
        Done(await world.With<MakePlan, Outcome<Guid>>((make, cancel) => make.Run(world.Cadre, household, new(null, Illness, [Planned("M402"), Planned("M101")]), cancel)));
        Done(await world.With<ApprovePlan, Outcome<Guid>>((approve, cancel) => approve.Run(world.Clerk, household, 1, cancel)));
        foreach (var measure in await world.Read((db, cancel) => db.Set<Measure>().Where(m => m.HouseholdId == household).Select(m => m.Id).ToListAsync(cancel)))
        {
            Done(await world.Step(world.Cadre, measure, new MeasureStepRequest(MeasureEvent.Start)));
            Done(await world.Step(world.Cadre, measure, new MeasureStepRequest(MeasureEvent.Deliver, Evidence: [world.File(EvidenceKinds.Receipt)], Quantity: "1 份")));
        }
        world.Day = world.Day.AddMonths(7);
        return household;
    }

    private static Task<Outcome<Guid>> Propose(CaseworkWorld world, Guid household, EliminationWay way = EliminationWay.ByAssistance) =>
        world.With<ProposeElimination, Outcome<Guid>>((propose, cancel) => propose.Run(world.Cadre, household, way, "收入稳定，风险已消除", cancel));

    private static async Task<Guid> HungOut(CaseworkWorld world, Guid household)
    {
        var id = Done(await Propose(world, household));
        var visit = Done(await world.Visit(household, purpose: VisitPurpose.Elimination));
        Done(await world.Step(world.Cadre, id, new EliminationStepRequest(EliminationEvent.Verify, Visit: visit)));
        Done(await world.Step(world.Secretary, id, new EliminationStepRequest(EliminationEvent.PassReview, Evidence: [world.File(EvidenceKinds.Minutes)], Attended: 20, VotesFor: 20)));
        Done(await world.Photograph(world.Cadre, Done(await world.Post(world.Cadre, NoticeKind.Elimination, id))));
        world.Day = world.Day.AddDays(5);
        return id;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_whole_way_off_the_list_and_back(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await Helped(world);
        var id = await HungOut(world, household);
        Done(await world.Step(world.Clerk, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Confirm, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Announce, Evidence: [Words(EvidenceKinds.Announcement)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Flag)));

        Assert.Equal((ObjectState.Eliminated, world.Day), (await world.Object(household)) is { } o ? (o.State, o.EliminatedOn!.Value) : default);
        var register = (await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), household, false, cancel)))!;
        Assert.Equal((EliminationKind.ByAssistance, world.Day, false), (register.ElimState, register.ElimOn!.Value, register.IsMonitored));

        Refused("steps.evidence-missing", await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.RollBack)));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.RollBack, "再次住院")));
        Assert.Equal((ObjectState.RolledBack, null), (await world.Object(household)) is { } b ? (b.State, b.EliminatedOn) : default);
        register = (await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), household, false, cancel)))!;
        Assert.True(register.IsMonitored);
        Assert.Null(register.ElimOn);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task It_is_taken_back_when_a_problem_it_rested_on_is_reopened(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await Helped(world);
        var (before, later) = (await world.Reported(household: household), Guid.Empty);
        await world.StruckOff(before);
        var id = await HungOut(world, household);
        Done(await world.Step(world.Clerk, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Confirm, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Announce, Evidence: [Words(EvidenceKinds.Announcement)])));
        Done(await world.Step(world.Office, id, new EliminationStepRequest(EliminationEvent.Flag)));
        world.Day = world.Day.AddDays(1);
        later = await world.Reported(household: household);
        await world.StruckOff(later);

        await Reopen(later);
        Assert.Equal(ObjectState.Eliminated, (await world.Object(household))!.State);
        await Reopen(before);
        Assert.Equal(ObjectState.RolledBack, (await world.Object(household))!.State);
        Assert.Equal(EliminationState.RolledBack, await world.Read((db, cancel) => db.Set<Elimination>().Where(e => e.Id == id).Select(e => e.State).SingleAsync(cancel)));

        // As the worker does, which may take an event twice.
        async Task Reopen(Guid issue)
        {
            Done(await world.On(issue, world.Leader, new(IssueEvent.Reopen, "又断水")));
            for (var n = 0; n < 2; n++)
            {
                await world.With<IServiceProvider, bool>(async (services, cancel) =>
                {
                    var cause = await services.GetRequiredService<ShouwangDb>().Set<Event>().Where(e => e.Name == "ledger.Reopen").OrderByDescending(e => e.Seq).FirstAsync(cancel);
                    await services.GetServices<IFollowUp>().OfType<RollBackReopened>().Single().Run(cause, cancel);
                    return await services.GetRequiredService<ShouwangDb>().SaveChangesAsync(cancel) >= 0;
                });
            }
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Conditions_are_looked_at_again_at_every_office(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await Helped(world);
        var id = await HungOut(world, household);
        Done(await world.With<ILedger, Outcome<Guid>>((ledger, cancel) => ledger.Report(new("inspection", null, Village, household, "water", "冬季断水", world.Day), world.Cadre, cancel)));

        Refused("casework.guards-missing", await world.Step(world.Clerk, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_proposed_or_visited_does_not_audit(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await Helped(world);
        var id = Done(await Propose(world, household));
        var visit = Done(await world.Visit(household, purpose: VisitPurpose.Elimination, visitors: [new(world.Cadre.User, "村干部", "村"), new(world.Clerk.User, "经办", "镇")]));
        Done(await world.Step(world.Cadre, id, new EliminationStepRequest(EliminationEvent.Verify, Visit: visit)));
        Done(await world.Step(world.Secretary, id, new EliminationStepRequest(EliminationEvent.PassReview, Evidence: [world.File(EvidenceKinds.Minutes)], Attended: 20, VotesFor: 20)));
        Done(await world.Photograph(world.Cadre, Done(await world.Post(world.Cadre, NoticeKind.Elimination, id))));
        Refused("notices.too-short", await world.Step(world.Leader, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
        world.Day = world.Day.AddDays(5);

        Refused("steps.own-work", await world.Step(world.Clerk, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await world.Step(world.Leader, id, new EliminationStepRequest(EliminationEvent.Audit, Evidence: [Words(EvidenceKinds.Checklist)])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Refused_the_household_goes_on_being_helped(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await Helped(world);
        var id = await HungOut(world, household);

        Done(await world.Step(world.Clerk, id, new EliminationStepRequest(EliminationEvent.Reject, "收入不稳定")));

        Assert.Equal(ObjectState.Assisting, (await world.Object(household))!.State);
        Done(await Propose(world, household));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_risk_that_went_of_itself_needs_a_reason_and_no_measure(string database)
    {
        await using var world = await CaseworkWorld.Open(database, Conditions);
        var household = await world.Household();
        await world.Registered(household);
        world.Day = world.Day.AddMonths(7);

        Refused("casework.natural-only", await Propose(world, household));
        Refused("steps.evidence-missing", await world.With<ProposeElimination, Outcome<Guid>>((p, cancel) => p.Run(world.Cadre, household, EliminationWay.Natural, " ", cancel)));
        var id = Done(await Propose(world, household, EliminationWay.Natural));
        Done(await world.Step(world.Cadre, id, new EliminationStepRequest(EliminationEvent.Withdraw, "情况有变")));
        Assert.Equal(ObjectState.Identified, (await world.Object(household))!.State);
    }
}
