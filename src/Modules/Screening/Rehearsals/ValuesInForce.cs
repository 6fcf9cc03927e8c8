using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Modules.Screening;

/// <summary>What a line, a threshold or a switch is in each of several counties.</summary>
/// <param name="Known">The values there are.</param>
/// <param name="Counties">How many were looked at.</param>
public sealed record ValuesInForce(IReadOnlyList<RuleValue> Known, int Counties)
{
    public static readonly ValuesInForce None = new([], 0);

    /// <summary>The same number everywhere.</summary>
    public static ValuesInForce One(decimal number) => new([RuleValue.Decimal(number)], 1);

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
        // The unit once, but for shares: 40% is no 0.4.
        var (least, most) = (Say(sorted[0], unit == Unit.Ratio ? unit : Unit.None), Say(sorted[^1], unit));
        return new($"{least.Zh}–{most.Zh}", $"{least.En}–{most.En}");
    }

    private static Text Say(RuleValue value, Unit unit) => new(value.In(Language.Zh, unit), value.In(Language.En, unit));
}
