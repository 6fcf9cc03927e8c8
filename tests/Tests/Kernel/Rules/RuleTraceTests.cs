using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleSamples;

namespace Shouwang.Tests.Kernel.Rules;

public class RuleTraceTests
{
    [Fact]
    public void A_trace_holds_every_value_and_every_comparison()
    {
        var trace = Rule("spending.rigid > 0.4 * income.gross && (registry.status in [\"1\", \"2\"] || income.net / people.size < 5) && has(visit.last)")
            .Explain(new RuleInputs(
                ("spending.rigid", RuleValue.Decimal(5000)), ("income.gross", RuleValue.Decimal(10000)),
                ("registry.status", RuleValue.Text("2")), ("visit.last", RuleValue.Date(new(2020, 6, 30)))));

        Assert.True(trace.Holds);
        Assert.Empty(trace.Missing);
        Assert.Empty(trace.Impossible);
        Assert.Equal(["spending.rigid=5000", "income.gross=10000", "registry.status=2", "income.net=unknown", "people.size=unknown", "visit.last=2020-06-30"],
            trace.Values.Select(v => $"{v.Symbol}={v.Value}"));
        Assert.Equal(
            ["spending.rigid > 0.4 * income.gross: 5000 Yuan 4000 True", "registry.status in [\"1\", \"2\"]: 2 None [1, 2] True",
                "income.net / people.size < 5: unknown YuanPerHead 5 "],
            trace.Comparisons.Select(c => $"{c.Expr}: {c.Left} {c.Unit} {c.Right} {c.Holds}"));
    }

    [Fact]
    public void A_division_by_zero_is_named()
    {
        var trace = Rule("income.net / people.size < 5").Explain(new RuleInputs(("income.net", RuleValue.Int(1)), ("people.size", RuleValue.Int(0))));
        Assert.Null(trace.Holds);
        Assert.Empty(trace.Missing);
        Assert.Equal("income.net / people.size", Assert.Single(trace.Impossible).ToString());
    }

    [Fact]
    public void An_outer_comparison_stands_before_those_inside_it() => Assert.Equal(["(1 < 2) == (3 < 4)", "1 < 2", "3 < 4"],
        Rule("(1 < 2) == (3 < 4)").Explain(new RuleInputs()).Comparisons.Select(c => c.Expr.ToString()));

    [Fact]
    public void The_symbols_of_a_rule_stand_in_the_order_of_its_text() => Assert.Equal(["water.safe", "income.net", "visit.last"],
        Rule("water.safe && income.net > 5 && income.net < 10 && has(visit.last)").Symbols.Select(s => s.Name));
}
