namespace Shouwang.Platform.Storage;

/// <summary>Writes many rows of one table, replacing those whose key is there already. Inside the context's transaction.</summary>
/// <remarks>The rows go to a temporary table the fast way and from there in one statement, the same on both databases.</remarks>
/// <param name="key">The columns of the primary key. Columns of the table that are not among <paramref name="columns"/> keep their value.</param>
public sealed class BulkUpsert(ShouwangDb db, string table, string[] key, params (string Name, ColumnType Type)[] columns)
{
    public async Task Write(IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var (incoming, names) = ($"incoming_{table}", string.Join(", ", columns.Select(c => c.Name)));
        await db.Execute($"create temp table if not exists {incoming} as select {names} from {table} limit 0", cancel);
        await new BulkInsert(db, incoming, columns).Write(rows, cancel);
        var replaced = string.Join(", ", columns.Where(c => !key.Contains(c.Name)).Select(c => $"{c.Name} = excluded.{c.Name}"));
        await db.Execute($"""
            insert into {table} ({names}) select {names} from {incoming} where true
            on conflict ({string.Join(", ", key)}) do update set {replaced}
            """, cancel);
        await db.Execute($"delete from {incoming}", cancel);
    }
}
