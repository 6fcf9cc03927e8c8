using Shouwang.Kernel;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Holds sets of indicators to what units may be compared by: outcomes and what is overdue, in shares of cases.</summary>
internal static class AppraisalChecks
{
    public static void Run(Pack pack, Layers layers, Findings findings)
    {
        var known = layers.Indicators().ToDictionary(i => i.Code);
        foreach (var (_, entry) in pack.AppraisalSets.All)
        {
            foreach (var item in entry.Value?.Items ?? [])
            {
                // What is not known at all is found where references are looked at.
                if (known.GetValueOrDefault(item.Indicator) is { } indicator)
                    Item(item, indicator, item.Per is null ? null : known.GetValueOrDefault(item.Per), entry.Value!.Units, (what, remedy) => findings.Add(entry.At, $"{entry.Path}/{item.Indicator}", what, remedy));
            }
        }
    }

    private static void Item(SetItem item, IndicatorDefinition indicator, IndicatorDefinition? per, UnitKind units, Action<Text, Text> wrong)
    {
        if (indicator.Nature is not (IndicatorNature.Outcome or IndicatorNature.Overdue))
            wrong(new($"“{indicator.Title.Zh}”{Why(indicator.Nature).Zh}，不能用来比较单位。", $"'{indicator.Title.En}' {Why(indicator.Nature).En}; units are not compared by it."),
                new("只用成效和超期指标（nature: outcome 或 overdue）。", "Use outcomes and what is overdue only (nature: outcome or overdue)."));
        if (indicator.WaitsFor is { } waits)
            wrong(new($"“{indicator.Title.Zh}”还不能计算，待：{waits.Zh}。", $"'{indicator.Title.En}' cannot be worked out yet; it waits for {waits.En}."), new("请换一项能计算的。", "Take one that can be."));
        if (indicator.Kind == IndicatorKind.Ratio || (indicator.Kind == IndicatorKind.Percent) != (item.Per is null) || per is { Kind: not IndicatorKind.Count })
            wrong(new($"“{indicator.Title.Zh}”要能写成若干件里的几件。", $"'{indicator.Title.En}' has to be so many of so many cases."),
                new("比例不写 per；计数要写 per，且 per 也是计数；平均值不能用。", "A share has no per; a count needs per, a count as well; means cannot be used."));
        if (units == UnitKind.Departments && !AppraisalSet.OfDepartments.Contains(item.Indicator))
            wrong(new($"“{indicator.Title.Zh}”不按部门统计。", $"'{indicator.Title.En}' is not counted by department."),
                new($"可用：{string.Join("、", AppraisalSet.OfDepartments)}。", $"There are: {string.Join(", ", AppraisalSet.OfDepartments)}."));
    }

    private static Text Why(IndicatorNature nature) => nature switch
    {
        IndicatorNature.Activity => new("统计的是做了多少，不是成效", "counts what was done, not what came of it"),
        IndicatorNature.Person => new("统计的是人", "is about people at work"),
        IndicatorNature.Scale => new("统计的是规模", "says how much there is"),
        IndicatorNature.Outcome or IndicatorNature.Overdue => new("", ""),
    };
}
