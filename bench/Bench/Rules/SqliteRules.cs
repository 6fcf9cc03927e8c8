using Microsoft.Data.Sqlite;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Kernel.Rules.Sql;
using Shouwang.Platform.Storage;

namespace Shouwang.Bench.Rules;

/// <summary>The SQL engine on SQLite, with the table in memory.</summary>
internal sealed class SqliteRules : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly string _select = CountingSql.Select(SqlForm.Sqlite);

    public SqliteRules(ScanTable table)
    {
        _connection.Open();
        SqliteFunctions.Teach(_connection);
        using (var create = Command($"create table {CountingSql.Table} ({CountingSql.Columns(SqlForm.Sqlite)})"))
            create.ExecuteNonQuery();
        Fill([.. MadePopulation.Symbols.Select(s => table.Columns[s.Name])], table.Count);
    }

    /// <summary>How many households each rule has.</summary>
    public long[] Run()
    {
        using var command = Command(_select);
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)];
    }

    public void Dispose() => _connection.Dispose();

    private void Fill(ScanColumn[] columns, int households)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = Command($"insert into {CountingSql.Table} values ({string.Join(", ", columns.Select((_, i) => $"@v{i}"))})");
        insert.Transaction = transaction;
        SqliteParameter[] parameters = [.. columns.Select((_, i) => insert.Parameters.Add(new($"@v{i}", null)))];
        for (var household = 0; household < households; household++)
        {
            foreach (var (i, column) in columns.Index())
                parameters[i].Value = Stored(column[household]);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static object Stored(RuleValue value) => value.Type switch
    {
        null => DBNull.Value,
        RuleType.Bool => value.AsBool == true ? 1 : 0,
        RuleType.Int => value.AsInt!.Value,
        RuleType.Decimal => SqlNumber.Bytes(value.AsDecimal!.Value),
        RuleType.Date => value.AsDate!.Value.DayNumber,
        var type => throw new InvalidOperationException($"The made-up population has no {type}."),
    };

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
