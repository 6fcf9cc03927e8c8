using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy;

/// <summary>The names that rules may use besides modules' features: the lines, the day and the window.</summary>
public static class PolicySymbols
{
    /// <summary>The poverty line in force; unknown where no source gives one.</summary>
    public static Symbol PovertyLine { get; } =
        new("line.poverty", RuleType.Decimal, Unit.YuanPerHead, new("扶贫标准", "poverty line"));

    /// <summary>The monitoring line in force; unknown where no source gives one.</summary>
    public static Symbol MonitoringLine { get; } =
        new("line.monitoring", RuleType.Decimal, Unit.YuanPerHead, new("监测线", "monitoring line"));

    /// <summary>The day for which the rule is asked.</summary>
    public static Symbol Today { get; } = new("today", RuleType.Date, Unit.None, new("当日", "today"));

    /// <summary>The first day of that day's month.</summary>
    public static Symbol MonthStart { get; } = new("month_start", RuleType.Date, Unit.None, new("本月1日", "first day of the month"));

    /// <summary>The first day of the twelve months of income and costs.</summary>
    public static Symbol WindowFrom { get; } = new("window_from", RuleType.Date, Unit.None, new("核算周期起", "window from"));

    /// <summary>The last day of the twelve months of income and costs.</summary>
    public static Symbol WindowTo { get; } = new("window_to", RuleType.Date, Unit.None, new("核算周期止", "window to"));

    public static IReadOnlyList<Symbol> All { get; } = [PovertyLine, MonitoringLine, Today, MonthStart, WindowFrom, WindowTo];

    /// <summary>Everything a rule may use: features, the names above, and the rule's own parameters.</summary>
    public static ISymbols For(ISymbols features, params IEnumerable<RuleParameter> parameters) =>
        new Union(features, new SymbolTable([.. All, .. parameters.Select(p => p.Symbol)]));

    private sealed class Union(ISymbols first, ISymbols second) : ISymbols
    {
        public Symbol? Find(string name) => second.Find(name) ?? first.Find(name);

        public IReadOnlyCollection<string> Names { get; } = [.. first.Names, .. second.Names];
    }
}
