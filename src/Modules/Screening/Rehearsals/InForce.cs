using Shouwang.Kernel;
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

    public Values Line(string name) => Of(p => RuleValue.Decimal(p.Line(name)?.YuanPerHead));

    /// <param name="name">Rule and parameter: <c>W14.limit</c>.</param>
    public Values Parameter(string name) => Of(p => p.Parameter(name)?.Value ?? default);

    /// <summary>Whether the rule opens leads; unknown where a county's policy has no such rule.</summary>
    public Values Live(string rule) => Of(p => p.Rule(rule) is { } found ? RuleValue.Bool(found.State == RuleState.Live) : default);

    public Values Cost(string measure) => Of(p => RuleValue.Decimal(p.Measures.FirstOrDefault(m => m.Code == measure)?.UsualYuan));

    private Values Of(Func<Policy, RuleValue> value) => new([.. Policies.Select(value).Where(v => v.IsKnown)], Policies.Count);

    /// <summary>The known values of all counties.</summary>
    public sealed record Values(IReadOnlyList<RuleValue> Known, int Counties)
    {
        public static readonly Values None = new([], 0);

        /// <summary>The same number everywhere.</summary>
        public static Values One(decimal number) => new([RuleValue.Decimal(number)], 1);

        /// <summary>The value of all counties, or null where they differ or none has one.</summary>
        public RuleValue? Common => Known.Count == Counties && Known.Distinct().Count() == 1 ? Known[0] : null;

        /// <summary>Counties have different values, or some have none.</summary>
        public bool Differ => Known.Count > 0 && Common is null;

        /// <summary>The value most counties have: where a slider begins.</summary>
        public RuleValue Usual => Known.GroupBy(v => v).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault();

        /// <summary>In words: <c>6,000 元/人</c>, <c>6,000–6,500 元/人</c> where counties differ.</summary>
        public Text In(Unit unit)
        {
            var distinct = Known.Distinct().ToList();
            if (distinct.Count <= 1)
                return Say(distinct.FirstOrDefault(), unit);
            var sorted = distinct.OrderBy(v => v.AsDecimal ?? 0).ToList();
            var (least, most) = (Say(sorted[0], unit), Say(sorted[^1], unit));
            return new($"{least.Zh}–{most.Zh}", $"{least.En}–{most.En}");
        }

        private static Text Say(RuleValue value, Unit unit) => new(value.In(Language.Zh, unit), value.In(Language.En, unit));
    }
}
