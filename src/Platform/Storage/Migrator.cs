using System.Data.Common;
using System.Reflection;

namespace Shouwang.Platform.Storage;

/// <summary>Brings a database up to date from the <c>.sql</c> files the modules embed, in the order of their names.</summary>
/// <remarks>
/// Plain SQL, run once each, never edited after it has landed. Names start with the date and the module. A file for one
/// database only ends in <c>.postgres.sql</c>, <c>.citus.sql</c> or <c>.sqlite.sql</c>.
/// </remarks>
public static class Migrator
{
    public static async Task Run(DbConnection connection, Dialect dialect, IEnumerable<Assembly> assemblies, CancellationToken cancel = default)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync(cancel);
        if (dialect == Dialect.Sqlite)
            await Execute(connection, null, Databases.SqlitePragmas, cancel);
        await Execute(connection, null, "create table if not exists migrations (name text primary key)", cancel);

        var only = dialect == Dialect.Postgres ? "postgres" : "sqlite";
        var files = assemblies
            .SelectMany(a => a.GetManifestResourceNames().Select(name => (Assembly: a, Name: name)))
            .Where(f => f.Name.Split('.') is [_, "sql"] || f.Name.Split('.') is [_, var kind, "sql"] && kind == only)
            .OrderBy(f => f.Name, StringComparer.Ordinal);

        foreach (var (assembly, name) in files)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (await Execute(connection, transaction, $"insert into migrations values ('{name}') on conflict do nothing", cancel) == 0)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            await Execute(connection, transaction, await reader.ReadToEndAsync(cancel), cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private static async Task<int> Execute(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
