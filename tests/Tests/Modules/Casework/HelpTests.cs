using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Casework;

public class HelpTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static PlannedMeasure Measure(CaseworkWorld world, string type, string cause = "01") =>
        new(null, cause, type, "农业农村局", "经办人", null, 2000m, null, world.Day, world.Day.AddDays(60));

    private static Task<Outcome<Guid>> Plan(CaseworkWorld world, Guid household, params IReadOnlyList<PlannedMeasure> measures) =>
        world.With<MakePlan, Outcome<Guid>>((make, cancel) => make.Run(world.Cadre, household, new("稳定增收", Illness, measures), cancel));

    private static Task<Outcome<Guid>> ApproveIt(CaseworkWorld world, Actor by, Guid household, int revision) =>
        world.With<ApprovePlan, Outcome<Guid>>((approve, cancel) => approve.Run(by, household, revision, cancel));

    private static async Task<Guid> MeasureOf(CaseworkWorld world, string type) =>
        await world.Read((db, cancel) => db.Set<Measure>().Where(m => m.Type == type).Select(m => m.Id).SingleAsync(cancel));

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_can_work_is_helped_to_earn_and_every_cause_is_answered(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);

        Refused("casework.no-developmental-measure", await Plan(world, household, Measure(world, "M402")));
        Refused("casework.cause-without-measure", await Plan(world, household, Measure(world, "M101")));
        Refused("casework.no-measures", await Plan(world, household));
        Refused("casework.unknown-measure", await Plan(world, household, Measure(world, "M999")));
        Refused("casework.measure-incomplete", await Plan(world, household, Measure(world, "M402") with { Person = " " }, Measure(world, "M101")));
        Refused("casework.measure-incomplete", await Plan(world, household, Measure(world, "M402", "09"), Measure(world, "M101")));
        Done(await Plan(world, household, Measure(world, "M402"), Measure(world, "M101")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_cannot_work_needs_no_developmental_measure(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household(labour: "4");
        await world.Registered(household);

        Done(await Plan(world, household, Measure(world, "M801")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_leads_of_the_year_are_followed_through_every_stage(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (helped, listed) = (await world.Household(), await world.Household());
        await world.Registered(helped);
        await world.Registered(listed);
        await world.OpenedCase(await world.Household());
        Done(await Plan(world, helped, Measure(world, "M402"), Measure(world, "M101")));
        Done(await ApproveIt(world, world.Clerk, helped, 1));
        Done(await world.Step(world.Cadre, await MeasureOf(world, "M101"), new MeasureStepRequest(MeasureEvent.Start)));

        Assert.Equal([("M12c", 3m), ("M12k", 2m), ("M12p", 1m), ("M12m", 1m), ("M12e", 0m)], await Funnel(world, world.Day));
        // How long it took is said of those that came so far, and of nobody else.
        var registered = await world.Read((db, cancel) => db.Set<IdentificationCase>().Where(c => c.State == CaseState.Registered).ToListAsync(cancel));
        Assert.Equal([("M12kd", registered.Sum(c => c.ClosedOn!.Value.DayNumber - c.RaisedOn.DayNumber), 2m), ("M12md", world.Day.DayNumber - registered.Single(c => c.HouseholdId == helped).ClosedOn!.Value.DayNumber, 1m), ("M12ed", 0m, 0m)],
            await Days(world, world.Day));
        // Before anybody decided, the cases were there; leads of an earlier year count for their own.
        Assert.Equal([("M12c", 1m), ("M12k", 0m), ("M12p", 0m), ("M12m", 0m), ("M12e", 0m)], await Funnel(world, new(2020, 6, 1)));
        Assert.All(await Funnel(world, new(2021, 1, 4)), step => Assert.Equal(0, step.Count));
    }

    private static async Task<List<(string Code, decimal Count)>> Funnel(CaseworkWorld world, DateOnly asOf) =>
        [.. (await Following(world, asOf)).Where(f => !f.Code.EndsWith('d')).Select(f => (f.Code, f.Numerator))];

    private static async Task<List<(string Code, decimal Days, decimal Of)>> Days(CaseworkWorld world, DateOnly asOf) => [.. (await Following(world, asOf)).Where(f => f.Code.EndsWith('d'))];

    private static Task<List<(string Code, decimal Numerator, decimal Denominator)>> Following(CaseworkWorld world, DateOnly asOf) => world.With<IServiceProvider, List<(string, decimal, decimal)>>(async (services, cancel) =>
    {
        var source = services.GetServices<IIndicatorSource>().Single(s => s.Codes.Contains("M12c"));
        var parts = new List<IndicatorPart>();
        await source.Compute(County, asOf, await services.GetRequiredService<Policies>().For(County, asOf, cancel), parts.Add, cancel);
        return [.. source.Codes.Select(code => (code, parts.Where(p => p.Code == code).Sum(p => p.Numerator), parts.Where(p => p.Code == code).Sum(p => p.Denominator)))];
    });

    [Theory, MemberData(nameof(Databases))]
    public async Task A_plan_is_approved_by_another_and_moves_the_household_on(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);
        Done(await Plan(world, household, Measure(world, "M402"), Measure(world, "M101")));

        Done(await ApproveIt(world, world.Clerk, household, 1));
        Assert.Equal(ObjectState.Planned, (await world.Object(household))!.State);

        var measure = await MeasureOf(world, "M101");
        Done(await world.Step(world.Cadre, measure, new MeasureStepRequest(MeasureEvent.Start)));
        Assert.Equal(ObjectState.Assisting, (await world.Object(household))!.State);
        Refused("steps.evidence-missing", await world.Step(world.Cadre, measure, new MeasureStepRequest(MeasureEvent.Deliver)));
        Done(await world.Step(world.Clerk, measure, new MeasureStepRequest(MeasureEvent.Deliver, Evidence: [world.File(EvidenceKinds.Receipt)], Amount: 1800, Quantity: "柑橘苗 80 株")));
        Refused("steps.own-work", await world.Step(world.Clerk, measure, new MeasureStepRequest(MeasureEvent.FindEffective, Evidence: [Words(EvidenceKinds.Effect)])));
        Assert.Equal(MeasureState.Effective, Done(await world.Step(world.Leader, measure,
            new MeasureStepRequest(MeasureEvent.FindEffective, Evidence: [Words(EvidenceKinds.Effect)], IncomeGain: 3000, HouseholdConfirms: true))));
        var stored = await world.Read((db, cancel) => db.Set<Measure>().SingleAsync(m => m.Id == measure, cancel));
        Assert.Equal((Money.FromYuan(1800), Money.FromYuan(3000)), (stored.AmountFen, stored.IncomeGainFen));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_edit_of_a_plan_keeps_the_history(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);
        Done(await Plan(world, household, Measure(world, "M402"), Measure(world, "M101")));
        Done(await ApproveIt(world, world.Clerk, household, 1));
        var kept = await MeasureOf(world, "M402");

        Done(await Plan(world, household, Measure(world, "M402") with { Id = kept, Amount = 5000m }, Measure(world, "M203")));
        Assert.Equal(Money.FromYuan(2000), (await world.Read((db, cancel) => db.Set<Measure>().SingleAsync(m => m.Id == kept, cancel))).AmountFen);
        Done(await ApproveIt(world, world.Clerk, household, 2));

        var page = (await world.With<HouseholdHelp, HouseholdHelpPage?>((help, cancel) => help.Of(world.Clerk, household, Village, cancel)))!;
        Assert.Equal([(2, PlanState.Approved), (1, PlanState.Superseded)], page.Versions.Select(v => (v.Revision, v.State)));
        Assert.Equal(
            [("M101", MeasureState.Cancelled), ("M203", MeasureState.Approved), ("M402", MeasureState.Approved)],
            page.Measures.OrderBy(m => m.Type).Select(m => (m.Type, m.State)));
        Assert.Equal(Money.FromYuan(5000), page.Measures.Single(m => m.Id == kept).Amount);
        Refused("steps.changed-meanwhile", await world.With<MakePlan, Outcome<Guid>>((make, cancel) =>
            make.Run(world.Cadre, household, new(null, Illness, [Measure(world, "M402"), Measure(world, "M101")], Revision: 1), cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_elimination_lists_what_is_still_missing(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);
        Done(await Plan(world, household, Measure(world, "M402"), Measure(world, "M101")));
        Done(await ApproveIt(world, world.Clerk, household, 1));
        Done(await world.Step(world.Cadre, await MeasureOf(world, "M101"), new MeasureStepRequest(MeasureEvent.Start)));

        var refused = await world.With<ProposeElimination, Outcome<Guid>>((propose, cancel) => propose.Run(world.Cadre, household, EliminationWay.ByAssistance, "收入稳定", cancel));
        Refused("casework.guards-missing", refused);
        var guards = (await world.With<CaseQueries, IReadOnlyList<GuardResult>?>((q, cancel) => q.Conditions(world.Cadre, household, EliminationWay.ByAssistance, cancel)))!;
        var missing = guards.Where(g => !g.Holds).Select(g => g.Code).ToList();
        Assert.Contains("months", missing);
        Assert.Contains("measures", missing);
        Assert.Contains("income", missing);
        Assert.DoesNotContain("medical", missing);
        Assert.DoesNotContain("able", missing);
        Assert.Equal(ObjectState.Assisting, (await world.Object(household))!.State);
    }

    [Fact]
    public void Every_condition_that_a_policy_leaves_to_casework_is_known_here() => Assert.All(
        LifeCycles.Policy.EliminationGuards.Where(g => g.Builtin is not null), g => Assert.Contains(g.Builtin!, EliminationGuards.Builtins));

    [Theory, MemberData(nameof(Databases))]
    public async Task A_handover_keeps_who_answered_before(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var helper = Person("helper", Role.PairingHelper, Village);
        Task<Outcome<Guid>> Assign(string person, Guid? user, string? why = null) => world.With<AssignPerson, Outcome<Guid>>((assign, cancel) =>
            assign.Run(world.Clerk, new(household, Post.PairingHelper, user, person, "县医院", "13300001111", why), cancel));

        Done(await Assign("李四", helper.User));
        Refused("casework.hand-over-reason", await Assign("王五", null));
        Refused("casework.same-person", await Assign("李四", helper.User));
        Assert.Equal([household], await world.With<IAssignments, IReadOnlyList<Guid>>((a, cancel) => a.Of(County.Digits, helper.User, cancel)));
        world.Day = world.Day.AddDays(30);
        Done(await Assign("王五", null, "李四调离"));

        Assert.Equal([("王五", null), ("李四", (DateOnly?)world.Day)],
            (await world.With<IPairing, IReadOnlyList<Assigned>>((p, cancel) => p.Of(County.Digits, household, cancel))).Select(a => (a.Person, a.ToOn)));
        Assert.Empty(await world.With<IAssignments, IReadOnlyList<Guid>>((a, cancel) => a.Of(County.Digits, helper.User, cancel)));
        Assert.Equal([new(new(Post.PairingHelper, "王五", "县医院"), 1, world.Day)], await world.With<IPairing, IReadOnlyList<HelperLoad>>((p, cancel) => p.Loads(world.Clerk, Township, cancel)));
        var register = await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), household, true, cancel));
        Assert.Equal(("王五", "13300001111"), (register!.Helper, register.HelperPhone));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_visit_states_facts_and_opens_problems(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();

        var visit = Done(await world.Visit(household, facts: [new(null, "phone", "13400002222")], problems:
            [new(VisitSubject.Housing, "屋顶漏雨"), new(VisitSubject.Water, "水管断裂", "已更换水管", world.Photo)]));

        var facts = await world.With<IFacts, IReadOnlyList<Fact>>((f, cancel) => f.Of(County.Digits, household, false, cancel));
        Assert.Contains(facts, f => f is { Attribute: "household.phone", Value: "13400002222", Source: "visit", Current: true } && f.Reference == visit.ToString());
        var issues = await world.With<ILedger, IReadOnlyList<IssueRef>>((l, cancel) => l.Of(County.Digits, household, cancel));
        Assert.Equal([("housing", IssueState.Registered), ("water", IssueState.FixedOnSpot)], issues.OrderBy(i => i.Subject).Select(i => (i.Subject, i.State)));
        Assert.Equal(2, await world.With<ILedger, int>((l, cancel) => l.OpenCount(County.Digits, household, cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sending_a_visit_twice_records_it_once(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var visit = new NewVisit(Guid.CreateVersion7(), household, world.Day, VisitPurpose.Monthly, VisitMode.AtHome, [new(null, "村干部", "村")], null, true,
            new Dictionary<VisitSubject, VisitFinding>(), new Dictionary<VisitSubject, string>(), null, null, true, true, null, null, [], [], []);

        foreach (var _ in new[] { 1, 2 })
            Done(await world.With<RecordVisit, Outcome<Guid>>((record, cancel) => record.Run(world.Cadre, visit, cancel)));

        Assert.Equal(1, await world.Read((db, cancel) => db.Set<Visit>().CountAsync(cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Households_that_the_register_shows_as_monitored_are_taken_in_once(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var active = await world.Household(more: [("mon_cat", "UnstableLifted"), ("identified", "2020-03"), ("risk1", "01"), ("elim_state", "NotEliminated")]);
        var gone = await world.Household(more: [("mon_cat", "UnstableLifted"), ("identified", "2019-11"), ("risk1", "09"), ("elim_state", "ByAssistance"), ("elim_on", new DateOnly(2020, 5, 20))]);
        await world.Household();

        Assert.Equal(2, await world.With<ICases, int>((c, cancel) => c.Adopt(County, cancel)));
        Assert.Equal(0, await world.With<ICases, int>((c, cancel) => c.Adopt(County, cancel)));
        Assert.Equal((ObjectState.Identified, new DateOnly(2020, 3, 1), false), ((await world.Object(active)) is { } a ? (a.State, a.IdentifiedOn, a.DayKnown) : default));
        Assert.Equal((ObjectState.Eliminated, EliminationWay.ByAssistance), ((await world.Object(gone)) is { } g ? (g.State, g.Way!.Value) : default));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Features_say_how_far_the_help_is(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (helped, other) = (await world.Household(), await world.Household());
        await world.Registered(helped);
        Done(await Plan(world, helped, Measure(world, "M402"), Measure(world, "M101")));
        Done(await ApproveIt(world, world.Clerk, helped, 1));
        world.Day = world.Day.AddDays(20);

        foreach (var only in new IReadOnlyCollection<Guid>?[] { null, [helped, other] })
        {
            var population = await world.With<IFeatures, Population>((f, cancel) => f.Load(County, world.Day, only, cancel));
            var at = population.Households.Index().ToDictionary(h => h.Item.Id, h => h.Index);
            Assert.True(population.Value(at[helped], "casework.has_plan").AsBool);
            Assert.False(population.Value(at[helped], "casework.has_measure").AsBool);
            Assert.Equal(20, population.Value(at[helped], "casework.days_since_identified").AsInt);
            Assert.Equal(25, population.Value(at[helped], "casework.days_since_visit").AsInt);
            Assert.True(population.Value(at[helped], "casework.able").AsBool);
            Assert.False(population.Value(at[other], "casework.has_plan").AsBool);
            Assert.False(population.Value(at[other], "casework.days_since_visit").IsKnown);
            Assert.Equal(0, population.Value(at[other], "leads.days_unverified").AsInt);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Checks_tell_what_was_left_undone_and_stop_when_it_is_done(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);
        world.Day = world.Day.AddMonths(1);
        Assert.Contains("DQ-57", await Findings(world));

        Done(await Plan(world, household, Measure(world, "M402"), Measure(world, "M101")));
        Done(await ApproveIt(world, world.Clerk, household, 1));
        Done(await world.Step(world.Cadre, await MeasureOf(world, "M101"), new MeasureStepRequest(MeasureEvent.Start)));
        Assert.DoesNotContain("DQ-57", await Findings(world));
    }

    private static async Task<IReadOnlyList<string>> Findings(CaseworkWorld world)
    {
        var found = new List<string>();
        await world.With<IEnumerable<IQualityCheck>, int>(async (checks, cancel) =>
        {
            foreach (var check in checks.Where(c => c.GetType().Namespace!.Contains("Casework", StringComparison.Ordinal) || c.GetType().Namespace!.Contains("Notices", StringComparison.Ordinal)))
                await check.Run(new(County, world.Day, LifeCycles.Policy), f => found.Add(f.Rule), cancel);
            return 0;
        });
        return found;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_history_of_a_household_is_told(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        await world.Registered(household);

        var entries = await world.With<IEnumerable<ITimelineSource>, List<TimelineEntry>>(async (sources, cancel) =>
        {
            var all = new List<TimelineEntry>();
            foreach (var source in sources)
                all.AddRange(await source.Of(County.Digits, household, cancel));
            return all;
        });

        Assert.Superset(new HashSet<string> { "lead", "case", "visit" }, entries.Select(e => e.Kind).ToHashSet());
        Assert.All(entries, e => Assert.NotEmpty(e.Title.Zh));
    }
}
