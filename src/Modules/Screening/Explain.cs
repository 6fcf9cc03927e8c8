using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>Turns a rule's result for a household into words and values that people can check.</summary>
internal static partial class Explain
{
    /// <summary>Why the rule warned; stored with the lead.</summary>
    public static RuleExplanation Of(Population population, int index, ReadyRule rule, RuleLevel level, string? category)
    {
        var inputs = population.Inputs(rule.Constants);
        inputs.Index = index;
        var trace = rule.When.Explain(inputs);
        var values = trace.Values.Where(v => population.Columns.ContainsKey(v.Symbol.Name)).Select(v => Value(population, index, v.Symbol)).ToList();
        var thresholds = trace.Values.Where(v => !population.Columns.ContainsKey(v.Symbol.Name)).Select(v => Threshold(v, rule, population.Policy)).ToList();
        var words = Words(rule);
        return new(rule.Definition.Id, rule.Definition.Title, words, Says(population, index, rule, values), level, category,
            rule.Definition.Department, rule.Definition.Source, population.Scope.AsOf, values, thresholds,
            ScreeningTexts.Cancelled.With(words));
    }

    /// <summary>A feature's value of a household, with source and date.</summary>
    public static ExplainedValue Value(Population population, int index, Symbol symbol)
    {
        var value = population.Columns[symbol.Name][index];
        var source = population.Columns[symbol.Name].SourceOf(index);
        return new(symbol.Name, symbol.Title, value.ToString(), Shown(value, symbol.Unit), SourceTitle(source, population.Policy), source?.Date, source?.Subject, source?.Detail);
    }

    /// <summary>The rule in plain words, with the values of its parameters.</summary>
    public static Text Words(ReadyRule rule)
    {
        return new(In(Language.Zh), In(Language.En));

        string In(Language language) => RuleWords.Of(rule.When.Root, language,
            settled: symbol => rule.Definition.Parameters.Values.FirstOrDefault(p => p.Symbol.Name == symbol.Name)?.Value ?? RuleValue.Unknown);
    }

    private static ExplainedValue Threshold(SymbolTrace trace, ReadyRule rule, Policy policy)
    {
        var name = trace.Symbol.Name;
        Text? source = name switch
        {
            "line.poverty" => policy.PovertyLine?.Source,
            "line.monitoring" => policy.MonitoringLine?.Source,
            _ when name.StartsWith("param.", StringComparison.Ordinal) => rule.Definition.Parameters[name["param.".Length..]].Source,
            _ => null,
        };
        return new(name, trace.Symbol.Title, trace.Value.ToString(), Shown(trace.Value, trace.Symbol.Unit), source, null, null, null);
    }

    private static Text Shown(RuleValue value, Unit unit) => new(value.In(Language.Zh, unit), value.In(Language.En, unit));

    private static Text? SourceTitle(FeatureSource? source, Policy policy) => source is null ? null
        : policy.SourceOrder.Sources.FirstOrDefault(s => s.Code == source.Source)?.Title ?? new(source.Source, source.Source);

    private static Text Says(Population population, int index, ReadyRule rule, IReadOnlyList<ExplainedValue> values)
    {
        var household = population.Households[index];
        var policy = population.Policy;
        return new(In(Language.Zh), In(Language.En));

        string In(Language language) => Place().Replace((language == Language.Zh ? rule.Definition.Template.Zh : rule.Definition.Template.En), match =>
        {
            var name = match.Groups[1].Value;
            return name switch
            {
                "head" => household.HeadName,
                "village" => household.Village,
                "n" => population.Columns["registry.size"][index].ToString(),
                "date" => population.Scope.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "year" => population.Scope.AsOf.Year.ToString(CultureInfo.InvariantCulture),
                "dept" => policy.Departments.TryGetValue(rule.Definition.Department, out var department) ? department.Title.In(language) : rule.Definition.Department,
                "src" => rule.Definition.NeedsMonitoringLine && policy.MonitoringLine is { } line ? line.Source.In(language)
                    : rule.Definition.NeedsPovertyLine && policy.PovertyLine is { } poverty ? poverty.Source.In(language)
                    : rule.Definition.Source.In(language),
                "name" or "subject" => values.Select(v => v.Subject).FirstOrDefault(s => s is not null) ?? household.HeadName,
                _ when population.Columns.TryGetValue(name, out var column) => column[index].In(language, column.Feature.Symbol.Unit),
                _ when rule.Constants.TryGetValue(name, out var value) => value.In(language, UnitOf(rule, name)),
                _ => match.Value,
            };
        });
    }

    private static Unit UnitOf(ReadyRule rule, string name) =>
        rule.When.Symbols.FirstOrDefault(s => s.Name == name)?.Unit
        ?? (name.StartsWith("line.", StringComparison.Ordinal) ? Unit.YuanPerHead : Unit.None);

    [GeneratedRegex(@"\{([a-z][a-z0-9_.]*)\}")]
    private static partial Regex Place();
}
