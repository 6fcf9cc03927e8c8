using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>How rehearsals speak.</summary>
internal static class RehearsalWords
{
    /// <summary>The name of a cause, or of one of the special needs; of none at all.</summary>
    public static Text Cause(string code, Policy policy) => code switch
    {
        Side.None => new("未指明", "none named"),
        "dropout" => new("失学辍学", "out of school"),
        "unsafe_water" => new("饮水不安全", "unsafe water"),
        "uninsured" => new("未参保", "not insured"),
        "able_bodied" => new("有劳动能力", "able to work"),
        _ => policy.CauseName(code),
    };

    public static Text Category(string code, Policy policy) => code == Side.None ? new("不建议类别", "no category") : policy.CategoryName(code);

    /// <summary>The outcome in a line, for small screens and screen readers.</summary>
    public static Text Short(Moves found) => new(
        $"推演后 {found.Then.Households} 户，新进 {found.Entering.Households} 户，退出 {found.Leaving.Households} 户",
        $"{found.Then.Households} households, {found.Entering.Households} entering, {found.Leaving.Households} leaving");

    /// <summary>What is changed, a line for each: <c>监测线 6,000 → 8,000 元/人</c>.</summary>
    /// <param name="names">Names of areas for people.</param>
    public static IReadOnlyList<Text> Changes(RehearsalAsk ask, InForce inForce, Func<AreaCode, string> names) =>
    [
        .. ask.Areas.Count > 0 ? [Where(ask.Areas, names)] : (Text[])[],
        .. ask.Lines.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => Line(l.Key, l.Value, inForce)),
        .. ask.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Parameter(p.Key, p.Value, inForce)),
        .. ask.Switched.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Switch(s.Key, s.Value, inForce)),
        .. ask.Rules.Select((r, i) => new Text($"新规则 {RehearsedPolicy.IdOf(i)} {r.Title}：{r.When}", $"new rule {RehearsedPolicy.IdOf(i)} {r.Title}: {r.When}")),
        .. ask.Costs.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Cost(c.Key, c.Value, inForce.First)),
        .. ask.Visits.Length > 0 ? [new Text($"每个新进户走访 {ask.Visits} 次", $"{ask.Visits} visits to each household that enters")] : (Text[])[],
        .. ask.Help.Length > 0 ? [new Text($"断崖检查按每户每年 {ask.Help} 元", $"cliff check with {ask.Help} yuan a household and year")] : (Text[])[],
    ];

    private static Text Where(IReadOnlyList<string> areas, Func<AreaCode, string> names)
    {
        const int Most = 6;
        var said = areas.Take(Most).Select(a => AreaCode.TryParse(a, out var area) ? names(area) : a).ToList();
        return areas.Count <= Most
            ? new($"范围：{string.Join('、', said)}", $"in {string.Join(", ", said)}")
            : new($"范围：{string.Join('、', said)} 等 {areas.Count} 处", $"in {string.Join(", ", said)} and {areas.Count - Most} more");
    }

    private static Text Line(string name, string text, InForce inForce) => Arrow(
        (name == "poverty" ? PolicySymbols.PovertyLine : PolicySymbols.MonitoringLine).Title, inForce.Line(name), RuleValue.Decimal(RehearsalAsk.Number(text)), Unit.YuanPerHead);

    private static Text Parameter(string name, string text, InForce inForce)
    {
        if (inForce.Policies.Select(p => p.Parameter(name)).OfType<RuleParameter>().FirstOrDefault() is not { } parameter)
            return new(name, name);
        var id = name.Split('.')[0];
        var will = RehearsalAsk.Number(text) is { } number ? RuleValue.Decimal(number) : RuleValue.Text(text);
        return Arrow(new($"{id} {parameter.Title.Zh}", $"{id} {parameter.Title.En}"), inForce.Parameter(name), will, parameter.Unit);
    }

    private static Text Arrow(Text title, ValuesInForce now, RuleValue will, Unit unit)
    {
        var before = now.In(unit);
        return new($"{title.Zh} {before.Zh} → {will.In(Language.Zh, unit)}", $"{title.En} {before.En} → {will.In(Language.En, unit)}");
    }

    private static Text Switch(string id, bool on, InForce inForce)
    {
        var title = inForce.Policies.Select(p => p.Rule(id)?.Title).FirstOrDefault(t => t is not null) ?? new(id, id);
        return on ? new($"启用 {id} {title.Zh}", $"{id} {title.En} live") : new($"停用 {id} {title.Zh}", $"{id} {title.En} silent");
    }

    private static Text Cost(string code, string text, Policy policy)
    {
        var title = policy.Measures.FirstOrDefault(m => m.Code == code)?.Title ?? new(code, code);
        return new($"{code} {title.Zh} 按 {text} 元", $"{code} {title.En} at {text} yuan");
    }
}
