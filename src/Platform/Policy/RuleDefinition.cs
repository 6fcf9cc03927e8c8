using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy;

/// <summary>How urgent a warning is; the larger, the more urgent.</summary>
public enum RuleLevel { Green = 1, Yellow = 2, Red = 3 }

/// <summary>Whether a rule opens leads, or is only watched until the county has confirmed its threshold.</summary>
public enum RuleState { Live, Shadow }

/// <summary>A warning rule of a policy pack.</summary>
/// <param name="Id">Such as <c>W01</c>; never reused for another meaning.</param>
/// <param name="When">The condition, in the rule language.</param>
/// <param name="Parameters">The numbers the condition uses as <c>param.name</c>.</param>
/// <param name="Levels">From most to least urgent; the first whose condition holds is the level of the warning.</param>
/// <param name="Categories">
/// The monitoring categories to suggest, in order; the first whose condition holds. Empty for rules about data or service.
/// People decide the category after a visit, never the rule.
/// </param>
/// <param name="Department">The code of the department that answers for the matter.</param>
/// <param name="Template">
/// What a reader of the warning sees; <c>{head}</c>, <c>{village}</c>, <c>{name}</c> (the person it is about), <c>{n}</c> (people),
/// <c>{date}</c>, <c>{year}</c>, <c>{dept}</c>, <c>{src}</c>, names of features, <c>{line.monitoring}</c> and <c>{param.name}</c>
/// are filled in.
/// </param>
/// <param name="TtlDays">How many days after a lead was dismissed the same rule stays silent for the household.</param>
/// <param name="Source">What the rule is based on.</param>
/// <param name="OnlyJoins">
/// The rule is about the work with a household, not about the household: it joins the open lead and never opens one, so that being late
/// does not make more to do.
/// </param>
/// <param name="NeedsPovertyLine">The rule cannot run where no poverty line is known.</param>
/// <param name="NeedsMonitoringLine">The rule cannot run where no monitoring line is known.</param>
/// <param name="Pack">The pack that had the last word on it.</param>
public sealed record RuleDefinition(
    string Id,
    Text Title,
    string When,
    IReadOnlyDictionary<string, RuleParameter> Parameters,
    IReadOnlyList<RuleLevelChoice> Levels,
    IReadOnlyList<CategoryChoice> Categories,
    string Department,
    Text Template,
    int TtlDays,
    Text Source,
    RuleState State,
    bool OnlyJoins,
    bool NeedsPovertyLine,
    bool NeedsMonitoringLine,
    string Pack)
{
    /// <summary>
    /// The risk cause a warning points at, or one of the special needs of <see cref="CauseMeasures.Cause"/>; null where a rule points at none.
    /// For estimates of what help would cost: people find the cause on a visit, never the rule.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>The rule uses an income line; without one it is not run and says so.</summary>
    public bool NeedsLine => NeedsPovertyLine || NeedsMonitoringLine;
}

/// <summary>A number, date or word that a rule uses and that policy may change.</summary>
/// <param name="Name">Used in the condition as <c>param.name</c>.</param>
/// <param name="Title">For people; the name itself where a pack gives none.</param>
/// <param name="Value">Always known.</param>
/// <param name="Unit">What a number counts; none for plain values.</param>
/// <param name="Assumed">No text was found that sets this value; the county has to confirm it.</param>
public sealed record RuleParameter(string Name, Text Title, RuleValue Value, Unit Unit, Text Source, bool Assumed)
{
    /// <summary>The name by which a condition reads the value, with type and unit.</summary>
    public Symbol Symbol { get; } = new($"param.{Name}", Value.Type ?? RuleType.Text, Unit, Title);
}

/// <param name="When">A condition in the rule language; null: always.</param>
public sealed record RuleLevelChoice(RuleLevel Level, string? When);

/// <param name="Category">A monitoring category, as in <see cref="MonitoringCategoryTerm.Code"/>.</param>
/// <param name="When">A condition in the rule language; null: always.</param>
public sealed record CategoryChoice(string Category, string? When);
