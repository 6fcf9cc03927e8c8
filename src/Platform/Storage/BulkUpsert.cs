namespace Shouwang.Platform.Storage;

/// <summary>Writes many rows of one table, replacing those whose key is there already. Inside the context's transaction.</summary>
/// <remarks>
/// The rows go to a temporary table the fast way and from there in one statement, the same on both databases; up to a few thousand go straight into
/// the table on PostgreSQL.
/// </remarks>
/// <param name="key">The columns of the primary key. Columns of the table that are not among <paramref name="columns"/> keep their value.</param>
public sealed class BulkUpsert(ShouwangDb db, string table, string[] key, params (string Name, ColumnType Type)[] columns)
{
    /// <summary>Leaves rows alone whose key is there already, instead of replacing them.</summary>
    public bool KeepsFirst { get; init; }

    // A temporary table takes several round trips and rows in the catalogue; only whole files are worth it.
    private const int Few = 3_000;

    public async Task Write(IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var (incoming, names) = ($"incoming_{table}", string.Join(", ", columns.Select(c => c.Name)));
        var replaced = string.Join(", ", columns.Where(c => !key.Contains(c.Name)).Select(c => $"{c.Name} = excluded.{c.Name}"));
        var conflict = $"on conflict ({string.Join(", ", key)}) do {(KeepsFirst ? "nothing" : $"update set {replaced}")}";
        if (db.Dialect == Dialect.Postgres && FewRows.In(ref rows, Few) is { } few)
        {
            await few.Insert(db, table, columns, conflict, cancel);
            return;
        }
        var passing = db.Dialect == Dialect.Postgres ? "on commit drop" : "";
        await db.Execute($"create temp table if not exists {incoming} {passing} as select {names} from {table} limit 0", cancel);
        await new BulkInsert(db, incoming, columns).Write(rows, cancel);
        await db.Execute($"insert into {table} ({names}) select {names} from {incoming} where true {conflict}", cancel);
        await db.Execute($"delete from {incoming}", cancel);
    }
}
