using Npgsql;
using NpgsqlTypes;

namespace Shouwang.Platform.Storage;

/// <summary>A handful of rows for PostgreSQL: an array for each column and one statement, so one round trip and nothing in the catalogue.</summary>
/// <remarks>A change of one household writes a few rows to many tables; COPY takes two round trips for each, a temporary table several more.</remarks>
internal sealed class FewRows
{
    private readonly List<object?[]> _rows;

    private FewRows(List<object?[]> rows) => _rows = rows;

    /// <summary>The rows, if there are no more than <paramref name="most"/>. Rows are asked for once, however many there are: <paramref name="rows"/> is left to be read from its start.</summary>
    public static FewRows? In(ref IEnumerable<object?[]> rows, int most)
    {
        var enumerator = rows.GetEnumerator();
        var first = new List<object?[]>();
        while (first.Count <= most && enumerator.MoveNext())
            first.Add(enumerator.Current);
        if (first.Count > most)
        {
            rows = Resume(first, enumerator);
            return null;
        }
        enumerator.Dispose();
        return new(first);
    }

    /// <param name="conflict">What follows the rows: an <c>on conflict</c> clause, or nothing.</param>
    public async Task Insert(ShouwangDb db, string table, (string Name, ColumnType Type)[] columns, string conflict, CancellationToken cancel)
    {
        if (_rows.Count == 0)
            return;
        var names = string.Join(", ", columns.Select(c => c.Name));
        await using var command = await db.Command($"insert into {table} ({names}) select * from unnest({string.Join(", ", columns.Select((_, i) => $"@p{i}"))}) {conflict}", cancel);
        foreach (var parameter in Arrays(columns, _rows))
            command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Parameters <c>p0</c>, <c>p1</c> … with the rows' values column by column.</summary>
    public static IEnumerable<NpgsqlParameter> Arrays((string Name, ColumnType Type)[] columns, IReadOnlyList<object?[]> rows) =>
        columns.Select((c, i) => new NpgsqlParameter($"p{i}", NpgsqlDbType.Array | BulkInsert.TypeOf(c.Type)) { Value = Column(rows, i, c.Type) });

    private static IEnumerable<object?[]> Resume(List<object?[]> first, IEnumerator<object?[]> rest)
    {
        using (rest)
        {
            foreach (var row in first)
                yield return row;
            while (rest.MoveNext())
                yield return rest.Current;
        }
    }

    private static Array Column(IReadOnlyList<object?[]> rows, int column, ColumnType type) => type switch
    {
        ColumnType.Text => Of(rows, column, v => (string)v),
        ColumnType.Bytes => Of(rows, column, v => (byte[])v),
        ColumnType.Uuid => Of(rows, column, v => (Guid?)(Guid)v),
        ColumnType.BigInt => Of(rows, column, v => (long?)Convert.ToInt64(v, null)),
        ColumnType.Integer => Of(rows, column, v => (int?)(int)v),
        ColumnType.Boolean => Of(rows, column, v => (bool?)(bool)v),
        ColumnType.Date => Of(rows, column, v => (DateOnly?)(DateOnly)v),
        ColumnType.Numeric => Of(rows, column, v => (decimal?)(decimal)v),
    };

    private static T?[] Of<T>(IReadOnlyList<object?[]> rows, int column, Func<object, T?> read) => [.. rows.Select(row => row[column] is { } value ? read(value) : default)];
}
