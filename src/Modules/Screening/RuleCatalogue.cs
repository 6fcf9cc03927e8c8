using System.Collections.Concurrent;
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
    IReadOnlyList<(string Category, RuleExpression? When)> Categories, IReadOnlyDictionary<string, RuleValue> Constants, Text? Blocked)
{
    /// <summary>Every name that one of its conditions reads.</summary>
    public IEnumerable<Symbol> Reads => Levels.Select(l => l.When).Concat(Categories.Select(c => c.When)).OfType<RuleExpression>().Prepend(When).SelectMany(e => e.Symbols);
}

/// <summary>The rules of a policy, ready to run. Compiled once for each policy.</summary>
internal sealed class RuleCatalogue(IEnumerable<IFeatureSource> sources)
{
    // The catalogue lives as long as a request; what is compiled lives as long as the policy.
    private static readonly ConditionalWeakTable<Policy, IReadOnlyList<ReadyRule>> OfPolicies = [];

    // A rule that somebody is writing is tried in every county at once.
    private readonly ConcurrentDictionary<string, RuleOutcome> _read = new(StringComparer.Ordinal);
    private readonly Lazy<SymbolTable> _features = new(() => new(sources.SelectMany(s => s.Features).Select(f => f.Symbol)));

    /// <exception cref="InvalidOperationException">A rule of the pack is not valid; loading the pack should have said so.</exception>
    public IReadOnlyList<ReadyRule> For(Policy policy) => OfPolicies.GetValue(policy, Prepare);

    /// <summary>The names of all features.</summary>
    public ISymbols Features => _features.Value;

    /// <summary>Reads a condition that somebody is writing.</summary>
    public RuleOutcome Read(string when) => _read.GetOrAdd(when, Compile, PolicySymbols.For(_features.Value));

    /// <summary>A rule that no pack has, under a policy.</summary>
    /// <exception cref="InvalidOperationException">Its condition is not valid; <see cref="Read"/> says why.</exception>
    public ReadyRule Add(RuleDefinition rule, Policy policy) => Ready(rule, policy, (text, _) => Read(text));

    /// <summary>A rule with other parameters, another state or under other lines; the rule itself where none of that makes a difference. Nothing is compiled again.</summary>
    public static ReadyRule Change(ReadyRule rule, RuleDefinition definition, Policy policy)
    {
        var (constants, blocked) = (ConstantsOf(definition, policy), BlockedBecause(definition, policy));
        return ReferenceEquals(definition, rule.Definition) && blocked == rule.Blocked && rule.Reads.All(s => constants.GetValueOrDefault(s.Name) == rule.Constants.GetValueOrDefault(s.Name))
            ? rule : rule with { Definition = definition, Constants = constants, Blocked = blocked };
    }

    private IReadOnlyList<ReadyRule> Prepare(Policy policy) => [.. policy.Rules.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => Ready(r, policy, Compile))];

    private ReadyRule Ready(RuleDefinition rule, Policy policy, Func<string, ISymbols, RuleOutcome> compile)
    {
        var symbols = PolicySymbols.For(_features.Value, rule.Parameters.Values);
        return new(rule, Compiled(rule.When), [.. rule.Levels.Select(l => (l.Level, l.When is null ? null : Compiled(l.When)))],
            [.. rule.Categories.Select(c => (c.Category, c.When is null ? null : Compiled(c.When)))], ConstantsOf(rule, policy), BlockedBecause(rule, policy));

        RuleExpression Compiled(string text) =>
            compile(text, symbols) is { Expression: { } expression } ? expression : throw new InvalidOperationException($"{rule.Id}: {compile(text, symbols).Errors[0]}");
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

    private static RuleOutcome Compile(string text, ISymbols symbols) => RuleExpression.Compile(text, symbols, RuleType.Bool);
}
