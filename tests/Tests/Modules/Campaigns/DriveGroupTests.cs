using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Proof;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Campaigns;

/// <summary>Groups of leaders and of supervision are the county's own: a drive says which townships they cover, and what they found there.</summary>
public class DriveGroupTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Groups_of_the_county_are_taken_over_with_their_members_and_cover_townships(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Household();
        var id = await world.Drive();
        var (leaders, supervisors) = (await world.Group("leader_group", "第一县领导督战组", "李书记"), await world.Group("supervision_group", "第一工作督导组", "周组长"));
        Refused("steps.not-permitted", await world.Take(id, leaders, by: world.Clerk));
        Refused("campaigns.no-township", await world.Take(id, leaders, []));
        Refused("campaigns.outside-scope", await world.Take(id, leaders, [Village]));
        Refused("campaigns.no-department", await world.Take(id, leaders, departments: ["moon"]));
        Refused("campaigns.no-group", await world.Take(id, Guid.CreateVersion7()));
        Assert.Equal(2, (await Free()).Count);
        var group = Done(await world.Take(id, leaders, departments: ["housing"]));
        Assert.Equal([supervisors], (await Free()).Select(g => g.Id));

        // Whoever joins the county's group later is in it here, too; nobody is entered twice.
        Done(await world.With<EditGroups, Outcome<Guid>>((e, cancel) => e.Add(world.Office, leaders, "liaison", new("陈联络", "科员", "县府办"), cancel)));
        var row = Assert.Single(await List());
        Assert.Equal((group, "leader", "第一县领导督战组", "housing"), (row.Id, row.Kind.Code, row.Name, Assert.Single(row.Departments)));
        Assert.Equal(["李书记", "王成员", "陈联络"], row.Members.Select(m => m.Name));
        Assert.True(row.Members[0].Leads);

        var cover = Assert.Single(await world.Cover(id));
        Assert.Equal((Township, "第一县领导督战组", false), (cover.Township, cover.Groups["leader"].Single(), cover.Groups["supervision"].Any()));
        Assert.Equal(["1 个乡镇没有工作督导组", "1 个乡镇在部署培训阶段督导不足 1 次", "1 个乡镇在组织实施阶段督导不足 1 次"], await Lacking());

        // Taken again it covers other townships, and is still one; taken out it is free.
        Assert.Equal(group, Done(await world.Take(id, leaders, [new("500231112")])));
        Assert.Equal(new AreaCode("500231112"), Assert.Single((await List())[0].Areas));
        Done(await world.With<DriveGroups, Outcome<Guid>>((g, cancel) => g.End(world.Office, id, group, cancel)));
        Assert.Equal(2, (await Free()).Count);

        async Task<IReadOnlyList<DriveGroupRow>> List() => await world.Campaign(id) is var campaign ? await world.With<DriveGroups, IReadOnlyList<DriveGroupRow>>((g, cancel) => g.List(campaign, County, cancel)) : [];
        async Task<IReadOnlyList<Shouwang.Modules.Organisation.Contracts.CountyGroup>> Free() => await world.Campaign(id) is var campaign
            ? await world.With<DriveGroups, IReadOnlyList<Shouwang.Modules.Organisation.Contracts.CountyGroup>>((g, cancel) => g.Free(campaign, cancel)) : [];
        async Task<IEnumerable<string>> Lacking() => await world.Campaign(id) is var campaign && await world.Board(id) is var board
            ? (await world.With<DriveGroups, IReadOnlyList<Text>>((g, cancel) => g.Lacking(campaign, board, null, cancel))).Select(l => l.Zh) : [];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_visit_says_where_when_and_what_and_its_problems_are_in_the_ledger_and_in_the_pack(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Household();
        var id = await world.Drive();
        var group = Done(await world.Take(id, await world.Group("supervision_group", "第一工作督导组", "周组长")));
        Refused("steps.not-permitted", await world.Supervise(id, group, by: world.Clerk));
        Refused("campaigns.no-group", await world.Supervise(id, Guid.CreateVersion7()));
        Refused("campaigns.not-covered", await world.Supervise(id, group, new("500231112")));
        Refused("campaigns.no-supervision-day", await world.Supervise(id, group, on: world.Day.AddDays(1)));
        Refused("campaigns.no-words", await world.Supervise(id, group, words: " "));
        Refused("campaigns.problem-incomplete", await world.Supervise(id, group, problems: new FoundProblem("help", " ")));
        Refused("campaigns.outside-scope", await world.Supervise(id, group, Village, problems: new FoundProblem("help", "没有记录", OtherVillage)));
        Assert.Empty(await Visits());

        Done(await world.Supervise(id, group, on: world.Day.AddDays(-3)));
        Done(await world.Supervise(id, group, Village, problems: new FoundProblem("help", "走访记录没有签字")));
        var visits = await Visits();
        Assert.Equal([(Village, world.Day, "第一工作督导组"), (Township, world.Day.AddDays(-3), "第一工作督导组")], visits.Select(v => (v.Area, v.On, v.Group)));
        var issue = Assert.Single(visits[0].Issues);
        Assert.Equal(("help", IssueState.Registered, Village.Digits), (issue.Subject, issue.State, issue.Area));
        // One visit in the stage of deployment, one in the field; a problem of the drive.
        var cover = Assert.Single(await world.Cover(id));
        Assert.Equal([("deploy", 1), ("field", 1)], cover.Visits.OrderBy(v => v.Key).Select(v => (v.Key, v.Value)));
        Assert.Equal(1, (await world.Board(id)).Of(Township).Found);

        var parts = new List<IndicatorPart>();
        var policy = await world.With<Policies, Policy>((p, cancel) => p.For(County, world.Day, cancel));
        await world.With<IEnumerable<IIndicatorSource>, int>(async (sources, cancel) => { await sources.Single(s => s.Codes.Contains("C05t")).Compute(County, world.Day, policy, parts.Add, cancel); return 0; });
        Assert.Equal(new IndicatorPart("C05t", Township.Digits, null, 1, 1), Assert.Single(parts));

        var pack = Done(await world.With<MakePack, Outcome<Guid>>((m, cancel) => m.Run(world.Office, id, cancel)));
        var kept = (await world.With<MakePack, Pack?>((m, cancel) => m.Open(world.Office, id, pack, cancel)))!;
        var proven = Assert.Single(PackContents.Read(kept.Contents).Groups);
        Assert.Equal(("第一工作督导组", 2, 1), (proven.Name, proven.Visits, proven.Problems));
        Assert.Contains("周组长", proven.Members[0], StringComparison.Ordinal);
        Assert.Contains(PackContents.Read(kept.Contents).Open, o => o.Zh == "1 个乡镇没有县领导督战组");
        Assert.DoesNotContain(PackContents.Read(kept.Contents).Open, o => o.Zh.Contains("督导不足", StringComparison.Ordinal));
        Assert.Contains("第一工作督导组", System.Net.WebUtility.HtmlDecode(await PackDocument.Html(kept, Language.Zh)), StringComparison.Ordinal);

        Task<IReadOnlyList<SupervisionRow>> Visits() => world.With<RecordSupervision, IReadOnlyList<SupervisionRow>>((r, cancel) => r.List(world.Office, id, County, null, 10, cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pack_of_before_there_were_groups_still_reads(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Household();
        var id = await world.Drive();
        var pack = Done(await world.With<MakePack, Outcome<Guid>>((m, cancel) => m.Run(world.Office, id, cancel)));
        var kept = (await world.With<MakePack, Pack?>((m, cancel) => m.Open(world.Office, id, pack, cancel)))!;
        var old = System.Text.Json.Nodes.JsonNode.Parse(kept.Contents)!.AsObject();
        old.Remove("groups");
        old.Remove("selfChecks");
        var read = PackContents.Read(old.ToJsonString());
        Assert.Empty(read.Groups);
        Assert.Null(read.SelfChecks);
    }
}
