using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Sql;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>One meaning, whoever works it out: the interpreter, the explanations, the scan, and SQL on both databases.</summary>
public class RuleEngineTests
{
    public static TheoryData<string> Engines => [.. RuleEngines.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Random_rules_hold_for_the_same_random_households(string name)
    {
        var engine = RuleEngines.All.Single(e => e.Name == name);
        var seed = (ulong)Random.Shared.NextInt64();
        var trees = Sample(RuleGenerators.Conditions.Generator, 40, 300, seed);
        var households = Sample(RuleGenerators.Households.Generator, 40, 200, seed + 2);
        await Agree(engine, [.. trees.Select(t => RuleGenerators.Rule(t))], households, $"seed {seed}");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_part_of_the_language_at_its_limits_means_the_same(string name)
    {
        var engine = RuleEngines.All.Single(e => e.Name == name);
        var seed = (ulong)Random.Shared.NextInt64();
        await Agree(engine, [.. AtTheLimits.Select(Rule)], Sample(Extreme, 40, 300, seed), $"seed {seed}");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Values_that_are_the_same_for_all_households_mean_the_same_as_columns(string name)
    {
        var engine = RuleEngines.All.Single(e => e.Name == name);
        var seed = (ulong)Random.Shared.NextInt64();
        var rules = Sample(RuleGenerators.Conditions.Generator, 40, 60, seed).Select(t => RuleGenerators.Rule(t))
            .Concat(AtTheLimits.Where((_, i) => i % 5 == (int)(seed % 5)).Select(Rule)).ToList();
        foreach (var shared in Sample(Extreme, 40, 2, seed + 2))
        {
            var households = Sample(Extreme, 40, 25, seed + 4).Select(h => h.With(
                RuleGenerators.Symbols.Where(s => !s.Name.EndsWith(".s1", StringComparison.Ordinal)).Select(s => (s.Name, shared.Get(s)))));
            await Agree(engine, rules, [.. households], $"seed {seed}");
            await Agree(engine, rules, [shared], $"seed {seed}");
        }
    }

    [Fact]
    public void A_text_that_a_database_cannot_hold_is_left_to_the_interpreter()
    {
        var query = SqlQuery.Of(SqlForm.Postgres, [Rule("b.s1"), Rule("text.s1 == \"a\\u0000\""), Rule("b.s2")], (_, s) => SqlName.OfColumn(SqlName.Quoted(s.Name)));
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(query.Asks));
        Assert.Equal([false, null], new[] { query.Answer([0 | 2 << 2], 0), query.Answer([0 | 2 << 2], 2) });
    }

    [Fact]
    public void Decimals_as_bytes_sort_as_the_numbers_do_and_come_back() => Prop.ForAll(
        Gen.OneOf(RuleGenerators.SomeValue(RuleType.Decimal), RuleGenerators.SomeValue(RuleType.Int)).Two().ToArbitrary(), pair =>
        {
            var (a, b) = (pair.Item1.AsDecimal!.Value, pair.Item2.AsDecimal!.Value);
            return SqlNumber.Read(SqlNumber.Bytes(a)) == a
                && Math.Sign(SqlNumber.Bytes(a).AsSpan().SequenceCompareTo(SqlNumber.Bytes(b))) == a.CompareTo(b);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_text_in_a_rule_is_only_ever_a_text(string name)
    {
        var engine = RuleEngines.All.Single(e => e.Name == name);
        string[] texts = ["'; drop table households; --", "\\", "\\'", "' or '1'='1", "\"", "$$", "{0}", "@t0", "?", ":p", "%", "_", "--", "/*", "\t\r\n", "村'𠀀"];
        var rules = texts.SelectMany(t => new[] { "text.s1 == {0}", "text.s1 in [{0}, \"z\"]", "text.s1.contains({0})", "{0}.endsWith(text.s1)", "size({0} < text.s1 ? {0} : text.s2) > 3" }
            .Select(r => Rule(r.Replace("{0}", new Literal(RuleValue.Text(t)).ToString(), StringComparison.Ordinal))));
        var households = texts.Append("").Select(t => new SampleHousehold(new Dictionary<string, RuleValue> { ["text.s1"] = RuleValue.Text(t), ["text.s2"] = RuleValue.Text(t + t) }));
        await Agree(engine, [.. rules], [.. households], "injection");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task As_many_terms_as_a_rule_can_hold_are_answered(string name)
    {
        var engine = RuleEngines.All.Single(e => e.Name == name);
        var terms = Enumerable.Range(0, 3000).Select(i => $"n.s1 != {i}");
        var deep = string.Concat(Enumerable.Repeat("!(b.s1 && ", 30)) + "b.s2" + new string(')', 30);
        var sum = "1.5" + string.Concat(Enumerable.Repeat(" + (x.s1 * 2", 25)) + new string(')', 25);
        var rules = new[] { string.Join(" && ", terms), deep, $"{sum} > 0", $"max({string.Join(", ", Enumerable.Range(0, 300))}, n.s1) > 300", $"n.s1 in [{string.Join(", ", Enumerable.Range(100, 2000))}]" };
        await Agree(engine, [.. rules.Select(Rule)], Sample(RuleGenerators.Households.Generator, 40, 50, 1), "long rules");
    }

    /// <summary>Conditions over the symbols of <see cref="RuleGenerators"/> that reach every limit there is.</summary>
    internal static readonly string[] AtTheLimits =
    [
        .. from x in new[] { "x.s1", "yuan.s1 / yuan.s2", "n.s1 * 1.0", "people.s1 / people.s2", "0.3 * x.s1" }
           from o in new[] { "+", "-", "*", "/" }
           from y in new[] { "x.s1", "n.s2", "0.0000000000000003", "999999999999.9999999999999999", "-0.5", "9223372036854775807" }
           from compared in new[] { "> 0", "== x.s1", "!= 0.3333333333333333", "<= 0.5" }
           select $"{x} {o} {y} {compared}",
        .. from o in new[] { "+", "-", "*", "/", "%" }
           from y in new[] { "n.s2", "7", "-1", "0", "9223372036854775807", "-9223372036854775808" }
           from compared in new[] { ">= 0", "== n.s1", "< x.s1", "in [1, 2.5, n.s2]" }
           select $"n.s1 {o} {y} {compared}",
        .. from move in new[] { "days(n.s1)", "months(n.s1)", "years(n.s1)", "months(-1)", "days(9223372036854775807)", "months(-9223372036854775808)", "(date.s2 - date.s3)" }
           from o in new[] { "+", "-" }
           from compared in new[] { "< date.s2", "== date.s1", "!= date(\"2020-02-29\")" }
           select $"date.s1 {o} {move} {compared}",
        .. from n in new[] { "0", "1", "-1", "11", "-13", "n.s1" }
           from o in new[] { "==", "<", ">=" }
           select $"monthsBetween(date.s1, date.s2) {o} {n}",
        "daysBetween(date.s1, date.s2) > n.s1", "days(n.s1) + days(n.s2) > days(0)", "months(n.s1) - months(n.s2) == years(n.s2)", "years(n.s1) > months(5)",
        "-n.s1 == n.s2", "-x.s1 < n.s1", "min(n.s1, x.s1) <= 1.5", "max(n.s1, n.s2, x.s1, 2) > n.s1", "max(n.s1, 1.5) == n.s1", "min(date.s1, date.s2) == date.s1",
        "(b.s1 ? n.s1 : x.s1) > 2", "(b.s1 ? 9223372036854775807 : x.s1) > 2", "(b.s1 ? b.s2 : !b.s3) == b.s4", "b.s1 ? b.s2 : b.s3", "(b.s1 ? date.s1 : date.s2) > date.s3",
        "n.s1 in []", "n.s1 in [n.s2, 9223372036854775807]", "x.s1 in [n.s1, n.s2]", "n.s1 == x.s1", "n.s1 < x.s1", "n.s1 > 999999999999.9999999999999999",
        "text.s1 in codes.s1", "size(codes.s1) > 2", "has(codes.s1) && text.s1 in [text.s2, \"病\"]", "text.s1 < text.s2", "text.s1 >= \"\uFFFD\"", "size(text.s1) == n.s1",
        "text.s1.contains(text.s2)", "text.s1.startsWith(text.s2)", "text.s1.endsWith(text.s2)", "\"\".contains(text.s1)", "(b.s1 ? text.s1 : \"a\") == text.s2",
        "[1, n.s1].exists(i, i == n.s2)", "codes.s1.size() == 1 || \"a\" in codes.s1", "x.s1 / 0 > 1 || b.s1", "1 / 0 == 1 || b.s1", "true", "1 / 0 == 1",
        "date(\"9999-12-31\") + days(n.s1) > date.s1", "date(\"2020-01-31\") + months(n.s1) == date.s1", "monthsBetween(date(\"2020-01-31\"), date.s1) == n.s1",
        // A whole number that a choice or the least of several turns into one with decimals, past what such a number may be.
        "4.9 <= (false ? -x.s1 : -n.s2)", "4.9 <= (b.s1 ? x.s1 : n.s2)", "min(x.s1, n.s2) < 4.9", "max(x.s1, n.s1) < 4.9",
    ];

    /// <summary>Numbers at the edges of what there is, days at the ends of months, years and the calendar.</summary>
    internal static readonly Gen<SampleHousehold> Extreme = Gen.CollectToList(RuleGenerators.Symbols, symbol => Gen.Frequency(
            (1, Gen.Constant(RuleValue.Unknown)), (2, RuleGenerators.SomeValue(symbol.Type)), (6, symbol.Type switch
            {
                RuleType.Int => Gen.Elements(long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1, 999_999_999_999, 1_000_000_000_000, -1_000_000_000_000,
                    int.MaxValue, int.MinValue, 3_652_058, -3_652_058, 119_987, -119_987, 12, -12, 1, -1, 0).Select(n => RuleValue.Int(n)),
                RuleType.Decimal => Gen.Elements(999_999_999_999.9999999999999999m, -999_999_999_999.9999999999999999m, 0.0000000000000001m, -0.0000000000000001m,
                    0.3333333333333333m, 1.5m, 2m, 131_072m, 500_000_000_000m, -0.5m, 0m, 3m, 0.0000000000000003m).Select(n => RuleValue.Decimal(n)),
                RuleType.Date => Gen.Elements("0001-01-01", "9999-12-31", "0001-01-31", "9999-11-30", "2020-02-29", "2020-01-31", "2019-02-28", "2020-03-30", "2000-02-29", "1900-02-28", "2021-12-31")
                    .Select(d => RuleValue.Date(DateOnly.Parse(d, null))),
                _ => RuleGenerators.SomeValue(symbol.Type),
            })))
        .Select(values => new SampleHousehold(RuleGenerators.Symbols.Zip(values).ToDictionary(p => p.First.Name, p => p.Second)));

    private static RuleExpression Rule(string text)
    {
        var outcome = RuleExpression.Compile(text, RuleGenerators.Table, RuleType.Bool);
        return outcome.Expression ?? throw new InvalidOperationException($"{text}: {outcome.Errors[0].In(Language.En)}");
    }

    private static IReadOnlyList<T> Sample<T>(Gen<T> generator, int size, int count, ulong seed) =>
        generator.Sample(count, new Rnd(seed, 2 * seed + 1), size).ToList();

    private static async Task Agree(IRuleEngine engine, IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households, string source)
    {
        var answers = await engine.Answer(rules, households);
        foreach (var (i, rule) in rules.Index())
        {
            foreach (var (h, household) in households.Index())
            {
                var expected = rule.Holds(household);
                Assert.True(expected == answers[i][h], $"{engine.Name}, {source}: {rule} with {household} is {Said(expected)}, not {Said(answers[i][h])}");
            }
        }
    }

    private static string Said(bool? truth) => truth is { } known ? known.ToString() : "unknown";
}
