using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Organisation;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Organisation.Hometown;
using Shouwang.Platform.Plugins;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Organisation.OrganisationWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>Hometown visits, and what the module tells the overview.</summary>
public class HometownAndIndicatorTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Hometown_visits_are_counted_and_added_up(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var visit = new NewHometownVisit(Village, world.Day, "周一平", "县水利局", 3, 12, 40, 5, 1, 2, 3, 1_500m, "说了修路");
        Refused("steps.not-permitted", await Enter(visit, world.Stranger));
        Refused("hometown.not-a-village", await Enter(visit with { Village = Township }, world.Clerk));
        Refused("hometown.in-future", await Enter(visit with { On = world.Day.AddDays(1) }));
        Refused("hometown.no-visitor", await Enter(visit with { Unit = "" }));
        Refused("hometown.bad-count", await Enter(visit with { People = 11 }));
        Refused("hometown.bad-count", await Enter(visit with { Funds = -1 }));
        Done(await Enter(visit));
        Done(await Enter(visit with { Households = 8, People = 20, Funds = 0 }));
        var (rows, sums) = await world.With<HometownVisits, (IReadOnlyList<HometownRow>, HometownSums)>((h, cancel) => h.List(world.Clerk, null, null, 10, cancel));
        Assert.Equal((2, 20, 60, 10, 2, 4, 6, 1_500m, 1), (rows.Count, sums.Households, sums.People, sums.Suggestions, sums.Disputes, sums.Jobs, sums.Solved, sums.Funds.Yuan, sums.Villages));
        Assert.Equal("说了修路", rows[0].Note);
        Assert.Null((await world.With<HometownVisits, (IReadOnlyList<HometownRow>, HometownSums)>((h, cancel) => h.List(Supervisor, null, null, 10, cancel))).Item1[0].Note);

        Task<Outcome<Guid>> Enter(NewHometownVisit wanted, Shouwang.Platform.Security.Actor? by = null) => world.With<HometownVisits, Outcome<Guid>>((h, cancel) => h.Enter(by ?? world.Cadre, wanted, cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Teams_links_helpers_meetings_and_visits_are_counted_as_of_the_day(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        world.Day = new(2020, 6, 2);
        var team = Done(await world.SetUp(new("resident_team", Village, "金钱村驻村工作队")));
        foreach (var name in (string[])["甲", "乙", "丙"])
            Done(await world.Join(team, "member", Somebody(name)));
        Done(await world.With<EditLinks, Outcome<int>>((e, cancel) => e.Link(world.Office, "section_cadre", [Village], Somebody(), cancel)));
        Guid[] homes = [await world.Household(), await world.Household(), await world.Household(OtherVillage)];
        Done(await Give(homes[..2], "李四"));
        Done(await Give(homes[2..], "王五"));
        Done(await Give(homes[..2], "邻居", Post.MainHelper));
        Done(await world.Meet(new("leading_group", County, world.Day, "县委书记"), new(["县委"], 20, "研究", []), world.Office));
        Done(await world.Meet(new("training", County, world.Day, "扶贫办"), new(["县委"], 86, "培训", []), world.Office));
        Done(await world.Meet(new("courtyard", Village, world.Day, "支书"), new(["金钱村"], 30, "听取意见", [], 18), world.Cadre));
        Done(await world.With<HometownVisits, Outcome<Guid>>((h, cancel) => h.Enter(world.Cadre, new(Village, world.Day, "周一平", "县水利局", 3, 10, 35, 5, 1, 2, 3), cancel)));

        var now = await Of(world.Day);
        Assert.Equal((1m, 3m, (3m, 1m)), (now("C08n").Item1, now("C08p").Item1, now("C08m")));
        Assert.Equal((2m, (3m, 2m), (2m, 1m)), (now("C10p").Item1, now("C10l"), now("C20")));
        Assert.Equal((1m, 1m, 86m, 1m), (now("C12c").Item1, now("C13b").Item1, now("C13t").Item1, now("C17").Item1));
        Assert.Equal((10m, 35m, (35m, 10m), 5m, 1m, 3m), (now("C18h").Item1, now("C18p").Item1, now("C18m"), now("C19a").Item1, now("C19b").Item1, now("C19c").Item1));
        Assert.Equal(1m, now("C14").Item1);
        Assert.True(now("C14").Item2 > 1);
        var before = await Of(world.Day.AddDays(-1));
        Assert.All((string[])["C08n", "C10p", "C12c", "C17", "C18h", "C14"], code => Assert.Equal(0m, before(code).Item1));
        // Next month the meetings of the year still count, those of the month do not.
        var later = await Of(world.Day.AddMonths(1));
        Assert.Equal((1m, 0m), (later("C12c").Item1, later("C17").Item1));

        Task<Outcome<int>> Give(IReadOnlyCollection<Guid> households, string person, Post post = Post.PairingHelper) =>
            world.With<IPairing, Outcome<int>>((p, cancel) => p.Assign(world.Office, new(post, person, "县医院"), null, households, null, cancel));

        async Task<Func<string, (decimal, decimal)>> Of(DateOnly day)
        {
            var parts = await world.With<IEnumerable<IIndicatorSource>, List<IndicatorPart>>(async (sources, cancel) =>
            {
                var found = new List<IndicatorPart>();
                foreach (var source in sources.Where(s => s is OrganisationIndicators or CaseIndicators))
                    await source.Compute(County, day, LifeCycles.Policy, found.Add, cancel);
                return found;
            });
            return code => (parts.Where(p => p.Code == code).Sum(p => p.Numerator), parts.Where(p => p.Code == code).Sum(p => p.Denominator));
        }
    }
}
