using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>
/// Rules as <see cref="RuleJson"/> writes them, households, and what the explanation says about them: what every evaluator outside this
/// program has to agree with. The same seed gives the same vectors; <c>tests/rules/vectors.json</c> holds them for the phone's.
/// </summary>
/// <remarks>
/// A case has the values of the rule's symbols in their order (<c>given</c>), the result for programs or null (<c>is</c>), the places of
/// the missing symbols, the comparisons (where in the tree, sides, unit, truth), where in the tree calculations are impossible, and the
/// plain words with these values (<c>zh</c>, <c>en</c>). What is empty is left out.
/// </remarks>
internal static class RuleVectors
{
    private const ulong Seed = 20_200_630;

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string File([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../rules/vectors.json");

    /// <summary>The whole file: a rule with its cases on every line, so that a change shows where it is.</summary>
    public static string Text() => $$"""
        {"seed":{{Seed}},"rules":[
        {{string.Join(",\n", Groups(Seed))}}
        ],"shown":[
        {{string.Join(",\n", Shown(Seed))}}
        ]}

        """;

    /// <summary>Lines of rules with their cases.</summary>
    public static IEnumerable<string> Groups(ulong seed)
    {
        var lines = new List<string>();
        void Add(IEnumerable<RuleExpression> rules, Gen<SampleHousehold> households, int cases, bool words = false)
        {
            foreach (var rule in rules)
            {
                // The households depend on the rule alone, so that a new rule changes no other line.
                var own = rule.Source.Aggregate(seed, (hash, c) => unchecked(hash * 31 + c));
                lines.Add(Line(rule, Sample(households, 40, cases, own), words));
            }
        }

        foreach (var size in new[] { 8, 20, 40 })
            Add(Sample(RuleGenerators.Conditions.Generator, size, 100, seed + (ulong)size).Select(t => RuleGenerators.Rule(t)), RuleGenerators.Households.Generator, 3);
        Add(Sample(RuleGenerators.Values.Generator, 24, 60, seed).Select(t => RuleGenerators.Rule(t)), RuleGenerators.Households.Generator, 3);
        Add(Sample(RuleGenerators.Conditions.Generator, 16, 30, seed + 1).Select(t => RuleGenerators.Rule(t)), RuleGenerators.Households.Generator, 1, words: true);
        Add(Spoken.Select(RuleSamples.Rule), RuleGenerators.Household([.. RuleSamples.Symbols.Names.Select(n => RuleSamples.Symbols.Find(n)!)]), 2, words: true);
        Add(RuleEngineTests.AtTheLimits.Select(Compiled), RuleEngineTests.Extreme, 3);
        Add(Sample(RuleGenerators.Conditions.Generator, 40, 60, seed + 3).Select(t => RuleGenerators.Rule(t)), Gen.Constant(new SampleHousehold(new Dictionary<string, RuleValue>())), 1);
        Add(Repeating.Select(Compiled), RuleGenerators.Households.Generator, 6);
        lines.AddRange(Sample(MissingTests.RepeatingRules, 60, 300, seed).Select(s => Line(s.Rule, [s.Household], words: false)));
        Add(Open.Select(Compiled), RuleGenerators.Households.Generator, 8);
        Add(Ends.Select(Compiled), RuleGenerators.Households.Generator, 1);
        Add(Numeric.Select(Compiled), Figures, 30);
        Add(["yuan.s1 / n.s1".Compiled()], Halves, 60);
        Add(Calendar.Select(Compiled), Days, 25);
        Add(Textual.Select(Compiled), Texts, 12);
        return lines;
    }

    /// <summary>Lines of values with their unit as people read them.</summary>
    public static IEnumerable<string> Shown(ulong seed)
    {
        var amounts = Sample(Gen.OneOf(NumbersTests.Held.Select(n => RuleValue.Decimal(n)), Gen.Choose(-20_000, 20_000).Select(n => RuleValue.Decimal(n / 10_000m)),
            Gen.Choose(-3, 1_300_000).Select(n => RuleValue.Int(n))), 40, 15, seed);
        foreach (var unit in Enum.GetValues<Unit>())
        {
            foreach (var value in amounts.Concat(Edges).Concat(Others))
                yield return JsonSerializer.Serialize(new[] { value.Type is { } type ? RuleJson.Name(type) : null, RuleJson.Of(value), unit.ToString(),
                    value.In(Language.Zh, unit), value.In(Language.En, unit), value.ToString() }, Written);
        }
    }

    private static string Line(RuleExpression rule, IEnumerable<SampleHousehold> households, bool words)
    {
        var tokens = RuleTokens.Of(rule);
        var line = new JsonObject
        {
            ["rule"] = words ? RuleJson.WithWords(rule, Settled) : RuleJson.Of(rule),
            ["cases"] = new JsonArray([.. households.Select(h => Case(rule, tokens, h, words))]),
        };
        if (words)
            (line["zh"], line["en"]) = (RuleWords.Of(rule.Root, Language.Zh, settled: Settled), RuleWords.Of(rule.Root, Language.En, settled: Settled));
        return line.ToJsonString(Written);
    }

    private static JsonObject Case(RuleExpression rule, RuleTokens tokens, SampleHousehold household, bool words)
    {
        var trace = rule.Explain(household);
        var made = new JsonObject
        {
            ["given"] = new JsonArray([.. rule.Symbols.Select(s => RuleJson.Of(household.Get(s)))]),
            ["is"] = Program(trace.Result),
        };
        if (trace.Missing.Count > 0)
            made["missing"] = new JsonArray([.. trace.Missing.Select(m => (JsonNode)RuleTokens.Symbols(rule)[m])]);
        if (trace.Comparisons.Count > 0)
            made["comparisons"] = new JsonArray([.. trace.Comparisons.Select(c =>
                new JsonArray(tokens.Places[c.Expr], Program(c.Left), Program(c.Right), c.Unit.ToString(), c.Holds))]);
        if (trace.Impossible.Count > 0)
            made["impossible"] = new JsonArray([.. trace.Impossible.Select(e => (JsonNode)tokens.Places[e])]);
        if (words)
            (made["zh"], made["en"]) = (RuleWords.Of(rule.Root, Language.Zh, household.Get, Settled), RuleWords.Of(rule.Root, Language.En, household.Get, Settled));
        return made;
    }

    private static JsonNode? Program(RuleValue value) => value.IsKnown ? value.ToString() : null;

    private static RuleValue Settled(Symbol symbol) => symbol.Name == "param.share" ? RuleValue.Decimal(0.4m) : RuleValue.Unknown;

    private static RuleExpression Compiled(this string text) => RuleExpression.Compile(text, RuleGenerators.Table).Expression;

    private static IReadOnlyList<T> Sample<T>(Gen<T> generator, int size, int count, ulong seed) =>
        [.. generator.Sample(count, new Rnd(seed, unchecked(2 * seed + 1)), size)];

    private static readonly string[] Spoken =
    [
        "income.net_per_capita < 1.5 * line.monitoring && spending.rigid > param.share * income.gross", "!has(visit.last) || visit.last + months(6) < screening.date",
        "registry.status in [\"1\", \"2\"] && !(housing.grade in [\"C\", \"D\"])", "\"病\" in risk.causes || !(registry.status in risk.causes) || size(risk.causes) > 2",
        "water.safe ? people.size > 1 : people.able >= 1", "people.able / people.size < 0.5 && max(income.net, income.gross, 0) >= 5000",
        "[income.net, income.gross].all(x, x > 50000) || !(registry.status.startsWith(\"A\") || housing.grade.contains(registry.status))",
        "daysBetween(visit.last, screening.date) > 30 && monthsBetween(visit.last, screening.date) <= work.months", "loan.overdue % 7 == 1 || days(loan.overdue) > days(3)",
        "(income.net - 1000) * param.share > 5 && housing.unsafe == !water.safe", "income.net_per_capita", "income.net / people.size - line.monitoring", "-income.net", "screening.date - days(30)",
        "spending.rigid / income.gross", "work.months * 2", "min(visit.last, screening.date)", "housing.grade", "[\"C\", housing.grade, \"D\"]", "risk.causes",
    ];

    /// <summary>Rules in which a symbol stands more than once, so that of what is missing not all can decide.</summary>
    private static readonly string[] Repeating =
    [
        "b.s1 && (b.s1 || b.s2)", "b.s1 && (b.s1 ? n.s1 > 1 : n.s2 > 1)", "yuan.s1 > 5 && (yuan.s1 > 3 || b.s1)", "n.s1 > 5 && (n.s1 >= 5.5 || b.s1)", "n.s1 > -2.5 || n.s1 < -3 || b.s1", "x.s1 >= 1 && (x.s1 > 9223372036854775807 || b.s1)",
        "n.s1 < 9223372036854775807 || n.s1 == 9223372036854775807 || b.s1", "\"B\" < text.s1 && (\"B\" == text.s1 || text.s1 in [\"a\", \"B\", text.s2] || b.s1)", "text.s1 in [\"a\", \"病\"] && (text.s1 != \"b\" || b.s1)",
        "date.s1 < date(\"0001-01-01\") || date.s1 > date(\"9999-12-30\") && (b.s1 || date.s1 < date(\"9999-12-31\"))", "\"a\" in codes.s1 && (\"B\" in codes.s1 || \"a\" in codes.s1 && b.s1)",
        "\"a\" in codes.s1 && (\"\" in codes.s1 || \"ab\" in codes.s1 || \"B\" in codes.s1 || !(\"病\" in codes.s1) || b.s1)", "text.s1 in codes.s1 && (\"a\" in codes.s1 || b.s1)", "yuan.s1 > yuan.s2 && (yuan.s1 > yuan.s2 || b.s1)",
        "yuan.s1 / people.s1 > head.s1 && (yuan.s1 / people.s1 > head.s1 || people.s1 > 2 || people.s1 < 1)", "(b.s1 == b.s2) == (b.s2 != b.s3) && (b.s4 || b.s1)", "(b.s1 ? n.s1 : x.s1) > 2 && (n.s1 > 3 || n.s1 < 2)",
        "(n.s1 > 1 ? 1000000000000 : x.s1) > 2.5 || x.s1 < 1 && n.s1 > 1", "size(text.s1) > 1 || size([n.s1, n.s2]) > 2 && n.s1 > n.s2 && b.s1", "has(b.s1) || b.s2 && (b.s2 || b.s1)", "1 / 0 == n.s1 && b.s1 || b.s1 && b.s2",
        "text.s1.contains(\"a\") && (text.s1.contains(\"a\") || text.s1.contains(text.s2))", "!(b.s1 && b.s2 || b.s3) ? b.s1 || b.s4 : b.s2 && b.s4", "n.s1 / n.s2 > 1 && (people.s1 / people.s2 > 1 || n.s1 / n.s2 > 1)",
    ];

    /// <summary>Rules that are open in some of their parts and impossible in others.</summary>
    private static readonly string[] Open =
    [
        "1 / 0 == 1 ? b.s1 : b.s2", "b.s1 ? 1 / 0 > n.s1 : 1 % 0 > n.s2", "b.s1 ? 1 / 0 > n.s1 : b.s2", "n.s1 in [1 / 0, n.s2]", "n.s1 / 0 in [1, n.s2]", "n.s1 in [n.s2 / n.s1, n.s2 % n.s1]", "x.s1 / n.s1 > yuan.s1 / n.s2",
        "n.s1 % 0 > n.s2 || b.s1", "text.s1 in codes.s1 && (b.s1 || 1 / 0 > 1)", "max(n.s1, 1 / 0, n.s2) > 0", "(b.s1 ? 1000000000000 : x.s1) > x.s1", "size([n.s1, 1 / 0]) == n.s2", "n.s1 in []",
    ];

    /// <summary>The last results there are, and the first there are not.</summary>
    private static readonly string[] Ends =
    [
        "date(\"9999-11-30\") + months(1)", "date(\"9999-12-01\") + months(1)", "date(\"0001-02-28\") - months(1)", "date(\"0001-01-31\") - months(1)",
        "date(\"9999-12-30\") + days(1)", "date(\"9999-12-31\") + days(1)", "date(\"0001-01-02\") - days(1)", "date(\"0001-01-01\") - days(1)", "date(\"9999-12-31\") - date(\"0001-01-01\")",
        "years(768614336404564650)", "years(768614336404564651)", "years(-768614336404564651)", "9223372036854775806 + 1", "9223372036854775807 + 1", "-9223372036854775807 - 1", "-9223372036854775808 - 1", "-9223372036854775808 / -1",
        "-9223372036854775808 % -1", "4611686018427387904 * -2", "4611686018427387904 * 2", "-(-9223372036854775808)", "999999999999.9999999999999998 + 0.0000000000000001", "999999999999.9999999999999999 + 0.0000000000000001",
        "999999999999.9999999999999999 * 1.0", "-999999999999.9999999999999999 - 0.0000000000000001", "1000000000000 - 0.0000000000000001", "500000000000.0 * 2", "\"\uFFFD\" < \"𠀀\"", "\"𠀀\" < \"\uFFFD\"", "\"a\" < \"𠀀\"",
        "0.0000000000000001 * 0.5", "0.0000000000000001 * 0.4999999999999999",
    ];

    private static readonly string[] Numeric =
    [
        "yuan.s1 + yuan.s2", "yuan.s1 - yuan.s2", "x.s1 * yuan.s1", "yuan.s1 / yuan.s2", "n.s1 * x.s1", "x.s1 + n.s1", "n.s1 - x.s1", "x.s1 / n.s1", "n.s1 / n.s2",
        "people.s1 / people.s2", "n.s1 * n.s2", "n.s1 % n.s2", "n.s1 < x.s1", "max(n.s1, x.s1)", "-x.s1", "-n.s1", "years(n.s1)", "days(n.s1) - days(n.s2)", "b.s1 ? n.s1 : x.s1", "x.s1 in [n.s1, yuan.s1]",
    ];

    private static readonly string[] Calendar =
    [
        "date.s1 + days(n.s1)", "date.s1 - months(n.s1)", "years(n.s1) + date.s1", "date.s1 - date.s2", "daysBetween(date.s1, date.s2)", "monthsBetween(date.s1, date.s2)",
        "date.s1 <= date.s2", "date.s1 + months(monthsBetween(date.s1, date.s2)) <= date.s2", "max(date.s1, date.s2, date.s3)",
    ];

    private static readonly string[] Textual =
    [
        "size(text.s1)", "text.s1 < text.s2", "text.s1 >= text.s2", "text.s1.contains(text.s2)", "text.s1.startsWith(text.s2)", "text.s1.endsWith(text.s2)", "text.s1 in codes.s1", "size(codes.s1)", "text.s1 in [text.s2, text.s3]",
    ];

    private static readonly RuleValue[] Edges =
    [
        .. new[] { 0m, 1m, -1m, 0.5m, 0.005m, -0.005m, 0.004m, -0.004m, 0.995m, 999.995m, 1000m, 0.0000005m, -0.0000004m, 0.00004m, 0.00005m, -0.000004m, 999_999_999_999.9999999999999999m, 0.0000000000000001m }.Select(n => RuleValue.Decimal(n)),
        RuleValue.Int(1), RuleValue.Int(-1000), RuleValue.Int(long.MaxValue), RuleValue.Int(long.MinValue),
    ];

    private static readonly RuleValue[] Others =
    [
        RuleValue.Unknown, RuleValue.Bool(true), RuleValue.Bool(false), RuleValue.Text("村\""), RuleValue.Date(new(2020, 6, 30)), RuleValue.Date(DateOnly.MinValue), RuleValue.Days(1), RuleValue.Days(-1200), RuleValue.Months(1),
        RuleValue.Months(6), RuleValue.Texts("病", ""), RuleValue.Texts(),
    ];

    private static readonly Gen<long> Wholes = Gen.OneOf(Gen.Choose(-20, 20).Select(n => (long)n), ArbMap.Default.GeneratorFor<long>(),
        from near in Gen.Choose(-2, 2) from power in Gen.Choose(0, 62) from negative in Gen.Elements(1, -1) select ((1L << power) + near) * negative,
        Gen.Elements(long.MaxValue, long.MinValue));

    private static readonly Gen<SampleHousehold> Figures = Household(type => type switch
    {
        RuleType.Int => Wholes.Select(n => RuleValue.Int(n)),
        RuleType.Decimal => NumbersTests.Held.Select(n => RuleValue.Decimal(n)),
        _ => RuleGenerators.SomeValue(type),
    });

    /// <summary>Quotients in the middle of two results, and a little to either side of it.</summary>
    private static readonly Gen<SampleHousehold> Halves =
        from m in Gen.Choose(0, int.MaxValue)
        from b in Gen.Choose(1, 100_000)
        from near in Gen.Choose(-1, 1)
        from sign in Gen.Elements(1, -1)
        select new SampleHousehold(new Dictionary<string, RuleValue>
        {
            ["yuan.s1"] = RuleValue.Decimal(((2m * m + 1) * b + near) * sign * 0.0000000000000001m),
            ["n.s1"] = RuleValue.Int(2 * b),
        });

    private static readonly Gen<SampleHousehold> Days = Household(type => type switch
    {
        RuleType.Date => Gen.OneOf(Gen.Choose(0, 3_652_058).Select(n => RuleValue.Date(DateOnly.FromDayNumber(n))),
            from month in Gen.Choose(0, 119_987)
            from day in Gen.Choose(-4, 3)
            select RuleValue.Date(DateOnly.FromDayNumber(Math.Max(0, DateOnly.MinValue.AddMonths(month).DayNumber + day))),
            RuleGenerators.SomeValue(type)),
        RuleType.Int => Gen.OneOf(Gen.Choose(-1_000, 1_000), Gen.Choose(-120_000, 120_000), Gen.Choose(-4_000_000, 4_000_000)).Select(n => RuleValue.Int(n)),
        _ => RuleGenerators.SomeValue(type),
    });

    private static readonly Gen<string> AnyText =
        Gen.Elements("a", "ab", "B", "村", "病", "𠀀", "😀", "\uFFFD", "\uE000", "é", "e\u0301", "\0", "\u2028", " ").ListOf().Select(t => string.Concat(t.Take(4)));

    private static readonly Gen<SampleHousehold> Texts = Household(type => type switch
    {
        RuleType.Text => AnyText.Select(RuleValue.Text),
        RuleType.List => AnyText.ListOf().Select(t => RuleValue.Texts(t.Take(3))),
        _ => RuleGenerators.SomeValue(type),
    });

    private static Gen<SampleHousehold> Household(Func<RuleType, Gen<RuleValue>> some) => Gen.CollectToList(RuleGenerators.Symbols,
            s => Gen.Frequency((12, some(s.Type)), (1, Gen.Constant(RuleValue.Unknown))))
        .Select(values => new SampleHousehold(RuleGenerators.Symbols.Zip(values).ToDictionary(p => p.First.Name, p => p.Second)));
}
