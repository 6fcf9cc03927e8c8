using Npgsql;
using Shouwang.Tests;

namespace Shouwang.Bench;

/// <summary>The PostgreSQL server of the benchmarks: a cluster of its own in the work folder, with the settings PostgreSQL comes with.</summary>
internal sealed class BenchPostgres : IDisposable
{
    private readonly PostgresCluster _cluster;

    private BenchPostgres(PostgresCluster cluster) => _cluster = cluster;

    public static BenchPostgres Start(BenchWish wish)
    {
        var cluster = new PostgresCluster(Path.Combine(wish.Work, "postgres"));
        Stop(cluster);
        cluster.Start("");
        return new(cluster);
    }

    public string Connection(string database) => new NpgsqlConnectionStringBuilder(_cluster.Connection) { Database = database, MaxPoolSize = 40 }.ToString();

    /// <summary>An empty database in the place of whatever bore the name.</summary>
    public async Task<string> Fresh(string name, CancellationToken cancel)
    {
        await Execute("postgres", $"drop database if exists {name} with (force)", cancel);
        await Execute("postgres", $"create database {name}", cancel);
        return Connection(name);
    }

    public async Task Execute(string database, string sql, CancellationToken cancel) => await Read(database, sql, _ => 0, cancel);

    public async Task<List<T>> Read<T>(string database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection(database)) { Pooling = false, CommandTimeout = 600 }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    public void Dispose() => Stop(_cluster);

    // A run that was killed may have left its server, or just the file that says so.
    private static void Stop(PostgresCluster cluster)
    {
        try
        {
            cluster.Stop("fast");
        }
        catch (InvalidOperationException left)
        {
            Report.Progress(left.Message);
        }
    }
}
