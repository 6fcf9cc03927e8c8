using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Evening;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Plugins;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Modules.Ledger;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Organisation.OrganisationWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>Meetings: called, held, decided and signed; every decision is a task of the ledger.</summary>
public class MeetingTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static readonly MeetingRecord Record = new(["鹤游镇", "金钱村"], 20, "通报上周工作。", []);

    // A Tuesday.
    private static CalledMeeting Weekly(CaseworkWorld world) => new("weekly_dispatch", Township, world.Day, "镇长");

    [Theory, MemberData(nameof(Databases))]
    public async Task A_decision_becomes_a_task_whose_state_the_meeting_shows(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        world.Day = new(2020, 6, 2);
        var home = await world.Household();
        var water = new NewDecision("给二组接通自来水", "金钱村", "村干部", world.Day.AddDays(7), "water", home.ToString(), world.Cadre.User);
        Refused("steps.evidence-missing", await world.Meet(Weekly(world), Record with { Decisions = [water with { Person = "" }] }));
        Refused("ledger.due-too-early", await world.Meet(Weekly(world), Record with { Decisions = [water with { DueOn = world.Day.AddDays(-1) }] }));
        Refused("meetings.no-household", await world.Meet(Weekly(world), Record with { Decisions = [water with { Household = "nobody" }] }));
        Refused("meetings.outside-its-area", await world.Meet(Weekly(world), Record with { Decisions = [water with { Household = null, Area = County }] }));
        // Of what was refused nothing is left, neither meetings nor problems.
        Assert.Equal(0, (await world.With<MeetingQueries, (IReadOnlyList<MeetingRow>, int)>((q, cancel) => q.List(world.Clerk, new(), cancel))).Item2);

        var meeting = Done(await world.Meet(Weekly(world), Record with { Decisions = [water, new("更新明白卡", "金钱村", "村干部"), new("清理水渠", "金钱村", "村干部", Area: Village)] }));
        var page = await world.Meeting(meeting);
        Assert.Equal([(1, IssueState.Assigned, Village.Digits), (2, IssueState.Assigned, Township.Digits), (3, IssueState.Assigned, Village.Digits)], page.Decisions.Select(d => (d.Number, d.Issue!.State, d.Issue.Area)));
        var issue = await world.Issue(page.Decisions[0].Issue!.Id);
        Assert.Equal(("meeting", meeting, home, "water", world.Cadre.User, world.Day.AddDays(7)), (issue.Source, issue.SourceId!.Value, issue.HouseholdId!.Value, issue.Subject, issue.PersonUser!.Value, issue.DueOn!.Value));

        await world.StruckOff(issue.Id);
        page = await world.Meeting(meeting);
        Assert.True(LedgerNames.IsEnded(page.Decisions[0].Issue!.State));
        Assert.Equal((3, 2), await Counts());
        // The same words decided again are a task anew, and no recurrence.
        Done(await world.Meet(Weekly(world), Record with { Decisions = [water] }));
        Assert.Equal(1, (await world.Issue((await world.Meeting((await Latest()).Id)).Decisions[0].Issue!.Id)).Occurrence);

        // A village has no post that assigns: its decision waits for the township, with who is meant to do it.
        var own = Done(await world.Meet(new("topic", Village, world.Day, "支书"), Record with { Decisions = [water with { Household = null }] }, world.Cadre));
        var waiting = await world.Issue((await world.Meeting(own, world.Cadre)).Decisions[0].Issue!.Id);
        Assert.Equal((IssueState.Registered, "金钱村", "村干部"), (waiting.State, waiting.Unit, waiting.Person));

        async Task<(int, int)> Counts() => await Latest() is var row ? (row.Decisions, row.Open) : default;

        async Task<MeetingRow> Latest() => (await world.With<MeetingQueries, (IReadOnlyList<MeetingRow> Rows, int)>((q, cancel) => q.List(world.Clerk, new(), cancel))).Rows[0];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Minutes_are_complete_and_signed_by_another_than_who_wrote_them(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        // Monday is kept free of meetings; those in the villages are the work itself.
        Refused("meetings.field-day", await Call(Weekly(world)));
        Done(await Call(Weekly(world) with { FieldDayReason = "防汛紧急调度" }));
        Done(await Call(new("courtyard", Village, world.Day, "支书"), world.Cadre));
        world.Day = new(2020, 6, 2);
        Refused("meetings.wrong-level", await Call(new("courtyard", Township, world.Day, "镇长")));
        Refused("meetings.kind-unknown", await Call(new("feast", Township, world.Day, "镇长")));
        Refused("meetings.no-chair", await Call(Weekly(world) with { Chair = " " }));
        Refused("steps.not-permitted", await Call(Weekly(world), world.Cadre));
        Refused("meetings.no-households", await world.Meet(new("courtyard", Village, world.Day, "支书"), Record, world.Cadre));
        Refused("meetings.no-minutes", await world.Meet(Weekly(world), Record with { Minutes = " " }));
        Refused("meetings.nobody-there", await world.Meet(Weekly(world), Record with { Units = [" "] }));
        Refused("meetings.bad-count", await world.Meet(Weekly(world), Record with { Attended = -1 }));

        var id = Done(await Call(Weekly(world) with { On = world.Day.AddDays(1) }));
        Refused("meetings.not-yet", await Hold(id));
        world.Day = world.Day.AddDays(1);
        Done(await Hold(id));
        Refused("steps.not-possible", await Hold(id));
        Refused("steps.not-permitted", await Sign(world.Clerk));
        Done(await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Decide(world.Clerk, id, [new("补充一项", "金钱村", "村干部")], cancel)));
        Done(await Sign(world.Leader));
        Refused("steps.not-possible", await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Decide(world.Clerk, id, [new("再补一项", "金钱村", "村干部")], cancel)));
        Assert.Equal((MeetingState.Signed, "leader", "通报上周工作。"), ((await world.Meeting(id)).Meeting.State, (await world.Meeting(id)).Meeting.SignedBy, (await world.Meeting(id)).Minutes));
        // Words may speak of illness: not for whoever sees such things masked.
        Assert.Null((await world.Meeting(id, Supervisor)).Minutes);
        Refused("meetings.not-found", await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(world.Stranger, id, null, cancel)));
        var own = Done(await world.Meet(new("topic", Village, world.Day, "支书"), Record, world.Cadre));
        Refused("steps.own-work", await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(world.Cadre, own, null, cancel)));
        var off = Done(await Call(Weekly(world) with { On = world.Day.AddDays(1) }));
        Refused("steps.evidence-missing", await CallOff(off, " "));
        Done(await CallOff(off, "改为现场办公"));

        Task<Outcome<Guid>> Call(CalledMeeting called, Shouwang.Platform.Security.Actor? by = null) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Call(by ?? world.Clerk, called, cancel));
        Task<Outcome<Guid>> Hold(Guid meeting) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Hold(world.Clerk, meeting, Record, cancel));
        Task<Outcome<Guid>> Sign(Shouwang.Platform.Security.Actor by) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(by, id, null, cancel));
        Task<Outcome<Guid>> CallOff(Guid meeting, string why) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.CallOff(world.Clerk, meeting, why, cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_rhythm_says_what_is_due_and_who_is_behind(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        world.Day = new(2020, 6, 2);
        Assert.Equal(["weekly_dispatch"], await Due());
        Done(await world.Meet(Weekly(world), Record));
        Assert.Empty(await Due());
        // A week later last week's was held; after two, one was missed.
        world.Day = world.Day.AddDays(14);
        Assert.Equal(["weekly_dispatch", "weekly_dispatch"], await Due());
        var part = await world.With<IEnumerable<IWorkSource>, WorkPart>((s, cancel) => s.OfType<MeetingWork>().Single().Of(world.Clerk, world.Day, 10, cancel));
        Assert.Equal((1, 1), (part.Overdue, part.Later));
        var rhythm = Assert.Single(await world.With<DueMeetings, IReadOnlyList<RhythmRow>>((d, cancel) => d.Rhythm(world.Clerk, [Township], world.Day, cancel)));
        Assert.Equal(("weekly_dispatch", 1, 0, new(2020, 6, 2)), (rhythm.Kind.Code, rhythm.Areas, rhythm.Held, rhythm.Last!.Value));

        // A village owes the review of each day on which it visited.
        Assert.DoesNotContain("evening_review", await Due(world.Cadre));
        Done(await world.Visit(await world.Household()));
        Assert.Contains("evening_review", await Due(world.Cadre));

        async Task<IEnumerable<string>> Due(Shouwang.Platform.Security.Actor? by = null) => (await world.With<DueMeetings, IReadOnlyList<DueMeeting>>((d, cancel) => d.Of(by ?? world.Clerk, world.Day, cancel))).Select(d => d.Kind.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_evening_review_lists_what_the_day_brought_and_keeps_it_as_it_was(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (first, second) = (await world.Household(more: ("phone", "13400001111")), await world.Household());
        world.Day = world.Day.AddDays(1);
        Done(await world.Visit(first, facts: [new(null, "phone", "13400002222"), new(null, "group", "2组")], problems: [new(VisitSubject.Water, "水管断裂")]));
        Done(await world.Visit(second, purpose: VisitPurpose.Monthly, mode: VisitMode.ByPhone, visitors: [new(world.Cadre.User, "村干部", "金钱村")]));
        await world.Lead(second);

        var review = await world.With<EveningReviews, EveningReview>((e, cancel) => e.Prepare(world.Cadre, Village, world.Day, cancel));
        Assert.Equal(2, review.Visits);
        Assert.Equal((2, 1, 1), (review.Of(EveningPart.Visits).Count, review.Of(EveningPart.Leads).Count, review.Of(EveningPart.Problems).Count));
        var changes = review.Of(EveningPart.Changes);
        Assert.Contains(changes, c => c.Words?.Zh == "1组 → 2组");
        // A phone number is nobody's business here; that it changed is.
        Assert.DoesNotContain(changes, c => c.Words?.Zh.Contains("1340000", StringComparison.Ordinal) == true);
        Assert.Contains(review.Of(EveningPart.Unclear), u => u.Household == second && u.What.Zh.Contains("电话", StringComparison.Ordinal));
        Assert.Contains(review.Of(EveningPart.ToDo), t => t.Household == second);

        var called = new CalledMeeting("evening_review", Village, world.Day, "第一书记");
        var meeting = Done(await world.Meet(called, Record with { Decisions = [new("明天入户补走", "金钱村", "村干部", Household: second.ToString())] }, world.Cadre));
        Refused("meetings.reviewed-already", await world.Meet(called, Record, world.Cadre));
        Done(await world.Visit(second));
        var page = await world.Meeting(meeting, world.Cadre);
        Assert.Equal(2, page.Review!.Visits);
        Assert.Equal(IssueState.Registered, page.Decisions[0].Issue!.State);
        Assert.All((await world.Meeting(meeting, Supervisor)).Review!.Items, i => Assert.Null(i.Words));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Points_of_courtyard_meetings_are_seen_on_every_level(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Done(await world.Meet(new("courtyard", Village, world.Day, "支书"), Record with { Households = 18, Points = "盼硬化便道\n\n 培训护理员 " }, world.Cadre));
        foreach (var by in (Shouwang.Platform.Security.Actor[])[world.Cadre, world.Clerk, world.Office])
            Assert.Equal(["盼硬化便道", "培训护理员"], (await Points(by)).Select(p => p.Point));
        Assert.Empty(await Points(world.Stranger));
        Assert.Empty(await Points(Supervisor));

        Task<IReadOnlyList<(MeetingRow Meeting, string Point)>> Points(Shouwang.Platform.Security.Actor by) => world.With<MeetingQueries, IReadOnlyList<(MeetingRow, string)>>((q, cancel) => q.Points(by, new(Kind: "courtyard"), cancel));
    }
}
