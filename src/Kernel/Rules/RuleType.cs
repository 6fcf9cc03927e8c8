namespace Shouwang.Kernel.Rules;

/// <summary>What a rule can calculate with. There is no null: a missing value is unknown, of whatever type.</summary>
public enum RuleType
{
    Bool,

    /// <summary>A whole number of 64 bits.</summary>
    Int,

    /// <summary>A decimal number of at most 12 digits before the point and 16 after it; see <see cref="Numbers"/>.</summary>
    /// <remarks>Never binary floating point as in CEL, so that a threshold holds exactly on its boundary.</remarks>
    Decimal,

    Text,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A whole number of days, or a whole number of months; the unit tells which. The two never mix.</summary>
    Duration,

    /// <summary>A list; one that a symbol stands for is a list of texts (codes).</summary>
    List,
}

/// <summary>What the checker found out about an expression.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="Unit">The unit of its value, or of a list's items; none for texts, dates and truth values.</param>
/// <param name="Item">The type of a list's items; null for an empty list and for everything that is no list.</param>
public readonly record struct ExprKind(RuleType Type, Unit Unit = Unit.None, RuleType? Item = null)
{
    /// <summary>Int or Decimal, which may be mixed.</summary>
    public bool IsNumber => Type is RuleType.Int or RuleType.Decimal;
}

internal static class RuleTypes
{
    /// <summary>How the type is called in messages and documents.</summary>
    public static Text Title(this RuleType type) => type switch
    {
        RuleType.Bool => new("真假", "true or false"),
        RuleType.Int => new("整数", "whole number"),
        RuleType.Decimal => new("小数", "decimal number"),
        RuleType.Text => new("文本", "text"),
        RuleType.Date => new("日期", "date"),
        RuleType.Duration => new("时长", "duration"),
        RuleType.List => new("列表", "list"),
    };
}
