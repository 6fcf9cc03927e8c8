using Shouwang.Kernel.Rules;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>Values of the names that are no features: what the rule brings, and the periods of the day of screening.</summary>
internal static class PopulationConstants
{
    /// <param name="constants">Lines and parameters.</param>
    public static Func<Symbol, RuleValue> Of(IReadOnlyDictionary<string, RuleValue> constants, DateOnly asOf)
    {
        var month = new DateOnly(asOf.Year, asOf.Month, 1);
        return symbol => constants.TryGetValue(symbol.Name, out var value) ? value : symbol.Name switch
        {
            "today" => RuleValue.Date(asOf),
            "month_start" => RuleValue.Date(month),
            "window_from" => RuleValue.Date(month.AddMonths(-12)),
            "window_to" => RuleValue.Date(month.AddDays(-1)),
            _ => RuleValue.Unknown,
        };
    }
}
