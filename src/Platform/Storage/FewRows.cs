using Npgsql;
using NpgsqlTypes;

namespace Shouwang.Platform.Storage;

/// <summary>A handful of rows for PostgreSQL: an array for each column and one statement, so one round trip and nothing in the catalogue.</summary>
/// <remarks>A change of one household writes a few rows to many tables; COPY takes two round trips for each, a temporary table several more.</remarks>
internal sealed class FewRows
{
    private const int Most = 100;

    private readonly List<object?[]> _rows;

    private FewRows(List<object?[]> rows) => _rows = rows;

    /// <summary>The rows, if they are few. Rows are asked for once, however many there are: <paramref name="rows"/> is left to be read from its start.</summary>
    public static FewRows? In(ref IEnumerable<object?[]> rows)
    {
        var enumerator = rows.GetEnumerator();
        var first = new List<object?[]>();
        while (first.Count <= Most && enumerator.MoveNext())
            first.Add(enumerator.Current);
        if (first.Count > Most)
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
        for (var i = 0; i < columns.Length; i++)
            command.Parameters.Add(new NpgsqlParameter($"p{i}", NpgsqlDbType.Array | BulkInsert.TypeOf(columns[i].Type)) { Value = Column(i, columns[i].Type) });
        await command.ExecuteNonQueryAsync(cancel);
    }

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

    private Array Column(int column, ColumnType type) => type switch
    {
        ColumnType.Text => Of(column, v => (string)v),
        ColumnType.Bytes => Of(column, v => (byte[])v),
        ColumnType.Uuid => Of(column, v => (Guid?)(Guid)v),
        ColumnType.BigInt => Of(column, v => (long?)Convert.ToInt64(v, null)),
        ColumnType.Integer => Of(column, v => (int?)(int)v),
        ColumnType.Boolean => Of(column, v => (bool?)(bool)v),
        ColumnType.Date => Of(column, v => (DateOnly?)(DateOnly)v),
        ColumnType.Numeric => Of(column, v => (decimal?)(decimal)v),
    };

    private T?[] Of<T>(int column, Func<object, T?> read) => [.. _rows.Select(row => row[column] is { } value ? read(value) : default)];
}
