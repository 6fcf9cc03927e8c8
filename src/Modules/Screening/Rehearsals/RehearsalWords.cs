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
    public static Text Short(Comparison found) => new(
        $"推演后 {found.Then.Households} 户，新进 {found.Entering.Households} 户，退出 {found.Leaving.Households} 户",
        $"{found.Then.Households} households, {found.Entering.Households} entering, {found.Leaving.Households} leaving");

    /// <summary>What is changed, a line for each: <c>监测线 6,000 → 8,000 元/人</c>.</summary>
    public static IReadOnlyList<Text> Changes(RehearsalAsk ask, Policy policy) =>
    [
        .. ask.Lines.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => Line(l.Key, l.Value, policy)),
        .. ask.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Parameter(p.Key, p.Value, policy)),
        .. ask.Switched.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Switch(s.Key, s.Value, policy)),
        .. ask.Rules.Select((r, i) => new Text($"新规则 {RehearsedPolicy.IdOf(i)} {r.Title}：{r.When}", $"new rule {RehearsedPolicy.IdOf(i)} {r.Title}: {r.When}")),
        .. ask.Costs.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Cost(c.Key, c.Value, policy)),
        .. ask.Visits.Length > 0 ? [new Text($"每个新进户走访 {ask.Visits} 次", $"{ask.Visits} visits to each household that enters")] : (Text[])[],
        .. ask.Help.Length > 0 ? [new Text($"断崖检查按每户每年 {ask.Help} 元", $"cliff check with {ask.Help} yuan a household and year")] : (Text[])[],
    ];

    private static Text Line(string name, string text, Policy policy)
    {
        var (symbol, now) = name == "poverty" ? (PolicySymbols.PovertyLine, policy.PovertyLine) : (PolicySymbols.MonitoringLine, policy.MonitoringLine);
        return Arrow(symbol.Title, RuleValue.Decimal(now?.YuanPerHead), RuleValue.Decimal(RehearsalAsk.Number(text)), Unit.YuanPerHead);
    }

    private static Text Parameter(string name, string text, Policy policy)
    {
        if (policy.Parameter(name) is not { } parameter)
            return new(name, name);
        var id = name.Split('.')[0];
        var will = RehearsalAsk.Number(text) is { } number ? RuleValue.Decimal(number) : RuleValue.Text(text);
        return Arrow(new($"{id} {parameter.Title.Zh}", $"{id} {parameter.Title.En}"), parameter.Value, will, parameter.Unit);
    }

    private static Text Arrow(Text title, RuleValue now, RuleValue will, Unit unit) => new(
        $"{title.Zh} {now.In(Language.Zh, unit)} → {will.In(Language.Zh, unit)}", $"{title.En} {now.In(Language.En, unit)} → {will.In(Language.En, unit)}");

    private static Text Switch(string id, bool on, Policy policy)
    {
        var title = policy.Rule(id)?.Title ?? new(id, id);
        return on ? new($"启用 {id} {title.Zh}", $"{id} {title.En} live") : new($"停用 {id} {title.Zh}", $"{id} {title.En} silent");
    }

    private static Text Cost(string code, string text, Policy policy)
    {
        var title = policy.Measures.FirstOrDefault(m => m.Code == code)?.Title ?? new(code, code);
        return new($"{code} {title.Zh} 按 {text} 元", $"{code} {title.En} at {text} yuan");
    }
}
