using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Insight;

/// <summary>A measure with what it says about these people, and where its definition stands.</summary>
internal sealed record ExplainedMeasure(Text Title, string Value, Text Says, Text Source);

/// <summary>What the measures of poverty say, in plain words.</summary>
internal static class PovertyWords
{
    private static readonly Text Fgt = new("福斯特、格里尔、索贝克（1984）", "Foster, Greer, Thorbecke (1984)"), Eurostat = new("欧盟统计局定义", "Eurostat's definition"),
        Counting = new("阿尔基尔、福斯特（2011）", "Alkire, Foster (2011)");

    public static Text Of(PovertyDimension dimension) => dimension switch
    {
        PovertyDimension.Education => new("义务教育", "Education"),
        PovertyDimension.Health => new("基本医疗", "Medical care"),
        PovertyDimension.Housing => new("住房安全", "Housing"),
        PovertyDimension.Water => new("饮水安全", "Water"),
        PovertyDimension.Income => new("收入", "Income"),
    };

    /// <summary>Every measure of income with its value.</summary>
    public static IReadOnlyList<ExplainedMeasure> Of(PovertyReport report)
    {
        var (all, line) = (report.All, report.Line);
        return
        [
            new(new("贫困发生率", "Headcount"), Share(all.Headcount), new($"每100人中，{Hundred(all.Headcount)}人的人均纯收入低于{line.Title.Zh}。", $"Of 100 people, {Hundred(all.Headcount)} have less than {line.Title.En}."), Fgt),
            new(new("贫困差距", "Poverty gap"), Share(all.Gap), new($"全体人口平均，离线还差线的{Share(all.Gap)}；线上的人按0计。乘以线和人数，就是补到线上最少需要的钱。", $"On average over everybody the line is missed by {Share(all.Gap)} of it, those above counting 0. Times line and people it is the least money that lifts all to it."), Fgt),
            new(new("贫困深度", "Severity"), Share(all.Severity), new("差距平方后平均：离线越远的人分量越重。贫困差距相同而此数较大，说明最困难的人更困难。", "The mean of squared gaps: who is further below counts more. With the same gap, a larger one means that the poorest are poorer."), Fgt),
            new(new("基尼系数", "Gini"), Plain(all.Gini, 4), new("收入的不平等程度：0为人人相同，1为一人占有全部。任意两人收入之差平均是平均收入的两倍基尼系数。", "Inequality: 0 when all have the same, 1 when one has all. Any two people differ on average by twice this share of the mean income."), Eurostat),
            new(new("五分位收入比", "S80/S20"), Plain(all.QuintileRatio, 2), new($"收入最高的五分之一人口，平均收入是最低五分之一的{Plain(all.QuintileRatio, 2)}倍。", $"The richest fifth have {Plain(all.QuintileRatio, 2)} times the mean income of the poorest fifth."), Eurostat),
            new(new("相对贫困率", "At risk of poverty"), Share(all.AtRisk), new($"每100人中，{Hundred(all.AtRisk)}人的收入低于全县中位数的60%（{Yuan(report.RelativeLine)}元）。", $"Of 100 people, {Hundred(all.AtRisk)} have less than 60 % of the county's median ({Yuan(report.RelativeLine)} yuan)."), Eurostat),
            new(new("相对贫困中位差距", "Relative median gap"), Share(all.MedianGap), new($"相对贫困的人中，处在中间的一位比相对线低{Share(all.MedianGap)}。", $"The person in the middle of those at risk is {Share(all.MedianGap)} below that line."), Eurostat),
            new(new("收入中位数", "Median income"), Yuan(all.Median), new("一半人的人均纯收入不高于此数，一半不低于。单位：元/年。", "Half of the people have no more, half no less. Yuan a year."), Eurostat),
            new(new("平均收入", "Mean income"), Yuan(all.Mean), new("按人平均的人均纯收入。单位：元/年。", "Net income per head, over all people. Yuan a year."), new("收支表", "income accounts")),
        ];
    }

    /// <summary>The measures of poverty in several dimensions.</summary>
    public static IReadOnlyList<ExplainedMeasure> Of(DimensionFigures several, int lacking)
    {
        var counted = several.Counted;
        return
        [
            new(new("多维贫困发生率 H", "Headcount H"), Share(counted?.Headcount), new($"每100人中，{Hundred(counted?.Headcount)}人所在的户在五项中至少缺{lacking}项。", $"Of 100 people, {Hundred(counted?.Headcount)} live in a household that lacks at least {lacking} of the five."), Counting),
            new(new("平均缺失份额 A", "Intensity A"), Share(counted?.Intensity), new("多维贫困的人平均缺五项中的几成。", "The part of the five that the poor lack on average."), Counting),
            new(new("多维贫困指数 M0", "Index M0"), Plain(counted?.Index, 4), new("H × A：既看多少人贫困，也看缺多少。某一项得到解决，它就下降，即使人还没有脱离贫困。", "H × A: how many are poor and how much they lack. It falls whenever one thing is solved, even before people leave poverty."), Counting),
        ];
    }

    public static string Share(double? value) => Screen.Percent(Exact(value), 2);

    /// <summary>A share in hundredths, under a heading that says so.</summary>
    public static string Hundredths(double? value) => Screen.Number(Exact(100 * value), 2);

    public static string Plain(double? value, int decimals) => Screen.Number(Exact(value), decimals);

    public static string Yuan(double? value) => Plain(value, 0);

    /// <summary>For tables and workbooks; null where there is no number to speak of.</summary>
    public static decimal? Exact(double? value) => value is { } v && Math.Abs(v) < 1e15 ? (decimal)v : null;

    private static string Hundred(double? share) => share is { } s ? (100 * s).ToString("0.#", CultureInfo.InvariantCulture) : "—";
}
