namespace Shouwang.Platform.Storage;

/// <summary>Sets a few columns of many rows, by the keys of a county's table. Inside the context's transaction.</summary>
/// <remarks>What stays the same is neither sent nor read, and a row that is not there is left out.</remarks>
/// <param name="key">The key beside the county.</param>
public sealed class BulkUpdate(ShouwangDb db, string table, (string Name, ColumnType Type) key, params (string Name, ColumnType Type)[] columns)
{
    // An array of each column goes to PostgreSQL in one piece.
    private const int Most = 5_000;

    /// <param name="rows">The key first, then the columns in their order.</param>
    public async Task Write(string county, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        (string Name, ColumnType Type)[] all = [key, .. columns];
        if (db.Dialect == Dialect.Postgres)
            foreach (var chunk in rows.Chunk(Most))
                await Together(county, all, chunk, cancel);
        else if (rows.Count > 0)
            await OneByOne(county, all, rows, cancel);
    }

    private async Task Together(string county, (string Name, ColumnType Type)[] all, object?[][] rows, CancellationToken cancel)
    {
        await using var command = await db.Command($"""
            update {table} t set {string.Join(", ", columns.Select(c => $"{c.Name} = k.{c.Name}"))}
            from unnest({string.Join(", ", all.Select((_, i) => $"@p{i}"))}) as k({string.Join(", ", all.Select(c => c.Name))})
            where t.county = @county and t.{key.Name} = k.{key.Name}
            """, cancel, ("@county", county));
        foreach (var parameter in FewRows.Arrays(all, rows))
            command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task OneByOne(string county, (string Name, ColumnType Type)[] all, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        await using var command = await db.Command(
            $"update {table} set {string.Join(", ", columns.Select((c, i) => $"{c.Name} = @p{i + 1}"))} where county = @county and {key.Name} = @p0", cancel, ("@county", county));
        foreach (var _ in all)
            command.Parameters.Add(command.CreateParameter());
        for (var i = 0; i < all.Length; i++)
            command.Parameters[i + 1].ParameterName = $"@p{i}";
        foreach (var row in rows)
        {
            for (var i = 0; i < all.Length; i++)
                command.Parameters[i + 1].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
