using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>Pairing: many to many, gaps of monitored households, and hand-over with who answered before on record.</summary>
public class PairingTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Gaps_are_filled_as_the_files_say_or_by_hand(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (named, bare, ordinary) = (await world.Household(more: [("helper", "李帮扶"), ("mon_cat", "UnstableLifted")]), await world.Household(more: ("mon_cat", "UnstableLifted")), await world.Household());
        Assert.Equal(2, await world.With<ICases, int>((c, cancel) => c.Adopt(County, cancel)));
        Assert.Equal([(named, "李帮扶"), (bare, null)], (await Gaps()).OrderBy(g => g.Named is null).Select(g => (g.Household, g.Named)));
        Refused("steps.not-permitted", await world.With<IPairing, Outcome<int>>((p, cancel) => p.Adopt(world.Cadre, Village, cancel)));
        Assert.Equal(1, Done(await world.With<IPairing, Outcome<int>>((p, cancel) => p.Adopt(world.Clerk, Township, cancel))));
        var gap = (await Gaps()).Single(g => g.NoHelper);
        Assert.Equal(bare, gap.Household);
        Refused("casework.none-chosen", await Give([]));
        Refused("casework.person-missing", await Give([bare], "  "));
        // One of several that is refused leaves none.
        Refused("casework.hand-over-reason", await Give([bare, named]));
        Assert.Single(await Gaps(), g => g.NoHelper);
        Assert.Equal(2, Done(await Give([bare, ordinary])));
        Assert.DoesNotContain(await Gaps(), g => g.NoHelper);
        Assert.Equal(("王帮扶", 2), (await Loads()).Select(l => (l.Helper.Person, l.Households)).First());
        Assert.Equal((2, 2, 0), (await world.With<IPairing, IReadOnlyList<PairingCoverage>>((p, cancel) => p.Coverage(world.Clerk, Township, cancel))).Select(c => (c.Monitored, c.Helped, c.Watched)).Single());

        // Of neighbours who help there may be several, each once.
        Done(await Give([bare], "邻居甲", Post.MainHelper));
        Done(await Give([bare], "邻居乙", Post.MainHelper));
        Refused("casework.same-person", await Give([bare], "邻居乙", Post.MainHelper));
        Assert.Equal(3, (await Loads()).Count(l => l.Helper.Post is Post.MainHelper or Post.PairingHelper && l.Helper.Person != "李帮扶"));

        Task<IReadOnlyList<PairingGap>> Gaps() => world.With<IPairing, IReadOnlyList<PairingGap>>((p, cancel) => p.Gaps(world.Clerk, Township, 50, cancel));
        Task<IReadOnlyList<HelperLoad>> Loads() => world.With<IPairing, IReadOnlyList<HelperLoad>>((p, cancel) => p.Loads(world.Clerk, Township, cancel));
        Task<Outcome<int>> Give(IReadOnlyCollection<Guid> households, string person = "王帮扶", Post post = Post.PairingHelper) =>
            world.With<IPairing, Outcome<int>>((p, cancel) => p.Assign(world.Clerk, new(post, person, "县医院"), null, households, null, cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task All_households_of_a_person_are_handed_over_on_one_day(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var helper = Person("helper", Role.PairingHelper, Village);
        var before = new Helper(Post.PairingHelper, "李四", "县医院", helper.User);
        Guid[] homes = [await world.Household(), await world.Household(), await world.Household()];
        Done(await world.With<IPairing, Outcome<int>>((p, cancel) => p.Assign(world.Clerk, before, "13300001111", homes, null, cancel)));
        var began = world.Day;
        world.Day = world.Day.AddDays(30);
        var wanted = new HandOver(before, new(Post.PairingHelper, "王五", "县医院"), "13300002222", world.Day, "李四调离");
        Refused("steps.not-permitted", await world.HandOver(wanted, world.Cadre));
        Refused("casework.hand-over-reason", await world.HandOver(wanted with { Reason = "" }));
        Refused("casework.same-person", await world.HandOver(wanted with { To = before }));
        Refused("casework.hand-over-later", await world.HandOver(wanted with { On = world.Day.AddDays(1) }));
        Refused("casework.hand-over-too-early", await world.HandOver(wanted with { On = began.AddDays(-1) }));
        Refused("casework.nothing-to-hand-over", await world.HandOver(wanted with { From = before with { Person = "无此人" } }));
        Assert.Equal(1, Done(await world.HandOver(wanted with { Only = [homes[0]] })));
        Assert.Equal(2, Done(await world.HandOver(wanted)));

        foreach (var home in homes)
        {
            Assert.Equal([("王五", began.AddDays(30), null), ("李四", began, (DateOnly?)world.Day)],
                (await world.With<IPairing, IReadOnlyList<Assigned>>((p, cancel) => p.Of(County.Digits, home, cancel))).Select(a => (a.Person, a.FromOn, a.ToOn)));
            Assert.Equal("王五", (await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), home, true, cancel)))!.Helper);
        }
        // With the households the account loses them from sight.
        Assert.Empty(await world.With<IAssignments, IReadOnlyList<Guid>>((a, cancel) => a.Of(County.Digits, helper.User, cancel)));

        // Nobody follows: the register names nobody either.
        Assert.Equal(3, Done(await world.HandOver(new(wanted.To!, null, null, world.Day, "王五退休，待安排"))));
        Assert.Null((await world.With<IHouseholds, RegisterHousehold?>((h, cancel) => h.Open(Actor.System(County), homes[0], true, cancel)))!.Helper);
    }
}
