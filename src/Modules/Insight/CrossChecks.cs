using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>The eight checks of SEED-FEATURES §6, in its order.</summary>
internal enum CrossCheck { Balance = 1, PartsAddUp, RateIsWhole, OneUnit, MeanInBounds, SaidTwice, SameBase, WithinWhole }

/// <param name="Area">Digits.</param>
internal sealed record CheckFinding(string Area, string Code, Text Says);

/// <param name="Looked">How many figures were looked at.</param>
internal sealed record CheckResult(CrossCheck Check, int Looked, IReadOnlyList<CheckFinding> Findings);

/// <summary>Holds the figures of a set against each other.</summary>
internal sealed class CrossChecks(ShouwangDb db, IndicatorCatalogue catalogue, Policies policies)
{
    public static Text TitleOf(CrossCheck check) => check switch
    {
        CrossCheck.Balance => new("未脱贫、脱贫等各类合计等于建档立卡总数", "Poor, lifted and the rest add up to those registered"),
        CrossCheck.PartsAddUp => new("各组合计等于总数，各辖区合计等于上级", "Groups add up to the total, areas to the area above"),
        CrossCheck.RateIsWhole => new("比例都有分子、分母、日期、单位和口径", "Every rate has numerator, denominator, day, unit and definition"),
        CrossCheck.OneUnit => new("一个数字里户与人不混用", "Households and people are not mixed in a figure"),
        CrossCheck.MeanInBounds => new("均值和数额在合理范围内", "Means and amounts are within bounds"),
        CrossCheck.SaidTwice => new("同一数字两处上报要一致", "A figure reported twice is the same"),
        CrossCheck.SameBase => new("各项工作的基数等于台账人数户数", "Programmes count the same people and households as the register"),
        CrossCheck.WithinWhole => new("覆盖率不超过100%，各阶段逐级不增", "Coverage is not above 100 %, and no stage is above the one before"),
    };

    /// <summary>Checks all figures of a county as of a day, adjusted and reported ones in place of computed ones.</summary>
    public async Task<IReadOnlyList<CheckResult>> Of(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var policy = await policies.For(county, asOf, cancel);
        var values = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == county.Digits && v.AsOf == asOf).ToListAsync(cancel);
        var entries = await db.Set<IndicatorEntry>().AsNoTracking().Where(e => e.County == county.Digits && e.AsOf == asOf).OrderBy(e => e.EnteredAt).ToListAsync(cancel);
        var figures = values.Where(v => !v.Code.Contains('/', StringComparison.Ordinal)).Select(v => (v.Area, v.Code, Figure: catalogue.Find(policy, v.Code) is { } d
                ? Figures.FigureOf(d, new(v.Area), v.AsOf, Exact.Value(v.Numerator), Exact.Value(v.Denominator), policy) : null))
            .Concat(entries.Select(e => (e.Area, e.Code, Figure: catalogue.Find(policy, e.Code) is { } d ? Figures.FigureOf(d, e, null) : null)))
            .Where(f => f.Figure is not null).GroupBy(f => (f.Area, f.Code)).Select(g => g.Last().Figure!).ToList();
        return Run(figures, entries, catalogue.For(policy));
    }

    /// <summary>The checks themselves.</summary>
    /// <param name="figures">One for an area and code.</param>
    /// <param name="entries">Everything that was entered, in the order of time.</param>
    public static IReadOnlyList<CheckResult> Run(IReadOnlyList<Figure> figures, IReadOnlyList<IndicatorEntry> entries, IReadOnlyDictionary<string, ReadyIndicator> indicators)
    {
        var found = Enum.GetValues<CrossCheck>().ToDictionary(c => c, _ => (Looked: 0, Findings: new List<CheckFinding>()));
        var by = figures.ToDictionary(f => (f.Area.Digits, f.Code));
        Figure? Other(Figure figure, string? code) => code is null ? null : by.GetValueOrDefault((figure.Area.Digits, code));
        void Look(CrossCheck check, Figure figure, bool holds, string zh, string en)
        {
            var (looked, findings) = found[check];
            if (!holds)
                findings.Add(new(figure.Area.Digits, figure.Code, new($"{figure.Definition.Title.Zh}：{zh}", $"{figure.Definition.Title.En}: {en}")));
            found[check] = (looked + 1, findings);
        }

        foreach (var figure in figures)
        {
            var (limits, kind, n) = (figure.Definition.Limits, figure.Definition.Kind, figure.Numerator);
            // Parts that nobody counts are nought; where none is there, there is nothing to compare.
            var parts = limits.Parts.Select(p => Other(figure, p)).OfType<Figure>().ToList();
            if (parts.Count > 0)
            {
                var sum = parts.Sum(p => p.Numerator);
                Look(figure.Definition.Group == IndicatorGroup.Registry ? CrossCheck.Balance : CrossCheck.PartsAddUp, figure, sum == n, $"各部分合计 {Say(sum)}，总数 {Say(n)}", $"the parts are {Say(sum)}, the total {Say(n)}");
                Look(CrossCheck.OneUnit, figure, parts.TrueForAll(p => p.Definition.Unit == figure.Definition.Unit), "各部分单位不同", "its parts have other units");
            }
            if (kind != IndicatorKind.Count)
                Look(CrossCheck.RateIsWhole, figure, figure is { Denominator: not null, Definition.Unit.Zh.Length: > 0 } && (figure.Definition.Formula.Zh.Length > 0 || figure.Status == FigureStatus.Reported),
                    "没有给出基数", "its base is not given");
            if (kind == IndicatorKind.Percent && indicators.GetValueOrDefault(figure.Code) is { Of: { } of, Per: { } per })
                Look(CrossCheck.OneUnit, figure, UnitOf(of.Weight) == UnitOf(per.Weight), "分子与分母单位不同", "numerator and denominator have other units");
            if (figure.Value is { } value && (limits.Least is not null || limits.Most is not null))
                Look(kind == IndicatorKind.Percent ? CrossCheck.WithinWhole : CrossCheck.MeanInBounds, figure, Within(figure, value),
                    value < limits.Least ? $"{figure.Shown} 低于 {Say(limits.Least)}" : $"{figure.Shown} 高于 {Say(limits.Most)}",
                    value < limits.Least ? $"{figure.Shown} is below {Say(limits.Least)}" : $"{figure.Shown} is above {Say(limits.Most)}");
            if (Other(figure, limits.Same) is { } same)
                Look(CrossCheck.SaidTwice, figure, same.Numerator == n, $"与 {same.Code} 的 {Say(same.Numerator)} 不一致", $"{same.Code} says {Say(same.Numerator)}");
            if (Other(figure, limits.Base) is { } based && figure.Denominator is { } denominator)
                Look(CrossCheck.SameBase, figure, based.Numerator == denominator, $"基数 {Say(denominator)}，台账 {Say(based.Numerator)}", $"divides by {Say(denominator)}, the register has {Say(based.Numerator)}");
            if (Other(figure, limits.AtMost) is { } before)
                Look(CrossCheck.WithinWhole, figure, n <= before.Numerator, $"{Say(n)} 大于 {before.Definition.Title.Zh} {Say(before.Numerator)}", $"{Say(n)} is above {before.Definition.Title.En}, {Say(before.Numerator)}");
        }
        var below = figures.Where(f => f.Area.Level > AreaLevel.County && f.Status is not FigureStatus.Reported).ToLookup(f => (f.Area.Parent.Digits, f.Code));
        foreach (var above in figures.Where(f => f.Area.Level < AreaLevel.Village && f.Status is not FigureStatus.Reported))
        {
            if (below[(above.Area.Digits, above.Code)].ToList() is not { Count: > 0 } parts)
                continue;
            // A household whose village is not known counts for its township only: less below is no mistake, unless somebody adjusted a figure.
            var (sum, adjusted) = (parts.Sum(b => b.Numerator), parts.Append(above).Any(f => f.Status == FigureStatus.Adjusted));
            Look(CrossCheck.PartsAddUp, above, adjusted ? sum == above.Numerator : sum <= above.Numerator || above.Numerator < 0, $"下级合计 {Say(sum)}，本级 {Say(above.Numerator)}", $"the areas below come to {Say(sum)}, this one to {Say(above.Numerator)}");
        }
        foreach (var said in entries.Where(e => !e.Adjusts).GroupBy(e => (e.Area, e.Code, e.AsOf)))
        {
            if (by.GetValueOrDefault((said.Key.Area, said.Key.Code)) is { } figure)
                Look(CrossCheck.SaidTwice, figure, said.Select(e => (e.Numerator, e.Denominator)).Distinct().Count() == 1,
                    $"上报不一致：{string.Join("、", said.Select(e => e.Numerator).Distinct())}", $"it was reported as {string.Join(" and ", said.Select(e => e.Numerator).Distinct())}");
        }
        return [.. found.OrderBy(f => f.Key).Select(f => new CheckResult(f.Key, f.Value.Looked, f.Value.Findings))];

        static string Say(decimal? number) => number is { } n ? Exact.Text(n) : "";
    }

    // A share is looked at before it is rounded: one too many of fifty thousand is still one too many.
    private static bool Within(Figure figure, decimal value) =>
        (figure.Definition.Kind == IndicatorKind.Percent && figure.Denominator is > 0 and var below ? 100 * figure.Numerator / below : value) is var exact
        && exact >= (figure.Definition.Limits.Least ?? exact) && exact <= (figure.Definition.Limits.Most ?? exact);

    // Counts of households have no weight.
    private static Unit? UnitOf(RuleExpression? weight) => weight?.Unit;
}
