using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

public class RuleFuzzTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(200);

    private static readonly string[] Tokens =
    [
        "a", "income.net", "b.s1", "yuan.s1", "(", ")", "[", "]", ",", ".", "?", ":", "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=",
        "&&", "||", "!", "in", "has(", "date(", "days(", "size(", "min(", ".contains(", "true", "null", "1", "2.5", "-3", "1e3", "0x1f",
        "\"a\"", "'b'", "\"2020-06-30\"", "\"", "\\", "//", "\n", " ", "（", "=", "&", "\0", "\ud800", "\udc00", "r'", "'\'\'", "\"\"\"", "[1, 2].all(x, ", "].exists(a, ", ".map(", "u", "\\U0010FFFF", "\\ud800",
        "9223372036854775807", "99999999999999999999999999999999", "1e400", "1e-400", "0.1e-31", "999999999999.9999999999999999", "\ufeff", "\u00a0",
    ];

    [Fact]
    public void No_text_makes_the_parser_fail_otherwise_than_by_its_own_error() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Answers(text ?? "")).Check(Many);

    [Fact]
    public void Nor_do_random_bytes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Answers(Encoding.UTF8.GetString(bytes)) && Answers(Encoding.Latin1.GetString(bytes))).Check(Many);

    [Fact]
    public void Nor_does_a_soup_of_tokens() =>
        Prop.ForAll(Gen.Elements(Tokens).ListOf().Select(string.Concat).ToArbitrary(), Answers).Check(Many);

    [Fact]
    public void Nor_does_a_rule_with_mistakes() => Prop.ForAll(Mutated.ToArbitrary(), Answers).Check(Many);

    private static Gen<string> Mutated =>
        from tree in RuleGenerators.Conditions.Generator
        let text = tree.ToString()
        from at in Gen.Choose(0, text.Length)
        from removed in Gen.Choose(0, Math.Min(3, text.Length - at))
        from added in Gen.Elements(Tokens)
        select text.Remove(at, removed).Insert(at, added);

    /// <summary>A tree that says the same when written and read again, or errors that stand inside the text.</summary>
    private static bool Answers(string text)
    {
        var parsed = RuleExpression.Parse(text);
        var compiled = RuleExpression.Compile(text, RuleGenerators.Table);
        if (compiled.Succeeded)
            compiled.Expression.Explain(new RuleInputs());
        return parsed.Succeeded
            ? RuleExpression.Parse(parsed.Root!.ToString()).Root?.Equals(parsed.Root) == true
            : !compiled.Succeeded && parsed.Errors.Concat(compiled.Errors).All(e => Stands(e, text));
    }

    private static bool Stands(RuleError error, string text)
    {
        var lines = text.Split('\n');
        return error.Line >= 1 && error.Line <= lines.Length && error.Column >= 1 && error.Column <= lines[error.Line - 1].Length + 1
            && error.Length >= 0 && error.In(Language.Zh).Length > 0 && error.In(Language.En).Length > 0;
    }

    public static TheoryData<string> Nests => ["(", "!", "-", "[", "!(", "a ? b : ", "min(1, ", "1 - (", "\"a\".contains(", "[1].all(x, ", "has(", "-(", "a in [", "a && (b || "];

    [Theory, MemberData(nameof(Nests))]
    public void Deep_nesting_is_refused(string nest)
    {
        var error = Assert.Single(RuleExpression.Parse(string.Concat(Enumerable.Repeat(nest, 100_000 / nest.Length / 2))).Errors);
        Assert.Equal("rule.too-deep", error.Code);
    }

    [Fact]
    public void Sixty_levels_are_allowed_and_seventy_are_not()
    {
        Assert.True(Nested(60).Succeeded);
        Assert.Equal("rule.too-deep", Assert.Single(Nested(70).Errors).Code);
        Assert.True(Chain(60).Succeeded);
        Assert.Equal("rule.too-deep", Assert.Single(Chain(70).Errors).Code);

        static ParsedRule Nested(int levels) => RuleExpression.Parse(new string('(', levels) + "a" + new string(')', levels));
        static ParsedRule Chain(int terms) => RuleExpression.Parse(string.Join(" + ", Enumerable.Repeat("a", terms)));
    }

    [Fact]
    public void Many_conditions_in_one_and_are_one_level() =>
        Assert.True(RuleExpression.Compile(string.Join(" && ", Enumerable.Repeat("b.s1", 5000)), RuleGenerators.Table).Succeeded);

    [Fact]
    public void A_text_beyond_the_limit_is_refused() =>
        Assert.Equal("rule.too-long", Assert.Single(RuleExpression.Parse(new string(' ', RuleExpression.MaxLength + 1)).Errors).Code);

    public static TheoryData<string> Pieces =>
    [
        "b.s1 && ", "b.s1 || b.s2 && ", "yuan.s1 > 1.5 * head.s1 * people.s1 && ", "nobody.knows.this && ", "text.s1 in [\"a\", \"b\"] || ",
        "has(b.s1) && ", "a.", "1 + ", "(", "\"", "\\", "'a' ", "//\n", " ", "（", "1", "x", "0.", "[1, 2], ", "b.s1 ? b.s2 : ", "!", "min(1, 2) < ",
        "[b.s1, b.s2].all(x, x) && ", "[1, 2].exists(x, ", "[1, 2, 3, 4, 5, 6, 7, 8].all(x, [1, 2, 3, 4, 5, 6, 7, 8].exists(y, ", "'\'\'", "r'", "\\u0041", "\ud83d\ude00",
        "1e", "99999999999", "\"\\", "0x", "b.s1 == ", "yuan.s1 + head.s1 > ",
    ];

    /// <summary>The best of many runs counts, since other work shares the machine; a slow reader never gets there.</summary>
    [Theory, MemberData(nameof(Pieces))]
    public void Ten_kilobytes_are_read_and_checked_in_a_blink(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length)) + "true";
        var all = Stopwatch.StartNew();
        var best = TimeSpan.MaxValue;
        while (best >= TimeSpan.FromMilliseconds(10) && all.Elapsed < TimeSpan.FromSeconds(10))
        {
            var watch = Stopwatch.StartNew();
            RuleExpression.Compile(text, RuleGenerators.Table);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, watch.Elapsed.Ticks));
        }
        Assert.True(best < TimeSpan.FromMilliseconds(10), $"{best.TotalMilliseconds:0.0} ms");
    }
}
