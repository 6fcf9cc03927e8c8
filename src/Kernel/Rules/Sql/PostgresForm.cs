using System.Globalization;

namespace Shouwang.Kernel.Rules.Sql;

/// <summary>Calculates in <c>numeric</c>, which has no limits that matter here, and cuts what is past the language's limits to NULL.</summary>
internal sealed class PostgresForm : SqlForm
{
    /// <summary>Makes a quotient have 60 places.</summary>
    /// <remarks>
    /// PostgreSQL rounds it to as many places as an operand has, half away from zero. Rounding that again to 16 is right unless
    /// the exact quotient lies closer to the middle of two results than 10⁻⁶⁰ without being it; of two numbers with at most
    /// 35 digits it is either the middle, or at least 10⁻⁵² away.
    /// </remarks>
    private const string SixtyPlaces = "0.000000000000000000000000000000000000000000000000000000000000";

    internal override string True => "true";

    internal override string False => "false";

    internal override string Null(ExprKind kind) => $"null::{TypeOf(kind.Type)}";

    // With a point, PostgreSQL takes it for numeric; without one, for an integer.
    internal override string Decimal(decimal number) => number.ToString("0.0###############;(-0.0###############)", CultureInfo.InvariantCulture);

    public override string TypeOf(RuleType type) => type switch
    {
        RuleType.Bool => "boolean",
        RuleType.Int or RuleType.Duration => "bigint",
        RuleType.Decimal => "numeric(28,16)",
        RuleType.Text => "text",
        RuleType.Date => "integer",
        RuleType.List => "text[]",
    };

    internal override string Operand(string whole) => $"{whole}::numeric";

    internal override string Arithmetic(ArithmeticOperator @operator, string a, string b, bool whole)
    {
        var exact = @operator switch
        {
            ArithmeticOperator.Add => $"{a} + {b}",
            ArithmeticOperator.Subtract => $"{a} - {b}",
            ArithmeticOperator.Multiply => $"{a} * {b}",
            ArithmeticOperator.Divide => whole ? $"div({a}, nullif({b}, 0))" : $"({a} + {SixtyPlaces}) / nullif({b}, 0)",
            ArithmeticOperator.Remainder => $"mod({a}, nullif({b}, 0))",
        };
        return whole ? Within(exact, "-9223372036854775809", "9223372036854775808")
            : @operator is ArithmeticOperator.Multiply or ArithmeticOperator.Divide ? Held($"round({exact}, {Numbers.Places})")
            : Held(exact);
    }

    internal override string Negation(string operand, bool whole) =>
        whole ? Within($"-{operand}", "-9223372036854775809", "9223372036854775808") : $"(-{operand})";

    internal override string Moved(ArithmeticOperator @operator, string date, string duration, bool months)
    {
        var sign = @operator == ArithmeticOperator.Subtract ? "-" : "+";
        if (!months)
            return Day($"{date}::numeric {sign} {duration}::numeric");
        // Ten thousand years later the calendar is the same, and nothing that is subtracted leads past what PostgreSQL's dates hold.
        var by = $"make_interval(months => greatest(least({duration}, 120000), -120000)::integer)";
        return Day($"(make_date(10001, 1, 1) + {date}::integer {sign} {by})::date - make_date(10001, 1, 1)");
    }

    internal override string Years(string count) => Within($"12 * {count}::numeric", "-9223372036854775809", "9223372036854775808");

    internal override string MonthsBetween(string from, string to) => $"""
        (select d.s * (12 * (extract(year from d.t) - extract(year from d.f)) + extract(month from d.t) - extract(month from d.f)
        - case when extract(day from d.t) < extract(day from d.f) and extract(month from d.t + 1) = extract(month from d.t) then 1 else 0 end)
        from (select case when v.a <= v.b then 1 else -1 end s, make_date(1, 1, 1) + least(v.a, v.b)::integer f,
        make_date(1, 1, 1) + greatest(v.a, v.b)::integer t from (values ({from}, {to})) v(a, b) where v.a is not null and v.b is not null) d)
        """.ReplaceLineEndings(" ");

    internal override string Comparable(string whole) => whole;

    internal override string AsDecimal(string number) => Held($"{number}::numeric");

    // PostgreSQL's least passes over NULL.
    internal override string Least(IReadOnlyList<string> operands, bool most, bool simple) => simple
        ? $"case when {string.Join(" and ", operands.Select(o => $"{o} is not null"))} then {(most ? "greatest" : "least")}({string.Join(", ", operands)}) end"
        : $"(select case when count(v.a) = {operands.Count} then {(most ? "max" : "min")}(v.a) end from (values {string.Join(", ", operands.Select(o => $"({o})"))}) v(a))";

    internal override string Ordered(string left, string sign, string right) => $"({left} collate \"C\" {sign} {right} collate \"C\")";

    internal override string TextHolds(RuleFunction function, string text, string part) => function switch
    {
        RuleFunction.Contains => $"(strpos({text}, {part}) > 0)",
        RuleFunction.StartsWith => $"starts_with({text}, {part})",
        _ => $"starts_with(reverse({text}), reverse({part}))",
    };

    internal override string InList(string item, string column) => $"({item} = any({column}))";

    internal override string Count(string column) => $"cardinality({column})";

    internal override string Code(string condition) => $"coalesce({condition}::integer, 2)::bigint";

    private static string Held(string exact) => Within(exact, "-1000000000000", "1000000000000");

    private static string Day(string exact) => Within(exact, "-1", "3652059");

    /// <summary>NULL from the two bounds on. Least and greatest pass over NULL, which so becomes a bound, and NULL again.</summary>
    private static string Within(string exact, string below, string above) =>
        $"nullif(nullif(greatest(least({exact}, {above}), {below}), {above}), {below})";
}
