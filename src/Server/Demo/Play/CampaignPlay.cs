using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Reviews;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>The hundred days 百日大会战 of the demo: started in April, field work while the other tales are told, and the spot check under way on the day the demo is looked at.</summary>
/// <param name="name">As the county calls it.</param>
/// <param name="refused">Told what use cases refused.</param>
internal sealed class CampaignPlay(Stage stage, AreaCode county, string name, IReadOnlyList<(AreaCode Code, string Name)> townships, Action<string> refused)
{
    /// <summary>How long before the last day the drive begins, so that its last stage is under way on that day: 70 days before 30 June is 21 April.</summary>
    public const int DaysBefore = 70;

    private const string Template = "hundred_days", Seed = "20200626";

    private readonly CampaignGroupsPlay _groups = new(stage, county, townships);
    private readonly Dictionary<DateOnly, List<Home>> _visits = [];
    private readonly List<(DateOnly Found, Home Home)> _mending = [];
    private Guid _id;

    private Actor Office => stage.People["county"];

    private AreaCode Township => stage.People["town"].Area;

    /// <summary>On its first day: the county starts it, deploys it and forms teams and groups.</summary>
    public Task Begin() => Try(async () =>
    {
        _id = await stage.Do<StartCampaign, Guid>(s => s.Run(Office, new(Template, name, [], null, stage.Today), stage.Cancel));
        await Step(Office, new(CampaignEvent.Deploy, Evidence: [Stage.Words(EvidenceKinds.Order, "召开动员部署会，印发方案，逐级培训。")]));
        await stage.Do<TeamRoster, int>(t => t.FormForVillages(Office, _id, "self_assessment", county, stage.Cancel));
        foreach (var (code, town) in townships)
        {
            await stage.Do<TeamRoster, Guid>(t => t.Form(Office, _id, "joint_review", code, null, [new($"{town}党委书记", "组长", null, true), new($"{town}扶贫办主任", "成员")], stage.Cancel));
            await stage.Do<TeamRoster, Guid>(t => t.Form(Office, _id, "examination", code, null, [new($"{town}纪委书记", "组长", null, true), new($"{town}人大主席", "成员")], stage.Cancel));
        }
        await _groups.Form(_id, (await Campaign())!.PlanOf().Reports);
    });

    /// <summary>Field work begins; teams of the villages that have accounts get their people, and who visits whom on which day is laid down.</summary>
    public Task BeginFieldWork(IReadOnlyDictionary<string, Home> homes, IReadOnlyList<DateOnly> days) => Try(async () =>
    {
        await _groups.Supervise(_id, (await Campaign())!.StagesOf()[0].From.AddDays(2), "查看动员部署、人员分组和业务培训，签到和课件齐全，工作组到村。");
        await Step(Office, new(CampaignEvent.BeginFieldWork));
        var teams = await stage.Ask<TeamRoster, IReadOnlyList<TeamRow>>(t => t.List(Office, _id, county, "self_assessment", stage.Cancel));
        foreach (var team in teams)
        {
            if (!stage.People.Villages.TryGetValue(team.Area, out var people))
                continue;
            await stage.Do<TeamRoster, Guid>(t => t.AddMember(people.Clerk, team.Id, new(people.Cadre.DisplayName, "村干部", people.Cadre.User, true), stage.Cancel));
            await stage.Do<TeamRoster, Guid>(t => t.AddMember(people.Clerk, team.Id, new(people.Secretary.DisplayName, "第一书记", people.Secretary.User), stage.Cancel));
        }
        var byId = homes.Values.ToDictionary(h => h.Id);
        var ours = (await InScope()).Where(h => byId.ContainsKey(h.Household)).Select(h => byId[h.Household]).OrderBy(h => h.Made.Code, StringComparer.Ordinal).ToList();
        // Monitored households first, all others by the end of the stage; a few are away from home.
        foreach (var (index, home) in ours.OrderBy(h => h.Made.Monitoring is null).Index())
        {
            if (index % 17 == 16)
                continue;
            var day = days[1 + index * 20 / ours.Count];
            if (!_visits.TryGetValue(day, out var list))
                _visits.Add(day, list = []);
            list.Add(home);
        }
    });

    /// <summary>A day: visits, an evening review now and then, tables, and the steps of the drive.</summary>
    public async Task Play(int day)
    {
        await Mend();
        var visited = _visits.GetValueOrDefault(stage.Today, []);
        foreach (var home in visited)
            await Try(() => Visit(home));
        if (day % 3 == 1)
        {
            foreach (var people in visited.Select(h => h.People).DistinctBy(p => p.Village).Take(2))
                await Review(TeamDuty.JointReview, people.Cadre, people, "逐户会商当天走访情况，能改的当场已改，其余列入问题台账。");
        }
        if (day == 6)
            await Try(() => _groups.Supervise(_id, stage.Today.AddDays(-4), "随机走访两户，抽看当天会审记录，明白卡上墙，问题边发现边整改。"));
        if (day == 8)
        {
            foreach (var people in stage.People.Villages.Values.OrderBy(v => v.Village).Skip(2).Take(1))
                await Try(() => stage.Do<IPhoneTables, Text[]>(t => t.TakeIn(people.Cadre, new(Guid.CreateVersion7(), _id, people.Village, stage.Today, VillageTable(people)), stage.Cancel)));
            foreach (var people in stage.People.Villages.Values.OrderBy(v => v.Village))
                await Try(() => stage.Do<DriveTables, int>(t => t.Enter(people.Cadre, _id, people.Village, VillageTable(people), stage.Cancel)));
        }
        if (day == 12)
        {
            await Try(() => stage.Do<DriveTables, int>(t => t.Enter(Office, _id, county, new Dictionary<string, string> { ["water_projects"] = "317", ["posts"] = "498", ["industry"] = "63" }, stage.Cancel)));
            foreach (var people in stage.People.Villages.Values.OrderBy(v => v.Village).Skip(1))
                await Try(() => stage.Do<DriveTables, Guid>(t => t.Confirm(people.Clerk, _id, people.Village, null, stage.Cancel)));
        }
        if (day == 20)
        {
            foreach (var people in stage.People.Villages.Values.OrderBy(v => v.Village).Take(4))
                await Review(TeamDuty.Examination, people.Leader, people, "抽看走访记录和会审结论，程序到位。");
            await Try(() => Step(Office, new(CampaignEvent.BeginDataEntry, "个别农户外出务工，已电话核实，回乡后补访。")));
        }
        if (day == 24)
            await SignTownship();
        if (day == 26)
            await Try(() => Step(Office, new(CampaignEvent.ReportUp, "部分乡镇资料正在并入系统，先行上报。")));
        if (day == 27)
            await Try(() => Step(Office, new(CampaignEvent.BeginSpotCheck)));
        // Some townships are still to be visited in the last stage on the day the demo is looked at.
        if (day == 29)
            await Try(() => _groups.Supervise(_id, stage.Today.AddDays(-1), "核对抽查名单和佐证资料，责任清单正在签字。", but: 2));
    }

    /// <summary>On the last day the paper sheets of the other townships are taken in by the program: who was visited there on which day.</summary>
    public Task Elsewhere() => Try(async () =>
    {
        var others = (await InScope()).Where(h => !Township.Contains(new(h.Area)) && !stage.People.Villages.ContainsKey(new(h.Area))).OrderBy(h => h.Household).ToList();
        var first = stage.LastDay.AddDays(-55);
        var house = await stage.Pictures.House(3, stage.Cancel);
        var visits = others.Index().Where(h => h.Index % 9 != 8).Select(h =>
        {
            var trouble = h.Index % 23 == 7;
            return (Actor.System(county), new NewVisit(Guid.CreateVersion7(), h.Item.Household, first.AddDays(h.Index * 11 % 50), VisitPurpose.Screening, VisitMode.AtHome, [new(null, "村干部", "村委会")], "户主", true,
                Enum.GetValues<VisitSubject>().ToDictionary(s => s, s => trouble && s == VisitSubject.Water ? VisitFinding.Problem : VisitFinding.Fine), new Dictionary<VisitSubject, string>(), null, null,
                h.Index % 14 != 3, h.Index % 6 != 1, true, null, [house], [], trouble ? [new(VisitSubject.Water, "枯水期水量不足，要到邻村挑水。")] : [], Answers(h.Index)));
        }).ToList();
        foreach (var some in visits.Chunk(200))
        {
            foreach (var outcome in await stage.Ask<IVisits, IReadOnlyList<Outcome<Guid>>>(v => v.Record(county.Digits, some, stage.Cancel)))
            {
                if (!outcome.Succeeded)
                    refused(outcome.Problems[0].In(Language.En));
            }
        }
    });

    /// <summary>The spot check: drawn, half of it looked at, some of it different; departments report; the first township's sheets are signed, others' are prepared.</summary>
    public async Task End(IReadOnlyList<(Actor Clerk, Actor Leader)> others)
    {
        foreach (var (clerk, leader) in others.Where(o => !stage.People.Villages.Values.Any(v => v.Clerk == o.Clerk && !v.IsSlow)))
        {
            foreach (var sheet in (string[])["problems", "tables"])
                await Sign(sheet, clerk.Area, null, clerk, sheet == "tables" ? null : leader);
        }
        await Try(async () =>
        {
            var sample = await stage.Do<SpotChecks, Guid>(s => s.Draw(stage.People["supervisor"], _id, new(county, Seed), stage.Cancel));
            foreach (var (index, h) in (await stage.Ask<SpotChecks, IReadOnlyList<SampledRow>>(s => s.Households(stage.People["supervisor"], sample, stage.Cancel))).Index().Where(h => h.Index % 2 == 0).Take(40))
            {
                var differs = index % 18 == 4;
                await stage.Do<SpotChecks, CheckResult>(s => s.Record(stage.People["supervisor"], sample, h.Household, !differs, differs ? "data" : null, differs ? "系统登记有自来水，现场仍在挑水，与走访记录不一致。" : null, stage.Cancel));
            }
        });
        await Report("medical_insurance", stage.People["health"], "全面核对参保和慢病待遇，未参保人员已逐一动员；住院一站式结算运行正常，个别慢病卡正在补办。");
        await Report("housing", Office, "对鉴定为C、D级的房屋逐户复核，已搬离危房；新增隐患列入周报月清零。");
        await Sign("departments", county, "medical_insurance", stage.People["health"], Office);
    }

    /// <summary>A visit with the questions of the five visits; here and there something is wrong, and put right at once or within days.</summary>
    private async Task Visit(Home home)
    {
        // What is wrong at a monitored household belongs to its own tale.
        var (onSpot, trouble) = (home.Made.Monitoring is null && home.Seed % 5 == 2, home.Made.Monitoring is null && home.Seed % 4 == 1);
        var photo = await stage.Pictures.Yard(home.Seed, stage.Cancel);
        var problems = onSpot ? [new VisitProblem(VisitSubject.FoodAndClothing, "明白卡掉落，没有上墙。", "当场重新安装上墙。", photo)]
            : trouble && !onSpot ? new[] { new VisitProblem(VisitSubject.IncomeAndWork, "屋后柴草农具乱放，公益岗位补贴晚发。") } : [];
        await stage.Do<RecordVisit, Guid>(r => r.Run(home.People.Cadre, new(Guid.CreateVersion7(), home.Id, stage.Today, VisitPurpose.Screening, VisitMode.AtHome,
            [new(home.People.Cadre.User, home.People.Cadre.DisplayName, home.People.Name), new(home.People.Secretary.User, home.People.Secretary.DisplayName, home.People.Name)], "户主", true,
            Enum.GetValues<VisitSubject>().ToDictionary(s => s, s => problems.Length > 0 && problems[0].Subject == s ? VisitFinding.Problem : VisitFinding.Fine), new Dictionary<VisitSubject, string>(), null, null,
            true, home.Seed % 5 != 0, true, null, [photo], [], problems, Answers(home.Seed)), stage.Cancel));
        if (trouble || onSpot)
            _mending.Add((stage.Today, home));
    }

    private static Dictionary<string, string> Answers(int seed) => new()
    {
        ["five_visits.epidemic"] = seed % 3 == 0 ? "work" : "none", ["five_visits.spring"] = seed % 9 == 4 ? "lacking" : "ready", ["five_visits.unsold"] = seed % 11 == 5 ? "true" : "false",
    };

    /// <summary>Problems of some days ago: handed over, put right, examined and struck off.</summary>
    private async Task Mend()
    {
        foreach (var (_, home) in _mending.Where(m => m.Found.AddDays(3) <= stage.Today).ToList())
        {
            _mending.RemoveAll(m => m.Home == home);
            await Try(async () =>
            {
                var issue = (await stage.Ask<ILedger, IReadOnlyList<IssueRef>>(l => l.Of(county.Digits, home.Id, stage.Cancel)))
                    .FirstOrDefault(i => i is { Subject: "income", State: IssueState.Registered } or { Subject: "living", State: IssueState.FixedOnSpot });
                if (issue is null)
                    return;
                if (issue.State == IssueState.FixedOnSpot)
                {
                    await On(home.People.Clerk, issue.Id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Finding, "照片和农户反映一致，予以销号。")]));
                    return;
                }
                var photo = await stage.Pictures.Yard(home.Seed, stage.Cancel);
                await On(home.People.Clerk, issue.Id, new(IssueEvent.Assign, Task: "清理整齐，核发补贴", Unit: home.People.Name, Person: home.People.Cadre.DisplayName, PersonUser: home.People.Cadre.User, DueOn: stage.Today.AddDays(10)));
                await On(home.People.Cadre, issue.Id, new(IssueEvent.Start));
                await On(home.People.Cadre, issue.Id, new(IssueEvent.Submit, Evidence: [Stage.Words(EvidenceKinds.Rectification, "已和农户一起清理，补贴到账。"), new(EvidenceKinds.Photo, photo)]));
                if (home.Seed % 3 == 0)
                    return;
                await On(home.People.Clerk, issue.Id, new(IssueEvent.Examine, Evidence: [Stage.Words(EvidenceKinds.Finding, "现场查看，整改属实。")]));
                await On(stage.People["supervisor"], issue.Id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Effect, "问题解决，予以销号。")]));
            });
        }
    }

    private Task<IssueState> On(Actor actor, Guid id, IssueStepRequest request) => stage.Do<TakeIssueStep, IssueState>(s => s.Run(actor, id, request, stage.Cancel));

    private async Task SignTownship()
    {
        foreach (var people in stage.People.Villages.Values.OrderBy(v => v.Village))
            await Sign("village_visits", people.Village, null, people.Cadre, people.Leader);
        foreach (var (clerk, leader) in stage.People.Villages.Values.Where(v => !v.IsSlow).Select(v => (v.Clerk, v.Leader)).Distinct())
        {
            await Sign("problems", clerk.Area, null, clerk, leader);
            await Sign("tables", clerk.Area, null, clerk, leader);
        }
    }

    private Task Sign(string sheet, AreaCode area, string? department, Actor preparer, Actor? other) => Try(async () =>
    {
        var campaign = (await Campaign())!;
        var board = await stage.Ask<CountCampaign, Board>(c => c.Now(campaign, stage.Cancel));
        var needed = await stage.Ask<SignSheets, IReadOnlyList<SheetRow>>(async s => await s.List(campaign, await s.Facts(campaign, board, stage.Cancel), area, stage.Cancel));
        // Where no household is in scope there is nothing to answer for.
        if (!needed.Any(r => r.Term.Code == sheet && r.Area == area && r.Department == department))
            return;
        var id = await stage.Do<SignSheets, Guid>(s => s.Prepare(preparer, _id, sheet, area, department, stage.Cancel));
        await stage.Do<SignSheets, SheetStanding>(s => s.Sign(preparer, id, stage.Cancel));
        if (other is not null)
            await stage.Do<SignSheets, SheetStanding>(s => s.Sign(other, id, stage.Cancel));
    });

    private Task Report(string department, Actor by, string words) => Try(() => stage.Do<FileReports, Guid>(r => r.File(by, _id, department, words, stage.Cancel)));

    private Task Review(TeamDuty duty, Actor by, VillagePeople people, string words) =>
        Try(() => stage.Do<Reviewing, Guid>(r => r.Record(by, _id, new(duty, people.Village, stage.Today, "村两委、驻村工作队、会审组", words, true), stage.Cancel)));

    private Task Step(Actor actor, StepRequest<CampaignEvent> request) => stage.Do<TakeCampaignStep, CampaignState>(s => s.Run(actor, _id, request, stage.Cancel));

    private Task<Campaign?> Campaign() => stage.Ask<FindCampaign, Campaign?>(f => f.Open(Office, _id, stage.Cancel));

    private async Task<IReadOnlyList<(Guid Household, string Area)>> InScope()
    {
        var campaign = (await Campaign())!;
        return await stage.Ask<CampaignScope, IReadOnlyList<(Guid, string)>>(s => s.Households(campaign, county, stage.Today, null, stage.Cancel));
    }

    private static Dictionary<string, string> VillageTable(VillagePeople people) => new()
    {
        ["groups"] = $"{4 + people.Village.Digits[^1] % 5}", ["collective_income"] = $"{3 + people.Village.Digits[^2] % 6}.{people.Village.Digits[^1]}", ["road"] = "true", ["clinic"] = "1",
        ["cooperatives"] = $"{1 + people.Village.Digits[^1] % 3}",
    };

    private async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RefusedException why)
        {
            refused(why.Message);
        }
    }
}
