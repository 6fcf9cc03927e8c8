namespace Shouwang.Kernel.Rules.Sql;

/// <summary>What stands for a name of a rule in SQL: a column, or a value that is the same for all households.</summary>
/// <remarks>
/// How columns have to hold their values; NULL is unknown:
/// <list type="table">
/// <item><term>true or false</term><description>PostgreSQL <c>boolean</c>; SQLite 0 and 1</description></item>
/// <item><term>whole number</term><description><c>bigint</c></description></item>
/// <item><term>decimal</term><description>PostgreSQL <c>numeric(28,16)</c>; SQLite the <c>blob</c> of <see cref="SqlNumber"/></description></item>
/// <item><term>text</term><description><c>text</c></description></item>
/// <item><term>date</term><description><c>bigint</c> or <c>integer</c>: days since 0001-01-01</description></item>
/// <item><term>list of texts</term><description>PostgreSQL <c>text[]</c>; SQLite a JSON array</description></item>
/// </list>
/// </remarks>
public readonly record struct SqlName
{
    private SqlName(string? column, RuleValue value) => (Column, Value) = (column, value);

    internal string? Column { get; }

    internal RuleValue Value { get; }

    /// <param name="sql">As it stands in SQL, quoted where it has to be: see <see cref="Quoted"/>.</param>
    public static SqlName OfColumn(string sql) => new(sql, default);

    /// <param name="value">Of the symbol's type, or unknown.</param>
    public static SqlName OfValue(RuleValue value) => new(null, value);

    /// <summary>Any name as an identifier that no database reads otherwise.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
