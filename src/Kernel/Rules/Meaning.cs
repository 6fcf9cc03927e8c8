using System.Runtime.CompilerServices;

namespace Shouwang.Kernel.Rules;

/// <summary>What the operators and functions do with values: the one definition that evaluating and explaining share.</summary>
/// <remarks>
/// Every operand is known here unless it says otherwise. A result may still be unknown: a division by zero, a whole number
/// past 64 bits, a decimal past 12 digits before the point, a date outside the years 1–9999.
/// </remarks>
internal static class Meaning
{
    private const decimal LeastInt = long.MinValue, GreatestInt = long.MaxValue;

    /// <param name="kind">Of the result.</param>
    public static RuleValue Calculate(
        ArithmeticOperator @operator, RuleValue left, RuleValue right, ExprKind kind) => kind.Type switch
    {
        RuleType.Int or RuleType.Decimal => Numbers(@operator, left.Order, right.Order, kind.Type == RuleType.Int),
        RuleType.Date => left.Type == RuleType.Date
            ? Moved(left, right, @operator == ArithmeticOperator.Subtract ? -right.Order : right.Order)
            : Moved(right, left, left.Order),
        RuleType.Duration => Duration(@operator, left.Order, right.Order, kind.Unit),
        RuleType.Bool or RuleType.Text or RuleType.List => throw new InvalidOperationException($"No arithmetic gives a {kind.Type}."),
    };

    private static RuleValue Numbers(ArithmeticOperator @operator, decimal a, decimal b, bool whole)
    {
        if (@operator is ArithmeticOperator.Divide or ArithmeticOperator.Remainder && b == 0)
            return RuleValue.Unknown;
        return whole ? Whole(@operator, (long)a, (long)b) : RuleValue.Decimal(@operator switch
        {
            ArithmeticOperator.Add => Rules.Numbers.Sum(a, b),
            ArithmeticOperator.Subtract => Rules.Numbers.Sum(a, -b),
            ArithmeticOperator.Multiply => Rules.Numbers.Product(a, b),
            ArithmeticOperator.Divide => Rules.Numbers.Quotient(a, b),
            ArithmeticOperator.Remainder => throw new InvalidOperationException("Only whole numbers have a remainder."),
        });
    }

    // Of two whole numbers of 64 bits every result fits in 128.
    private static RuleValue Whole(ArithmeticOperator @operator, Int128 a, Int128 b)
    {
        var result = @operator switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.Remainder => a % b,
        };
        return result >= long.MinValue && result <= long.MaxValue ? RuleValue.Int((long)result) : RuleValue.Unknown;
    }

    public static RuleValue Negate(RuleValue value, ExprKind kind) =>
        kind.Type == RuleType.Int ? Whole(-value.Order) : RuleValue.Decimal(-value.Order);

    private static RuleValue Whole(decimal number) =>
        number is >= LeastInt and <= GreatestInt ? RuleValue.Int((long)number) : RuleValue.Unknown;

    private static RuleValue Duration(ArithmeticOperator @operator, decimal a, decimal b, Unit unit)
    {
        var whole = Whole(@operator == ArithmeticOperator.Subtract ? a - b : a + b);
        return whole.AsInt is not { } n ? RuleValue.Unknown : unit == Unit.Months ? RuleValue.Months(n) : RuleValue.Days(n);
    }

    private static RuleValue Moved(RuleValue date, RuleValue duration, decimal by)
    {
        var day = date.AsDate!.Value;
        if (!duration.IsInMonths)
            return date.Order + by is >= 0 and <= 3_652_058 and var number
                ? RuleValue.Date(DateOnly.FromDayNumber((int)number))
                : RuleValue.Unknown;
        return day.Year * 12 + day.Month - 1 + by is >= 12 and < 120_000
            ? RuleValue.Date(day.AddMonths((int)by))
            : RuleValue.Unknown;
    }

    public static bool Compare(ComparisonOperator @operator, RuleValue left, RuleValue right, RuleType type) =>
        type == RuleType.Text ? Holds(@operator, TextOrder(left.TextOrEmpty, right.TextOrEmpty))
        : type == RuleType.Bool ? left.AsBool == right.AsBool == (@operator == ComparisonOperator.Equal)
        : @operator switch
        {
            ComparisonOperator.Equal => left.Order == right.Order,
            ComparisonOperator.NotEqual => left.Order != right.Order,
            ComparisonOperator.Less => left.Order < right.Order,
            ComparisonOperator.LessOrEqual => left.Order <= right.Order,
            ComparisonOperator.Greater => left.Order > right.Order,
            ComparisonOperator.GreaterOrEqual => left.Order >= right.Order,
        };

    /// <param name="order">Below, at or above 0, as the left side is below, at or above the right one.</param>
    public static bool Holds(ComparisonOperator @operator, int order) => @operator switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
    };

    /// <summary>By code point, as CEL and databases with binary collation order texts; UTF-16 units alone would not.</summary>
    private static int TextOrder(string a, string b)
    {
        var shared = a.AsSpan().CommonPrefixLength(b);
        if (shared == a.Length || shared == b.Length)
            return a.Length.CompareTo(b.Length);
        var (x, y) = (a[shared], b[shared]);
        // A surrogate stands for a character past U+FFFF and follows every other unit.
        return char.IsSurrogate(x) == char.IsSurrogate(y) ? x.CompareTo(y) : char.IsSurrogate(x) ? 1 : -1;
    }

    /// <summary>Whether the item equals one of the list; unknown items may, so without a known match they leave it open.</summary>
    public static bool? Contains(IReadOnlyList<RuleValue> list, RuleValue item, RuleType type)
    {
        var open = false;
        for (var i = 0; i < list.Count; i++)
        {
            if (!list[i].IsKnown || !item.IsKnown)
                open = true;
            else if (Compare(ComparisonOperator.Equal, item, list[i], type))
                return true;
        }
        return open ? null : false;
    }

    public static RuleValue Size(RuleValue value)
    {
        if (value.AsList is { } list)
            return RuleValue.Int(list.Count);
        var characters = 0;
        foreach (var c in value.TextOrEmpty)
            characters += char.IsLowSurrogate(c) ? 0 : 1;
        return RuleValue.Int(characters);
    }

    public static bool TextHolds(RuleFunction function, RuleValue text, RuleValue part) => function switch
    {
        RuleFunction.Contains => text.TextOrEmpty.Contains(part.TextOrEmpty, StringComparison.Ordinal),
        RuleFunction.StartsWith => text.TextOrEmpty.StartsWith(part.TextOrEmpty, StringComparison.Ordinal),
        RuleFunction.EndsWith => text.TextOrEmpty.EndsWith(part.TextOrEmpty, StringComparison.Ordinal),
        RuleFunction.Size or RuleFunction.Days or RuleFunction.Months or RuleFunction.Years or RuleFunction.DaysBetween
            or RuleFunction.MonthsBetween or RuleFunction.Min or RuleFunction.Max => throw NoSuch(function),
    };

    /// <summary>Functions of one value.</summary>
    public static RuleValue Apply(RuleFunction function, RuleValue value) => function switch
    {
        RuleFunction.Size => Size(value),
        RuleFunction.Days => RuleValue.Days((long)value.Order),
        RuleFunction.Months => RuleValue.Months((long)value.Order),
        RuleFunction.Years => Whole(value.Order * 12).AsInt is { } months ? RuleValue.Months(months) : RuleValue.Unknown,
        RuleFunction.Contains or RuleFunction.StartsWith or RuleFunction.EndsWith or RuleFunction.DaysBetween
            or RuleFunction.MonthsBetween or RuleFunction.Min or RuleFunction.Max => throw NoSuch(function),
    };

    /// <summary>Functions of two values, or of more, taken two at a time; <see cref="As"/> makes the last one what the whole is.</summary>
    public static RuleValue Apply(RuleFunction function, RuleValue a, RuleValue b) => function switch
    {
        RuleFunction.DaysBetween => RuleValue.Int((long)(b.Order - a.Order)),
        RuleFunction.MonthsBetween => RuleValue.Int(MonthsBetween(a.AsDate!.Value, b.AsDate!.Value)),
        RuleFunction.Min => a.Order <= b.Order ? a : b,
        RuleFunction.Max => a.Order >= b.Order ? a : b,
        RuleFunction.Contains or RuleFunction.StartsWith or RuleFunction.EndsWith => RuleValue.Bool(TextHolds(function, a, b)),
        RuleFunction.Size or RuleFunction.Days or RuleFunction.Months or RuleFunction.Years => throw NoSuch(function),
    };

    /// <summary>A whole number where a decimal is expected becomes one: the smaller of 5 and 6.5 is the decimal 5. Everything else stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RuleValue As(ExprKind kind, RuleValue value) =>
        kind.Type == RuleType.Decimal && value.Type == RuleType.Int ? RuleValue.Decimal(value.Order) : value;

    /// <summary>
    /// The most months that can be added to the first day without passing the second; negative the other way round.
    /// So <c>monthsBetween(a, b) &gt;= n</c> says the same as <c>a + months(n) &lt;= b</c>.
    /// </summary>
    private static int MonthsBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
            return -MonthsBetween(to, from);
        var months = (to.Year - from.Year) * 12 + to.Month - from.Month;
        return to.Day < from.Day && to.Day < DateTime.DaysInMonth(to.Year, to.Month) ? months - 1 : months;
    }

    private static InvalidOperationException NoSuch(RuleFunction function) => new($"{function} takes other arguments.");
}
