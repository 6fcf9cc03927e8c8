using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>What the county cannot solve goes up to the prefecture or province, and comes back with an answer.</summary>
public class SentUpTests
{
    private static readonly Actor Prefecture = Person("prefecture", Role.HigherOffice, new("5002")), Province = Person("province", Role.HigherOffice, new("50")),
        OtherProvince = Person("hunan", Role.HigherOffice, new("43"));

    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task With_an_office_above_the_county_it_answers_here(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Done(await world.With<IUsers, Outcome<GivenPassword>>((users, cancel) => users.Add(Actor.System(new("50")), new("province", "省级主管部门", Role.HigherOffice, new("50")), cancel)));
        var issue = await world.Reported();
        Refused("steps.not-permitted", await world.On(issue, world.Clerk, Up()));
        Refused("steps.evidence-missing", await world.On(issue, world.Office, Up() with { Reason = null }));
        Refused("ledger.not-above", await world.On(issue, world.Office, Up() with { Level = AreaLevel.County }));
        Assert.Equal(IssueState.SentUp, Done(await world.On(issue, world.Office, Up())));
        var up = await world.Issue(issue);
        Assert.Equal((AreaLevel.Province, world.Day, (string?)null), (up.Level, up.SentUpOn!.Value, up.SentUpAs));
        Assert.Equal(LifeCycles.Policy.Due("issue.answer", world.Day), up.StageDueOn);

        // The county waits. It is seen and answered by the level it was sent to, or above, and by nobody else.
        Refused("steps.not-possible", await world.Assign(issue, world.Office));
        Refused("ledger.not-found", await world.On(issue, OtherProvince, Answer()));
        Refused("ledger.higher-level", await world.On(issue, Prefecture, Answer()));
        Refused("steps.not-permitted", await world.On(issue, world.Office, Answer()));
        var waiting = await world.With<SentUpIssues, IReadOnlyList<SentUpIssue>>((s, cancel) => s.Of(Province, true, cancel));
        Assert.Equal((issue, "跨县水源，县级无权调度", "屋顶漏雨"), Assert.Single(waiting) is var row ? (row.Id, row.Reason, row.Problem?.Zh) : default);
        Assert.Empty(await world.With<SentUpIssues, IReadOnlyList<SentUpIssue>>((s, cancel) => s.Of(OtherProvince, true, cancel)));
        Refused("steps.evidence-missing", await world.On(issue, Province, new(IssueEvent.Instruct)));
        Assert.Equal(IssueState.Answered, Done(await world.On(issue, Province.In(County), Answer())));

        // It comes back to the county, which assigns it as it was told.
        var back = await world.Issue(issue);
        Assert.Equal((AreaLevel.County, world.Day, "渝水函〔2020〕9号"), (back.Level, back.AnsweredOn!.Value, back.AnsweredAs));
        Refused("ledger.higher-level", await world.Assign(issue));
        Done(await world.Assign(issue, world.Office, department: "water"));
        var page = (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(world.Office, issue, cancel)))!;
        Assert.Equal("由市水利局调度，县里负责管网。", page.Answer?.Zh);
        Assert.Empty(await world.With<SentUpIssues, IReadOnlyList<SentUpIssue>>((s, cancel) => s.Of(Province, true, cancel)));
        Assert.Single(await world.With<SentUpIssues, IReadOnlyList<SentUpIssue>>((s, cancel) => s.Of(world.Office, false, cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_one_it_goes_by_letter_and_the_answer_is_entered_with_a_scan(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Refused("ledger.no-letter", await world.On(issue, world.Office, Up()));
        Done(await world.On(issue, world.Office, Up() with { Letter = "县扶办〔2020〕17号" }));
        Refused("steps.evidence-missing", await world.On(issue, world.Office, new(IssueEvent.RecordAnswer, Evidence: [Words(EvidenceKinds.Reply)])));
        Done(await world.On(issue, world.Office, new(IssueEvent.RecordAnswer, Evidence: [Words(EvidenceKinds.Reply, "同意列入明年计划"), world.File(EvidenceKinds.Document)], Letter: "渝扶函〔2020〕3号")));
        var answered = await world.Issue(issue);
        Assert.Equal((IssueState.Answered, "县扶办〔2020〕17号", "渝扶函〔2020〕3号"), (answered.State, answered.SentUpAs, answered.AnsweredAs));

        // Not enough: it is sent up anew, and the old answer does not stand beside the new question.
        Done(await world.On(issue, world.Office, Up() with { Letter = "县扶办〔2020〕21号" }));
        Assert.Null((await world.Issue(issue)).AnswerEnc);
        Assert.Equal(2, (await world.StepsOf(issue)).Count(s => s.Event == IssueEvent.SendUp));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_office_above_gives_back_what_the_county_can_solve_and_a_prefecture_answers_what_was_sent_to_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Done(await world.Assign(issue));
        Done(await world.On(issue, world.Office, Up() with { Level = AreaLevel.Prefecture, Letter = "1号" }));
        Refused("steps.evidence-missing", await world.On(issue, Prefecture, new(IssueEvent.Return)));
        Assert.Equal(IssueState.Answered, Done(await world.On(issue, Prefecture, new(IssueEvent.Return, "属于县级事权"))));
        Assert.Equal("属于县级事权", (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(world.Office, issue, cancel)))!.Answer?.Zh);
        // It stands in the work list of those who assign it.
        var work = await world.With<IEnumerable<IWorkSource>, WorkPart>((sources, cancel) => sources.OfType<IssueWork>().Single().Of(world.Office, world.Day, 50, cancel));
        Assert.Contains(work.Items, i => i.Subject == issue && i.Mine);
    }

    [Fact]
    public void Only_the_county_sends_up_and_only_the_level_above_answers()
    {
        Assert.Equal([Role.CountyOffice], Enum.GetValues<Role>().Where(r => Permissions.Of(r, Permissions.IssuesSendUp) is not null));
        Assert.Equal([Role.HigherOffice], Enum.GetValues<Role>().Where(r => Permissions.Of(r, Permissions.IssuesAnswer) is not null));
        // From wherever there is something to put right it can go up, and from above it always comes back.
        foreach (var state in IssueStates.Open.Except([IssueState.Found, IssueState.FixedOnSpot, IssueState.Submitted, IssueState.Examined, IssueState.SentUp]))
            Assert.Equal(IssueState.SentUp, IssueStates.Life.Table.Find(state, IssueEvent.SendUp)?.To);
        Assert.Equal([IssueEvent.Instruct, IssueEvent.Return, IssueEvent.RecordAnswer, IssueEvent.Recheck], IssueStates.Life.Table.StepsFrom(IssueState.SentUp).Select(s => s.Event));
    }

    private static IssueStepRequest Up() => new(IssueEvent.SendUp, "跨县水源，县级无权调度", Level: AreaLevel.Province);

    private static IssueStepRequest Answer() => new(IssueEvent.Instruct, Evidence: [Words(EvidenceKinds.Reply, "由市水利局调度，县里负责管网。")], Letter: "渝水函〔2020〕9号");
}
