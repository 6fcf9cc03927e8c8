using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>A province tries and publishes for all of its counties what each has for itself.</summary>
public sealed class SeveralCountiesTests
{
    private static readonly AreaCode Dianjiang = CaseworkWorld.County, Fengjie = new("500236"), Xiushan = new("500241");

    // Holds for everybody in a county whose line is that high: what a county's own line makes of a rule can be read off its figures.
    private const string HighLine = "line.monitoring >= 7000";

    private static readonly Actor Province = CaseworkWorld.Person("province", Role.HigherOffice, new("50")), Second = CaseworkWorld.Person("province2", Role.HigherOffice, new("50"));

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_county_is_rehearsed_under_its_own_policy(string kind)
    {
        await using var world = await Open(kind);
        var now = await Try(world, Province, ("rule", HighLine));
        Assert.Equal([("500231", 2, 0, 6000m), ("500236", 3, 3, 7000m), ("500241", 1, 0, 6000m)],
            now.Counties.Select(c => (c.Code, c.Population, c.After.Households, c.Monitoring!.Value)));
        Assert.Equal((6, 3), (now.Population, now.After.Households));

        // The new line reaches the counties that are asked, and only those.
        var all = await Try(world, Province, ("rule", HighLine), ("line.monitoring", "8000"));
        Assert.Equal((6, 6), (all.After.Households, all.Entering.Households));
        Assert.Equal(6, all.Entering.Persons);
        Assert.Equal(all.Entering.Households, all.Townships.Sum(t => t.Entering));
        var some = await Try(world, Province, ("rule", HighLine), ("line.monitoring", "8000"), ("area", "500231"), ("area", "500236"));
        Assert.Equal(["500231", "500236"], some.Counties.Select(c => c.Code));
        Assert.Equal((5, 5), (some.Population, some.After.Households));
        Assert.Equal(["area", "area", "line.monitoring", "rule", "rule.title", "rule.category", "rule.cause"], some.Asked.Select(a => a.Name));

        // One of them by itself says what it says among the others, to the province and to the county alike.
        foreach (var (actor, asked) in new[] { (Province, new[] { ("area", "500236") }), (CaseworkWorld.Person("fengjie", Role.CountyOffice, Fengjie), []) })
        {
            var one = await Try(world, actor, [.. asked, ("rule", HighLine), ("line.monitoring", "8000")]);
            Assert.Equal(all.Counties[1], Assert.Single(one.Counties));
        }
        // All of them by name is the same as all.
        Assert.DoesNotContain((await Try(world, Province, ("area", "500231"), ("area", "5002"), ("line.monitoring", "8000"))).Asked, a => a.Name == "area");
        // A part of a county counts its own households.
        Assert.Equal((1, 1), (await Try(world, Province, ("area", "500231111201"), ("rule", HighLine), ("line.monitoring", "8000"))) is var part ? (part.Population, part.After.Households) : default);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Nothing_outside_the_area_is_tried_or_told(string kind)
    {
        await using var world = await Open(kind);
        await world.Household(new AreaCode("430525101201"));
        await Tell(world, new AreaCode("430525"));
        Assert.Equal(6, (await Try(world, Province)).Population);

        foreach (var outside in (string[])["430525", "43", "x"])
        {
            var refused = await world.With<IRehearsal, Outcome<RehearsalFigures>>((r, cancel) => r.Run(Province, [("area", outside), ("line.monitoring", "8000")], cancel));
            Assert.Equal("rehearsal.outside-area", Assert.Single(refused.Problems).Code);
        }
        // A county of the province that is not here yet has no households.
        Assert.Equal((0, 0), await Try(world, Province, ("area", "500232")) is var empty ? (empty.Population, empty.Counties.Count) : default);
        // A county stays in its county.
        var county = CaseworkWorld.Person("office", Role.CountyOffice, Dianjiang);
        var refusal = await world.With<IRehearsal, Outcome<RehearsalFigures>>((r, cancel) => r.Run(county, [("area", "500236")], cancel));
        Assert.Equal("rehearsal.outside-area", Assert.Single(refusal.Problems).Code);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_households_behind_a_figure_open_county_after_county(string kind)
    {
        await using var world = await Open(kind);
        var ask = RehearsalAsk.Read([("rule", HighLine), ("line.monitoring", "8000")]);
        var (total, first) = await List(world, Province, ask, new("entering", [], null, null, null), 0, 4);
        var (_, rest) = await List(world, Province, ask, new("entering", [], null, null, null), 4, 4);
        Assert.Equal((6, 4, 2), (total, first.Count, rest.Count));
        Assert.Equal(["500231", "500231", "500236", "500236", "500236", "500241"], first.Concat(rest).Select(h => h.Household.Area.County.Digits));
        Assert.Equal(6, first.Concat(rest).Select(h => h.Household.Id).Distinct().Count());
        Assert.Equal(3, (await List(world, Province, ask, new("entering", [], null, null, "500236"), 0, 9)).Total);
        Assert.Equal(1, (await List(world, Province, ask, new("after", ["N1"], null, null, "500231111201"), 0, 9)).Total);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task It_is_published_for_all_chosen_counties_by_a_second_person(string kind)
    {
        await using var world = await Open(kind);
        var (from, ask) = (world.Day.AddDays(10), RehearsalAsk.Read([("area", "500231"), ("area", "500236"), ("line.monitoring", "7000"), ("W21", "off"), ("rule", "registry.size > 5"), ("rule.title", "大家庭")]));
        var saved = CaseworkWorld.Done(await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) => s.Save(Province, "两县统一监测线", ask, cancel)));
        Assert.Equal("50", (await Find(world, Second, saved))!.County);
        var county = CaseworkWorld.Person("office", Role.CountyOffice, Dianjiang);
        Assert.Null(await Find(world, county, saved));

        CaseworkWorld.Refused("steps.own-work", await Publish(world, Province, saved, from));
        CaseworkWorld.Refused("rehearsal.not-found", await Publish(world, county, saved, from));
        Assert.Equal([Dianjiang, Fengjie], CaseworkWorld.Done(await Publish(world, Second, saved, from)));
        CaseworkWorld.Refused("rehearsal.published-already", await Publish(world, Second, saved, from));

        foreach (var (area, line, own) in new[] { (Dianjiang, 7000m, "C01"), (Fengjie, 7000m, "C01"), (Xiushan, 6000m, null) })
        {
            var policy = await world.With<Policies, Policy>((p, cancel) => p.For(area, from, cancel));
            Assert.Equal((line, own is null ? RuleState.Live : RuleState.Shadow, own), (policy.MonitoringLine!.YuanPerHead, policy.Rule("W21")!.State, policy.Rule("C01")?.Id));
            Assert.Equal(area == Fengjie ? 7000m : 6000m, (await world.With<Policies, Policy>((p, cancel) => p.For(area, from.AddDays(-1), cancel))).MonitoringLine!.YuanPerHead);
        }
        // Fengjie had that line already: its version holds what differs, and its line stays the one it entered.
        Assert.Equal("县文件7号", (await world.With<Policies, Policy>((p, cancel) => p.For(Fengjie, from, cancel))).MonitoringLine!.Source.Zh);

        // The county finds it among its own, with its own figures; the province finds one and not three.
        var given = await Find(world, county, saved);
        Assert.Equal(("50", "500231", from, "province2"), (given!.FromArea, given.Area, given.FromOn, given.PublishedBy));
        Assert.Equal(2, SavedRehearsals.FiguresOf(given).Population);
        Assert.Single(await world.With<SavedRehearsals, IReadOnlyList<SavedRehearsal>>((s, cancel) => s.Coming(county, cancel)));
        Assert.Null(Assert.Single(await world.With<SavedRehearsals, IReadOnlyList<SavedRehearsal>>((s, cancel) => s.All(Second, cancel))).FromArea);
        Assert.Single(await world.With<SavedRehearsals, IReadOnlyList<SavedRehearsal>>((s, cancel) => s.All(county, cancel)));

        // Each county's chain tells it, and so does the province's; none is broken.
        var told = await world.Read((db, cancel) => db.Set<Event>().AsNoTracking().Where(e => e.Name == "rehearsals.published").Select(e => e.County).ToListAsync(cancel));
        Assert.Equal(["50", "500231", "500236"], told.Order(StringComparer.Ordinal));
        foreach (var chain in told)
            Assert.Null((await world.Read((db, cancel) => EventChain.Verify(db, chain, cancel))).BrokenAt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task It_is_published_for_every_county_or_for_none(string kind)
    {
        await using var world = await Open(kind);
        var from = world.Day.AddDays(10);
        var saved = CaseworkWorld.Done(await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) =>
            s.Save(Province, "监测线", RehearsalAsk.Read([("line.monitoring", "7500")]), cancel)));
        // Meanwhile one county enters a poverty line above it.
        CaseworkWorld.Done(await Line(world, Xiushan, poverty: 7600, monitoring: 9000));
        var refused = await Publish(world, Second, saved, from);
        Assert.Equal("rehearsal.below-poverty", Assert.Single(refused.Problems).Code);
        Assert.Contains("秀山", refused.Problems[0].What.Zh, StringComparison.Ordinal);
        foreach (var area in new[] { Dianjiang, Fengjie })
            Assert.NotEqual(7500, (await world.With<Policies, Policy>((p, cancel) => p.For(area, from, cancel))).MonitoringLine!.YuanPerHead);
        Assert.Null((await Find(world, Second, saved))!.FromOn);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_rule_of_one_county_is_not_taken_for_that_of_another(string kind)
    {
        await using var world = await Open(kind);
        var from = world.Day;
        foreach (var (county, rule) in new[] { (Dianjiang, "registry.size >= 1"), (Fengjie, "registry.size > 50") })
        {
            var office = CaseworkWorld.Person("office", Role.CountyOffice, county);
            var saved = CaseworkWorld.Done(await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) => s.Save(office, "本县规则", RehearsalAsk.Read([("rule", rule), ("rule.title", rule)]), cancel)));
            CaseworkWorld.Done(await Publish(world, CaseworkWorld.Person("office2", Role.CountyOffice, county), saved, from));
        }
        var found = await Try(world, Province, ("line.monitoring", "8000"));
        Assert.Equal([("C01@500231", 2), ("C01@500236", 0)], found.Rules.Where(r => r.Id.StartsWith('C')).Select(r => (r.Id, r.After)));
        var ask = RehearsalAsk.Read([("line.monitoring", "8000")]);
        Assert.Equal((2, 0), ((await List(world, Province, ask, new("after", ["C01@500231"], null, null, null), 0, 9)).Total, (await List(world, Province, ask, new("after", ["C01@500236"], null, null, null), 0, 9)).Total));
        Assert.Equal("C01", Assert.Single((await Try(world, Province, ("area", "500231"))).Rules, r => r.Id.StartsWith('C')).Id);

        // What one county has and others have not can be changed where it is, and is no mistake elsewhere; what nobody has is one.
        Assert.Equal(0, (await Try(world, Province, ("C01", "off"))).After.Households);
        var refused = await world.With<IRehearsal, Outcome<RehearsalFigures>>((r, cancel) => r.Run(Province, [("C02", "off")], cancel));
        Assert.Equal("rules.not-found", Assert.Single(refused.Problems).Code);
    }

    /// <summary>Three counties of one province, of which one has entered a line of its own.</summary>
    private static async Task<CaseworkWorld> Open(string kind)
    {
        var world = await CaseworkWorld.Open(kind);
        foreach (var village in new[] { "500231111200", "500231111201", "500236102201", "500236102201", "500236103201", "500241106200" })
            await world.Household(new AreaCode(village));
        await Tell(world, Dianjiang, Xiushan);
        CaseworkWorld.Done(await Line(world, Fengjie, null, 7000));
        return world;
    }

    // Facts alone leave no trace in the log, as every import, screening and user of a real county does.
    private static Task<int> Tell(CaseworkWorld world, params AreaCode[] counties) => world.Read((db, cancel) =>
    {
        foreach (var county in counties)
            db.Log("test.began", county, "", "test", TimeProvider.System, new { });
        return db.SaveChangesAsync(cancel);
    });

    private static Task<Outcome<Guid>> Line(CaseworkWorld world, AreaCode county, decimal? poverty, decimal monitoring) =>
        world.With<ILines, Outcome<Guid>>((l, cancel) => l.Enter(Actor.System(county), new(county, new(2020, 1, 1), null, poverty, monitoring, "县文件7号"), cancel));

    private static async Task<RehearsalFigures> Try(CaseworkWorld world, Actor actor, params (string, string)[] asked) =>
        CaseworkWorld.Done(await world.With<IRehearsal, Outcome<RehearsalFigures>>((r, cancel) => r.Run(actor, asked, cancel)));

    private static Task<SavedRehearsal?> Find(CaseworkWorld world, Actor actor, Guid id) => world.With<SavedRehearsals, SavedRehearsal?>((s, cancel) => s.Find(actor, id, cancel));

    private static Task<Outcome<List<AreaCode>>> Publish(CaseworkWorld world, Actor actor, Guid id, DateOnly from) =>
        world.With<PublishRehearsal, Outcome<List<AreaCode>>>((p, cancel) => p.Run(actor, id, from, "市文件3号", cancel));

    private static Task<(int Total, IReadOnlyList<RehearsedHousehold> Rows)> List(CaseworkWorld world, Actor actor, RehearsalAsk ask, HouseholdSelection selection, int skip, int take) =>
        world.With<Rehearse, (int, IReadOnlyList<RehearsedHousehold>)>(async (r, cancel) => await world.With<RehearsedHouseholds, (int, IReadOnlyList<RehearsedHousehold>)>(async (h, _) =>
            await h.Of(actor, await r.Run(actor, ask, cancel), selection, skip, take, cancel)));
}
