using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>A handful of symbols of every type, and the shortest ways to try a rule on them.</summary>
public static class RuleSamples
{
    public static readonly SymbolTable Symbols = new(
        new Symbol("income.net_per_capita", RuleType.Decimal, Unit.YuanPerHead, new("人均纯收入", "net income per head")),
        new Symbol("income.net", RuleType.Decimal, Unit.Yuan, new("家庭纯收入", "net household income")),
        new Symbol("income.gross", RuleType.Decimal, Unit.Yuan, new("家庭总收入", "gross household income")),
        new Symbol("spending.rigid", RuleType.Decimal, Unit.Yuan, new("刚性支出", "rigid spending")),
        new Symbol("line.monitoring", RuleType.Decimal, Unit.YuanPerHead, new("监测线", "the monitoring line")),
        new Symbol("param.share", RuleType.Decimal, Unit.Ratio, new("比例上限", "the share limit")),
        new Symbol("people.size", RuleType.Int, Unit.Persons, new("家庭人口数", "the number of members")),
        new Symbol("people.able", RuleType.Int, Unit.Persons, new("劳动力人数", "the number of able-bodied members")),
        new Symbol("loan.overdue", RuleType.Int, Unit.Days, new("逾期天数", "days overdue")),
        new Symbol("work.months", RuleType.Int, Unit.Months, new("务工月数", "months worked")),
        new Symbol("score.a", RuleType.Int, Unit.None, new("评分甲", "score A")),
        new Symbol("score.b", RuleType.Int, Unit.None, new("评分乙", "score B")),
        new Symbol("housing.unsafe", RuleType.Bool, Unit.None, new("住房不安全", "the house is unsafe")),
        new Symbol("water.safe", RuleType.Bool, Unit.None, new("饮水安全", "water is safe")),
        new Symbol("registry.status", RuleType.Text, Unit.None, new("登记状态", "registry status")),
        new Symbol("housing.grade", RuleType.Text, Unit.None, new("房屋等级", "house grade")),
        new Symbol("risk.causes", RuleType.List, Unit.None, new("返贫风险", "risk causes")),
        new Symbol("visit.last", RuleType.Date, Unit.None, new("上次走访", "the last visit")),
        new Symbol("screening.date", RuleType.Date, Unit.None, new("筛查日", "the screening date")));

    public static RuleExpression Rule(string text)
    {
        var outcome = RuleExpression.Compile(text, Symbols);
        Assert.True(outcome.Succeeded, outcome.Succeeded ? "" : $"{text}\n{outcome.Errors[0].In(Language.En)}");
        return outcome.Expression;
    }

    public static RuleError Error(string text) => Assert.Single(RuleExpression.Compile(text, Symbols).Errors);

    /// <summary>The result of a rule, as text, with values given by name.</summary>
    public static string Result(string text, params (string, RuleValue)[] values) =>
        Rule(text).Evaluate(new RuleInputs(values)).ToString();
}
