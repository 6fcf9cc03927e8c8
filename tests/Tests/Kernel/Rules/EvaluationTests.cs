using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleSamples;

namespace Shouwang.Tests.Kernel.Rules;

public class EvaluationTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("7 / 2", "3")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("7 / 2.0", "3.5")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("0.1 + 0.2 == 0.3", "true")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("dyn(1) + 0.5 == 1.5", "true")]
    [InlineData("0x1F", "31")]
    [InlineData("1.5e3", "1500")]
    [InlineData("2.50e-1", "0.25")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("-(3)", "-3")]
    [InlineData("--3", "3")]
    [InlineData("min(3, 1.5, 2)", "1.5")]
    [InlineData("max(3, 1.5) / 2", "1.5")]
    [InlineData("true ? 1 : 2.5", "1")]
    [InlineData("(true ? 7 : 2.5) / 2", "3.5")]
    [InlineData("2.0 / 3", "0.6666666666666667")]
    [InlineData("-2 / 3.0", "-0.6666666666666667")]
    [InlineData("1 / 131072.0", "0.0000076293945313")]
    [InlineData("0.0000000000000001 / 2", "0.0000000000000001")]
    [InlineData("0.0000000000000001 / -2.1", "0")]
    [InlineData("0.0000000000000003 * 0.5", "0.0000000000000002")]
    [InlineData("999999999999.9999999999999999 * 0.9999999999999999", "999999999999.9998999999999999")]
    [InlineData("999999999999.9999999999999999 / 1.0000000000000001", "999999999999.9998999999999999")]
    [InlineData("9223372036854775807 * 0.0000001", "922337203685.4775807")]
    [InlineData("min(9223372036854775807, 1.5)", "1.5")]
    [InlineData("min(9223372036854775807, 9223372036854775807, 1.5)", "1.5")]
    [InlineData("9223372036854775807 > 9223372036854775806", "true")]
    [InlineData("123456789012.0000000000000000000", "123456789012")]
    [InlineData("0.00001e16", "100000000000")]
    public void Numbers_are_exact(string rule, string result) => Assert.Equal(result, Result(rule));

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("1 % 0")]
    [InlineData("1.5 / 0.0")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("7e11 * 2")]
    [InlineData("7e11 / 0.5")]
    [InlineData("999999999999.9999999999999999 + 1e-16")]
    [InlineData("1000000000000 + 0.5")]
    [InlineData("max(1000000000000, 0.5)")]
    [InlineData("999999999999.9999999999999999 * 1.0000000000000001")]
    [InlineData("date(\"9999-12-31\") + days(1)")]
    [InlineData("date(\"0001-01-01\") - months(1)")]
    [InlineData("years(9223372036854775807) == months(1)")]
    [InlineData("1 / 0 == 1 / 0")]
    public void What_has_no_result_is_unknown(string rule) => Assert.Equal("unknown", Result(rule));

    [Theory]
    [InlineData("\"村\" + \"\" == \"村\"", null)]
    [InlineData("\"秀山县\".contains(\"山\")", "true")]
    [InlineData("\"秀山县\".startsWith(\"山\")", "false")]
    [InlineData("\"秀山县\".endsWith(\"县\")", "true")]
    [InlineData("size(\"秀山县\")", "3")]
    [InlineData("\"𠀀a\".size()", "2")]
    [InlineData("\"\\u6751\" == '村'", "true")]
    [InlineData("\"\\x41\\101\\U0001F600\" == \"AA😀\"", "true")]
    [InlineData("\"a\" < \"b\" && \"A\" < \"a\"", "true")]
    [InlineData("\"\uFFFD\" < \"𠀀\"", "true")]
    [InlineData("\"it's\" == 'it\\'s'", "true")]
    public void Texts(string rule, string? result)
    {
        if (result is null)
            Assert.Equal("rule.type", Error(rule).Code);
        else
            Assert.Equal(result, Result(rule));
    }

    [Theory]
    [InlineData("r\"\\u6751\" == '\\\\u6751'", "true")]
    [InlineData("R'a\"b' == 'a\"b'", "true")]
    [InlineData("\"\"\"a\n\"b\"\"\" == 'a\\n\"b'", "true")]
    [InlineData("'''''' == \"\"", "true")]
    public void Texts_may_be_raw_or_span_lines(string rule, string result) => Assert.Equal(result, Result(rule));

    [Theory]
    [InlineData("[people.size, people.able].all(x, x > 1)", "people.size > 1 && people.able > 1")]
    [InlineData("[people.size, people.able].exists(x, x > 1)", "people.size > 1 || people.able > 1")]
    [InlineData("[people.size, people.able].all(x, has(x)) && water.safe", "has(people.size) && has(people.able) && water.safe")]
    [InlineData("[income.net, income.gross].exists(x, [2, 3].all(y, x > y))", "income.net > 2 && income.net > 3 || income.gross > 2 && income.gross > 3")]
    [InlineData("[1].all(x, [x, 2].exists(x, x > people.able))", "true && (1 > people.able || 2 > people.able)")]
    [InlineData("[].all(x, x > 1)", "true")]
    [InlineData("[].exists(x, x > 1)", "false")]
    public void A_condition_over_a_list_is_what_it_is_written_out(string rule, string written) =>
        Assert.Equal(written, RuleExpression.Format(Rule(rule).Root));

    [Theory]
    [InlineData("1 in [1, 2]", "true")]
    [InlineData("3 in [1, 2]", "false")]
    [InlineData("1.0 in [1, 2]", "true")]
    [InlineData("\"C\" in [\"C\", \"D\",]", "true")]
    [InlineData("1 in []", "false")]
    [InlineData("size([1, 2, 3])", "3")]
    [InlineData("1 in [1 / 0, 1]", "true")]
    [InlineData("2 in [1 / 0, 1]", "unknown")]
    public void Lists(string rule, string result) => Assert.Equal(result, Result(rule));

    [Theory]
    [InlineData("date(\"2020-06-30\") + days(1) == date(\"2020-07-01\")", "true")]
    [InlineData("date(\"2020-01-31\") + months(1)", "2020-02-29")]
    [InlineData("days(1) + date(\"2020-06-30\")", "2020-07-01")]
    [InlineData("date(\"2020-06-30\") - years(1)", "2019-06-30")]
    [InlineData("date(\"2020-06-30\") - date(\"2020-06-01\") == days(29)", "true")]
    [InlineData("daysBetween(date(\"2020-06-01\"), date(\"2020-06-30\"))", "29")]
    [InlineData("daysBetween(date(\"2020-06-30\"), date(\"2020-06-01\"))", "-29")]
    [InlineData("monthsBetween(date(\"2020-01-31\"), date(\"2020-02-29\"))", "1")]
    [InlineData("monthsBetween(date(\"2020-01-31\"), date(\"2020-03-30\"))", "1")]
    [InlineData("monthsBetween(date(\"2020-03-30\"), date(\"2020-01-31\"))", "-1")]
    [InlineData("days(30) - days(40) < days(0)", "true")]
    [InlineData("years(2) == months(24)", "true")]
    [InlineData("date(\"2020-06-30\") < date(\"2020-07-01\")", "true")]
    [InlineData("max(date(\"2020-06-30\"), date(\"2020-07-01\"))", "2020-07-01")]
    public void Dates_and_durations(string rule, string result) => Assert.Equal(result, Result(rule));

    [Theory]
    [InlineData("5999.99", "true")]
    [InlineData("6000", "false")]
    [InlineData("6000.01", "false")]
    public void A_line_holds_exactly_on_its_boundary(string income, string result) => Assert.Equal(result, Result(
        "income.net_per_capita < line.monitoring",
        ("income.net_per_capita", RuleValue.Decimal(decimal.Parse(income, null))), ("line.monitoring", RuleValue.Int(6000))));

    [Fact]
    public void A_share_holds_exactly_on_its_boundary() => Assert.Equal("true", Result(
        "spending.rigid / income.gross >= 0.4",
        ("spending.rigid", RuleValue.Decimal(4000.04m)), ("income.gross", RuleValue.Decimal(10000.1m))));

    [Fact]
    public void Persons_are_divided_exactly_but_plain_whole_numbers_are_cut_as_in_CEL()
    {
        (string, RuleValue)[] values = [("people.able", RuleValue.Int(1)), ("people.size", RuleValue.Int(2)),
            ("score.a", RuleValue.Int(1)), ("score.b", RuleValue.Int(2))];
        Assert.Equal("0.5", Result("people.able / people.size", values));
        Assert.Equal("0", Result("score.a / score.b", values));
    }

    [Theory]
    [InlineData("\"病\" in risk.causes", "true")]
    [InlineData("\"学\" in risk.causes", "false")]
    [InlineData("registry.status in risk.causes", "unknown")]
    [InlineData("size(risk.causes)", "2")]
    public void A_list_of_codes_can_be_asked(string rule, string result) =>
        Assert.Equal(result, Result(rule, ("risk.causes", RuleValue.Texts("病", "灾"))));

    [Fact]
    public void A_value_of_the_wrong_type_is_a_programming_mistake() => Assert.Throws<InvalidOperationException>(
        () => Result("housing.unsafe", ("housing.unsafe", RuleValue.Text("yes"))));

    [Fact]
    public void Only_a_condition_holds() => Assert.Throws<InvalidOperationException>(() => Rule("1 + 1").Holds(new RuleInputs()));

    [Fact]
    public void A_rule_of_another_type_than_asked_for_is_refused()
    {
        var outcome = RuleExpression.Compile("1 + 1", Symbols, RuleType.Bool);
        Assert.Equal("rule.type", Assert.Single(outcome.Errors).Code);
        Assert.Throws<InvalidOperationException>(() => outcome.Expression);
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var rule = Rule("income.net_per_capita < 1.5 * line.monitoring && registry.status in [\"1\", \"2\"] && !has(visit.last)");
        var inputs = new RuleInputs(("income.net_per_capita", RuleValue.Decimal(5000)), ("line.monitoring", RuleValue.Decimal(6000)),
            ("registry.status", RuleValue.Text("2")));
        Assert.True(rule.Holds(inputs));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            rule.Holds(inputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
