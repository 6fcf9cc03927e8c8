using System.Runtime.CompilerServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight;

/// <summary>An indicator of the policy, read and checked against the features there are.</summary>
/// <param name="Of">The numerator over households; null where a module counts, or nobody does yet.</param>
/// <param name="Per">The denominator over households; null for counts.</param>
internal sealed record ReadyIndicator(IndicatorDefinition Definition, HouseholdSum? Of, HouseholdSum? Per);

/// <summary>The indicators of a policy, ready to be worked out. Compiled once for each policy.</summary>
internal sealed class IndicatorCatalogue(IHouseholdSums sums, IEnumerable<IIndicatorSource> sources)
{
    private static readonly ConditionalWeakTable<Policy, IReadOnlyDictionary<string, ReadyIndicator>> OfPolicies = [];

    private readonly HashSet<string> _counted = [.. sources.SelectMany(s => s.Codes)];

    /// <summary>By code, in the order of codes.</summary>
    /// <exception cref="InvalidOperationException">An expression of a pack is not valid; loading the pack should have said so.</exception>
    public IReadOnlyDictionary<string, ReadyIndicator> For(Policy policy) => OfPolicies.GetValue(policy, p =>
        p.Indicators.OrderBy(i => i.Code, StringComparer.Ordinal).Select(Ready).ToDictionary(r => r.Definition.Code, StringComparer.Ordinal));

    /// <summary>The definition of a code, also of a part of an indicator such as <c>R18/01</c>; null where the policy has none.</summary>
    public IndicatorDefinition? Find(Policy policy, string code)
    {
        var (whole, value) = Split(code);
        if (For(policy).GetValueOrDefault(whole)?.Definition is not { } definition)
            return null;
        if (value is null)
            return definition;
        var name = definition.By is { } by ? NameOf(policy, by, value) : new(value, value);
        return definition with { Code = code, Title = new($"{definition.Title.Zh}：{name.Zh}", $"{definition.Title.En}: {name.En}"), Limits = IndicatorLimits.None };
    }

    /// <summary>A code and the value it is told apart by, if any.</summary>
    public static (string Whole, string? Value) Split(string code) => code.IndexOf('/') is var at and >= 0 ? (code[..at], code[(at + 1)..]) : (code, null);

    /// <summary>How people call a value of a feature that figures are told apart by.</summary>
    public static Text NameOf(Policy policy, string feature, string value) => (feature, value) switch
    {
        (_, "") => new("未注明", "not stated"),
        ("registry.status", _) when Enum.TryParse<RegistryStatus>(value, out var status) => RegistryTerms.Of(status),
        ("monitoring.category", _) => policy.CategoryName(value),
        ("monitoring.cause", _) when policy.Causes.FirstOrDefault(c => c.Code == value) is { } cause => cause.Title,
        _ => new(value, value),
    };

    private ReadyIndicator Ready(IndicatorDefinition indicator) =>
        // What a module should count and does not can only be reported.
        new(indicator.Module is null || _counted.Contains(indicator.Code) ? indicator : indicator with { WaitsFor = new($"{indicator.Module} 模块", $"the module {indicator.Module}") },
            Sum(indicator, indicator.Of, indicator.By), Sum(indicator, indicator.Per, null));

    private HouseholdSum? Sum(IndicatorDefinition indicator, IndicatorTerm? term, string? by)
    {
        return term is null ? null : new(term.When is null ? null : Compiled(term.When, RuleType.Bool), term.Sum is null ? null : Compiled(term.Sum, null), by);

        RuleExpression Compiled(string text, RuleType? type) => RuleExpression.Compile(text, sums.Names, type) is { Expression: { } expression } ? expression
            : throw new InvalidOperationException($"{indicator.Code}: {RuleExpression.Compile(text, sums.Names, type).Errors[0]}");
    }
}
