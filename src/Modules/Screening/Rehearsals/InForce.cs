using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>The policies of the counties that are rehearsed, side by side: what they agree on, and what each has for itself.</summary>
/// <param name="Policies">At least one: that of the area itself where it has no county yet.</param>
internal sealed record InForce(IReadOnlyList<Policy> Policies)
{
    /// <summary>For names of categories, causes and measures, which come from the packs.</summary>
    public Policy First => Policies[0];

    /// <summary>The rules that can be changed: all of one county's; of several, those of the packs, since each wrote its own for itself.</summary>
    public IReadOnlyList<RuleDefinition> Rules => Policies is [var only] ? only.Rules
        : [.. Policies.SelectMany(p => p.Rules).Where(r => !RehearsedPolicy.IsOwn(r)).DistinctBy(r => r.Id)];

    public ValuesInForce Line(string name) => Of(p => RuleValue.Decimal(p.Line(name)?.YuanPerHead));

    /// <param name="name">Rule and parameter: <c>W14.limit</c>.</param>
    public ValuesInForce Parameter(string name) => Of(p => p.Parameter(name)?.Value ?? default);

    /// <summary>Whether the rule opens leads; unknown where a county's policy has no such rule.</summary>
    public ValuesInForce Live(string rule) => Of(p => p.Rule(rule) is { } found ? RuleValue.Bool(found.State == RuleState.Live) : default);

    public ValuesInForce Cost(string measure) => Of(p => RuleValue.Decimal(p.Measures.FirstOrDefault(m => m.Code == measure)?.UsualYuan));

    private ValuesInForce Of(Func<Policy, RuleValue> value) => new([.. Policies.Select(value).Where(v => v.IsKnown)], Policies.Count);
}
