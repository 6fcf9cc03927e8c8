using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Casework;

public class IdentificationTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_lead_becomes_a_case_becomes_a_monitored_household(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();

        var id = await world.Registered(household);

        var c = await world.Case(id);
        Assert.Equal(CaseState.Registered, c.State);
        Assert.True(c.ClosedOn <= c.TotalDueOn);
        var monitored = await world.Object(household);
        Assert.Equal(ObjectState.Identified, monitored!.State);
        Assert.Equal(world.Day.AddDays(10), monitored.StageDueOn);
        var register = await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), household, false, cancel));
        Assert.Equal(MonitoringCategory.UnstableLifted, register!.MonCat);
        Assert.Equal("2020-06", register.Identified);
        Assert.Equal(["01"], register.Risks);
        Assert.True(register.IsMonitored);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_step_is_kept_with_person_day_and_evidence_and_stands_in_the_event_log(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var id = await world.Registered(await world.Household());

        var page = await world.With<CaseQueries, CasePage?>((q, cancel) => q.Case(world.Office, id, cancel));
        Assert.Equal(["Verify", "AnswerMatching", "PassReview", "CloseNotice", "PassTownship", "Approve"], page!.History.Select(h => h.Event));
        Assert.Equal(["cadre", "medical", "secretary", "cadre", "clerk", "office"], page.History.Select(h => h.Actor));
        Assert.Contains(page.History[0].Files, f => f.Code == EvidenceKinds.Application && f.File == world.Photo);
        Assert.Equal("无异常", page.History[1].Texts[EvidenceKinds.MatchingResult]);
        var events = await world.Read((db, cancel) => db.Set<Event>().Where(e => e.Subject == page.Code).Select(e => e.Name).ToListAsync(cancel));
        Assert.Superset(new HashSet<string> { "casework.case.Open", "casework.case.Verify", "casework.case.Approve" }, events.ToHashSet());
        var (_, broken) = await world.Read((db, cancel) => EventChain.Verify(db, County.Digits, cancel));
        Assert.Null(broken);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_visit_and_the_matching_run_side_by_side(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);

        Assert.Equal(CaseState.DataMatched, Done(await world.Step(world.Office, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)]))));
        Assert.Equal(CaseState.VillageReview, Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household))))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_investigator_is_not_enough_nor_is_a_call(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);

        Refused("casework.two-investigators", await world.Visit(household, visitors: [new(world.Cadre.User, "村干部", "村")]));
        Refused("casework.two-investigators", await world.Visit(household, visitors: [new(null, "村干部", "村"), new(null, "村干部 ", "村")]));
        Refused("casework.visit-by-phone", await world.Visit(household, mode: VisitMode.ByPhone));
        var monthly = Done(await world.Visit(household, purpose: VisitPurpose.Monthly, visitors: [new(world.Cadre.User, "村干部", "村")]));
        Refused("casework.two-investigators", await world.Step(world.Cadre, id, world.Verification(monthly)));
        Refused("casework.visit-of-other", await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(await world.Household())))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_hangs_its_time_and_is_photographed(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));

        Refused("casework.no-notice", await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        var notice = Done(await world.Post(world.Cadre, NoticeKind.Identification, id));
        Refused("steps.evidence-missing", await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        Done(await world.Photograph(world.Cadre, notice));
        world.Day = world.Day.AddDays(4);
        Refused("notices.too-short", await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        world.Day = world.Day.AddDays(1);
        Assert.Equal(CaseState.TownshipReview, Done(await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objection_stops_the_case_until_somebody_else_has_handled_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));
        var notice = Done(await world.Post(world.Cadre, NoticeKind.Identification, id));
        Done(await world.Photograph(world.Cadre, notice));
        var code = await world.Read((db, cancel) => db.Set<Notice>().Select(n => n.Code).SingleAsync(cancel));

        var receipt = Done(await world.With<LodgeObjection, Outcome<string>>((lodge, cancel) => lodge.Run(County.Digits, code, new(1, null, null, "他家有小汽车"), cancel)));
        Assert.Equal(CaseState.ObjectionHandling, (await world.Case(id)).State);
        world.Day = world.Day.AddDays(6);
        Refused("steps.not-possible", await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));

        var objection = (await world.With<NoticeQueries, IReadOnlyList<ObjectionRow>>((q, cancel) => q.Objections(world.Clerk, true, 10, cancel))).Single();
        Assert.Equal("他家有小汽车", objection.Words);
        Refused("steps.own-work", await world.With<HandleObjection, Outcome<ObjectionState>>((h, cancel) => h.Run(world.Cadre, objection.Id, false, "查无此事", cancel)));
        Done(await world.With<HandleObjection, Outcome<ObjectionState>>((h, cancel) => h.Run(world.Clerk, objection.Id, false, "车是亲戚的", cancel)));

        Assert.Equal(CaseState.PublicNotice, (await world.Case(id)).State);
        Done(await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        var answer = await world.With<NoticeQueries, ObjectionAnswer?>((q, cancel) => q.Answer(County.Digits, receipt.ToLowerInvariant(), cancel));
        Assert.Equal("车是亲戚的", answer!.Finding);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objection_that_is_right_sends_the_case_back_to_the_review(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));
        Done(await world.Post(world.Cadre, NoticeKind.Identification, id));
        var code = await world.Read((db, cancel) => db.Set<Notice>().Select(n => n.Code).SingleAsync(cancel));
        Done(await world.With<LodgeObjection, Outcome<string>>((lodge, cancel) => lodge.Run(County.Digits, code, new(1, "某村民", null, "人口不对"), cancel)));
        var objection = (await world.With<NoticeQueries, IReadOnlyList<ObjectionRow>>((q, cancel) => q.Objections(world.Clerk, true, 10, cancel))).Single();

        Done(await world.With<HandleObjection, Outcome<ObjectionState>>((h, cancel) => h.Run(world.Clerk, objection.Id, true, "少报一人", cancel)));

        var c = await world.Case(id);
        Assert.Equal(CaseState.VillageReview, c.State);
        Assert.Null(c.NoticeId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_passes_their_own_work(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        var visit = Done(await world.Visit(household, visitors: [new(world.Cadre.User, "村干部", "村"), new(world.Clerk.User, "乡镇经办", "镇")]));
        Done(await world.Step(world.Cadre, id, world.Verification(visit)));
        Done(await world.Step(world.Office, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));
        var notice = Done(await world.Post(world.Cadre, NoticeKind.Identification, id));
        Done(await world.Photograph(world.Cadre, notice));
        world.Day = world.Day.AddDays(5);
        Done(await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));

        // The clerk went along on the visit, so the leader has to pass it.
        Refused("steps.own-work", await world.Step(world.Clerk, id, new CaseStepRequest(CaseEvent.PassTownship, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await world.Step(world.Leader, id, new CaseStepRequest(CaseEvent.PassTownship, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await world.Step(world.Officer2, id, new CaseStepRequest(CaseEvent.Approve, Evidence: [Words(EvidenceKinds.Decision)])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_reported_no_risk_does_not_confirm_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var lead = await world.Lead(household);
        Done(await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [Words(EvidenceKinds.Order)], AssignedTo: "村干部")));
        Done(await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.Accept)));
        Refused("steps.evidence-missing", await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.ReportNoRisk, "儿子在外务工，没有大额医疗支出")));
        var visit = Done(await world.Visit(household, visitors: [new(world.Cadre.User, "村干部", "村"), new(world.Clerk.User, "乡镇经办", "镇")]));
        Done(await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.ReportNoRisk, "儿子在外务工，没有大额医疗支出", Visit: visit)));

        Refused("steps.not-permitted", await world.Step(world.Secretary, lead, new LeadStepRequest(LeadEvent.ConfirmDismissal, "属实")));
        Refused("steps.own-work", await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.ConfirmDismissal, "属实")));
        Assert.Equal(LeadState.Dismissed, Done(await world.Step(world.Leader, lead, new LeadStepRequest(LeadEvent.ConfirmDismissal, "属实"))).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task In_the_green_channel_measures_come_first(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var lead = await world.Lead(household);

        var taken = Done(await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.OpenGreenChannel, "房屋被洪水冲毁", [Words(EvidenceKinds.Approval)])));

        Assert.Equal(LeadState.GreenChannel, taken.State);
        var c = await world.Case(taken.Case!.Value);
        Assert.True(c.GreenChannel);
        var plan = new PlanRequest("先安置", Illness, [new(null, "01", "M802", "民政局", "经办", null, 3000m, null, world.Day, world.Day.AddDays(10)),
            new(null, "01", "M203", "人社局", "经办", null, null, "公益岗位 1 个", world.Day, world.Day.AddDays(60))]);
        Refused("casework.cause-without-measure", await Plan(world, household, plan with { Measures = [plan.Measures[1]] }));
        Done(await Plan(world, household, plan));
        Done(await world.With<ApprovePlan, Outcome<Guid>>((approve, cancel) => approve.Run(world.Clerk, household, 1, cancel)));
        var measure = await world.Read((db, cancel) => db.Set<Measure>().Where(m => m.Type == "M802").Select(m => m.Id).SingleAsync(cancel));
        Assert.Equal(MeasureState.InProgress, Done(await world.Step(world.Cadre, measure, new MeasureStepRequest(MeasureEvent.Start))));
        Assert.Null(await world.Object(household));
    }

    private static Task<Outcome<Guid>> Plan(CaseworkWorld world, Guid household, PlanRequest plan) =>
        world.With<MakePlan, Outcome<Guid>>((make, cancel) => make.Run(world.Cadre, household, plan, cancel));

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_people_on_one_case_the_second_is_told(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        var visit = Done(await world.Visit(household));
        var seen = (await world.Case(id)).Version;
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)], Version: seen)));

        Refused("steps.changed-meanwhile", await world.Step(world.Cadre, id, world.Verification(visit) with { Version = seen }));
        Done(await world.Step(world.Cadre, id, world.Verification(visit)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_writers_at_the_same_moment_one_wins_and_nothing_is_lost(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var lead = await world.Lead(household);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [Words(EvidenceKinds.Order)], AssignedTo: "村干部")))));

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Contains(o.Problems.Single().Code, new[] { "steps.changed-meanwhile", "steps.not-possible" }));
        Assert.Equal(1, await world.Read((db, cancel) => db.Set<LeadStep>().CountAsync(cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cadre_of_another_village_does_not_even_find_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);

        Refused("casework.not-found", await world.Step(world.Stranger, id, new CaseStepRequest(CaseEvent.Withdraw, "x")));
        Refused("casework.no-household", await world.Visit(household, world.Stranger));
        Assert.Null(await world.With<CaseQueries, CasePage?>((q, cancel) => q.Case(world.Stranger, id, cancel)));
        Assert.Empty((await world.With<IWork, WorkList>((w, cancel) => w.Of(world.Stranger, 50, cancel))).Mine);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_household_that_was_not_lifted_cannot_be_unstable(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household(RegistryStatus.Ordinary);
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));

        Refused("casework.category-unfit", await world.Step(world.Secretary, id, world.Review));
        Refused("casework.voted-down", await world.Step(world.Secretary, id, world.Review with { Category = "MarginalAtRisk", VotesFor = 10, VotesAgainst = 20 }));
        Refused("casework.votes", await world.Step(world.Secretary, id, world.Review with { Category = "MarginalAtRisk", VotesFor = 28, VotesAgainst = 5 }));
        Done(await world.Step(world.Secretary, id, world.Review with { Category = "MarginalAtRisk" }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_returned_case_is_visited_reviewed_and_hung_out_again(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));
        Done(await world.Photograph(world.Cadre, Done(await world.Post(world.Cadre, NoticeKind.Identification, id))));
        world.Day = world.Day.AddDays(5);
        Done(await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        Refused("steps.evidence-missing", await world.Step(world.Clerk, id, new CaseStepRequest(CaseEvent.Return)));
        Done(await world.Step(world.Clerk, id, new CaseStepRequest(CaseEvent.Return, "收入测算有误")));

        var c = await world.Case(id);
        Assert.Equal((CaseState.Returned, 1), (c.State, c.TimesReturned));
        Assert.Null(c.NoticeId);
        Assert.NotNull(c.MatchedOn);
        Assert.Equal(CaseState.VillageReview, Done(await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.Verify, Visit: Done(await world.Visit(household)), Causes: Illness))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Work_lists_say_who_has_to_act_and_what_is_late(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var id = await world.OpenedCase(await world.Household());

        var cadre = await world.With<IWork, WorkList>((w, cancel) => w.Of(world.Cadre, 50, cancel));
        Assert.Contains(cadre.Mine, i => i.Kind == "case" && i.Subject == id && i.Urgency == Urgency.Later);
        var leader = await world.With<IWork, WorkList>((w, cancel) => w.Of(world.Leader, 50, cancel));
        Assert.Contains(leader.Waiting, i => i.Subject == id);
        Assert.DoesNotContain(leader.Mine, i => i.Subject == id);

        world.Day = (await world.Case(id)).StageDueOn!.Value.AddDays(1);
        var late = await world.With<IWork, WorkList>((w, cancel) => w.Of(world.Cadre, 50, cancel));
        Assert.Contains(late.Mine, i => i.Subject == id && i.Urgency == Urgency.Overdue);
        Assert.True(late.Overdue >= 1);
    }
}
