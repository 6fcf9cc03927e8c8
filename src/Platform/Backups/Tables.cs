using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Backups;

/// <summary>A table as the database describes it.</summary>
/// <param name="References">Tables its foreign keys point at.</param>
internal sealed record TableShape(string Name, IReadOnlyList<(string Name, ColumnType Type)> Columns, IReadOnlyList<string> References);

/// <summary>Reads the tables of either database, parents before children.</summary>
internal static class TableShapes
{
    /// <summary>Worked out again whenever they are needed, in the shape the running program needs.</summary>
    private static readonly string[] Derived = ["household_features"];

    public static async Task<IReadOnlyList<TableShape>> Of(ShouwangDb db, CancellationToken cancel)
    {
        var columns = new List<(string Table, string Column, string Type)>();
        var references = new List<(string From, string To)>();
        if (db.Dialect == Dialect.Postgres)
        {
            await db.Read("""
                select c.table_name, c.column_name, c.data_type from information_schema.columns c
                join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
                where c.table_schema = current_schema() order by c.table_name, c.ordinal_position
                """, r => columns.Add((r.GetString(0), r.GetString(1), r.GetString(2))), cancel);
            await db.Read("""
                select distinct a.relname, b.relname from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
                where k.contype = 'f' and a.relnamespace = current_schema()::regnamespace
                """, r => references.Add((r.GetString(0), r.GetString(1))), cancel);
        }
        else
        {
            await db.Read("select t.name, c.name, c.type from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid",
                r => columns.Add((r.GetString(0), r.GetString(1), r.GetString(2))), cancel);
            await db.Read("""select distinct t.name, f."table" from sqlite_master t, pragma_foreign_key_list(t.name) f where t.type = 'table'""",
                r => references.Add((r.GetString(0), r.GetString(1))), cancel);
        }
        return ParentsFirst([.. columns.Where(c => !Derived.Contains(c.Table)).GroupBy(c => c.Table).Select(t => new TableShape(t.Key,
            [.. t.Select(c => (c.Column, TypeOf(c.Type)))], [.. references.Where(r => r.From == t.Key && r.To != t.Key).Select(r => r.To)]))]);
    }

    private static List<TableShape> ParentsFirst(List<TableShape> tables)
    {
        var (ordered, waiting) = (new List<TableShape>(), tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList());
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(t => t.References.All(r => ordered.Any(o => o.Name == r))).ToList();
            if (ready.Count == 0)
                throw new InvalidOperationException($"Tables refer to each other in a circle: {string.Join(", ", waiting.Select(t => t.Name))}.");
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }
        return ordered;
    }

    private static ColumnType TypeOf(string type) => type.ToLowerInvariant() switch
    {
        "text" or "character varying" => ColumnType.Text,
        "uuid" => ColumnType.Uuid,
        "bigint" => ColumnType.BigInt,
        "integer" => ColumnType.Integer,
        "boolean" => ColumnType.Boolean,
        "date" => ColumnType.Date,
        "bytea" => ColumnType.Bytes,
        var other => throw new InvalidOperationException($"A column of type '{other}' cannot be backed up; use the types of docs/architecture.md."),
    };
}
