using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Evening;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
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

        async Task<(int, int)> Counts() => await Latest() is var row ? (row.Decisions, row.Open) : default;

        async Task<MeetingRow> Latest() => (await world.With<MeetingQueries, (IReadOnlyList<MeetingRow> Rows, int)>((q, cancel) => q.List(world.Clerk, new(), cancel))).Rows[0];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_village_decides_for_its_own_people_is_assigned_at_once_and_nobody_assigns_upward(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        world.Day = new(2020, 6, 2);
        var (neighbour, town) = (await Account("neighbour", Village), await Account("town.clerk", Township, Role.TownshipClerk));
        var task = new NewDecision("清理水渠", "金钱村", "水管员", world.Day.AddDays(7), "water");
        NewDecision[] own = [task, task with { Unit = "金钱村村委会" }, task with { Unit = "县水利局", PersonUser = neighbour }];
        // A unit elsewhere, one above, and a person with a post above.
        NewDecision[] others = [task with { Unit = "县水利局" }, task with { Unit = "鹤游镇" }, task with { PersonUser = town }];
        var meeting = Done(await world.Meet(new("topic", Village, world.Day, "支书"), Record with { Decisions = [.. own, .. others] }, world.Cadre));

        var page = await world.Meeting(meeting, world.Cadre);
        Assert.Equal([.. own.Select(_ => IssueState.Assigned), .. others.Select(_ => IssueState.Registered)], page.Decisions.Select(d => d.Issue!.State));
        var issue = await world.Issue(page.Decisions[0].Issue!.Id);
        Assert.Equal(("金钱村", "水管员", world.Day.AddDays(7), "cadre"), (issue.Unit, issue.Person, issue.DueOn, (await world.StepsOf(issue.Id))[^1].Actor));
        // What waits does so with who is meant to do it.
        var waiting = await world.Issue(page.Decisions[3].Issue!.Id);
        Assert.Equal((IssueState.Registered, "县水利局", "水管员"), (waiting.State, waiting.Unit, waiting.Person));
        var said = await world.With<MeetingQueries, Text>((q, cancel) => q.Handed(world.Cadre, meeting, cancel));
        Assert.StartsWith("议定事项 6 项：已交办 3 项，3 项的责任人或单位不在本区域", said.Zh, StringComparison.Ordinal);
        // The post still assigns nothing by itself.
        Refused("steps.not-permitted", await world.Assign(waiting.Id, world.Cadre));
        Refused("meetings.outside-its-area", await world.Meet(new("topic", Village, world.Day, "支书"), Record with { Decisions = [task with { Area = OtherVillage }] }, world.Cadre));

        async Task<Guid> Account(string name, AreaCode area, Role role = Role.WorkTeamMember)
        {
            await world.With<IUsers, bool>(async (users, cancel) => (await users.Add(Actor.System(County), new(name, name, role, area), cancel)).Succeeded);
            return (await world.With<IUsers, IReadOnlyList<UserRow>>((users, cancel) => users.In(area, [role], cancel))).Single(u => u.Name == name).Id;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_signs_reads_and_nobody_signs_what_is_hidden(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        world.Day = new(2020, 6, 2);
        var home = await world.Household();
        NewDecision[] decisions = [new("列出工程清单", "县水利局", "局长"), new("为该户办理慢病卡", "金钱村", "村医", Household: home.ToString())];
        var county = Done(await world.Meet(new("leading_group", County, world.Day, "县委书记"), Record with { Decisions = decisions }, world.Office));
        var township = Done(await world.Meet(Weekly(world), Record with { Decisions = decisions }));

        // The county's own minutes are open to its posts; a decision about a household to whoever signs them or strikes the task off, and not to every department.
        foreach (var (by, reads) in new[] { (world.Office, true), (CountyLeader, true), (Supervisor, true), (world.Department, false) })
        {
            var page = await world.Meeting(county, by);
            Assert.Equal((Record.Minutes, true, "列出工程清单", reads ? "为该户办理慢病卡" : Withheld.Notice.Zh), (page.Minutes, page.Reads, page.Decisions[0].Text?.Zh, page.Decisions[1].Text?.Zh));
            Assert.EndsWith(by == world.Office ? "张大山" : "张**", page.Decisions[1].Household, StringComparison.Ordinal);
        }
        // Below, minutes are for those who see households; what was decided about no household is open.
        foreach (var (by, reads) in new[] { (CountyLeader, false), (Supervisor, true), (world.Department, false) })
        {
            var page = await world.Meeting(township, by);
            Assert.Equal((null, false, "列出工程清单", reads ? "为该户办理慢病卡" : Withheld.Notice.Zh), (page.Minutes, page.Reads, page.Decisions[0].Text?.Zh, page.Decisions[1].Text?.Zh));
        }
        Refused("meetings.unread", await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(CountyLeader, township, null, cancel)));
        Done(await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(CountyLeader, county, null, cancel)));
        Done(await world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(world.Leader, township, null, cancel)));
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

        Task<Outcome<Guid>> Call(CalledMeeting called, Actor? by = null) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Call(by ?? world.Clerk, called, cancel));
        Task<Outcome<Guid>> Hold(Guid meeting) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Hold(world.Clerk, meeting, Record, cancel));
        Task<Outcome<Guid>> Sign(Actor by) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.Sign(by, id, null, cancel));
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

        async Task<IEnumerable<string>> Due(Actor? by = null) => (await world.With<DueMeetings, IReadOnlyList<DueMeeting>>((d, cancel) => d.Of(by ?? world.Clerk, world.Day, cancel))).Select(d => d.Kind.Code);
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
        await world.Reported();

        var review = await world.With<EveningReviews, EveningReview>((e, cancel) => e.Prepare(world.Cadre, Village, world.Day, cancel));
        Assert.Equal(2, review.Visits);
        Assert.Equal((2, 1, 2), (review.Of(EveningPart.Visits).Count, review.Of(EveningPart.Leads).Count, review.Of(EveningPart.Problems).Count));
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
        Assert.Equal(IssueState.Assigned, page.Decisions[0].Issue!.State);
        var masked = (await world.Meeting(meeting, Supervisor)).Review!.Items;
        Assert.All(masked, i => Assert.True(i.Words is null || i.Words == Withheld.Notice || i.Household is null));
        Assert.All(masked.Where(i => i.Household is not null), i => Assert.Equal("金钱村 张**", i.Who));
        // What was found at no household says where it is and what it is; a task that was decided is nothing wrong.
        var now = await world.With<EveningReviews, EveningReview>((e, cancel) => e.Prepare(world.Cadre, Village, world.Day, cancel));
        Assert.Contains(now.Of(EveningPart.Problems), i => i.Household is null && i.Who == "金钱村" && i.Words?.Zh == "屋顶漏雨" && i.Link!.StartsWith("/ledger/", StringComparison.Ordinal));
        Assert.Equal("明天入户补走", Assert.Single(now.Of(EveningPart.Tasks)).Words?.Zh);
        Assert.DoesNotContain(now.Of(EveningPart.Problems), i => i.Words?.Zh == "明天入户补走");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Points_of_courtyard_meetings_are_seen_on_every_level(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Done(await world.Meet(new("courtyard", Village, world.Day, "支书"), Record with { Households = 18, Points = "盼硬化便道\n\n 培训护理员 " }, world.Cadre));
        foreach (var by in (Actor[])[world.Cadre, world.Clerk, world.Office])
            Assert.Equal(["盼硬化便道", "培训护理员"], (await Points(by)).Select(p => p.Point.Zh));
        Assert.Empty(await Points(world.Stranger));
        // How many were raised is a figure; what was said is not for who sees households masked, and the list says so.
        foreach (var by in (Actor[])[Supervisor, CountyLeader])
        {
            var row = Assert.Single(await Points(by));
            Assert.Equal((2, Withheld.Notice), (row.Meeting.Points, row.Point));
        }

        Task<IReadOnlyList<(MeetingRow Meeting, Text Point)>> Points(Actor by) => world.With<MeetingQueries, IReadOnlyList<(MeetingRow, Text)>>((q, cancel) => q.Points(by, new(Kind: "courtyard"), cancel));
    }
}
