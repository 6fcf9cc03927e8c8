using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server.Cli;

namespace Shouwang.Tests.Demo;

/// <summary>What <c>./shouwang demo</c> promises: a county with six weeks of work behind it, and work for everybody on the day it is opened.</summary>
public class DemoTests(PreparedDemo demo) : IClassFixture<PreparedDemo>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_prepared_withissueda_single_step_being_refused()
    {
        Assert.Empty(demo.Errors);
        Assert.Equal(Commands.Done, demo.ExitCode);
        Assert.Contains("/leads/L2020-", demo.Output, StringComparison.Ordinal);
        Assert.Contains("/cases/", demo.Output, StringComparison.Ordinal);
        Assert.Contains("/notice/500231/N2020-", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_household_of_the_story_is_found_by_screening_and_registered_as_unstable_lifted()
    {
        var story = await demo.StoryId();
        var lead = Assert.Single(await demo.All<Lead>(), l => l.HouseholdId == story);
        Assert.Equal((LeadSource.DepartmentWarning, LeadState.Escalated), (lead.Source, lead.State));
        Assert.Contains("W01", lead.Rules, StringComparison.Ordinal);

        var found = Assert.Single(await demo.All<IdentificationCase>(), c => c.HouseholdId == story);
        Assert.Equal((CaseState.Registered, "UnstableLifted"), (found.State, found.Category));
        Assert.True(found.ClosedOn <= found.TotalDueOn);
        var steps = (await demo.All<CaseStep>()).Where(s => s.SubjectId == found.Id).OrderBy(s => s.RecordedAt).Select(s => (s.Event, s.Actor));
        Assert.Equal(
            [("Verify", "village"), ("AnswerMatching", "health"), ("PassReview", "secretary"), ("CloseNotice", "village"), ("PassTownship", "townlead"), ("Approve", "county")], steps);

        var visit = (await demo.All<Visit>()).Single(v => v.Id == found.VisitId);
        Assert.True(visit.VisitorCount >= 2);
        var monitored = Assert.Single(await demo.All<MonitoredObject>(), o => o.HouseholdId == story);
        Assert.Equal((ObjectState.Assisting, "UnstableLifted"), (monitored.State, monitored.Category));
        var register = await demo.Ask<IHouseholds, RegisterHousehold?>(h => h.Open(Actor.System(new("500231")), story, false, Cancel));
        Assert.Equal(MonitoringCategory.UnstableLifted, register!.MonCat);
    }

    [Fact]
    public async Task The_plan_of_the_story_brings_seedlings_ducklings_medical_help_and_schooling()
    {
        var story = await demo.StoryId();
        var measures = (await demo.All<Measure>()).Where(m => m.HouseholdId == story).ToList();
        Assert.Contains(measures, m => m is { Type: "M101", Quantity: "80株垫江晚柚苗", State: MeasureState.InProgress });
        Assert.Contains(measures, m => m is { Type: "M101", Quantity: "50只鸭苗", State: MeasureState.Delivered });
        Assert.Contains(measures, m => m.Family == "health");
        Assert.Contains(measures, m => m.Family == "education");
        Assert.Contains(measures, m => m.StageDueOn == PreparedDemo.Day);
        Assert.Equal(2, (await demo.All<Assignment>()).Count(a => a.HouseholdId == story && a.ToOn is null));
        Assert.Contains(await demo.All<Issue>(), i => i.HouseholdId == story && i.State == IssueState.InRectification);
    }

    [Fact]
    public async Task The_bulletin_of_the_month_and_the_ranking_of_the_quarter_are_out()
    {
        var issued = (await demo.All<Bulletin>()).OrderBy(b => b.Kind).ToList();
        Assert.Equal([BulletinKind.Monthly, BulletinKind.Ranking], issued.Select(b => b.Kind));
        Assert.All(issued, b => Assert.Equal((BulletinState.Published, BulletinSeal.DigestOf(b), PreparedDemo.Day), (b.State, b.Digest, b.AsOf)));
    }

    [Fact]
    public async Task Every_state_of_every_life_cycle_has_somebody_in_it()
    {
        Assert.Empty(Enum.GetValues<LeadState>().Except((await demo.All<Lead>()).Select(l => l.State)));
        Assert.Empty(Enum.GetValues<CaseState>().Except((await demo.All<IdentificationCase>()).Select(c => c.State)));
        Assert.Empty(Enum.GetValues<MeasureState>().Except((await demo.All<Measure>()).Select(m => m.State)));
        Assert.Empty(Enum.GetValues<EliminationState>().Except((await demo.All<Elimination>()).Select(e => e.State)));
        Assert.Empty(Enum.GetValues<PlanState>().Except([.. (await demo.All<Plan>()).Select(p => p.State), PlanState.Superseded]));
        // Nobody of the demo dies or moves away, and nobody finds a problem without entering it.
        Assert.Equal([ObjectState.Removed], Enum.GetValues<ObjectState>().Except((await demo.All<MonitoredObject>()).Select(o => o.State)));
        Assert.Equal([IssueState.Found], Enum.GetValues<IssueState>().Except((await demo.All<Issue>()).Select(i => i.State)));
    }

    [Fact]
    public async Task The_county_looks_like_one_that_works()
    {
        var objects = await demo.All<MonitoredObject>();
        Assert.True(objects.Count >= 25, $"{objects.Count} monitored");
        Assert.Equal(["GeneralKey", "MarginalAtRisk", "UnstableLifted"], objects.Select(o => o.Category).Distinct().Order());
        Assert.InRange((await demo.All<Lead>()).Count(l => l.State != LeadState.New), 40, 90);
        Assert.Contains(await demo.All<IdentificationCase>(), c => c.GreenChannel);
        Assert.Contains(await demo.All<Notice>(), n => n.ClosedOn is null && n.Photos != "[]");
        Assert.Contains(await demo.All<PublicReport>(), r => r is { Channel: "page", LeadId: not null });
        Assert.Equal(Enum.GetValues<VisitPurpose>(), (await demo.All<Visit>()).Select(v => v.Purpose).Distinct().Order());
    }

    [Fact]
    public async Task A_notice_hangs_only_while_something_on_it_is_to_be_decided()
    {
        var waiting = (await demo.All<IdentificationCase>()).Where(c => c.State is CaseState.PublicNotice or CaseState.ObjectionHandling).Select(c => c.NoticeId)
            .Concat((await demo.All<Elimination>()).Where(e => e.State is EliminationState.PublicNotice or EliminationState.ObjectionHandling).Select(e => e.NoticeId)).ToHashSet();
        var notices = await demo.All<Notice>();
        Assert.All(notices.Where(n => n.ClosedOn is null), n => Assert.Contains(n.Id, waiting));
        Assert.Contains(notices, n => n.Withdrawn);
    }

    [Theory]
    [InlineData("village"), InlineData("town"), InlineData("county")]
    public async Task Those_who_answer_for_an_area_have_something_due_today_something_late_and_something_to_wait_for(string name)
    {
        var work = await Work(name);
        Assert.True(work.DueToday > 0, "nothing is due today");
        Assert.True(work.Overdue > 0, "nothing is late");
        Assert.True(work.WaitingCount > 0, "nothing waits for others");
    }

    [Theory]
    [InlineData("townlead"), InlineData("secretary"), InlineData("team"), InlineData("grid"), InlineData("officer"), InlineData("helper"), InlineData("health")]
    [InlineData("supervisor"), InlineData("leader"), InlineData("auditor")]
    public async Task Everybody_else_finds_work_too(string name)
    {
        var work = await Work(name);
        Assert.NotEmpty(work.Mine.Concat(work.Waiting));
    }

    private async Task<WorkList> Work(string name)
    {
        var holder = await demo.Holder(name);
        return await demo.Ask<IWork, WorkList>(w => w.Of(holder, 100, Cancel));
    }

    [Fact]
    public async Task Everything_was_recorded_in_office_hours_of_the_weeks_that_were_played()
    {
        var policy = await demo.Ask<Policies, Shouwang.Platform.Policy.Policy>(p => p.For(new("500231"), PreparedDemo.Day, Cancel));
        var steps = await demo.All<CaseStep>();
        Assert.All(steps, s =>
        {
            var at = Today.Local(s.RecordedAt);
            Assert.Equal(s.HappenedOn, DateOnly.FromDateTime(at));
            Assert.True(policy.WorkCalendar.IsWorkday(s.HappenedOn) && at.TimeOfDay >= new TimeSpan(8, 30, 0) && at.TimeOfDay <= new TimeSpan(17, 40, 0), $"{s.Event} at {at}");
        });
        var events = await demo.All<Event>();
        Assert.All(events, e => Assert.InRange(DateOnly.FromDateTime(Today.Local(e.At)), new DateOnly(2020, 4, 21), PreparedDemo.Day));
    }

    [Fact]
    public async Task The_hundred_days_are_in_their_last_stage_with_teams_visits_sheets_and_a_spot_check()
    {
        var drive = Assert.Single(await demo.All<Campaign>());
        Assert.Equal((CampaignState.SpotCheck, new DateOnly(2020, 4, 21), new DateOnly(2020, 7, 3)), (drive.State, drive.StagesOf()[0].From, drive.EndsOn));
        var teams = await demo.All<Team>();
        Assert.Equal(26, teams.Count(t => t.Kind == "joint_review"));
        Assert.Equal(26, teams.Count(t => t.Kind == "examination"));
        Assert.True(teams.Count(t => t.Kind == "self_assessment") > 250);
        var groups = await demo.All<DriveGroup>();
        Assert.Equal((6, 7), (groups.Count(g => g.Kind == "leader"), groups.Count(g => g.Kind == "supervision")));
        Assert.All((string[])["leader", "supervision"], kind => Assert.Equal(26, groups.Where(g => g.Kind == kind).SelectMany(g => g.AreasOf()).Distinct().Count()));
        Assert.Contains(await demo.All<SupervisionVisit>(), v => v.IssuesOf().Count > 0);
        Assert.Contains(await demo.All<TableValue>(), v => v.SubmissionId is not null);
        var board = await demo.Ask<CountCampaign, Board>(c => c.Of(drive, Cancel));
        Assert.False(await demo.Ask<CountCampaign, bool>(c => c.IsDue(drive, Cancel)), "The figures shown are those of the last day.");
        var whole = board.Of(new("500231"));
        Assert.InRange((double)whole.Visited / whole.Households, 0.7, 0.99);
        Assert.True(whole.Found > whole.PutRight && whole.PutRight > 0 && whole.StruckOff > 0);
        Assert.True(board.DaysOf(new("500231")).Count > 10);
        Assert.NotEmpty(await demo.All<Signature>());
        Assert.Equal([CheckResult.Waiting, CheckResult.Agrees, CheckResult.Differs], (await demo.All<SampledHousehold>()).Select(h => h.Result).Distinct().Order());
        Assert.Equal(2, (await demo.All<Report>()).Count);
    }

    [Fact]
    public async Task Nothing_is_left_to_follow_up_and_the_chain_of_events_is_whole()
    {
        Assert.Empty(await demo.All<EventWork>());
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        Assert.Equal(Commands.Done, await Commands.Run(["verify", "--data", demo.Folder], output, errors, Cancel));
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Photos_and_signatures_are_pictures()
    {
        var visit = (await demo.All<Visit>()).First(v => v.Signature is not null);
        await using var picture = await demo.Ask<Files, Stream>(f => Task.FromResult(f.Open(visit.Signature!)));
        var head = new byte[8];
        await picture.ReadExactlyAsync(head, Cancel);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], head);
    }

    [Fact]
    public async Task A_few_households_of_a_county_withissueda_line_make_a_demo_too()
    {
        var folder = Directory.CreateTempSubdirectory("shouwang-demo-");
        try
        {
            await using var output = new StringWriter();
            await using var errors = new StringWriter();
            Assert.Equal(Commands.Done, await Commands.Run(["demo", "--no-serve", "--county", "430525", "--households", "9", "--data", folder.FullName], output, errors, Cancel));
            Assert.Empty(errors.ToString());
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(Databases.Connection(new(folder.FullName, null)).ConnectionString));
            folder.Delete(recursive: true);
        }
    }
}
