namespace Shouwang.Kernel.Rules.Sql;

internal sealed class SqliteForm : SqlForm
{
    internal override string True => "1";

    internal override string False => "0";

    internal override string Null(ExprKind kind) => "null";

    internal override string Decimal(decimal number) => $"x'{Convert.ToHexString(SqlNumber.Bytes(number))}'";

    public override string TypeOf(RuleType type) => type switch
    {
        RuleType.Bool or RuleType.Int or RuleType.Date or RuleType.Duration => "integer",
        RuleType.Decimal => "blob",
        RuleType.Text or RuleType.List => "text",
    };

    // -9223372036854775808 would be read as the negative of a number that is no whole one any more.
    private protected override string Whole(decimal number) => number == long.MinValue ? "(-9223372036854775807 - 1)" : base.Whole(number);

    internal override string Operand(string whole) => whole;

    internal override string Arithmetic(ArithmeticOperator @operator, string left, string right, bool whole) =>
        $"{(whole ? SqlFunction.Whole(@operator) : SqlFunction.Decimal(@operator))}({left}, {right})";

    internal override string Negation(string operand, bool whole) => $"{(whole ? "rule_negative_int" : "rule_negative")}({operand})";

    internal override string Moved(ArithmeticOperator @operator, string date, string duration, bool months) =>
        $"{SqlFunction.Move(@operator, months)}({date}, {duration})";

    internal override string Years(string count) => $"rule_years({count})";

    internal override string MonthsBetween(string from, string to) => $"rule_months_between({from}, {to})";

    internal override string Comparable(string whole) => $"rule_comparable({whole})";

    internal override string AsDecimal(string number) => $"rule_decimal({number})";

    // Of several values SQLite's min is NULL when one is. It takes no more than 127.
    internal override string Least(IReadOnlyList<string> operands, bool most, bool simple) => operands.Count <= 100
        ? $"{(most ? "max" : "min")}({string.Join(", ", operands)})"
        : Least([.. operands.Chunk(100).Select(c => c.Length == 1 ? c[0] : Least(c, most, simple))], most, simple);

    // Texts are compared byte by byte, which in UTF-8 is by code point.
    internal override string Ordered(string left, string sign, string right) => $"({left} {sign} {right})";

    internal override string TextHolds(RuleFunction function, string text, string part) => function switch
    {
        RuleFunction.Contains => $"(instr({text}, {part}) > 0)",
        RuleFunction.StartsWith => $"(instr({text}, {part}) = 1)",
        _ => $"rule_ends_with({text}, {part})",
    };

    internal override string InList(string item, string column) => $"iif({column} is null, null, {item} in (select value from json_each({column})))";

    internal override string Count(string column) => $"json_array_length({column})";

    internal override string Code(string condition) => $"coalesce({condition}, 2)";
}
