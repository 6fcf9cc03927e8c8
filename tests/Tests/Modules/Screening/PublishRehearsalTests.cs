using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>A rehearsal becomes policy by two persons, from its day on and not before.</summary>
public sealed class PublishRehearsalTests
{
    private const string Asked = "line.monitoring=8000&W14.limit=3000&W21=off&W33=on&rule=registry.size%20%3E%205&rule.title=%E5%A4%A7%E5%AE%B6%E5%BA%AD&rule.category=&rule.cause=99";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task It_takes_two_persons_and_takes_effect_on_its_day(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        var saved = CaseworkWorld.Done(await Save(world, world.Office));
        var from = world.Day.AddDays(10);

        // Not by its author, not by a post without the permission, not for the past, not without a document.
        CaseworkWorld.Refused("steps.own-work", await Publish(world, world.Office, saved, from));
        CaseworkWorld.Refused("access.not-permitted", await Publish(world, world.Leader, saved, from));
        CaseworkWorld.Refused("rehearsal.bad-start", await Publish(world, world.Officer2, saved, world.Day.AddDays(-1)));
        CaseworkWorld.Refused("rehearsal.bad-start", await Publish(world, world.Officer2, saved, null));
        CaseworkWorld.Refused("rehearsal.no-source", await Publish(world, world.Officer2, saved, from, " "));
        Assert.Equal(6000, (await Policy(world, from)).MonitoringLine!.YuanPerHead);

        CaseworkWorld.Done(await Publish(world, world.Officer2, saved, from));
        CaseworkWorld.Refused("rehearsal.published-already", await Publish(world, world.Officer2, saved, from));

        var before = await Policy(world, from.AddDays(-1));
        Assert.Equal((6000m, 5000m, RuleState.Live, RuleState.Shadow), (before.MonitoringLine!.YuanPerHead, Limit(before), before.Rule("W21")!.State, before.Rule("W33")!.State));
        Assert.Null(before.Rule("C01"));
        foreach (var day in new[] { from, from.AddYears(1).AddDays(-200) })
        {
            var after = await Policy(world, day);
            Assert.Equal((8000m, 3000m, RuleState.Shadow, RuleState.Live), (after.MonitoringLine!.YuanPerHead, Limit(after), after.Rule("W21")!.State, after.Rule("W33")!.State));
            Assert.Equal(("大家庭", "registry.size > 5", RuleState.Live), (after.Rule("C01")!.Title.Zh, after.Rule("C01")!.When, after.Rule("C01")!.State));
            Assert.Equal("县文件1号", after.Rule("W14")!.Parameters["limit"].Source.Zh);
        }

        // Screening follows the calendar, and the new rule runs like any other.
        Assert.DoesNotContain((await Screen(world)).Rules, r => r.Id == "C01");
        world.Day = from;
        Assert.Contains((await Screen(world)).Rules, r => r is { Id: "C01", State: RuleState.Live, Blocked: null });
        var logged = await world.Read((db, cancel) => db.Set<Event>().AsNoTracking().SingleAsync(e => e.Name == "rehearsals.published", cancel));
        Assert.Equal("office2", logged.Actor);
        Assert.Contains("县文件1号", logged.Details, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_later_change_of_a_rule_has_the_last_word(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var saved = CaseworkWorld.Done(await Save(world, world.Office));
        var from = world.Day.AddDays(10);
        CaseworkWorld.Done(await Publish(world, world.Officer2, saved, from));

        // Changed at once, before the version begins: holds until then.
        CaseworkWorld.Done(await Change(world, "W14", "4000"));
        Assert.Equal((4000m, 3000m), (Limit(await Policy(world, world.Day)), Limit(await Policy(world, from))));

        // A change of something else does not bring the old value back; a change of the value replaces the version's.
        world.Day = from.AddDays(1);
        CaseworkWorld.Done(await world.With<IRuleSettings, Outcome<bool>>((s, cancel) => s.Change(world.Office, "W14", RuleState.Shadow, new Dictionary<string, string>(), "暂停", cancel)));
        Assert.Equal((3000m, RuleState.Shadow), (Limit(await Policy(world, world.Day)), (await Policy(world, world.Day)).Rule("W14")!.State));
        CaseworkWorld.Done(await Change(world, "W14", "4500"));
        Assert.Equal(4500m, Limit(await Policy(world, world.Day)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Households_stay_inside_the_area_of_whoever_rehearses(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, second) = (await world.Household(), await world.Household());
        var ask = RehearsalAsk.Read([("rule", "registry.size >= 1")]);

        var all = await List(world, world.Office, ask);
        Assert.Equal(new[] { first, second }.Order(), all.Rows.Select(r => r.Household.Id).Order());
        Assert.All(all.Rows, r => Assert.Equal((0, "N1"), (r.Before.Count, string.Join(' ', r.After))));
        Assert.Equal(2, (await List(world, world.Cadre, ask)).Total);
        Assert.Equal(0, (await List(world, world.Stranger, ask)).Total);
        // A county leader sees figures and no households; so do posts that could find masked values out by rules of their own.
        foreach (var role in new[] { Role.CountyLeader, Role.Supervisor, Role.IndustryDept })
        {
            var figures = await List(world, CaseworkWorld.Person("head", role, CaseworkWorld.County), ask);
            Assert.Equal((2, 0), (figures.Total, figures.Rows.Count));
        }

        // What is saved belongs to the area of its maker.
        CaseworkWorld.Done(await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) => s.Save(world.Cadre, "村里试算", ask, cancel)));
        Assert.Single(await world.With<SavedRehearsals, IReadOnlyList<SavedRehearsal>>((s, cancel) => s.All(world.Office, cancel)));
        Assert.Empty(await world.With<SavedRehearsals, IReadOnlyList<SavedRehearsal>>((s, cancel) => s.All(world.Stranger, cancel)));
        CaseworkWorld.Refused("access.not-permitted", await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) =>
            s.Save(CaseworkWorld.Person("grid", Role.GridWorker, CaseworkWorld.Village), "x", ask, cancel)));
        CaseworkWorld.Refused("rehearsal.nothing", await world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) => s.Save(world.Office, "x", new(), cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_cliff_is_where_a_little_more_income_costs_more_help(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        var sets = (await world.With<IRuleSets, IReadOnlyList<RuleSets>>((s, cancel) => s.For([CaseworkWorld.County], world.Day, cancel)))[0];
        // Net incomes are not known here: nobody is on a cliff, and nothing fails.
        var found = await world.With<Rehearse, Rehearsed>((r, cancel) => r.Run(world.Office, RehearsalAsk.Read([("help", "5000")]), cancel));
        Assert.Equal((0, 5000m), (found.Cliff!.After, found.Cliff.Help));
        Assert.Equal(sets.Count, found.Result.Population);

        // 6,000 a head is the line: 100 yuan above it for each of 3 is less than 500 of help, 200 is more.
        var features = new SymbolTable(new Symbol("income.net_per_capita", RuleType.Decimal, Unit.YuanPerHead, new("", "")), new Symbol("registry.size", RuleType.Int, Unit.Persons, new("", "")));
        var rows = new Incomes([(5999, 3), (6000, 3), (6100, 3), (6200, 3), (6100, 6)]);
        var nobody = new Side(rows, [], AreaSets.Of(rows), null);
        var policy = found.InForce.First;
        Assert.Equal([1, 2], Bits.In(Cliff.Of(rows, features, policy, nobody, 500, null)!));
        Assert.Null(Cliff.Of(rows, features, policy with { MonitoringLine = null, PovertyLine = null }, nobody, 500, null));
    }

    private sealed class Incomes((decimal PerHead, int Size)[] rows) : RuleSets
    {
        public override int Count => rows.Length;
        public override IReadOnlyList<string> Areas => ["500231111200"];
        public override ReadOnlySpan<int> AreaOf => new int[rows.Length];
        public override ReadOnlySpan<byte> Persons => rows.Select(r => (byte)r.Size).ToArray();
        public override DateTimeOffset ReadAt => default;
        public override Guid IdOf(int index) => Guid.Empty;
        public override RuleValue Value(int index, string feature) => feature == "registry.size" ? RuleValue.Int(rows[index].Size) : RuleValue.Decimal(rows[index].PerHead);

        public override RuleSet Evaluate(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants)
        {
            var set = new ulong[1];
            for (var i = 0; i < Count; i++)
                if (rule.Holds(new RuleInputs([.. rule.Symbols.Select(s => (s.Name, constants.TryGetValue(s.Name, out var value) ? value : Value(i, s.Name)))])) == true)
                    Bits.Put(set, i);
            return new(set, Bits.Count(set), 0);
        }
    }

    private static decimal Limit(Policy policy) => policy.Rule("W14")!.Parameters["limit"].Value.AsDecimal!.Value;

    private static Task<Policy> Policy(CaseworkWorld world, DateOnly day) => world.With<Policies, Policy>((p, cancel) => p.For(CaseworkWorld.County, day, cancel));

    private static Task<Outcome<Guid>> Save(CaseworkWorld world, Actor actor) =>
        world.With<SavedRehearsals, Outcome<Guid>>((s, cancel) => s.Save(actor, "提高监测线", RehearsalAsk.Parse(Asked), cancel));

    private static Task<Outcome<List<AreaCode>>> Publish(CaseworkWorld world, Actor actor, Guid id, DateOnly? from, string source = "县文件1号") =>
        world.With<PublishRehearsal, Outcome<List<AreaCode>>>((p, cancel) => p.Run(actor, id, from, source, cancel));

    private static Task<Outcome<bool>> Change(CaseworkWorld world, string rule, string limit) =>
        world.With<IRuleSettings, Outcome<bool>>((s, cancel) => s.Change(world.Office, rule, null, new Dictionary<string, string> { ["limit"] = limit }, "调整", cancel));

    private static Task<ScreeningResult> Screen(CaseworkWorld world) =>
        world.With<IScreening, ScreeningResult>((s, cancel) => s.Run(CaseworkWorld.County, world.Day, "tester", null, cancel));

    private static Task<(int Total, IReadOnlyList<RehearsedHousehold> Rows)> List(CaseworkWorld world, Actor actor, RehearsalAsk ask) =>
        world.With<Rehearse, (int, IReadOnlyList<RehearsedHousehold>)>(async (r, cancel) => await world.With<RehearsedHouseholds, (int, IReadOnlyList<RehearsedHousehold>)>(async (h, _) =>
            await h.Of(actor, await r.Run(actor, ask, cancel), new("entering", [], null, null, null), 0, 50, cancel)));
}
