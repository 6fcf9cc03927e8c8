using Shouwang.Modules.Organisation.Groups;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Organisation.OrganisationWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>Groups, teams and links: set up by whoever answers for the area, with members from day to day, and nobody forgotten.</summary>
public class GroupTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_group_has_members_from_day_to_day_and_says_who_is_lacking(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Refused("steps.not-permitted", await world.SetUp(new("leading_group", County, "领导小组"), world.Clerk));
        Refused("organisation.wrong-level", await world.SetUp(new("leading_group", Township, "领导小组")));
        Refused("organisation.kind-unknown", await world.SetUp(new("choir", County, "合唱团")));
        var leading = Done(await world.SetUp(new("leading_group", County, "县领导小组")));
        Refused("organisation.there-already", await world.SetUp(new("leading_group", County, "县领导小组")));
        var working = Done(await world.SetUp(new("working_group", County, "饮水专项工作组", leading)));
        Refused("organisation.role-unknown", await world.Join(working, "singer", Somebody()));
        Refused("organisation.person-incomplete", await world.Join(working, "head", Somebody(unit: " ")));
        Done(await world.Join(working, "member", Somebody()));
        Assert.Equal(["head"], (await Open()).Row.Missing.Select(r => r.Code));

        // The same person takes over: the first membership ends the day before.
        world.Day = world.Day.AddDays(10);
        var head = Done(await world.Join(working, "head", Somebody()));
        Refused("organisation.member-already", await world.Join(working, "head", Somebody()));
        var (row, all) = await Open();
        Assert.Empty(row.Missing);
        Assert.Equal([("head", null), ("member", (DateOnly?)world.Day.AddDays(-1))], all.Select(m => (m.Role, m.ToOn)));

        Refused("organisation.ends-before-it-begins", await world.With<EditGroups, Shouwang.Kernel.Outcome<Guid>>((e, cancel) => e.End(world.Office, head, world.Day.AddDays(-1), cancel)));
        Refused("organisation.groups-below", await world.With<EditGroups, Shouwang.Kernel.Outcome<Guid>>((e, cancel) => e.Dissolve(world.Office, leading, world.Day, cancel)));
        Done(await world.With<EditGroups, Shouwang.Kernel.Outcome<Guid>>((e, cancel) => e.Dissolve(world.Office, working, world.Day, cancel)));
        world.Day = world.Day.AddDays(1);
        // A village sees who leads the county, and no longer what was dissolved; members stay on record.
        Assert.Equal([leading], (await world.With<GroupQueries, IReadOnlyList<GroupRow>>((q, cancel) => q.List(world.Cadre, null, cancel))).Select(g => g.Group.Id));
        Assert.Equal(2, (await Open()).All.Count);

        async Task<(GroupRow Row, IReadOnlyList<OrgMember> All)> Open() => (await world.With<GroupQueries, (GroupRow, IReadOnlyList<OrgMember>)?>((q, cancel) => q.Open(world.Office, working, cancel)))!.Value;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Villages_without_a_team_or_a_leader_show_and_a_link_is_handed_on(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var team = Done(await world.SetUp(new("resident_team", Village, "金钱村驻村工作队"), world.Clerk));
        Refused("organisation.there-already", await world.SetUp(new("resident_team", Village, "第二支"), world.Clerk));
        Done(await world.Join(team, "first_secretary", Somebody("郑书记"), world.Clerk));
        Refused("organisation.no-area", await Link([]));
        Refused("organisation.link-level", await Link([Township]));
        Refused("steps.not-permitted", await Link([Village], world.Cadre));
        Done(await Link([Village, OtherVillage]));
        world.Day = world.Day.AddDays(30);
        Assert.Equal(1, Done(await Link([Village], name: "吴新任")));

        var teams = await world.With<GroupQueries, IReadOnlyList<TeamRow>>((q, cancel) => q.Teams(world.Clerk, [Village, OtherVillage], cancel));
        Assert.Equal([(true, "吴新任"), (false, "周一平")], teams.Select(t => (t.Team is not null, t.Links[0].Person)));
        Assert.Equal("郑书记", Assert.Single(teams[0].Team!.Leaders).Person);
        // A stranger of another village sees neither.
        Assert.Null(await world.With<GroupQueries, (GroupRow, IReadOnlyList<OrgMember>)?>((q, cancel) => q.Open(world.Stranger, team, cancel)));

        Task<Shouwang.Kernel.Outcome<int>> Link(IReadOnlyCollection<Shouwang.Kernel.AreaCode> areas, Shouwang.Platform.Security.Actor? by = null, string name = "周一平") =>
            world.With<EditLinks, Shouwang.Kernel.Outcome<int>>((e, cancel) => e.Link(by ?? world.Clerk, "section_cadre", areas, Somebody(name), cancel));
    }
}
