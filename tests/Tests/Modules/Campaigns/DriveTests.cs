using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Proof;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Reviews;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Campaigns;

/// <summary>A drive counts what is recorded anyway, says what is missing, and is signed by more than one.</summary>
public class DriveTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_drive_is_started_from_a_plan_with_days_and_a_scope_that_holds(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Refused("steps.not-permitted", await world.Start(new("hundred_days", "大会战", [], null, world.Day), world.Clerk));
        Refused("campaigns.no-template", await world.Start(new("thousand_days", "大会战", [], null, world.Day)));
        var bad = await world.Start(new("hundred_days", " ", [new("500236101")], "registry.registred", world.Day, [(world.Day, world.Day), (world.Day, world.Day), (world.Day, world.Day)]));
        Assert.Equal(["campaigns.bad-scope", "campaigns.no-areas", "campaigns.no-name", "campaigns.stages-out-of-order"], bad.Problems.Select(p => p.Code).Order());
        Assert.All(bad.Problems, p => Assert.True(p.What.Zh.Length > 0 && p.What.En.Length > 0 && p.Remedy.Zh.Length > 0 && p.Remedy.En.Length > 0));

        var id = Done(await world.Start(new("hundred_days", "大会战", [Township], "registry.registered", new(2020, 4, 21))));
        var campaign = await world.Campaign(id);
        Assert.Equal([new(2020, 4, 30), new(2020, 6, 25), new(2020, 7, 3)], campaign.StagesOf().Select(s => s.To));
        Assert.Equal((TeamDuty.SelfAssessment, 3, 5), (campaign.PlanOf().Teams[0].Duty, campaign.PlanOf().Teams.Count, campaign.PlanOf().Sheets.Count));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], campaign.PlanOf().CampaignDays);
        Refused("campaigns.stages-out-of-order", await world.With<StartCampaign, Outcome<CampaignState>>((s, cancel) => s.ChangeDates(world.Office, id, [(new(2020, 5, 1), new(2020, 5, 2)), (new(2020, 5, 2), new(2020, 6, 1)), (new(2020, 6, 2), new(2020, 6, 3))], "延期", cancel)));
        Done(await world.With<StartCampaign, Outcome<CampaignState>>((s, cancel) => s.ChangeDates(world.Office, id, [(new(2020, 4, 21), new(2020, 4, 30)), (new(2020, 5, 1), new(2020, 6, 30)), (new(2020, 7, 1), new(2020, 7, 10))], "汛期顺延", cancel)));
        Assert.Equal(new(2020, 7, 10), (await world.Campaign(id)).EndsOn);
        // A township outside the drive does not see it.
        Assert.Empty(await world.With<FindCampaign, IReadOnlyList<Campaign>>((f, cancel) => f.All(Person("x", Role.TownshipClerk, new("500231112")), cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_to_be_cleaned_is_the_same_by_area_and_by_rule(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Household();
        await world.Household(RegistryStatus.Ordinary);
        await world.With<IQuality, QualityResult>((quality, cancel) => quality.Run(County, world.Day, "test", cancel));
        var board = await world.Board(await world.Drive());
        var (toClean, explained) = (board.Of(Village).ToClean, board.Of(Village).Explained);
        Assert.True(toClean > 0);
        Assert.Equal((toClean, explained), (board.Rules.Sum(r => r.ToClean), board.Rules.Sum(r => r.Explained)));
        // What only may be wrong, and households outside the scope, are nothing to be cleaned.
        var all = await world.With<IQuality, FindingPage>((quality, cancel) => quality.List(world.Office, new(), cancel));
        Assert.True(all.Total > toClean);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Its_figures_are_counted_from_visits_problems_and_records(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (first, second, third) = (await world.Household(), await world.Household(), await world.Household(RegistryStatus.Ordinary));
        // Before the field stage: no visit of the drive.
        world.Day = world.Day.AddDays(-1);
        Done(await world.Called(second));
        world.Day = world.Day.AddDays(1);
        var id = await world.Drive();
        Assert.Equal((2, 0), ((await world.Board(id)).Of(Village).Households, (await world.Board(id)).Of(Village).Visited));

        Done(await world.Called(first, card: false));
        Done(await world.Called(second, mode: VisitMode.ByPhone));
        Done(await world.Called(third));
        world.Day = world.Day.AddDays(1);
        Done(await world.Called(first, trouble: VisitSubject.Water, answers: new Dictionary<string, string> { ["five_visits.unsold"] = "true" }));
        var board = await world.Board(id);
        var place = board.Of(Village);
        // One household was seen at home; a call is no visit, and who is not in scope does not count.
        Assert.Equal((2, 1, 1, 0), (place.Households, place.Visited, place.Found, place.PutRight));
        Assert.Equal(place, board.Of(County));
        Assert.Equal([(world.Day.AddDays(-1), 1, 0), (world.Day, 0, 1)], board.DaysOf(County).Select(d => (d.On, d.Visited, d.Found)));
        // The latest visit counts: the card hangs again. The call answered its own subjects.
        Assert.Equal((1, 0, 1), (board.Item("card", Village).Fine, board.Item("card", Village).Problem, board.Item("card", Village).Open));
        Assert.Equal((1, 1, 0), (board.Item("water", Village).Fine, board.Item("water", Village).Problem, board.Item("water", Village).Open));
        Assert.Equal((0, 1, 1), (board.Item("unsold", Village).Fine, board.Item("unsold", Village).Problem, board.Item("unsold", Village).Open));
        // What the household table needs and has: size and labour are known, the house is not.
        Assert.Equal((2, 2), (board.Column("size", Village).Required, board.Column("size", Village).Known));
        Assert.Equal((2, 0), (board.Column("house", Village).Required, board.Column("house", Village).Known));
        Assert.Equal(0, place.Complete);
        var campaign = await world.Campaign(id);
        var lacking = await world.With<DriveTables, IReadOnlyList<IncompleteHousehold>>((t, cancel) => t.Incomplete(campaign, Village, 10, cancel));
        Assert.Equal(new[] { first, second }.Order(), lacking.Select(l => l.Household).Order());
        Assert.All(lacking, l => Assert.Contains("house", l.Missing.Select(m => m.Code)));

        // Pages and the wall show what was counted last, until something that happened since is counted in the background.
        Assert.False(await Due());
        Done(await world.Called(second));
        Assert.True(await Due());
        Assert.Equal((2, 1, 1, "组织实施阶段"), await Shown());
        var kept = await world.With<CountCampaign, Board>((c, cancel) => c.Of(campaign, cancel));
        Assert.Equal((1, true), (kept.Of(Village).Visited, kept.KeptAt is not null));
        Assert.Equal(2, (await world.With<CountCampaign, Board>((c, cancel) => c.Now(campaign, cancel))).Of(Village).Visited);
        await world.With<DueBoards, int>(async (d, cancel) => { await d.Count(County.Digits, cancel); return 0; });
        Assert.False(await Due());
        Assert.Equal((2, 2, 1, "组织实施阶段"), await Shown());
        // Overdue problems and stages go by the day.
        world.Day = world.Day.AddDays(1);
        Assert.True(await Due());

        Task<bool> Due() => world.With<CountCampaign, bool>((c, cancel) => c.IsDue(campaign, cancel));
        async Task<(int, int, int, string)> Shown() =>
            Assert.Single(await world.With<ICampaignProgress, IReadOnlyList<CampaignProgress>>((p, cancel) => p.UnderWay(world.Clerk, Village, cancel))) is var p ? (p.Households, p.Visited, p.Found, p.Stage.Zh) : default;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_did_something_stands_there_by_name_and_not_by_account(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var somebody = world.Office with { Name = "office.3", DisplayName = "王主任" };
        var id = Done(await world.Start(new("hundred_days", "大会战", [], null, world.Day.AddDays(-10)), somebody));
        Done(await world.Drive(id, CampaignEvent.Deploy, by: somebody));
        var campaign = await world.Campaign(id);
        var history = await world.With<CampaignQueries, IReadOnlyList<Timeline.Entry>>((q, cancel) => q.History(campaign, cancel));
        Assert.All(history, h => Assert.Equal("王主任", h.Who));
        // The audit trail goes by accounts.
        Assert.Equal(["office.3"], await world.Read((db, cancel) => db.Set<Event>().Where(e => e.Name.StartsWith("campaigns.")).Select(e => e.Actor).Distinct().ToListAsync(cancel)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Going_on_with_something_open_takes_a_reason_and_only_the_county_moves_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.Drive();
        Refused("steps.not-permitted", await world.Drive(id, CampaignEvent.Deploy, by: world.Clerk));
        Refused("steps.not-possible", await world.Drive(id, CampaignEvent.ReportUp));
        Done(await world.Drive(id, CampaignEvent.Deploy));
        Assert.Contains("1 个乡镇还没有自查评估组", (await world.Drive(id, CampaignEvent.BeginFieldWork)).Problems[0].What.Zh, StringComparison.Ordinal);
        Done(await world.With<TeamRoster, Outcome<int>>((t, cancel) => t.FormForVillages(world.Clerk, id, "self_assessment", Township, cancel)));
        Refused("campaigns.teams-there", await world.With<TeamRoster, Outcome<int>>((t, cancel) => t.FormForVillages(world.Clerk, id, "self_assessment", Township, cancel)));
        Refused("steps.not-permitted", await world.With<TeamRoster, Outcome<int>>((t, cancel) => t.FormForVillages(world.Clerk, id, "examination", new("500231112"), cancel)));
        Assert.Contains("1 个乡镇没有县领导督战组；1 个乡镇没有工作督导组；1 个乡镇在部署培训阶段督导不足 1 次", (await world.Drive(id, CampaignEvent.BeginFieldWork)).Problems[0].What.Zh, StringComparison.Ordinal);
        await world.Covered(id);
        Done(await world.Drive(id, CampaignEvent.BeginFieldWork));
        Refused("campaigns.unfinished", await world.Drive(id, CampaignEvent.BeginDataEntry));
        Done(await world.Called(household));
        Done(await world.Drive(id, CampaignEvent.BeginDataEntry));
        Assert.Contains("《入户排查责任清单》1 张未签完", (await world.Drive(id, CampaignEvent.ReportUp)).Problems[0].What.Zh, StringComparison.Ordinal);
        Done(await world.Drive(id, CampaignEvent.ReportUp, "先行上报"));
        Done(await world.Drive(id, CampaignEvent.BeginSpotCheck));
        Assert.Contains("6 个部门没有报送自查评估", (await world.Drive(id, CampaignEvent.FileSelfAssessment)).Problems[0].What.Zh, StringComparison.Ordinal);
        Done(await world.Drive(id, CampaignEvent.FileSelfAssessment, "另行催报"));
        Done(await world.Drive(id, CampaignEvent.Close, "限期补签", CampaignWorld.CountyLeader));

        // What has ended keeps its figures, whatever happens after, and takes nothing more.
        await world.Household();
        Assert.Equal(1, (await world.Board(id)).Of(County).Households);
        Refused("campaigns.ended", await world.With<TeamRoster, Outcome<Guid>>((t, cancel) => t.Form(world.Clerk, id, "examination", Township, null, [], cancel)));
        Refused("campaigns.ended", await world.Drive(id, CampaignEvent.GoBack, "重来"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_sheet_is_signed_by_post_shows_what_changed_since_and_never_by_its_preparer_alone(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var second = await world.Household();
        var id = await world.Drive();
        Done(await world.Called(household));
        Refused("campaigns.no-sheet", await world.Prepare(id, "village_visits", OtherVillage, world.Clerk));
        Refused("steps.not-permitted", await world.Prepare(id, "village_visits", Village, world.Stranger));
        var sheet = Done(await world.Prepare(id, "village_visits", Village, world.Cadre));
        Refused("campaigns.sheet-unchanged", await world.Prepare(id, "village_visits", Village, world.Cadre));
        Refused("campaigns.not-a-signer", await world.Sign(sheet, world.Clerk));

        // Before anybody signed it is prepared anew where the figures have changed.
        Done(await world.Called(second));
        Refused("campaigns.changed-since", await world.Sign(sheet, world.Cadre));
        sheet = Done(await world.Prepare(id, "village_visits", Village, world.Cadre));
        Assert.Equal(SheetStanding.Prepared, Done(await world.Sign(sheet, world.Cadre)));
        Refused("campaigns.signed-already", await world.Sign(sheet, world.Cadre));
        Refused("campaigns.not-a-signer", await world.Sign(sheet, world.Secretary));
        Assert.Equal(SheetStanding.Signed, Done(await world.Sign(sheet, world.Leader)));
        var page = await world.Sheet(sheet);
        Assert.Equal((2, SheetStanding.Signed, 2), (page.Row.Revision, page.Row.Standing, page.Signatures.Count));
        Assert.All(page.Signatures, s => Assert.Equal(page.Contents.Hash(), s.Hash));

        // A problem found later: what was signed stays, and what it would say now stands beside it.
        Done(await world.Called(second, trouble: VisitSubject.Housing));
        Assert.Equal(SheetStanding.Signed, (await world.Sheet(sheet)).Row.Standing);
        await world.Board(id);
        page = await world.Sheet(sheet);
        Assert.Equal(SheetStanding.ChangedSince, page.Row.Standing);
        Assert.Equal(("0", "1"), (page.Contents.Lines.Single(l => l.Line == SheetLine.Found).Value, page.Now!.Lines.Single(l => l.Line == SheetLine.Found).Value));
        Assert.NotEqual(page.Now.Hash(), page.Contents.Hash());

        // A person signs once and every sheet has two signers or more: who prepared it is never the only one.
        Assert.All((await world.Campaign(id)).PlanOf().Sheets, s => Assert.True(s.Signers.Count > 1, s.Code));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_spot_check_comes_out_the_same_again_and_what_differs_is_a_problem(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        for (var i = 0; i < 12; i++)
            await world.Household();
        var id = await world.Drive();
        Refused("steps.not-permitted", await world.With<SpotChecks, Outcome<Guid>>((s, cancel) => s.Draw(world.Clerk, id, new(Township), cancel)));
        Refused("campaigns.bad-seed", await world.With<SpotChecks, Outcome<Guid>>((s, cancel) => s.Draw(world.Office, id, new(County, "一二三"), cancel)));
        Refused("campaigns.bad-plan", await world.With<SpotChecks, Outcome<Guid>>((s, cancel) => s.Draw(world.Office, id, new(County, null, 0, 0), cancel)));
        var (one, two, other) = (await Draw("20200626"), await Draw("20200626"), await Draw("20200627"));
        var campaign = await world.Campaign(id);
        var drawn = await Of(one);
        Assert.Equal(3, drawn.Count);
        Assert.Equal(drawn.Select(d => d.Code), (await Of(two)).Select(d => d.Code));
        Assert.NotEqual(drawn.Select(d => d.Code).Order(), (await Of(other)).Select(d => d.Code).Order());
        var again = await world.With<SpotChecks, DrawnAgain?>((s, cancel) => s.Again(campaign, one, cancel));
        Assert.True(again is { Same: true, SameFrame: true, Frame: 12 });

        // Whoever was there in the drive does not check it; what differs is entered in the ledger at once.
        Done(await world.Called(drawn[0].Household, by: world.Cadre));
        Refused("steps.not-permitted", await Check(world.Cadre, drawn[0], true));
        Refused("campaigns.say-what-differs", await Check(CampaignWorld.Supervisor, drawn[0], false));
        Assert.Equal(CheckResult.Differs, Done(await Check(CampaignWorld.Supervisor, drawn[0], false, "water", "现场没有通水")));
        Refused("campaigns.result-there", await Check(CampaignWorld.Supervisor, drawn[0], true));
        Assert.Equal(CheckResult.Agrees, Done(await Check(world.Office, drawn[1], true)));
        var issue = Assert.Single(await world.With<ILedger, IReadOnlyList<IssueRef>>((l, cancel) => l.Of(County.Digits, drawn[0].Household, cancel)));
        Assert.Equal(("water", issue.Id), (issue.Subject, (await Of(one)).Single(h => h.Household == drawn[0].Household).Issue));
        var row = (await world.With<SpotChecks, IReadOnlyList<SampleRow>>((s, cancel) => s.List(campaign, County, cancel))).Single(s => s.Id == one);
        Assert.Equal((3, 1, 1, 1, 12), (row.Drawn, row.Agrees, row.Differs, row.Waiting, row.Frame));

        // A household more: the frame is another, and at most one of the sample.
        await world.Household();
        again = await world.With<SpotChecks, DrawnAgain?>((s, cancel) => s.Again(campaign, one, cancel));
        Assert.True(!again!.SameFrame && again.Joined.Count <= 1);

        async Task<Guid> Draw(string seed) => Done(await world.With<SpotChecks, Outcome<Guid>>((s, cancel) => s.Draw(world.Office, id, new(County, seed, 25, 1), cancel)));
        Task<IReadOnlyList<SampledRow>> Of(Guid sample) => world.With<SpotChecks, IReadOnlyList<SampledRow>>((s, cancel) => s.Households(world.Office, sample, cancel));
        Task<Outcome<CheckResult>> Check(Actor by, SampledRow h, bool agrees, string? kind = null, string? words = null) =>
            world.With<SpotChecks, Outcome<CheckResult>>((s, cancel) => s.Record(by, one, h.Household, agrees, kind, words, cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reviews_tables_reports_and_the_pack_hold_what_was_done(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var household = await world.Household();
        var id = await world.Drive();
        Done(await world.Called(household, trouble: VisitSubject.Water));
        var campaign = await world.Campaign(id);

        // An evening review is filled in from the day; who wrote it does not examine it.
        Refused("campaigns.no-conclusion", await Review(TeamDuty.JointReview, world.Clerk, ""));
        Done(await Review(TeamDuty.JointReview, world.Clerk, "水管明天换"));
        Refused("campaigns.own-review", await Review(TeamDuty.Examination, world.Clerk, "属实"));
        Done(await Review(TeamDuty.Examination, world.Leader, "属实"));
        Refused("campaigns.no-review-day", await Review(TeamDuty.JointReview, world.Clerk, "早了", world.Day.AddDays(-1)));
        var reviews = await world.With<Reviewing, IReadOnlyList<ReviewRow>>((r, cancel) => r.List(world.Office, id, County, TeamDuty.JointReview, 10, cancel));
        Assert.Equal((1, 1, 1), (reviews[0].Figures.Visited, reviews[0].Figures.Found, reviews[0].Figures.Households));

        // What is counted is not entered; a wrong value is named; who entered all of it does not confirm it.
        Refused("campaigns.no-column", await Enter(world.Cadre, ("registered", "3")));
        Refused("campaigns.bad-value", await Enter(world.Cadre, ("groups", "0")));
        Refused("campaigns.table-incomplete", await Confirm(world.Clerk));
        Assert.Equal(5, Done(await Enter(world.Clerk, ("groups", "6"), ("collective_income", "5.20"), ("road", "true"), ("clinic", "1"), ("cooperatives", "2"))));
        Refused("campaigns.own-table", await Confirm(world.Clerk with { DisplayName = "改过的名字" }));
        // Somebody else of the same name is somebody else.
        Done(await Confirm(world.Leader with { DisplayName = world.Clerk.DisplayName }));
        var board = await world.Board(id);
        var village = (await world.With<DriveTables, IReadOnlyList<TableRow>>((t, cancel) => t.Villages(campaign, board, Village, cancel))).Single();
        Assert.Equal(("1", "5.2", true), (village.Cells["registered"].Value, village.Cells["collective_income"].Value, village.Done));
        // Another value: somebody has to look again.
        Assert.Equal(1, Done(await Enter(world.Cadre, ("groups", "7"))));
        Assert.False((await world.With<DriveTables, IReadOnlyList<TableRow>>((t, cancel) => t.Villages(campaign, board, Village, cancel))).Single().Done);

        Refused("steps.not-permitted", await File("water", CampaignWorld.Housing));
        Refused("campaigns.report-too-short", await File("housing", CampaignWorld.Housing, "好"));
        Done(await File("housing", CampaignWorld.Housing));
        var filed = (await world.With<FileReports, IReadOnlyDictionary<string, ReportRow>>((r, cancel) => r.Latest(campaign, cancel)))["housing"];
        Assert.Equal([("未销号问题", "0"), ("危房户", "0")], filed.Figures.Select(f => (f.Title.Zh, f.Value)));

        // The pack says it all, in no household's name, and shows when somebody has touched it.
        Refused("steps.not-permitted", await world.With<MakePack, Outcome<Guid>>((m, cancel) => m.Run(world.Clerk, id, cancel)));
        var pack = Done(await world.With<MakePack, Outcome<Guid>>((m, cancel) => m.Run(world.Office, id, cancel)));
        var kept = (await world.With<MakePack, Pack?>((m, cancel) => m.Open(world.Office, id, pack, cancel)))!;
        var contents = PackContents.Read(kept.Contents);
        // The rows add up to the whole, what belongs to no township included; and the scope is said in words.
        var rows = contents.Above is { } own ? [.. contents.Places, own] : contents.Places;
        Assert.Equal(contents.Whole, PlaceFigures.Sum(rows.Select(p => p.Figures)));
        Assert.Equal(contents.Scope is null, contents.ScopeWords is null);
        Assert.DoesNotContain("registry.", contents.ScopeWords?.Zh ?? "", StringComparison.Ordinal);
        Assert.True(kept.IsWhole);
        Assert.Equal(contents.Write(), kept.Contents);
        Assert.DoesNotContain("张大山", kept.Contents, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1, 1), (contents.Whole.Visited, contents.Whole.Found, contents.Reviews, contents.Examinations));
        Assert.Contains(contents.Open, o => o.Zh == "1 个问题未销号");
        Assert.Null(await world.With<MakePack, Pack?>((m, cancel) => m.Open(world.Clerk, id, pack, cancel)));
        foreach (var language in Enum.GetValues<Language>())
            Assert.Contains(kept.Hash, await PackDocument.Html(kept, language), StringComparison.Ordinal);

        Task<Outcome<Guid>> Review(TeamDuty duty, Actor by, string words, DateOnly? on = null) =>
            world.With<Reviewing, Outcome<Guid>>((r, cancel) => r.Record(by, id, new(duty, Village, on ?? world.Day, "支书、队员", words, true), cancel));
        Task<Outcome<int>> Enter(Actor by, params (string Code, string Value)[] values) =>
            world.With<DriveTables, Outcome<int>>((t, cancel) => t.Enter(by, id, Village, values.ToDictionary(v => v.Code, v => v.Value), cancel));
        Task<Outcome<Guid>> Confirm(Actor by) => world.With<DriveTables, Outcome<Guid>>((t, cancel) => t.Confirm(by, id, Village, null, cancel));
        Task<Outcome<Guid>> File(string department, Actor by, string words = "逐户复核危房，全部搬离。") => world.With<FileReports, Outcome<Guid>>((r, cancel) => r.File(by, id, department, words, cancel));
    }
}
