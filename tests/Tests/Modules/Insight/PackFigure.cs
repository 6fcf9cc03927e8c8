using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>What an indicator of the packs comes to, asked household by household: what scans have to agree with.</summary>
internal static class PackFigure
{
    private static readonly ISymbols Names = PolicySymbols.For(new SymbolTable(Catalogue.Features.Select(f => f.Symbol)));

    /// <param name="within">Beginning of the codes of villages that count; empty for all.</param>
    public static (decimal Numerator, decimal Denominator) Of(IndicatorDefinition indicator, FeatureTable table, string within = "") =>
        (Sum(indicator.Of, table, within), Sum(indicator.Per, table, within));

    private static decimal Sum(IndicatorTerm? term, FeatureTable table, string within)
    {
        if (term is null)
            return 0;
        var (when, weight) = (Compiled(term.When, RuleType.Bool), Compiled(term.Sum, null));
        var inputs = table.Inputs(new Dictionary<string, RuleValue>
        {
            [PolicySymbols.MonitoringLine.Name] = RuleValue.Decimal(table.Policy.MonitoringLine?.YuanPerHead), [PolicySymbols.PovertyLine.Name] = RuleValue.Decimal(table.Policy.PovertyLine?.YuanPerHead),
        });
        var sum = 0m;
        for (inputs.Index = 0; inputs.Index < table.Count; inputs.Index++)
        {
            if (table.AreaOf(inputs.Index).StartsWith(within, StringComparison.Ordinal) && (when is null || when.Holds(inputs) is true))
                sum += weight is null ? 1 : weight.Evaluate(inputs).AsDecimal ?? 0;
        }
        return sum;
    }

    private static RuleExpression? Compiled(string? text, RuleType? type) => text is null ? null : RuleExpression.Compile(text, Names, type).Expression!;

    /// <summary>Features that were loaded one source after the other.</summary>
    public sealed class Table(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns) : FeatureTable(scope, columns)
    {
        public override string AreaOf(int index) => "";
    }
}
