using Shouwang.Kernel.Rules.Sql;

namespace Shouwang.Bench.Rules;

/// <summary>The made-up population as a table of a database, and the twenty rules as one select of a count for each.</summary>
/// <remarks>The product's own SQL; every condition is worked out once, and PostgreSQL is free to share the work among processes.</remarks>
internal static class CountingSql
{
    public const string Table = "households";

    public static string Columns(SqlForm form) => string.Join(", ", MadePopulation.Symbols.Select(s => $"{SqlName.Quoted(s.Name)} {form.TypeOf(s.Type)}"));

    public static string Select(SqlForm form)
    {
        var columns = MadePopulation.Symbols.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var conditions = TwentyRules.All.Select(rule => new SqlWriter(form, symbol => columns.Contains(symbol.Name)
            ? SqlName.OfColumn(SqlName.Quoted(symbol.Name))
            : SqlName.OfValue(rule.Constants(symbol))).Condition(rule.When));
        return $"select {string.Join(", ", conditions.Select(c => $"count(*) filter (where {c})"))} from {Table}";
    }
}
