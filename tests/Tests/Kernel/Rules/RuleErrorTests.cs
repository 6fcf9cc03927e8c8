using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleSamples;

namespace Shouwang.Tests.Kernel.Rules;

public class RuleErrorTests
{
    [Theory]
    [InlineData("income.net_per_capita < income.net", "rule.unit", 1, 34, "persons")]
    [InlineData("loan.overdue > work.months", "rule.unit", 1, 26, "daysBetween")]
    [InlineData("income.net + people.size > 5", "rule.unit", 1, 24, "one unit")]
    [InlineData("income.net * income.net > 5", "rule.unit", 1, 23, "one unit")]
    [InlineData("param.share < income.net", "rule.unit", 1, 24, "one unit")]
    [InlineData("5 / people.size > 1", "rule.unit", 1, 15, "one unit")]
    [InlineData("water.safe && loan.overdue >= work.months", "rule.unit", 15, 27, "daysBetween")]
    [InlineData("days(30) > months(1)", "rule.unit", 1, 20, "daysBetween")]
    [InlineData("visit.last + days(work.months) > visit.last", "rule.unit", 19, 11, "daysBetween")]
    [InlineData("loan.overdue in [work.months]", "rule.unit", 1, 29, "daysBetween")]
    [InlineData("(water.safe ? income.net : income.net_per_capita) > 5", "rule.unit", 1, 49, "persons")]
    [InlineData("max(income.net, people.size) > 5", "rule.unit", 17, 11, "one unit")]
    [InlineData("people.size + \"1\" > 2", "rule.type", 1, 17, "one type")]
    [InlineData("people.size == \"1\"", "rule.type", 1, 18, "one type")]
    [InlineData("people.size && water.safe", "rule.type", 1, 11, "true or false")]
    [InlineData("!people.size", "rule.type", 2, 11, "true or false")]
    [InlineData("-water.safe", "rule.type", 2, 10, "number")]
    [InlineData("1 < people.size < 5", "rule.type", 1, 19, "a < b && b < c")]
    [InlineData("water.safe < housing.unsafe", "rule.type", 1, 27, "one type")]
    [InlineData("registry.status in housing.grade", "rule.type", 20, 13, "list")]
    [InlineData("people.size.contains(\"1\")", "rule.type", 1, 11, "text")]
    [InlineData("income.net % 2 == 0", "rule.type", 1, 14, "whole number")]
    [InlineData("days(1.5) == days(1)", "rule.type", 6, 3, "whole number")]
    [InlineData("[1, [2]] == [1]", "rule.type", 5, 3, "single value")]
    [InlineData("[1, \"2\"] == [1]", "rule.type", 5, 3, "one type")]
    [InlineData("risk.causes.all(x, x == \"a\")", "rule.not-supported", 13, 3, "Write the list out")]
    [InlineData("[1, 2].filter(x, x > 1)", "rule.not-supported", 8, 6, "all or exists")]
    [InlineData("[1].all(2, true)", "rule.unexpected", 9, 1, "a name")]
    [InlineData("[1, people.size].all(x, has(x))", "rule.arguments", 25, 6, "has(income.net_per_capita)")]
    [InlineData("[people.size, \"a\"].all(x, x > 1)", "rule.type", 27, 5, "one type")]
    [InlineData("[income.net, people.size].exists(x, x > income.gross)", "rule.unit", 37, 16, "one unit")]
    [InlineData("[1].all(x, x)", "rule.type", 2, 1, "true or false")]
    [InlineData("income.nett > 5", "rule.unknown-name", 1, 11, "Did you mean 'income.net'?")]
    [InlineData("Income.Net > 5", "rule.unknown-name", 1, 10, "Did you mean 'income.net'?")]
    [InlineData("has(line.monitor)", "rule.unknown-name", 5, 12, "Did you mean 'line.monitoring'?")]
    [InlineData("xyzzy > 5", "rule.unknown-name", 1, 5, "list of features")]
    [InlineData("dayBetween(visit.last, screening.date) > 5", "rule.unknown-function", 1, 10, "Did you mean 'daysBetween'?")]
    [InlineData("contains(registry.status, \"1\")", "rule.unknown-function", 1, 8, "behind the text")]
    [InlineData("registry.status.matches(\"1.*\")", "rule.not-supported", 17, 7, "startsWith")]
    [InlineData("min(1)", "rule.arguments", 1, 6, "at least 2")]
    [InlineData("size(registry.status, 1) > 1", "rule.arguments", 1, 24, "takes 1")]
    [InlineData("has(1 + 1)", "rule.arguments", 5, 5, "has(income")]
    [InlineData("date(\"2020-02-30\") < visit.last", "rule.date", 6, 12, "2020-06-30")]
    [InlineData("date(visit.last)", "rule.date", 6, 5, "2020-06-30")]
    [InlineData("income.net == null", "rule.not-supported", 15, 4, "has(name)")]
    [InlineData("risk.causes[0] == \"1\"", "rule.not-supported", 12, 1, "size()")]
    [InlineData("income.net = 5", "rule.character", 12, 1, "==")]
    [InlineData("income.net ＜ 5", "rule.character", 12, 1, "<")]
    [InlineData("income.net ≥ 5", "rule.character", 12, 1, ">=")]
    [InlineData("收入 < 5", "rule.character", 1, 1, "quotation marks")]
    [InlineData("water.safe & housing.unsafe", "rule.character", 12, 1, "&&")]
    [InlineData("water.safe and housing.unsafe", "rule.unexpected", 12, 3, "&&")]
    [InlineData("not water.safe", "rule.unexpected", 5, 5, null)]
    [InlineData("(income.net > 5", "rule.unexpected", 16, 0, ")")]
    [InlineData("income.net >", "rule.unexpected", 13, 0, "a value")]
    [InlineData("income. > 5", "rule.unexpected", 9, 1, "a name")]
    [InlineData("5000yuan > 1", "rule.number", 1, 5, "units are not written")]
    [InlineData("9223372036854775808 > 1", "rule.number", 1, 19, "19 digits")]
    [InlineData("0.12345678901234567 > 1", "rule.number", 1, 19, "16 after it")]
    [InlineData("1e-17 > 1", "rule.number", 1, 5, "16 after it")]
    [InlineData("1e12 > 1", "rule.number", 1, 4, "12 before it")]
    [InlineData("1000000000000.5 > 1", "rule.number", 1, 15, "12 before it")]
    [InlineData("\"abc", "rule.text-not-closed", 1, 4, "same line")]
    [InlineData("\"a\\qc\"", "rule.escape", 3, 2, "backslash")]
    [InlineData("\"\\ud800\"", "rule.escape", 2, 2, "backslash")]
    [InlineData("  ", "rule.empty", 1, 2, "Write a condition")]
    public void A_mistake_is_shown_at_its_place_with_the_way_out(string text, string code, int column, int length, string? remedy)
    {
        var error = Error(text);
        Assert.Equal((code, 1, column, length), (error.Code, error.Line, error.Column, error.Length));
        Assert.Contains(remedy ?? "", error.Remedy.En, StringComparison.Ordinal);
        Assert.All([error.What, error.Remedy], t => Assert.True(t.Zh.Length > 0 && t.En.Length > 0));
    }

    [Fact]
    public void Every_mistake_of_a_rule_is_reported_at_once_in_the_order_of_the_text()
    {
        var errors = RuleExpression.Compile("""
            income.nett < 5
              && loan.overdue > work.months
              && "a" > 1
            """, Symbols).Errors;
        Assert.Equal([(1, 1, "rule.unknown-name"), (2, 6, "rule.unit"), (3, 6, "rule.type")], errors.Select(e => (e.Line, e.Column, e.Code)));
    }

    [Fact]
    public void An_error_reads_as_one_line_in_both_languages()
    {
        var error = Error("income.net_per_capita < income.net");
        Assert.Equal("第1行第1列：“income.net_per_capita”的单位是元/人，“income.net”的单位是元，不能比较。把人均金额乘以人数，或把全户金额除以人数。",
            error.In(Language.Zh));
        Assert.Equal("Line 1, column 1: 'income.net_per_capita' is in yuan per head and 'income.net' in yuan; they cannot be compared. "
            + "Multiply the amount per head by the number of persons, or divide the household's amount by it.", error.In(Language.En));
    }

    [Theory]
    [InlineData("income.net_per_capita * people.size < income.net", RuleType.Bool, Unit.None)]
    [InlineData("people.size * income.net_per_capita", RuleType.Decimal, Unit.Yuan)]
    [InlineData("income.net / people.size", RuleType.Decimal, Unit.YuanPerHead)]
    [InlineData("income.net / income.net_per_capita", RuleType.Decimal, Unit.Persons)]
    [InlineData("spending.rigid / income.gross", RuleType.Decimal, Unit.Ratio)]
    [InlineData("param.share * income.gross", RuleType.Decimal, Unit.Yuan)]
    [InlineData("(1 - param.share) * income.gross", RuleType.Decimal, Unit.Yuan)]
    [InlineData("0.4 * income.gross - 1000", RuleType.Decimal, Unit.Yuan)]
    [InlineData("2 * people.size", RuleType.Int, Unit.Persons)]
    [InlineData("people.size / 2", RuleType.Decimal, Unit.Persons)]
    [InlineData("people.able / people.size", RuleType.Decimal, Unit.Ratio)]
    [InlineData("people.size % 2", RuleType.Int, Unit.Persons)]
    [InlineData("-loan.overdue", RuleType.Int, Unit.Days)]
    [InlineData("score.a / score.b", RuleType.Int, Unit.None)]
    [InlineData("score.a + income.net", RuleType.Decimal, Unit.Yuan)]
    [InlineData("max(income.net, 0)", RuleType.Decimal, Unit.Yuan)]
    [InlineData("water.safe ? 1 : income.net", RuleType.Decimal, Unit.Yuan)]
    [InlineData("daysBetween(visit.last, screening.date)", RuleType.Int, Unit.Days)]
    [InlineData("monthsBetween(visit.last, screening.date) + work.months", RuleType.Int, Unit.Months)]
    [InlineData("screening.date - visit.last", RuleType.Duration, Unit.Days)]
    [InlineData("visit.last + days(loan.overdue)", RuleType.Date, Unit.None)]
    [InlineData("years(1) - months(work.months)", RuleType.Duration, Unit.Months)]
    [InlineData("size(risk.causes)", RuleType.Int, Unit.None)]
    public void Types_and_units_follow_from_the_parts(string text, RuleType type, Unit unit) =>
        Assert.Equal((type, unit), (Rule(text).Type, Rule(text).Unit));

    [Fact]
    public void Every_unit_scales_by_plain_numbers_and_shares_and_by_itself_gives_a_share() => Assert.All(Enum.GetValues<Unit>(), unit =>
    {
        Assert.Equal(unit, Units.Product(unit, Unit.None));
        Assert.Equal(unit, Units.Quotient(unit, Unit.None));
        Assert.Equal(unit, Units.Common(unit, Unit.None));
        if (unit != Unit.None)
        {
            Assert.Equal(unit, Units.Product(unit, Unit.Ratio));
            Assert.Equal(unit, Units.Quotient(unit, Unit.Ratio));
            Assert.Equal(Unit.Ratio, Units.Quotient(unit, unit));
        }
    });

    [Fact]
    public void Products_do_not_care_for_order_and_quotients_undo_them() => Assert.All(Enum.GetValues<Unit>(), a =>
        Assert.All(Enum.GetValues<Unit>(), b =>
        {
            Assert.Equal(Units.Product(a, b), Units.Product(b, a));
            Assert.Equal(Units.Common(a, b), Units.Common(b, a));
            if (Units.Product(a, b) is { } product && a != Unit.None && b != Unit.None && a != Unit.Ratio && b != Unit.Ratio)
                Assert.Equal(a, Units.Quotient(product, b));
        }));

    [Fact]
    public void A_mistake_that_is_written_out_several_times_is_told_once() =>
        Assert.Equal("rule.unknown-name", Error("[1, 2, 3].all(x, x > nobody.knows)").Code);

    [Fact]
    public void Lists_in_lists_in_lists_are_not_written_out_without_end()
    {
        var rule = string.Concat(Enumerable.Range(0, 20).Select(i => $"[1, 2, 3].all(x{i}, ")) + "true" + new string(')', 20);
        Assert.Equal("rule.too-long", Error(rule).Code);
    }
}
