using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;

namespace Shouwang.Platform.Policy;

/// <summary>A monitoring category 监测对象类别 under the name of its time: in 2020 边缘户, later 边缘易致贫户.</summary>
/// <param name="Code">The name of the enumeration: <c>UnstableLifted</c>, <c>MarginalAtRisk</c>, <c>SuddenHardship</c>, <c>GeneralKey</c>.</param>
public sealed record MonitoringCategoryTerm(string Code, Text Name, Text Meaning, Text Source);

/// <summary>A time limit under the key by which state tables name it.</summary>
/// <param name="Minimum">The step may not end before it, as with public notices; otherwise it may not end after it.</param>
public sealed record ClockDefinition(string Key, Text Title, TimeLimit Limit, bool Minimum, Text Source, bool Assumed);

/// <summary>A risk cause 致贫返贫风险 of the C-RISK list.</summary>
public sealed record RiskCause(string Code, Text Title, Text Needs, Text Source);

/// <summary>What kind of disaster, where the cause is one.</summary>
public sealed record DisasterSubtype(string Code, Text Title);

/// <summary>A family of measures 帮扶措施类别.</summary>
public sealed record MeasureFamily(string Code, Text Title);

/// <summary>A kind of measure in the catalogue.</summary>
/// <param name="Developmental">
/// Raises what the household earns itself 开发式帮扶; a household that can work needs at least one such measure.
/// </param>
/// <param name="UsualYuan">What one usually costs in a year, for plans and rehearsals; null where no figure is known.</param>
/// <param name="UsualAssumed">No text was found that sets this cost; the county puts in its own.</param>
public sealed record MeasureDefinition(
    string Code, Text Title, string Family, bool Developmental, decimal? UsualYuan, bool UsualAssumed, Text Source);

/// <summary>Which measures answer a cause: one of the families has to be there, the typical ones are offered first.</summary>
/// <param name="Cause">A risk cause, or one of the special needs <c>dropout</c>, <c>unsafe_water</c>, <c>uninsured</c>.</param>
public sealed record CauseMeasures(
    string Cause, IReadOnlyList<string> Families, IReadOnlyList<string> Typical, Text Source, bool Assumed);

/// <summary>A standard ST1–ST10 of the two assurances, three guarantees and water 两不愁三保障和饮水安全.</summary>
/// <param name="When">Holds when the standard is met; null where only a visit can tell.</param>
public sealed record GuaranteeDefinition(string Id, Text Title, string? When, Text Source);

/// <summary>A condition of the elimination of risk 风险消除.</summary>
/// <param name="When">Holds when nothing stands in the way; null for one that casework checks itself.</param>
/// <param name="Builtin">The name under which casework checks it; null for expressions.</param>
/// <param name="Met">What to tell the user when it holds; null where a pack gives no words.</param>
/// <param name="Missing">What to tell the user when it does not hold.</param>
public sealed record EliminationGuard(string Code, string? When, string? Builtin, Text? Met, Text Missing, Text Source, bool Assumed);

/// <summary>An office that sends data, answers matters or carries out measures.</summary>
public sealed record Department(string Code, Text Title);

/// <summary>A source of facts, such as the register or a department's file.</summary>
public sealed record FactSource(string Code, Text Title);

/// <summary>Whose word counts for an attribute when sources differ.</summary>
public sealed record SourceOrder
{
    /// <summary>Every source there is.</summary>
    public required IReadOnlyList<FactSource> Sources { get; init; }

    /// <summary>The order for attributes without their own, most trusted first.</summary>
    public required IReadOnlyList<string> Default { get; init; }

    /// <summary>Orders of single attributes, such as <c>member.dis_level</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> ByAttribute { get; init; }

    /// <summary>The order for one attribute, most trusted first. A source it leaves out counts least, whatever its date.</summary>
    public IReadOnlyList<string> For(string attribute) => ByAttribute.GetValueOrDefault(attribute, Default);
}

/// <summary>A text that values of the packs refer to.</summary>
/// <param name="Grade">A official site, B reprint of an official or press text, C third-party text, G public code, R county report of 2020.</param>
/// <param name="Address">Where it can be read; null where the only copy is a reprint.</param>
public sealed record Citation(string Code, string Grade, Text Title, string? Address);

/// <summary>A pack that contributes to a policy.</summary>
public sealed record PackTitle(string Id, Text Title, AreaCode Area, DateOnly From, DateOnly? To);
