using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight.Rankings;

/// <summary>How ranks, scores and shares are said.</summary>
internal static class RankWords
{
    public static Text Of(UnitKind units) => units switch
    {
        UnitKind.Townships => new("乡镇", "Township"),
        UnitKind.Villages => new("村", "Village"),
        UnitKind.Teams => new("驻村工作队", "Resident team"),
        UnitKind.Departments => new("部门", "Department"),
    };

    /// <param name="tied">How many others have the same rank.</param>
    public static Text Rank(UnitRank rank, int tied) => rank.Rank is not { } place ? new("不排名：件数太少", "not ranked: too few cases")
        : tied == 0 ? new($"第{place}", $"{place}") : new($"并列第{place}", $"{place} (shared)");

    /// <summary>The ranks it may really have.</summary>
    public static string Possible(UnitRank rank) => rank is not { Best: { } best, Worst: { } worst } ? "—" : best == worst ? $"{best}" : $"{best}–{worst}";

    public static string Score(decimal? score) => Screen.Number(score, 1);

    public static string Range(UnitRank rank) => rank is { Low: { } low, High: { } high } ? $"{Score(low)} – {Score(high)}" : "—";

    /// <summary>A share with its cases: <c>97.5%（39/40）</c>.</summary>
    public static ContentCell Cell(UnitShare share)
    {
        var of = $"{share.Numerator.ToString(CultureInfo.InvariantCulture)}/{share.Denominator.ToString(CultureInfo.InvariantCulture)}";
        return share.Percent is { } percent ? new(new($"{Screen.Number(percent, 1)}%（{of}）", $"{Screen.Number(percent, 1)}% ({of})"), share.Link) : ContentCell.Empty;
    }

    public static ContentField Field(string place, string shown) => new($"{{{place}}}", new(shown, shown), null);

    public static ContentField Field(string place, Text shown) => new($"{{{place}}}", shown, null);

    /// <summary>The indicators of a set with weight, target and reason.</summary>
    public static ContentTable Items(AppraisalSet set, Policy policy) => new(new("指标、权重与理由", "Indicators, weights and reasons"),
        [new(new("指标", "Indicator"), false), new(new("权重", "Weight"), true), new(new("零分线", "No points at"), true), new(new("目标", "Target"), true), new(new("理由", "Reason"), false)],
        [.. set.Items.Select(i => (IReadOnlyList<ContentCell>)
        [
            new(TitleOf(i, policy)), ContentCell.Of($"{i.Weight}"), ContentCell.Of($"{i.Nought.ToString("0.##", CultureInfo.InvariantCulture)}%"),
            ContentCell.Of($"{(i.HigherIsBetter ? "≥" : "≤")} {i.Target.ToString("0.##", CultureInfo.InvariantCulture)}%"), new(i.Reason),
        ])], 0);

    public static Text TitleOf(SetItem item, Policy policy)
    {
        var title = policy.Indicators.First(i => i.Code == item.Indicator).Title;
        return item.Per is { } per && policy.Indicators.First(i => i.Code == per).Title is var of ? new($"{title.Zh} ÷ {of.Zh}", $"{title.En} ÷ {of.En}") : title;
    }
}
