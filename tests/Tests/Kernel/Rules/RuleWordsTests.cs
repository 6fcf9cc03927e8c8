using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleSamples;

namespace Shouwang.Tests.Kernel.Rules;

public class RuleWordsTests
{
    [Theory]
    [InlineData("income.net_per_capita < line.monitoring", "人均纯收入 低于 监测线", "net income per head is below the monitoring line")]
    [InlineData("income.net_per_capita <= 1.5 * line.monitoring", "人均纯收入 不高于 监测线 的 1.5 倍", "net income per head is at most 1.5 times the monitoring line")]
    [InlineData("spending.rigid > 0.4 * income.gross", "刚性支出 高于 家庭总收入 的 40%", "rigid spending is above 40% of gross household income")]
    [InlineData("spending.rigid / income.gross >= 0.4", "刚性支出 ÷ 家庭总收入 不低于 40%", "rigid spending ÷ gross household income is at least 40%")]
    [InlineData("spending.rigid > 50000", "刚性支出 高于 50,000 元", "rigid spending is above 50,000 yuan")]
    [InlineData("people.able == 1", "劳动力人数 等于 1 人", "the number of able-bodied members equals 1 person")]
    [InlineData("loan.overdue >= 30", "逾期天数 不少于 30 天", "days overdue is at least 30 days")]
    [InlineData("housing.unsafe && !water.safe", "住房不安全 且 并非 饮水安全", "the house is unsafe and not water is safe")]
    [InlineData("housing.unsafe || water.safe && people.size > 1", "住房不安全 或 （饮水安全 且 家庭人口数 多于 1 人）", "the house is unsafe or (water is safe and the number of members is more than 1 person)")]
    [InlineData("!(people.size > 1)", "家庭人口数 不多于 1 人", "the number of members is at most 1 person")]
    [InlineData("!has(visit.last)", "缺少 上次走访", "the last visit is not known")]
    [InlineData("registry.status == \"已脱贫\"", "登记状态 为 “已脱贫”", "registry status is \"已脱贫\"")]
    [InlineData("housing.grade in [\"C\", \"D\"]", "房屋等级 为 “C”、“D” 之一", "house grade is one of \"C\", \"D\"")]
    [InlineData("\"病\" in risk.causes", "返贫风险 含 “病”", "risk causes includes \"病\"")]
    [InlineData("!(\"病\" in risk.causes)", "返贫风险 不含 “病”", "risk causes does not include \"病\"")]
    [InlineData("registry.status.startsWith(\"A\")", "登记状态 以 “A” 开头", "registry status starts with \"A\"")]
    [InlineData("daysBetween(visit.last, screening.date) > 30", "上次走访 至 筛查日 的天数 多于 30 天", "the days from the last visit to the screening date is more than 30 days")]
    [InlineData("visit.last + days(30) < screening.date", "上次走访 后 30 天 早于 筛查日", "30 days after the last visit is before the screening date")]
    [InlineData("visit.last < date(\"2020-06-30\")", "上次走访 早于 2020-06-30", "the last visit is before 2020-06-30")]
    [InlineData("(income.net - 1000) * param.share > 5", "（家庭纯收入 − 1,000） × 比例上限 高于 5 元", "(net household income − 1,000) × the share limit is above 5 yuan")]
    [InlineData("max(income.net, income.gross) > 5", "家庭纯收入、家庭总收入 中最大的 高于 5 元", "the greatest of net household income, gross household income is above 5 yuan")]
    [InlineData("water.safe ? people.size > 1 : people.able > 1", "若 饮水安全 则为 家庭人口数 多于 1 人，否则为 劳动力人数 多于 1 人", "the number of members is more than 1 person if water is safe, otherwise the number of able-bodied members is more than 1 person")]
    public void A_rule_in_plain_words(string text, string zh, string en)
    {
        Assert.Equal(zh, RuleWords.Of(Rule(text).Root, Language.Zh));
        Assert.Equal(en, RuleWords.Of(Rule(text).Root, Language.En));
    }

    [Fact]
    public void Values_can_stand_behind_their_names() => Assert.Equal("人均纯收入 低于 监测线（6,000 元/人）",
        RuleWords.Of(Rule("income.net_per_capita < line.monitoring").Root, Language.Zh,
            s => s.Name == "line.monitoring" ? RuleValue.Decimal(6000) : RuleValue.Unknown));

    [Fact]
    public void Every_rule_can_be_said_and_names_all_it_reads() => Prop.ForAll(RuleGenerators.Conditions, tree =>
    {
        var rule = RuleGenerators.Rule(tree);
        return rule.Symbols.All(s => Enum.GetValues<Language>()
            .All(l => RuleWords.Of(rule.Root, l).Contains(s.Name, StringComparison.Ordinal)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("6000", Unit.Yuan, "6,000 元", "6,000 yuan")]
    [InlineData("1", Unit.Days, "1 天", "1 day")]
    [InlineData("2", Unit.Times, "2 次", "2 times")]
    [InlineData("0.0996", Unit.Ratio, "9.96%", "9.96%")]
    [InlineData("0.5", Unit.None, "0.5", "0.5")]
    public void Amounts_are_shown_with_their_unit(string number, Unit unit, string zh, string en)
    {
        var value = RuleValue.Decimal(decimal.Parse(number, null));
        Assert.Equal((zh, en), (value.In(Language.Zh, unit), value.In(Language.En, unit)));
    }
}
