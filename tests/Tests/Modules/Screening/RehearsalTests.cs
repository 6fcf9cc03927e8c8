using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>The arithmetic of rehearsal against a loop over households that knows nothing of bits.</summary>
public sealed class RehearsalTests
{
    private static readonly string[] Villages = ["500231111200", "500231111201", "500231112200", "500231113"];

    [Fact]
    public void Every_figure_is_what_counting_household_by_household_gives() => Prop.ForAll(Populations().ToArbitrary(), p =>
    {
        var within = AreaSets.Of(p.Sets).Within(p.Area);
        var found = Rehearsal.Compare(p.Sets, p.Before, p.After, within);
        var inside = Enumerable.Range(0, p.Sets.Count).Where(i => p.Area.Contains(new(p.Sets.Areas[p.Sets.AreaOf[i]]))).ToList();
        var (was, will) = (inside.Where(i => Speaks(p, p.Before, i).Any()).ToHashSet(), inside.Where(i => Speaks(p, p.After, i).Any()).ToHashSet());

        Assert.Equal(inside.Count, found.Population);
        Assert.Equal(HeadsOf(p, was), found.Now);
        Assert.Equal(HeadsOf(p, will), found.Then);
        Assert.Equal(HeadsOf(p, will.Except(was)), found.Entering);
        Assert.Equal(HeadsOf(p, was.Except(will)), found.Leaving);
        Assert.Equal(will.Except(was).Order(), Bits.In(found.EnteringSet));
        foreach (var move in found.Rules)
        {
            var (a, b) = (Of(p.Before, move.Households.Code), Of(p.After, move.Households.Code));
            Assert.Equal(new Move(move.Households.Code, a.Count, b.Count, b.Except(a).Count(), a.Except(b).Count()), move.Households);
            Assert.Equal(b.Count(i => Speaks(p, p.After, i).Count() == 1), move.Alone);
        }
        foreach (var move in found.Townships)
            Assert.Equal(Moves(move.Code, i => Town(p, i) == move.Code, i => Town(p, i) == move.Code), move);
        foreach (var move in found.Categories)
            Assert.Equal(Moves(move.Code, i => Category(p, p.Before, i) == move.Code, i => Category(p, p.After, i) == move.Code), move);
        foreach (var move in found.Causes)
            Assert.Equal(Moves(move.Code, i => Causes(p, p.Before, i).Contains(move.Code), i => Causes(p, p.After, i).Contains(move.Code)), move);
        Assert.Equal((was.Count, will.Count), (found.Townships.Sum(t => t.Before), found.Townships.Sum(t => t.After)));
        Assert.Equal((was.Count, will.Count), (found.Categories.Sum(t => t.Before), found.Categories.Sum(t => t.After)));
        foreach (var pair in found.Overlaps)
            Assert.Equal(Of(p.After, pair.First).Intersect(Of(p.After, pair.Second)).Count(), pair.Both);

        // Asked again, what was kept gives the same.
        Assert.Equal(found.Rules, Rehearsal.Compare(p.Sets, p.Before, p.After, within).Rules);

        HashSet<int> Of(IReadOnlyList<ReadyRule> rules, string id) => inside.Where(i => Speaks(p, rules, i).Any(r => r.Definition.Id == id)).ToHashSet();

        Move Moves(string code, Func<int, bool> before, Func<int, bool> after) =>
            new(code, was.Count(before), will.Count(after), will.Except(was).Count(after), was.Except(will).Count(before));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Figures_of_several_counties_are_those_of_each_added_up() => Prop.ForAll(Populations().ListOf(3).ToArbitrary(), made =>
    {
        var counties = made.Select((p, i) => (County: new AreaCode($"5002{31 + i}"), Population: p, Moves: (Moves)Rehearsal.Compare(p.Sets, p.Before, p.After, null))).ToList();
        var all = Moves.Together([.. counties.Select(c => (c.County, c.Moves))]);
        var speaking = counties.ToDictionary(c => c.County, c => Enumerable.Range(0, c.Population.Sets.Count)
            .SelectMany(i => Speaks(c.Population, c.Population.After, i).Select(r => (Code: Moves.CodeOf(r, c.County, true), Household: i))).ToLookup(s => s.Code, s => s.Household));

        Assert.Equal(made.Sum(p => p.Sets.Count), all.Population);
        Assert.Equal((Sum(m => m.Now.Households), Sum(m => m.Entering.Households), Sum(m => m.Leaving.Households)), (all.Now.Households, all.Entering.Households, all.Leaving.Households));
        Assert.Equal(counties.Sum(c => c.Moves.Then.Persons), all.Then.Persons);
        foreach (var (of, together) in new (Func<Moves, IReadOnlyList<Move>>, IReadOnlyList<Move>)[] { (m => m.Townships, all.Townships), (m => m.Categories, all.Categories), (m => m.Causes, all.Causes) })
        {
            Assert.Equal(counties.SelectMany(c => of(c.Moves)).Select(m => m.Code).Distinct().Order(StringComparer.Ordinal), together.Select(m => m.Code));
            foreach (var move in together)
                Assert.Equal(counties.SelectMany(c => of(c.Moves)).Where(m => m.Code == move.Code).Sum(m => m.Entering), move.Entering);
        }
        // C09 is written by each county for itself: the same id, and never the same rule.
        Assert.Equal(counties.Select(c => $"C09@{c.County}"), all.Rules.Where(r => r.Rule.Definition.Id == "C09").Select(r => r.Households.Code));
        foreach (var rule in all.Rules)
            Assert.Equal(counties.Sum(c => Found(c, rule.Households.Code).Count), rule.Households.After);
        var pairs = (from a in all.Rules from b in all.Rules where string.CompareOrdinal(a.Households.Code, b.Households.Code) < 0
            select counties.Sum(c => Found(c, a.Households.Code).Intersect(Found(c, b.Households.Code)).Count()) into both where both > 0 select both).ToList();
        Assert.Equal(pairs.OrderDescending().Take(40), all.Overlaps.Select(o => o.Both));
        foreach (var pair in all.Overlaps)
            Assert.Equal(counties.Sum(c => Found(c, pair.First).Intersect(Found(c, pair.Second)).Count()), pair.Both);

        int Sum(Func<Moves, int> of) => counties.Sum(c => of(c.Moves));

        HashSet<int> Found((AreaCode County, Random Population, Moves Moves) c, string code) => [.. speaking[c.County][code]];
    }).QuickCheckThrowOnFailure();

    private sealed record Random(Made Sets, IReadOnlyList<ReadyRule> Before, IReadOnlyList<ReadyRule> After, AreaCode Area);

    private static Gen<Random> Populations() =>
        from count in Gen.Choose(0, 300)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from area in Gen.Elements("500231", "500231111", "500231111201")
        select Make(count, new(seed), new(area));

    private static Random Make(int count, System.Random chance, AreaCode area)
    {
        var sets = new Made(count, chance);
        var before = Enumerable.Range(1, 8).Select(i => Rule(i, chance)).ToList();
        var after = before.Select(r => chance.Next(3) switch
        {
            0 => r,
            1 => r with { Constants = Limit(chance) },
            _ => r with { Definition = r.Definition with { State = chance.Next(2) == 0 ? RuleState.Live : RuleState.Shadow } },
        }).Append(Own(Rule(9, chance))).ToList();
        return new(sets, before, after, area);
    }

    // A rule that the county wrote itself, tried: always live, so that every county has it.
    private static ReadyRule Own(ReadyRule rule) => rule with { Definition = rule.Definition with { Id = "C09", Pack = CountyRule.Pack, State = RuleState.Live, OnlyJoins = false }, Blocked = null };

    private static ReadyRule Rule(int number, System.Random chance)
    {
        RuleExpression Read(string text) => RuleExpression.Compile(text, Made.Symbols, RuleType.Bool).Expression;
        var levels = chance.Next(2) == 0 ? new List<(RuleLevel, RuleExpression?)> { (RuleLevel.Red, Read("x < 20")), ((RuleLevel)chance.Next(1, 3), null) } : [((RuleLevel)chance.Next(1, 4), null)];
        var categories = chance.Next(3) switch
        {
            0 => [],
            1 => new List<(string, RuleExpression?)> { ("A", Read("flag")), ("B", Read("!flag")) },
            _ => [("C", Read("y > 50")), ("A", null)],
        };
        var definition = new RuleDefinition($"W{number:00}", new("", ""), "", new Dictionary<string, RuleParameter>(), [], [], "", new("", ""), 0, new("", ""),
            chance.Next(5) == 0 ? RuleState.Shadow : RuleState.Live, chance.Next(8) == 0, false, false, "") { Cause = chance.Next(4) is > 0 and var cause ? $"0{cause}" : null };
        return new(definition, Read(chance.Next(2) == 0 ? "x < limit" : "y >= limit && !flag"), levels, categories, Limit(chance), chance.Next(9) == 0 ? new Text("", "") : null);
    }

    private static Dictionary<string, RuleValue> Limit(System.Random chance) => new() { ["limit"] = RuleValue.Int(chance.Next(0, 100)) };

    // --- the same, one household after the other

    private static IEnumerable<ReadyRule> Speaks(Random p, IReadOnlyList<ReadyRule> rules, int i) =>
        rules.Where(r => r.Blocked is null && r.Definition is { State: RuleState.Live, OnlyJoins: false } && r.When.Holds(p.Sets.Inputs(i, r.Constants)) == true);

    private static string Category(Random p, IReadOnlyList<ReadyRule> rules, int i) => Speaks(p, rules, i)
        .Select(r => (Rule: r, Inputs: p.Sets.Inputs(i, r.Constants)))
        .Select(x => (Level: Evaluation.LevelOf(x.Rule, x.Inputs), x.Rule.Definition.Id, Category: Evaluation.CategoryOf(x.Rule, x.Inputs)))
        .Where(x => x.Category is not null).OrderByDescending(x => x.Level).ThenBy(x => x.Id, StringComparer.Ordinal).FirstOrDefault().Category ?? "";

    private static IEnumerable<string> Causes(Random p, IReadOnlyList<ReadyRule> rules, int i) => Speaks(p, rules, i).Select(r => r.Definition.Cause ?? "");

    private static string Town(Random p, int i) => p.Sets.Areas[p.Sets.AreaOf[i]][..9];

    private static Heads HeadsOf(Random p, IEnumerable<int> households) => new(households.Count(), households.Sum(i => (long)p.Sets.Persons[i]));

    /// <summary>A population of three made-up columns with gaps.</summary>
    private sealed class Made : RuleSets
    {
        public static readonly SymbolTable Symbols = new(new[] { ("x", RuleType.Int), ("y", RuleType.Int), ("flag", RuleType.Bool), ("limit", RuleType.Int) }
            .Select(s => new Symbol(s.Item1, s.Item2, Unit.None, new(s.Item1, s.Item1))));

        private readonly (RuleValue X, RuleValue Y, RuleValue Flag)[] _rows;
        private readonly int[] _areaOf;
        private readonly byte[] _persons;

        public Made(int count, System.Random chance)
        {
            _rows = [.. Enumerable.Range(0, count).Select(_ => (Number(chance), Number(chance), chance.Next(5) == 0 ? RuleValue.Unknown : RuleValue.Bool(chance.Next(2) == 0)))];
            _areaOf = [.. Enumerable.Range(0, count).Select(_ => chance.Next(Villages.Length))];
            _persons = [.. Enumerable.Range(0, count).Select(_ => (byte)chance.Next(0, 9))];
        }

        public override int Count => _rows.Length;
        public override IReadOnlyList<string> Areas => Villages;
        public override ReadOnlySpan<int> AreaOf => _areaOf;
        public override ReadOnlySpan<byte> Persons => _persons;
        public override DateTimeOffset ReadAt => default;
        public override Guid IdOf(int index) => Guid.Empty;
        public override RuleValue Value(int index, string feature) => feature switch { "x" => _rows[index].X, "y" => _rows[index].Y, _ => _rows[index].Flag };

        public IRuleInputs Inputs(int index, IReadOnlyDictionary<string, RuleValue> constants) =>
            new RuleInputs([("x", _rows[index].X), ("y", _rows[index].Y), ("flag", _rows[index].Flag), ("limit", constants["limit"])]);

        public override RuleSet Evaluate(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants)
        {
            var (holds, unknown) = (new ulong[Words], new ulong[Words]);
            for (var i = 0; i < Count; i++)
                if (rule.Holds(Inputs(i, constants)) is not { } result)
                    Bits.Put(unknown, i);
                else if (result)
                    Bits.Put(holds, i);
            return new(holds, Bits.Count(holds), Bits.Count(unknown));
        }

        private static RuleValue Number(System.Random chance) => chance.Next(8) == 0 ? RuleValue.Unknown : RuleValue.Int(chance.Next(0, 100));
    }
}
