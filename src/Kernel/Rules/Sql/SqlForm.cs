using System.Globalization;

namespace Shouwang.Kernel.Rules.Sql;

/// <summary>How one database says what rules say. Every phrase gives a value or NULL and never fails, whatever is in the columns.</summary>
/// <remarks>No phrase repeats an operand that is not a mere name: nested, that would double the text at every level.</remarks>
public abstract class SqlForm
{
    /// <summary>PostgreSQL from 14 on, and Citus.</summary>
    public static SqlForm Postgres { get; } = new PostgresForm();

    /// <summary>SQLite that knows the functions of <see cref="SqlFunction.All"/>.</summary>
    public static SqlForm Sqlite { get; } = new SqliteForm();

    private protected SqlForm()
    {
    }

    internal abstract string True { get; }

    internal abstract string False { get; }

    internal abstract string Null(ExprKind kind);

    internal abstract string Decimal(decimal number);

    /// <summary>The column type that holds a feature; see <see cref="SqlName"/>.</summary>
    public abstract string TypeOf(RuleType type);

    internal string Literal(RuleValue value, ExprKind kind) => value.Type is not { } type ? Null(kind) : type switch
    {
        RuleType.Bool => value.AsBool == true ? True : False,
        RuleType.Decimal => Decimal(value.Order),
        RuleType.Int or RuleType.Date or RuleType.Duration => kind.Type == RuleType.Decimal ? Decimal(value.Order) : Whole(value.Order),
        RuleType.Text or RuleType.List => throw new InvalidOperationException("Texts are parameters."),
    };

    private protected virtual string Whole(decimal number) =>
        number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)})" : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A whole number so that it can be calculated with.</summary>
    internal abstract string Operand(string whole);

    /// <summary>A calculation with numbers, or with durations. Whole ones have passed <see cref="Operand"/>.</summary>
    /// <param name="whole">The result is a whole number.</param>
    internal abstract string Arithmetic(ArithmeticOperator @operator, string left, string right, bool whole);

    internal abstract string Negation(string operand, bool whole);

    /// <summary>A date later or earlier by days or months.</summary>
    internal abstract string Moved(ArithmeticOperator @operator, string date, string duration, bool months);

    internal abstract string Years(string count);

    internal abstract string MonthsBetween(string from, string to);

    /// <summary>A number of either type so that it can be compared with decimals.</summary>
    internal abstract string Comparable(string whole);

    /// <summary>A number of either type as a decimal; NULL where it is too large for one.</summary>
    internal abstract string AsDecimal(string number);

    /// <param name="simple">The operands are names and literals.</param>
    internal abstract string Least(IReadOnlyList<string> operands, bool most, bool simple);

    internal abstract string Ordered(string left, string sign, string right);

    internal abstract string TextHolds(RuleFunction function, string text, string part);

    internal abstract string InList(string item, string column);

    internal abstract string Count(string column);

    /// <summary>0 for false, 1 for true, 2 for unknown; a whole number of 64 bits.</summary>
    internal abstract string Code(string condition);
}
