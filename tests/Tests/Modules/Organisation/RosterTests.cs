using Shouwang.Modules.Organisation.Duty;
using Shouwang.Platform.Plugins;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>A roster is prepared, confirmed with a reason for every gap, and stays a plan.</summary>
public class RosterTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_roster_is_prepared_by_the_rules_and_confirmed_with_reasons(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var week = world.Day; // a Monday
        Refused("rosters.no-staff", await world.Plan(new(Township, week, [])));
        await world.Staff();
        var suggested = await world.Roster(week);
        Assert.Null(suggested.Roster);
        Assert.Empty(suggested.Gaps);
        Assert.Contains(await Work(), i => i.Code == $"{week:yyyy-MM-dd}");

        // Nobody of the two leaders on Sunday: that needs a reason.
        var sunday = week.AddDays(6);
        foreach (var leader in suggested.Plan.People.Where(p => p.Leads))
            suggested.Plan[leader.Member, sunday] = null;
        Refused("steps.not-permitted", await world.Plan(suggested.Plan, by: world.Cadre));
        Refused("rosters.gap-without-reason", await world.Plan(suggested.Plan));
        Done(await world.Plan(suggested.Plan, confirm: false));
        Assert.Equal((1, false), ((await world.Roster(week)).Open, (await world.Roster(week)).IsConfirmed));
        Done(await world.Plan(suggested.Plan, reasons: new Dictionary<(DateOnly, string), string> { [(sunday, "leader_present")] = "到县里开会" }));
        var saved = await world.Roster(week);
        Assert.Equal((true, 0, "到县里开会"), (saved.IsConfirmed, saved.Open, Assert.Single(saved.Gaps).Reason));
        Assert.Empty(await Work());
        Refused("steps.changed-meanwhile", await world.Plan(saved.Plan, version: 1));
        Refused("rosters.no-such-week", await world.With<PlanRoster, Shouwang.Kernel.Outcome<Guid>>((p, cancel) => p.Run(world.Clerk, new(Township, week.AddDays(1), new Dictionary<(Guid, DateOnly), Shouwang.Kernel.AreaCode>(), new Dictionary<(DateOnly, string), string>(), false), cancel)));
        var elsewhere = new DutyPlan(Township, week, saved.Plan.People);
        elsewhere[saved.Plan.People[0].Member, week] = new("500231112200");
        Refused("rosters.outside-township", await world.Plan(elsewhere));

        // What was planned for a day that has passed stays, whatever is sent.
        world.Day = week.AddDays(2);
        Done(await world.Plan(new(Township, week, saved.Plan.People), confirm: false));
        var now = await world.Roster(week);
        Assert.Equal(saved.Plan.Entries.Where(e => e.Day < world.Day).OrderBy(e => (e.Day, e.Member)), now.Plan.Entries.OrderBy(e => (e.Day, e.Member)));
        world.Day = week.AddDays(7);
        Refused("rosters.week-is-over", await world.Plan(saved.Plan));

        async Task<IReadOnlyList<WorkItem>> Work() => (await world.With<IEnumerable<IWorkSource>, WorkPart>((s, cancel) => s.OfType<RosterWork>().Single().Of(world.Clerk, world.Day, 10, cancel))).Items;
    }
}
