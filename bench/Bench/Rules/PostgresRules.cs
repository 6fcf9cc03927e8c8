using Npgsql;
using NpgsqlTypes;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Kernel.Rules.Sql;

namespace Shouwang.Bench.Rules;

/// <summary>The SQL engine on PostgreSQL: its settings, its helping processes and its compiler are as it comes.</summary>
internal sealed class PostgresRules : IDisposable
{
    private readonly BenchPostgres _postgres;
    private readonly NpgsqlConnection _connection;
    private readonly string _select = CountingSql.Select(SqlForm.Postgres);

    private PostgresRules(BenchPostgres postgres, NpgsqlConnection connection) => (_postgres, _connection) = (postgres, connection);

    public static async Task<PostgresRules> Of(ScanTable table, BenchWish wish, CancellationToken cancel)
    {
        var postgres = BenchPostgres.Start(wish);
        try
        {
            var connection = new NpgsqlConnection(await postgres.Fresh("rules", cancel) + ";Command Timeout=600");
            await connection.OpenAsync(cancel);
            await Execute(connection, $"create unlogged table {CountingSql.Table} ({CountingSql.Columns(SqlForm.Postgres)})", cancel);
            Fill(connection, [.. MadePopulation.Symbols.Select(s => table.Columns[s.Name])], table.Count);
            // What PostgreSQL does by itself some time after a table was filled.
            await Execute(connection, $"vacuum analyze {CountingSql.Table}", cancel);
            return new(postgres, connection);
        }
        catch
        {
            postgres.Dispose();
            throw;
        }
    }

    /// <summary>How many households each rule has.</summary>
    public long[] Run()
    {
        using var command = new NpgsqlCommand(_select, _connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)];
    }

    public void Dispose()
    {
        _connection.Dispose();
        _postgres.Dispose();
    }

    private static void Fill(NpgsqlConnection connection, ScanColumn[] columns, int households)
    {
        using var copy = connection.BeginBinaryImport($"copy {CountingSql.Table} from stdin (format binary)");
        for (var household = 0; household < households; household++)
        {
            copy.StartRow();
            foreach (var column in columns)
                Write(copy, column[household]);
        }
        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, RuleValue value)
    {
        switch (value.Type)
        {
            case null:
                copy.WriteNull();
                break;
            case RuleType.Bool:
                copy.Write(value.AsBool!.Value, NpgsqlDbType.Boolean);
                break;
            case RuleType.Int:
                copy.Write(value.AsInt!.Value, NpgsqlDbType.Bigint);
                break;
            case RuleType.Decimal:
                copy.Write(value.AsDecimal!.Value, NpgsqlDbType.Numeric);
                break;
            case RuleType.Date:
                copy.Write(value.AsDate!.Value.DayNumber, NpgsqlDbType.Integer);
                break;
            case var type:
                throw new InvalidOperationException($"The made-up population has no {type}.");
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
