using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Modules.Quality;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>What data quality and screening find becomes a problem by itself: once, together where it is much, and struck off by people.</summary>
public class EnteringTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Very_many_findings_of_a_check_are_one_problem_a_village_and_never_entered_twice(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await Found(world, "DQ-07", Village, 1_200);
        await Found(world, "DQ-07", OtherVillage, 3);
        await Found(world, "DQ-31", Village, 2);
        Assert.Equal(new(3, 0, 0, 0), await Enter(world));
        Assert.Equal(new(0, 0, 0, 0), await Enter(world));

        var issues = await All(world);
        Assert.All(issues, i => Assert.Equal(("data_quality", "data", "grave_finding", IssueState.Registered), (i.Source, i.Subject, i.Rule, i.State)));
        Assert.Equal([("DQ-07", Village.Digits), ("DQ-07", OtherVillage.Digits), ("DQ-31", Village.Digits)], issues.Select(i => (i.CheckCode!, i.Area)).Order());
        var large = issues.Single(i => i.CheckCode == "DQ-07" && i.Area == Village.Digits);
        var shown = (await world.With<StandingSubjects, ShownSubjects?>((s, cancel) => s.Of(world.Clerk, large.Id, 50, cancel)))!;
        Assert.Equal((1_200, 1_200, 50), (shown.Standing, shown.All, shown.Rows.Count));
        Assert.Null(await world.With<StandingSubjects, ShownSubjects?>((s, cancel) => s.Of(world.Stranger, large.Id, 50, cancel)));

        // What it says is there in both languages.
        var row = (await world.With<IssueLists, IssueRows>((l, cancel) => l.List(world.Clerk, new(), cancel))).Rows.Single(r => r.Id == large.Id);
        Assert.Contains("1200 条", row.Problem!.Value.Zh, StringComparison.Ordinal);
        Assert.Contains("1200 when entered", row.Problem!.Value.En, StringComparison.Ordinal);
        Assert.Equal(new Text("屋顶漏雨", "屋顶漏雨"), EntryWords.Read("屋顶漏雨"));

        // Who is meant to do it, by when, is proposed; the township assigns it.
        Assert.Equal(("村级", world.Day.AddDays(10), "system"), (large.Unit, large.DueOn, large.FoundByName));
        // More of the same joins; nothing is entered beside it.
        await Found(world, "DQ-07", Village, 5);
        Assert.Equal(new(0, 5, 0, 0), await Enter(world));
        Assert.Equal(3, (await All(world)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_ordinary_error_is_entered_when_it_was_not_put_right_in_its_time_and_a_doubt_never(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await Found(world, "DQ-43", Village, 2);
        await Found(world, "DQ-10", Village, 9, QualitySeverity.Warning);
        world.Day = world.Day.AddDays(14);
        await Found(world, "DQ-43", Village, 4);
        Assert.Equal(0, (await Enter(world)).Problems);
        world.Day = world.Day.AddDays(1);
        Assert.Equal(new(1, 0, 0, 0), await Enter(world));
        var issue = Assert.Single(await All(world));
        Assert.Equal(("late_finding", "DQ-43", 2), (issue.Rule, issue.CheckCode, await Standing(world, issue.Id)));
        world.Day = world.Day.AddDays(14);
        Assert.Equal(new(0, 4, 0, 0), await Enter(world));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_not_found_any_more_is_handed_in_and_two_people_strike_it_off(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var findings = await Found(world, "DQ-07", Village, 3);
        await Enter(world);
        var issue = Assert.Single(await All(world)).Id;
        await Gone(world, findings[0]);
        await Explained(world, findings[1]);
        Assert.Equal(new(0, 0, 2, 0), await Enter(world));
        Assert.Equal((IssueState.Registered, 1), ((await world.Issue(issue)).State, await Standing(world, issue)));
        Done(await world.Assign(issue));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Start)));
        // Nobody but the program says that a check found nothing.
        foreach (var person in (Actor[])[world.Cadre, world.Clerk, world.Office])
            Refused("ledger.by-check-only", await world.On(issue, person, new(IssueEvent.Recheck, Evidence: [Words(EvidenceKinds.Rectification)])));

        world.Day = world.Day.AddDays(2);
        await Gone(world, findings[2]);
        Assert.Equal(new(0, 0, 1, 1), await Enter(world));
        var handedIn = await world.Issue(issue);
        Assert.Equal((IssueState.Submitted, Guid.Empty, world.Day), (handedIn.State, handedIn.SubmittedBy, handedIn.SubmittedOn));
        Assert.Equal(new(0, 0, 0, 0), await Enter(world));

        // Whoever began with it may have mended it; who examined it does not alone end it.
        Refused("steps.own-work", await world.On(issue, world.Clerk, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("ledger.examined-by-self", await world.On(issue, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
        Done(await world.On(issue, LedgerWorld.Supervisor, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));

        // It comes back: a new problem, linked to the one before. Another check in the village is none of its recurrences.
        await Found(world, "DQ-07", Village, 1);
        await Found(world, "DQ-31", Village, 1);
        Assert.Equal(2, (await Enter(world)).Problems);
        var again = (await All(world)).Single(i => i.CheckCode == "DQ-07" && i.Id != issue);
        Assert.Equal((issue, 2), (again.RecursId!.Value, again.Occurrence));
        Assert.Null((await All(world)).Single(i => i.CheckCode == "DQ-31").RecursId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task While_something_is_there_it_is_not_struck_off_and_what_was_sent_back_waits_for_something_new(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var findings = await Found(world, "DQ-07", Village, 2);
        await Enter(world);
        var issue = Assert.Single(await All(world)).Id;
        Done(await world.Assign(issue));
        Done(await world.On(issue, world.Cadre, new(IssueEvent.Start)));
        Done(await world.On(issue, world.Cadre, new(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification), world.File(EvidenceKinds.Photo)])));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
        Refused("ledger.still-found", await world.On(issue, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect)])));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Reject, "还有两条")));

        await Gone(world, findings[0]);
        await Explained(world, findings[1]);
        Assert.Equal(1, (await Enter(world)).HandedIn);
        Done(await world.On(issue, world.Leader, new(IssueEvent.Reject, "说明不充分")));
        // The same result does not hand it in again and again.
        Assert.Equal(new(0, 0, 0, 0), await Enter(world));
        Assert.Equal(IssueState.InRectification, (await world.Issue(issue)).State);
        // The explained one turns out to be something else: it stands again in the same problem.
        await Reopened(world, findings[1]);
        Assert.Equal(new(0, 1, 0, 0), await Enter(world));
        Assert.Equal(1, await Standing(world, issue));
        await Gone(world, findings[1]);
        Assert.Equal(new(0, 0, 1, 1), await Enter(world));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Leads_that_nobody_looked_at_in_time_are_a_problem_until_somebody_does(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var leads = new List<Guid>();
        for (var n = 0; n < 3; n++)
            leads.Add(await world.Lead(await world.Household()));
        var due = (await world.Read((db, cancel) => db.Set<Lead>().AsNoTracking().Select(l => l.StageDueOn).FirstAsync(cancel)))!.Value;
        world.Day = due.AddDays(3);
        Assert.Equal(0, (await Enter(world)).Problems);
        world.Day = due.AddDays(4);
        Assert.Equal(new(1, 0, 0, 0), await Enter(world));
        var issue = Assert.Single(await All(world));
        Assert.Equal(("screening", "lead_not_dispatched", "help", AreaLevel.Township, 3), (issue.Source, issue.Rule, issue.Subject, issue.Level, await Standing(world, issue.Id)));

        foreach (var lead in leads)
            Done(await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [Words(EvidenceKinds.Order)], AssignedTo: "村干部")));
        Assert.Equal(new(0, 0, 3, 1), await Enter(world));
        Assert.Equal(IssueState.Submitted, (await world.Issue(issue.Id)).State);

        // Dispatched and then left alone is a problem of the village.
        world.Day = (await world.Read((db, cancel) => db.Set<Lead>().AsNoTracking().MaxAsync(l => l.StageDueOn, cancel)))!.Value.AddDays(4);
        Assert.Equal(1, (await Enter(world)).Problems);
        Assert.Contains(await All(world), i => i is { Rule: "lead_not_visited", Level: AreaLevel.Village });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_check_on_a_lead_confirmed_and_an_office_can_mend_goes_to_that_office(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (housing, poor) = (await world.Household(), await world.Household());
        await Confirmed(world, housing, "W32");
        // What makes a household poor is for its case, and no office mends it.
        await Confirmed(world, poor, "W01");
        Assert.Equal(new(1, 0, 0, 0), await Enter(world));
        Assert.Equal(new(0, 0, 0, 0), await Enter(world));
        var issue = Assert.Single(await All(world));
        Assert.Equal(("unsafe_house", "housing", "housing", housing), (issue.Rule, issue.Subject, issue.Department, issue.HouseholdId!.Value));
        Assert.True(issue.DueOn <= issue.ZeroBy);
        Assert.Contains(await world.With<Channels, IReadOnlyList<DepartmentQueue>>((c, cancel) => c.Queues(world.Office, cancel)), q => q is { Department: "housing", Open: 1 });

        await world.Read((db, cancel) => db.Set<RuleHit>().ExecuteDeleteAsync(cancel));
        Assert.Equal(new(0, 0, 1, 1), await Enter(world));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task It_runs_in_the_background_after_the_checks_and_once_a_day(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await Found(world, "DQ-07", Village, 1);
        await world.Read(async (db, cancel) =>
        {
            foreach (var name in (string[])["quality.run", "screening.run"])
                db.Log(name, County, County.Digits, "system", TimeProvider.System, new { });
            return await db.SaveChangesAsync(cancel);
        });
        await world.With<EventWorker, int>((worker, cancel) => worker.Settle(cancel));
        Assert.Single(await All(world));
        // As time goes by, without anything happening.
        await Found(world, "DQ-43", Village, 1);
        var daily = await world.With<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>, EnterDaily>((all, _) => Task.FromResult(all.OfType<EnterDaily>().Single()));
        await daily.Once(TestContext.Current.CancellationToken);
        world.Day = world.Day.AddDays(20);
        await daily.Once(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await All(world)).Count);
    }

    [Fact]
    public async Task Every_check_that_the_national_rules_name_exists()
    {
        await using var world = await CaseworkWorld.Open("sqlite");
        var known = await world.With<IQuality, HashSet<string>>((q, _) => Task.FromResult(q.Rules.Select(r => r.Id).ToHashSet()));
        known.UnionWith(LifeCycles.Policy.Rules.Select(r => r.Id));
        Assert.NotEmpty(LifeCycles.Policy.IssueRules);
        Assert.Subset(known, LifeCycles.Policy.IssueRules.SelectMany(r => r.Checks).ToHashSet());
        // Each trigger is somebody's.
        var told = await world.With<IEnumerable<IProblemSource>, List<IssueTrigger>>((all, _) => Task.FromResult(all.SelectMany(s => s.Triggers).ToList()));
        Assert.Equal(Enum.GetValues<IssueTrigger>().Order(), told.Order());
    }

    private static Task<Entered> Enter(CaseworkWorld world) => world.With<EnterProblems, Entered>((enter, cancel) => enter.Run(County, cancel));

    private static Task<List<Issue>> All(CaseworkWorld world) => world.Read((db, cancel) => db.Set<Issue>().AsNoTracking().OrderBy(i => i.Code).ToListAsync(cancel));

    private static Task<int> Standing(CaseworkWorld world, Guid issue) =>
        world.Read((db, cancel) => db.Set<IssueSubject>().CountAsync(s => s.IssueId == issue && s.GoneOn == null, cancel));

    private static async Task<List<Guid>> Found(CaseworkWorld world, string rule, AreaCode village, int count, QualitySeverity severity = QualitySeverity.Error)
    {
        var findings = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        await world.Read(async (db, cancel) =>
        {
            db.AddRange(findings.Select(id => new StoredFinding
            {
                County = County.Digits, Id = id, Rule = rule, Severity = severity, Kind = SubjectKind.Member, Subject = id.ToString(), Area = village.Digits, MessageEnc = [1],
                FirstOn = world.Day, LastOn = world.Day, State = FindingState.Open,
            }));
            return await db.SaveChangesAsync(cancel);
        });
        return findings;
    }

    private static Task Gone(CaseworkWorld world, Guid finding) => world.Read((db, cancel) => db.Set<StoredFinding>().Where(f => f.Id == finding)
        .ExecuteUpdateAsync(f => f.SetProperty(x => x.ClosedOn, world.Day).SetProperty(x => x.State, FindingState.Fixed), cancel));

    private static Task Explained(CaseworkWorld world, Guid finding) => world.Read((db, cancel) => db.Set<StoredFinding>().Where(f => f.Id == finding)
        .ExecuteUpdateAsync(f => f.SetProperty(x => x.State, FindingState.Explained), cancel));

    private static Task Reopened(CaseworkWorld world, Guid finding) => world.Read((db, cancel) => db.Set<StoredFinding>().Where(f => f.Id == finding)
        .ExecuteUpdateAsync(f => f.SetProperty(x => x.State, FindingState.Open), cancel));

    private static Task Confirmed(CaseworkWorld world, Guid household, string rule) => world.Read(async (db, cancel) =>
    {
        db.Add(new Lead
        {
            County = County.Digits, Id = Guid.CreateVersion7(), Code = $"L2020-{rule}", HouseholdId = household, Area = Village.Digits, State = LeadState.Escalated, Level = "Red",
            Source = LeadSource.DepartmentWarning, Rules = $"[\"{rule}\"]", RaisedOn = world.Day.AddDays(-5), ReceivedAt = default, DueOn = world.Day, ClosedOn = world.Day,
        });
        db.Add(new RuleHit
        {
            County = County.Digits, HouseholdId = household, RuleId = rule, Area = Village.Digits, State = RuleState.Live, Level = RuleLevel.Red, FirstOn = world.Day, LastOn = world.Day,
            ExplanationEnc = [1],
        });
        return await db.SaveChangesAsync(cancel);
    });
}
