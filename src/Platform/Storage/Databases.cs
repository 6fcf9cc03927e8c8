using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shouwang.Platform.Storage;

/// <summary>The short list of what differs between the databases.</summary>
public enum Dialect { Sqlite, Postgres }

/// <summary>Where county data is kept: a file in the data folder, or a PostgreSQL database.</summary>
/// <param name="Folder">The data folder; also holds uploaded files and the key.</param>
/// <param name="Postgres">A connection string, or null for the embedded database.</param>
public sealed record DatabasePlace(string Folder, string? Postgres)
{
    public Dialect Dialect => Postgres is null ? Dialect.Sqlite : Dialect.Postgres;

    /// <summary>The embedded database's file.</summary>
    public string File => Path.Combine(Folder, "shouwang.db");
}

/// <summary>Opens databases the way every part of the product expects them.</summary>
public static class Databases
{
    /// <summary>A closed connection to the place; the caller disposes it.</summary>
    public static DbConnection Connection(DatabasePlace place) => place.Postgres is { } text
        ? new NpgsqlConnection(Postgres(text))
        : new SqliteConnection(Sqlite(place));

    public static void Configure(DbContextOptionsBuilder options, DatabasePlace place)
    {
        if (place.Postgres is { } text)
            options.UseNpgsql(Postgres(text));
        else
            options.UseSqlite(Sqlite(place)).AddInterceptors(SqliteSetup.Instance);
    }

    // Every unit of work asks for it.
    private static readonly ConcurrentDictionary<string, string> Completed = new();

    // What is asked over and over, such as by a change on its way to its warnings, stays planned; and a county's rows come in more than eight
    // kilobytes at a time. Who says otherwise has a reason, such as a pooler between that knows no prepared statements.
    private static string Postgres(string text) => Completed.GetOrAdd(text, Complete);

    private static string Complete(string text)
    {
        var (options, said) = (new NpgsqlConnectionStringBuilder(text), new DbConnectionStringBuilder { ConnectionString = text });
        if (!said.ContainsKey("Max Auto Prepare"))
            options.MaxAutoPrepare = 200;
        if (!said.ContainsKey("Read Buffer Size"))
            options.ReadBufferSize = 65_536;
        // Nothing of ours outlives its transaction: no settings, no temporary tables. So there is nothing to reset before each unit of work.
        if (!said.ContainsKey("No Reset On Close"))
            options.NoResetOnClose = true;
        return options.ToString();
    }

    private static string Sqlite(DatabasePlace place)
    {
        Directory.CreateDirectory(place.Folder);
        return new SqliteConnectionStringBuilder
        {
            DataSource = place.File, ForeignKeys = true, DefaultTimeout = 60, Pooling = true,
        }.ToString();
    }

    /// <summary>Settings that make the embedded database safe against a power cut and quick; told to every connection.</summary>
    internal const string SqlitePragmas =
        "pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = memory; pragma mmap_size = 1073741824; pragma cache_size = -65536;";
}

internal sealed class SqliteSetup : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
{
    public static readonly SqliteSetup Instance = new();

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Databases.SqlitePragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override void ConnectionOpened(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Databases.SqlitePragmas;
        command.ExecuteNonQuery();
    }
}
