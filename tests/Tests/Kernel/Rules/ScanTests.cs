using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>The scan engine gives for every household what the interpreter gives.</summary>
public sealed class ScanTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60);

    [Fact]
    public void Scanning_random_rules_over_random_populations_gives_what_the_interpreter_gives()
    {
        var rules = RuleGenerators.Conditions.Generator.ListOf(6);
        var households = RuleGenerators.Households.Generator.ListOf(150);
        Prop.ForAll(Arb.From(rules), Arb.From(households), (trees, population) =>
            Differences([.. trees.Select(t => RuleGenerators.Rule(t))], population)).Check(Thorough);
    }

    [Fact]
    public void A_population_as_counties_have_it_is_scanned_without_asking_each_household()
    {
        var symbols = Amounts();
        var table = Table(symbols, [.. Enumerable.Range(0, 10_000).Select(Family)]);
        string[] texts =
        [
            "income.net_per_capita < line.monitoring",
            "income.rigid / income.gross >= 0.4",
            "health.self_paid > 0.4 * income.gross && !registry.low",
            "income.gross - income.rigid < income.net_per_capita * registry.size",
            "housing.grade in [\"C\", \"D\"]",
            "housing.appraised_on + months(60) < today",
            "daysBetween(housing.appraised_on, today) > 900 || registry.size in [1, 7]",
            "(registry.low ? 0.5 : 1.0) * income.gross < max(income.rigid, health.self_paid)",
            "has(housing.grade) && housing.grade.startsWith(\"C\")",
        ];
        var scanned = texts.Select(t => new ScanRule(Rule(t, symbols), Constants)).ToList();
        var program = ScanProgram.Compile(table, scanned, ScanOutputs.Holding);
        Assert.Equal(0, program.Slow);
        Same(program.Run(), table, scanned);
    }

    [Fact]
    public void Households_exactly_on_a_threshold_are_on_it_however_large_the_amounts()
    {
        var symbols = Amounts();
        foreach (var unit in new[] { 0.01m, 1m, 9_999.99m, 987_654_321.09m, 99_999_999_999.99m })
        {
            var rows = Enumerable.Range(1, 200).Select(i => new SampleHousehold(new Dictionary<string, RuleValue>
            {
                ["income.rigid"] = RuleValue.Decimal(unit * 2 * (i / 3) + (i % 3 - 1) * 0.01m),
                ["income.gross"] = RuleValue.Decimal(unit * 5 * (i / 3)),
                ["registry.size"] = RuleValue.Int(i % 7),
            })).ToList();
            var table = Table(symbols, rows);
            string[] texts =
            [
                "income.rigid / income.gross >= 0.4", "income.rigid >= 0.4 * income.gross", "0.4 > income.rigid / income.gross",
                "income.rigid / registry.size < income.net_per_capita", "income.rigid * 2.5 == income.gross", "-income.rigid <= -0.4 * income.gross",
            ];
            var rules = texts.Select(t => new ScanRule(Rule(t, symbols), Constants)).ToList();
            Same(ScanProgram.Compile(table, rules, ScanOutputs.Holding).Run(), table, rules);
        }
    }

    [Fact]
    public void Masks_bitmaps_and_counts_say_the_same_and_so_do_one_thread_and_two()
    {
        var symbols = Amounts();
        foreach (var count in new[] { 0, 1, 63, 64, 65, 4095, 4096, 4097, 70_001 })
        {
            var table = Table(symbols, [.. Enumerable.Range(0, count).Select(Family)]);
            var rules = Enumerable.Range(0, 32).Select(i => new ScanRule(Rule($"income.rigid > {i * 100} && registry.size != {i % 9}", symbols), Constants)).ToList();
            var program = ScanProgram.Compile(table, rules, ScanOutputs.Holding | ScanOutputs.Unknown | ScanOutputs.Masks);
            var (one, two) = (program.Run(1), program.Run(2));
            Assert.Equal(one.HoldingCounts, two.HoldingCounts);
            Assert.Equal(one.UnknownCounts, two.UnknownCounts);
            Assert.Equal(one.Masks, two.Masks);
            Same(one, table, rules);
            for (var rule = 0; rule < rules.Count; rule++)
            {
                Assert.Equal(one.HoldingCounts[rule], Enumerable.Range(0, count).Count(i => Bit(one.Holding![rule], i)));
                Assert.Equal(one.UnknownCounts![rule], Enumerable.Range(0, count).Count(i => Bit(one.Unknown![rule], i)));
                Assert.All(Enumerable.Range(0, count), i => Assert.Equal(Bit(one.Holding![rule], i), (one.Masks![i] >> rule & 1) != 0));
            }
        }
    }

    [Fact]
    public void A_changed_value_is_seen_by_the_next_run_and_a_program_knows_when_it_no_longer_fits()
    {
        var symbols = Amounts();
        var table = Table(symbols, [.. Enumerable.Range(0, 5000).Select(Family)]);
        List<ScanRule> rules = [new(Rule("income.rigid > 0.4 * income.gross", symbols), Constants), new(Rule("housing.grade == \"E\"", symbols), Constants)];
        var program = ScanProgram.Compile(table, rules, ScanOutputs.Holding);
        var column = table.Columns["income.rigid"];
        Assert.True(column.TrySet(4321, RuleValue.Decimal(12.34m)));
        Assert.True(column.TrySet(17, RuleValue.Unknown));
        Assert.True(program.IsCurrent);
        Same(program.Run(), table, rules);

        Assert.True(column.TrySet(4321, RuleValue.Decimal(9_000_000.01m)));
        Assert.False(program.IsCurrent);
        Same(ScanProgram.Compile(table, rules, ScanOutputs.Holding).Run(), table, rules);

        Assert.True(table.Columns["housing.grade"].TrySet(3, RuleValue.Text("E")));
        program = ScanProgram.Compile(table, rules, ScanOutputs.Holding);
        Assert.Equal(1, program.Run().HoldingCounts[1]);
        Assert.False(column.TrySet(1, RuleValue.Decimal(0.001m)), "a third decimal place needs another column");
        Assert.False(table.Columns["registry.size"].TrySet(1, RuleValue.Int(1000)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000_000_000_000)]
    public void Values_close_to_each_other_may_be_far_from_zero(long value)
    {
        var symbols = Amounts();
        var table = Table(symbols, [.. new[] { value, value - Math.Sign(value), value }.Select(v => new SampleHousehold(new Dictionary<string, RuleValue> { ["registry.size"] = RuleValue.Int(v) }))]);
        List<ScanRule> rules = [new(Rule("registry.size / 2 > 1", symbols), Constants), new(Rule($"registry.size % 3 == 1 || registry.size == {value}", symbols), Constants)];
        Same(ScanProgram.Compile(table, rules, ScanOutputs.Holding).Run(), table, rules);
    }

    [Fact]
    public void A_column_gives_back_what_was_put_in()
    {
        foreach (var symbol in RuleGenerators.Symbols)
        {
            Prop.ForAll(Arb.From(Gen.Frequency((3, RuleGenerators.SomeValue(symbol.Type)), (1, Gen.Constant(RuleValue.Unknown))).ListOf(100)), values =>
            {
                var column = ScanColumn.Of(symbol, values.Count, i => values[i]);
                Assert.Equal(values, Enumerable.Range(0, values.Count).Select(i => column[i]));
                Assert.Equal(values.Count(v => !v.IsKnown), column.Shape.Unknowns);
            }).QuickCheckThrowOnFailure();
        }
    }

    private static bool Bit(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;

    private static string Differences(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> population)
    {
        var table = Table(RuleGenerators.Symbols, population);
        var scan = ScanProgram.Compile(table, [.. rules.Select(r => new ScanRule(r, _ => default))], ScanOutputs.Holding | ScanOutputs.Unknown).Run();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            for (var i = 0; i < population.Count; i++)
            {
                bool? truth = Bit(scan.Holding![rule], i) ? true : Bit(scan.Unknown![rule], i) ? null : false;
                Assert.True(rules[rule].Holds(population[i]) == truth, $"{rules[rule]} for {population[i]} gives {truth}");
            }
        }
        return "";
    }

    private static void Same(ScanResult scan, ScanTable table, IReadOnlyList<ScanRule> rules)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var inputs = table.Inputs(rules[rule].Constants);
            for (inputs.Index = 0; inputs.Index < table.Count; inputs.Index++)
                Assert.True((rules[rule].When.Holds(inputs) == true) == Bit(scan.Holding![rule], inputs.Index), $"{rules[rule].When} at {inputs.Index}");
        }
    }

    private static ScanTable Table(IReadOnlyList<Symbol> symbols, IReadOnlyList<SampleHousehold> rows) =>
        new(rows.Count, symbols.ToDictionary(s => s.Name, s => ScanColumn.Of(s, rows.Count, i => rows[i].Get(s))));

    private static RuleExpression Rule(string text, IReadOnlyList<Symbol> symbols)
    {
        var all = new SymbolTable([.. symbols, new("line.monitoring", RuleType.Decimal, Unit.YuanPerHead, new("", "")), new("today", RuleType.Date, Unit.None, new("", ""))]);
        return RuleExpression.Compile(text, all).Expression ?? throw new InvalidOperationException(text);
    }

    private static RuleValue Constants(Symbol symbol) => symbol.Name == "today" ? RuleValue.Date(new(2020, 6, 30)) : RuleValue.Decimal(6000);

    private static List<Symbol> Amounts() =>
    [
        .. new[] { "income.gross", "income.rigid", "health.self_paid" }.Select(n => new Symbol(n, RuleType.Decimal, Unit.Yuan, new(n, n))),
        new("income.net_per_capita", RuleType.Decimal, Unit.YuanPerHead, new("", "")),
        new("registry.size", RuleType.Int, Unit.Persons, new("", "")),
        new("registry.low", RuleType.Bool, Unit.None, new("", "")),
        new("housing.grade", RuleType.Text, Unit.None, new("", "")),
        new("housing.appraised_on", RuleType.Date, Unit.None, new("", "")),
    ];

    /// <summary>A made-up household with gaps; always the same one for a number.</summary>
    private static SampleHousehold Family(int number)
    {
        var random = new Random(number);
        var size = random.Next(1, 9);
        return new(new Dictionary<string, RuleValue>
        {
            ["income.gross"] = Maybe(() => RuleValue.Decimal(random.Next(0, 9_000_000) / 100m)),
            ["income.rigid"] = Maybe(() => RuleValue.Decimal(random.Next(0, 5_000_000) / 100m)),
            ["health.self_paid"] = Maybe(() => RuleValue.Decimal(random.Next(0, 3) * random.Next(0, 2_000_000) / 100m)),
            ["income.net_per_capita"] = Maybe(() => RuleValue.Decimal(random.Next(300_000, 900_000) / 100m)),
            ["registry.size"] = RuleValue.Int(size),
            ["registry.low"] = Maybe(() => RuleValue.Bool(random.Next(8) == 0)),
            ["housing.grade"] = Maybe(() => RuleValue.Text("ABCD"[random.Next(4)].ToString())),
            ["housing.appraised_on"] = Maybe(() => RuleValue.Date(new DateOnly(2014, 1, 1).AddDays(random.Next(2500)))),
        });

        RuleValue Maybe(Func<RuleValue> value) => random.Next(10) == 0 ? RuleValue.Unknown : value();
    }
}
