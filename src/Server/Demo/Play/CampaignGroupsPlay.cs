using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Demo.Play;

/// <summary>The six groups of county leaders and seven of supervision of the hundred days: set up, given their townships, and on their way.</summary>
internal sealed class CampaignGroupsPlay(Stage stage, AreaCode county, IReadOnlyList<(AreaCode Code, string Name)> townships)
{
    private const int Leaders = 6, Supervisors = 7;

    private static readonly string[] Numbers = ["一", "二", "三", "四", "五", "六", "七"], Posts = ["县委书记", "县长", "县委副书记", "常务副县长", "县委组织部部长", "副县长"],
        Units = ["县纪委监委", "县委组织部", "县扶贫办", "县农业农村委员会", "县水利局", "县住房和城乡建设委员会", "县教育委员会"];

    private readonly Random _random = new(6 + 7);

    private Actor Office => stage.People["county"];

    /// <summary>The groups are set up and taken into the drive; each has its part of the townships, each group of leaders a department.</summary>
    /// <param name="departments">Those that assess themselves.</param>
    public async Task Form(Guid drive, IReadOnlyList<string> departments)
    {
        for (var i = 0; i < Leaders; i++)
        {
            var group = await SetUp("leader_group", $"第{Numbers[i]}县领导督战组", ("head", i == 2 ? Account("leader", Posts[i], "县委") : Somebody(Posts[i], i % 2 == 0 ? "县委" : "县政府")), ("member", Somebody("科长", "县政府办公室")), ("liaison", Somebody("科员", "县扶贫办")));
            await stage.Do<DriveGroups, Guid>(g => g.Take(Office, drive, group, Part(i, Leaders), [departments[i % departments.Count]], stage.Cancel));
        }
        for (var i = 0; i < Supervisors; i++)
        {
            var group = await SetUp("supervision_group", $"第{Numbers[i]}工作督导组", ("head", i == 0 ? Account("supervisor", "副主任", Units[i]) : Somebody("副主任", Units[i])), ("member", Somebody("科员", Units[i])), ("member", Somebody("科员", Units[(i + 1) % Supervisors])));
            await stage.Do<DriveGroups, Guid>(g => g.Take(Office, drive, group, Part(i, Supervisors), [], stage.Cancel));
        }
    }

    /// <summary>Each group of supervision goes through its townships from a day on, one a day.</summary>
    /// <param name="but">Left out: so many of its last townships.</param>
    public async Task Supervise(Guid drive, DateOnly from, string words, int but = 0)
    {
        var campaign = (await stage.Ask<Modules.Campaigns.FindCampaign, Modules.Campaigns.Campaign?>(f => f.Open(Office, drive, stage.Cancel)))!;
        foreach (var (number, group) in (await stage.Ask<DriveGroups, IReadOnlyList<DriveGroupRow>>(g => g.List(campaign, county, stage.Cancel))).Where(g => g.Kind.EachStage > 0).Index())
        {
            foreach (var (index, township) in group.Areas.SkipLast(but).Index())
            {
                var on = from.AddDays(index);
                IReadOnlyList<FoundProblem> problems = index == 0 && number % 3 == 1 ? [new("help", "抽看的走访记录没有结对帮扶责任人签字，会审记录补写。")] : [];
                await stage.Do<RecordSupervision, Guid>(r => r.Run(stage.People["supervisor"], drive, new(group.Id, township, on > stage.Today ? stage.Today : on, words, problems), stage.Cancel));
            }
        }
    }

    private List<AreaCode> Part(int index, int of) => [.. townships.Index().Where(t => t.Index % of == index).Select(t => t.Item.Code)];

    private async Task<Guid> SetUp(string kind, string name, params IReadOnlyList<(string Role, NewPerson Person)> members)
    {
        var id = await stage.Do<EditGroups, Guid>(e => e.SetUp(Office, new(kind, county, name, Unit: "县扶贫开发领导小组", Basis: "百日大会战实施方案"), stage.Cancel));
        foreach (var (role, person) in members)
            await stage.Do<EditGroups, Guid>(e => e.Add(Office, id, role, person, stage.Cancel));
        return id;
    }

    private NewPerson Somebody(string post, string unit) => new(SyntheticNames.Surname(_random) + SyntheticNames.Given(_random, _random.Next(3) == 0 ? Sex.Female : Sex.Male), post, unit);

    private NewPerson Account(string name, string post, string unit) => new(stage.People[name].DisplayName, post, unit, stage.People[name].User);
}
