namespace Shouwang.Kernel.Rules.Sql;

/// <summary>
/// A function that SQLite has to be given before it can run rules: SQLite has no decimals, no calendar, and turns a whole number
/// past 64 bits into a floating one.
/// </summary>
/// <param name="Calculate">
/// The result, unknown being NULL. Integers come in as whole numbers, blobs as decimals (<see cref="SqlNumber"/>); so they go out,
/// dates as their day numbers. Not called when an argument is NULL.
/// </param>
public sealed record SqlFunction(string Name, int Arguments, Func<RuleValue, RuleValue, RuleValue> Calculate)
{
    private static readonly ExprKind WholeNumber = new(RuleType.Int), DecimalNumber = new(RuleType.Decimal), Day = new(RuleType.Date);

    /// <summary>All of them. They do what <see cref="RuleExpression.Evaluate"/> does, because they are the same code.</summary>
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Enum.GetValues<ArithmeticOperator>().Select(o => new SqlFunction(Whole(o), 2, (a, b) => Meaning.Calculate(o, a, b, WholeNumber))),
        .. Enum.GetValues<ArithmeticOperator>().Where(o => o != ArithmeticOperator.Remainder)
            .Select(o => new SqlFunction(Decimal(o), 2, (a, b) => Meaning.Calculate(o, a, b, DecimalNumber))),
        .. new[] { ArithmeticOperator.Add, ArithmeticOperator.Subtract }.SelectMany(o => new[] { true, false }.Select(months => new SqlFunction(
            Move(o, months), 2, (a, b) => Meaning.Calculate(o, Date(a), months ? RuleValue.Months(b.AsInt!.Value) : RuleValue.Days(b.AsInt!.Value), Day)))),
        new("rule_negative_int", 1, (a, _) => Meaning.Negate(a, WholeNumber)),
        new("rule_negative", 1, (a, _) => Meaning.Negate(a, DecimalNumber)),
        new("rule_years", 1, (a, _) => Meaning.Apply(RuleFunction.Years, a)),
        new("rule_months_between", 2, (a, b) => Meaning.Apply(RuleFunction.MonthsBetween, Date(a), Date(b))),
        new("rule_ends_with", 2, (a, b) => RuleValue.Bool(Meaning.TextHolds(RuleFunction.EndsWith, a, b))),
        // A whole number among decimals: compared as it is, and a result only below the limit of decimals.
        new("rule_comparable", 1, (a, _) => RuleValue.Unsigned(a.Order)),
        new("rule_decimal", 1, (a, _) => RuleValue.Decimal(a.Order)),
    ];

    internal static string Whole(ArithmeticOperator @operator) => $"{Decimal(@operator)}_int";

    internal static string Decimal(ArithmeticOperator @operator) => @operator switch
    {
        ArithmeticOperator.Add => "rule_sum",
        ArithmeticOperator.Subtract => "rule_difference",
        ArithmeticOperator.Multiply => "rule_product",
        ArithmeticOperator.Divide => "rule_quotient",
        ArithmeticOperator.Remainder => "rule_remainder",
    };

    internal static string Move(ArithmeticOperator @operator, bool months) =>
        $"rule_{(@operator == ArithmeticOperator.Subtract ? "subtract" : "add")}_{(months ? "months" : "days")}";

    private static RuleValue Date(RuleValue day) => RuleValue.Date(DateOnly.FromDayNumber((int)day.AsInt!.Value));
}
