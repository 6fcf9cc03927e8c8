using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Duty;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Organisation.Hometown;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>The county sets itself up: groups, teams, links, rosters; and in the weeks that are played its people meet, pair and hand over.</summary>
/// <param name="story">The household of the story: its village and township are those of the printed accounts.</param>
internal sealed class OrganisationPlay(Stage stage, AreaTable areas, AreaCode county, IReadOnlyDictionary<string, Home> homes, Home story)
{
    private static readonly string[] Units = ["县水利局", "县教育委员会", "县卫生健康委员会", "县农业农村委员会", "县民政局", "县供电公司", "县国有林场"];

    private readonly Random _random = new(4 + 5);
    private readonly List<(Actor By, Guid Meeting)> _unsigned = [];

    private AreaCode Town => story.Village.Parent;

    private IEnumerable<AreaCode> Townships => areas.Inside(county, AreaLevel.Township).Select(a => a.Code);

    private List<AreaCode> Villages(AreaCode township) => [.. areas.Inside(township, AreaLevel.Village).Select(a => a.Code)];

    // Those with households on the stage.
    private IEnumerable<VillagePeople> OwnVillages => homes.Values.Select(h => h.People).DistinctBy(p => p.Village).Where(p => p.Village.Parent == Town).OrderBy(p => p.Village);

    private string NameOf(AreaCode area) => areas.Find(area)?.ShortName ?? area.Digits;

    private string Somebody() => SyntheticNames.Surname(_random) + SyntheticNames.Given(_random, _random.Next(3) == 0 ? Sex.Female : Sex.Male);

    private NewPerson Person(string post, string unit, string? account = null) => account is null ? new(Somebody(), post, unit) : new(stage.People[account].DisplayName, post, unit, stage.People[account].User);

    /// <summary>Before the first day of work.</summary>
    public async Task SetUp()
    {
        await stage.Together(County);
        foreach (var township in Townships)
            await stage.Together(services => Township(services, township));
    }

    private async Task County(IServiceProvider services)
    {
        var (edit, office) = (services.GetRequiredService<EditGroups>(), stage.People["county"]);
        var leading = await Group(edit, office, new("leading_group", county, "县脱贫攻坚领导小组", Unit: "县委、县政府", Basis: "县委办〔2020〕3号"),
            ("head", Person("县委书记", "县委")), ("head", Person("县长", "县政府")), ("deputy", Person("县委副书记", "县委", "leader")), ("member", Person("常务副县长", "县政府")), ("liaison", Person("办公室主任", "县扶贫办", "county")));
        foreach (var (name, unit) in new[] { ("产业就业专项工作组", "县农业农村委员会"), ("教育健康专项工作组", "县教育委员会"), ("住房饮水专项工作组", "县住房和城乡建设委员会") })
        {
            await Group(edit, office, new("working_group", county, name, leading, unit, "县脱贫组〔2020〕2号"),
                ("head", Person("县委常委", "县委")), ("deputy", Person("主任", unit)), ("liaison", Person("科长", unit)), ("member", Person("科员", unit)));
        }
    }

    private async Task Township(IServiceProvider services, AreaCode township)
    {
        var (edit, links, office, name, here) = (services.GetRequiredService<EditGroups>(), services.GetRequiredService<EditLinks>(), stage.People["county"], NameOf(township), township == Town);
        await Group(edit, office, new("township_staff", township, $"{name}班子与干部"),
            [("leader", here ? Person("党委书记", name, "townlead") : Person("党委书记", name)), ("leader", Person("镇长", name)), ("staff", here ? Person("扶贫专干", name, "town") : Person("扶贫专干", name)),
                .. Enumerable.Range(0, 5).Select(_ => ("staff", Person("驻村干部", name)))]);
        await Taken(links.Link(office, "county_leader", [township], Person("县级领导", "县委"), stage.Cancel));
        await Taken(links.Link(office, "standing_committee", [township], Person("县委常委", "县委"), stage.Cancel));
        foreach (var (index, village) in Villages(township).Index())
        {
            var (unit, home) = (Units[(index + township.Digits[^1]) % Units.Length], village == story.Village);
            // Some villages lack a team, a first secretary or a leader: pages about gaps have some to show.
            if (index % 9 != 8 || home)
            {
                List<(string, NewPerson)> members = [("member", home ? Person("干部", unit, "team") : Person("干部", unit)), ("member", Person("科员", unit))];
                if (index % 8 != 7 || home)
                    members.Insert(0, ("first_secretary", home ? Person("科长", unit, "secretary") : Person("科长", unit)));
                await Group(edit, office, new("resident_team", village, $"{NameOf(village)}驻村工作队", Unit: unit, Basis: "县委组织部选派文件"), [.. members]);
            }
            if (index % 11 != 10)
                await Taken(links.Link(office, index % 3 == 0 ? "unit_head" : "section_cadre", [village], Person(index % 3 == 0 ? "主要负责人" : "副主任", unit), stage.Cancel));
        }
    }

    /// <summary>What happens after the casework of a day.</summary>
    public async Task Play(int day)
    {
        foreach (var (by, meeting) in _unsigned.Where(u => u.By.Area.Level != AreaLevel.Village || day % 2 == 0).ToList())
        {
            await stage.Do<RecordMeeting, Guid>(r => r.Sign(by, meeting, null, stage.Cancel));
            _unsigned.Remove((by, meeting));
        }
        switch (stage.Today.DayOfWeek)
        {
            case DayOfWeek.Monday:
                await Hometown(day);
                break;
            case DayOfWeek.Tuesday when day is > 1 and < 8 or > 20:
                await Leading();
                break;
            case DayOfWeek.Wednesday:
                await Dispatch(day);
                break;
            case DayOfWeek.Thursday:
                await Courtyards(day);
                await Roster(stage.People["town"], Town, Rosters.WeekOf(stage.Today).AddDays(7), true);
                break;
        }
        if (day == 9)
            await Training();
        if (day == 12)
            await Neighbours();
        if (day == 21)
            await HandOver();
        if (day >= 22)
            await Evening(day);
    }

    /// <summary>The morning on which the demo is looked at: every township's roster of the week stands, and a meeting is called.</summary>
    public async Task End()
    {
        var week = Rosters.WeekOf(stage.Today);
        foreach (var township in Townships.SkipLast(2))
            await Roster(stage.People["county"], township, week, true);
        await stage.Do<RecordMeeting, Guid>(r => r.Call(stage.People["town"], new("weekly_dispatch", Town, NotAFieldDay(stage.Today.AddDays(1)), stage.People["townlead"].DisplayName, Place: "镇会议室",
            Agenda: "一、通报上周问题销号情况\n二、安排下周入户排查"), stage.Cancel));
        await stage.Do<IPairing, int>(p => p.Adopt(stage.People["town"], Town, stage.Cancel));
    }

    private static DateOnly NotAFieldDay(DateOnly day) => day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday ? NotAFieldDay(day.AddDays(1)) : day;

    private async Task Roster(Actor actor, AreaCode township, DateOnly week, bool confirm)
    {
        var view = await stage.Ask<Rosters, RosterView>(r => r.Of(actor.County, township, week, Villages(township), true, stage.Cancel));
        var sunday = week.AddDays(6);
        var reasons = new Dictionary<(DateOnly, string), string>();
        // In one township nobody of the two is there on Sunday, and says why.
        if (township == Town)
        {
            foreach (var leader in view.Plan.People.Where(p => p.Leads))
                view.Plan[leader.Member, sunday] = null;
            reasons[(sunday, "leader_present")] = "两位主要领导在县参加培训，由副镇长带班。";
        }
        await stage.Do<PlanRoster, Guid>(p => p.Run(actor, new(township, week, view.Plan.Entries.ToDictionary(e => (e.Member, e.Day), e => e.Place), reasons, confirm), stage.Cancel));
    }

    private async Task Leading()
    {
        var office = stage.People["county"];
        var held = await stage.Do<RecordMeeting, Guid>(r => r.CallAndHold(office, new("leading_group", county, stage.Today, "县委书记", Place: "县会议中心", Agenda: "研究监测户帮扶和问题整改"),
            new(["县委", "县政府", "县扶贫办", "县教育委员会", "县住房和城乡建设委员会", "县水利局"], 26, "听取各专项工作组汇报，对逾期问题逐项过堂。",
                [new("对饮水不稳定的村组再排查一遍，列出工程清单。", "县水利局", "局长", stage.Today.AddDays(10), "water")]), stage.Cancel));
        _unsigned.Add((stage.People["leader"], held));
    }

    private async Task Dispatch(int day)
    {
        var town = stage.People["town"];
        IReadOnlyList<NewDecision> decisions = day % 2 == 0 ? [] : [new("监测户明白卡本周内全部更新上墙。", story.People.Name, story.People.Cadre.DisplayName, stage.Today.AddDays(7), "help", null, story.People.Cadre.User, story.Village)];
        var held = await stage.Do<RecordMeeting, Guid>(r => r.CallAndHold(town, new("weekly_dispatch", Town, stage.Today, stage.People["townlead"].DisplayName, Place: "镇会议室"),
            new([NameOf(Town), .. Villages(Town).Take(6).Select(NameOf)], 22, "通报本周走访、线索核查和问题整改进度，逾期事项逐村说明。", decisions), stage.Cancel));
        _unsigned.Add((stage.People["townlead"], held));
        if (decisions.Count > 0 && day < 20)
            await Mend(town, held);
    }

    // Whoever was given the task begins with it, and hands it in.
    private async Task Mend(Actor town, Guid meeting)
    {
        var page = await stage.Ask<MeetingQueries, MeetingView?>(q => q.Open(town, meeting, stage.Cancel));
        var issue = page!.Decisions[0].Issue!.Id;
        var photo = await stage.Pictures.Yard(story.Seed, stage.Cancel);
        await stage.Do<TakeIssueStep, IssueState>(s => s.Run(story.People.Cadre, issue, new(IssueEvent.Start), stage.Cancel));
        await stage.Do<TakeIssueStep, IssueState>(s => s.Run(story.People.Cadre, issue, new(IssueEvent.Submit, Evidence: [Stage.Words(EvidenceKinds.Rectification, "明白卡已逐户更新。"), new(EvidenceKinds.Photo, photo)]), stage.Cancel));
    }

    private async Task Courtyards(int day)
    {
        string[] points = ["三组便道雨天泥泞，盼硬化。", "希望组织一次护理员培训。", "旱季水压不足，山上几户接不到水。", "晚柚苗管护不会修剪，请农技员来教。", "老人看慢病要到镇上，盼村医上门。"];
        foreach (var people in OwnVillages.Skip(day / 5 % 4).Take(2))
        {
            var seed = int.Parse(people.Village.Digits[9..], System.Globalization.CultureInfo.InvariantCulture) + day;
            var held = await stage.Do<RecordMeeting, Guid>(r => r.CallAndHold(people.Cadre, new("courtyard", people.Village, stage.Today, people.Secretary.DisplayName, Place: $"{seed % 5 + 1}组院坝"),
                new([people.Name], 24 + seed % 20, "通报近期政策和排查情况，听取群众意见。", [], 15 + seed % 9, string.Join('\n', points.Skip(seed % 3).Take(3))), stage.Cancel));
            _unsigned.Add((people.Secretary, held));
        }
    }

    private async Task Evening(int day)
    {
        var cadre = story.People.Cadre;
        if ((await stage.Ask<IVisitDays, IReadOnlyList<VillageVisits>>(v => v.Count(cadre, story.Village, stage.Today, stage.Today, stage.Cancel))).Count == 0)
            return;
        IReadOnlyList<NewDecision> decisions = day % 3 == 0 ? [] : [new("当天没有看全的户，明天由第一书记补走一遍。", story.People.Name, story.People.Secretary.DisplayName, stage.Today.AddDays(3), "help", null, story.People.Secretary.User)];
        var held = await stage.Do<RecordMeeting, Guid>(r => r.CallAndHold(cadre, new("evening_review", story.Village, stage.Today, story.People.Secretary.DisplayName, Place: "村办公室"),
            new([story.People.Name, "驻村工作队"], 7, "逐户过当天走访情况，疑点当场商定谁去核实。", decisions), stage.Cancel));
        _unsigned.Add((story.People.Secretary, held));
    }

    private async Task Training()
    {
        var on = NotAFieldDay(stage.Today) == stage.Today ? null : "全县统一培训，已报县脱贫攻坚领导小组同意。";
        await stage.Do<RecordMeeting, Guid>(r => r.CallAndHold(stage.People["county"], new("training", county, stage.Today, "县扶贫办", "防返贫监测业务培训", "县委党校", FieldDayReason: on),
            new(["县扶贫办", "各乡镇"], 86, "讲解监测对象识别程序和手机走访登记。", []), stage.Cancel));
    }

    private async Task Hometown(int day)
    {
        var saturday = stage.Today.AddDays(-2);
        foreach (var people in OwnVillages.Skip(day / 5 % 3).Take(2))
        {
            var seed = int.Parse(people.Village.Digits[9..], System.Globalization.CultureInfo.InvariantCulture) + day;
            await stage.Do<HometownVisits, Guid>(h => h.Enter(people.Cadre, new(people.Village, saturday, Somebody(), Units[seed % Units.Length], 2 + seed % 4, 9 + seed % 7, 28 + seed % 19, 3 + seed % 4, seed % 2, seed % 3, 1 + seed % 3,
                seed % 4 == 0 ? 12_000m : 0m, "走访五代以内亲邻，宣讲政策，收集意见。"), stage.Cancel));
        }
    }

    /// <summary>Neighbours help neighbours 户帮户: a main helper for each of a few households, and a liaison for all of them.</summary>
    private async Task Neighbours()
    {
        var (town, watched) = (stage.People["town"], homes.Values.Where(h => h.Made.Monitoring is not null && h.Village.Parent == Town).OrderBy(h => h.Made.Code, StringComparer.Ordinal).Take(6).ToList());
        if (watched.Count == 0)
            return;
        foreach (var pair in watched.Chunk(2))
            await stage.Do<IPairing, int>(p => p.Assign(town, new(Post.MainHelper, Somebody(), $"{pair[0].People.Name}致富带头人"), null, [.. pair.Select(h => h.Id)], null, stage.Cancel));
        await stage.Do<IPairing, int>(p => p.Assign(town, new(Post.Liaison, Somebody(), NameOf(Town)), null, [.. watched.Select(h => h.Id)], null, stage.Cancel));
    }

    /// <summary>Somebody is posted elsewhere, and hands all households over.</summary>
    private async Task HandOver()
    {
        var town = stage.People["town"];
        var loads = await stage.Ask<IPairing, IReadOnlyList<HelperLoad>>(p => p.Loads(town, Town, stage.Cancel));
        if (loads.FirstOrDefault(l => l.Helper is { Post: Post.PairingHelper, User: null } && l.Households > 1) is not { Helper: var before })
            return;
        await stage.Do<IPairing, int>(p => p.HandOver(town, new(before, before with { Person = Somebody() }, "13000000000", stage.Today, "调任县级部门，帮扶资料已逐户交接。"), stage.Cancel));
    }

    private async Task<Guid> Group(EditGroups edit, Actor office, NewGroup group, params IReadOnlyList<(string Role, NewPerson Person)> members)
    {
        var id = await Taken(edit.SetUp(office, group, stage.Cancel));
        foreach (var (role, person) in members)
            await Taken(edit.Add(office, id, role, person, stage.Cancel));
        return id;
    }

    private static async Task<T> Taken<T>(Task<Outcome<T>> step) => await step is { Succeeded: true } done ? done.Value : throw new RefusedException((await step).Problems);
}
