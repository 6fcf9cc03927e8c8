using System.Runtime.CompilerServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>A rule of the policy, read and checked against the features there are.</summary>
/// <param name="Levels">From most to least urgent; a null condition always holds.</param>
/// <param name="Blocked">Why the rule cannot run here (no line for the area and day), or null.</param>
internal sealed record ReadyRule(
    RuleDefinition Definition, RuleExpression When, IReadOnlyList<(RuleLevel Level, RuleExpression? When)> Levels,
    IReadOnlyList<(string Category, RuleExpression? When)> Categories, IReadOnlyDictionary<string, RuleValue> Constants, Text? Blocked);

/// <summary>The rules of a policy, ready to run. Compiled once for each policy.</summary>
internal sealed class RuleCatalogue(IEnumerable<IFeatureSource> sources)
{
    // The catalogue lives as long as a request; what is compiled lives as long as the policy.
    private static readonly ConditionalWeakTable<Policy, IReadOnlyList<ReadyRule>> Compiled = [];
    private readonly Lazy<SymbolTable> _features = new(() => new(sources.SelectMany(s => s.Features).Select(f => f.Symbol)));

    /// <exception cref="InvalidOperationException">A rule of the pack is not valid; loading the pack should have said so.</exception>
    public IReadOnlyList<ReadyRule> For(Policy policy) => Compiled.GetValue(policy, Prepare);

    /// <summary>The names of all features.</summary>
    public ISymbols Features => _features.Value;

    /// <summary>Reads a condition that somebody is writing.</summary>
    public RuleOutcome Read(string when) => RuleExpression.Compile(when, PolicySymbols.For(_features.Value), RuleType.Bool);

    /// <summary>A rule that no pack has, under a policy.</summary>
    /// <exception cref="InvalidOperationException">Its condition is not valid; <see cref="Read"/> says why.</exception>
    public ReadyRule Add(RuleDefinition rule, Policy policy) => Ready(rule, policy);

    /// <summary>A rule with other parameters, another state or under other lines. Nothing is compiled again.</summary>
    public static ReadyRule Change(ReadyRule rule, RuleDefinition definition, Policy policy) =>
        rule with { Definition = definition, Constants = ConstantsOf(definition, policy), Blocked = BlockedBecause(definition, policy) };

    private IReadOnlyList<ReadyRule> Prepare(Policy policy) => [.. policy.Rules.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => Ready(r, policy))];

    private ReadyRule Ready(RuleDefinition rule, Policy policy)
    {
        var symbols = PolicySymbols.For(_features.Value, rule.Parameters.Values);
        return new(rule, Compile(rule.Id, rule.When, symbols),
            [.. rule.Levels.Select(l => (l.Level, l.When is null ? null : Compile(rule.Id, l.When, symbols)))],
            [.. rule.Categories.Select(c => (c.Category, c.When is null ? null : Compile(rule.Id, c.When, symbols)))],
            ConstantsOf(rule, policy), BlockedBecause(rule, policy));
    }

    private static Dictionary<string, RuleValue> ConstantsOf(RuleDefinition rule, Policy policy)
    {
        var constants = rule.Parameters.Values.ToDictionary(p => p.Symbol.Name, p => p.Value, StringComparer.Ordinal);
        constants[PolicySymbols.PovertyLine.Name] = RuleValue.Decimal(policy.PovertyLine?.YuanPerHead);
        constants[PolicySymbols.MonitoringLine.Name] = RuleValue.Decimal(policy.MonitoringLine?.YuanPerHead);
        return constants;
    }

    private static Text? BlockedBecause(RuleDefinition rule, Policy policy) =>
        (rule.NeedsPovertyLine && policy.PovertyLine is null) || (rule.NeedsMonitoringLine && policy.MonitoringLine is null)
            ? ScreeningTexts.NoLine.With(policy.Area, policy.Date)
            : null;

    private static RuleExpression Compile(string rule, string text, ISymbols symbols)
    {
        var outcome = RuleExpression.Compile(text, symbols, RuleType.Bool);
        return outcome.Expression ?? throw new InvalidOperationException($"{rule}: {outcome.Errors[0]}");
    }
}
