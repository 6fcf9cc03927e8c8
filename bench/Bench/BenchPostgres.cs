using System.Globalization;
using Npgsql;
using Shouwang.Tests;

namespace Shouwang.Bench;

/// <summary>The PostgreSQL server of the benchmarks: a cluster of its own in the work folder, with the settings that are recommended for a county.</summary>
internal sealed class BenchPostgres : IDisposable
{
    private const string LargePages = "/proc/sys/vm/nr_hugepages";

    private readonly PostgresCluster _cluster;
    private readonly string? _pagesBefore;

    private BenchPostgres(PostgresCluster cluster, string? pagesBefore) => (_cluster, _pagesBefore) = (cluster, pagesBefore);

    /// <summary>The settings in a few words, for the report.</summary>
    public static string About => $"with the settings of `deploy/` (fsync on{(Enough(File.ReadAllText(LargePages)) ? "" : "; no large pages, this machine does not give them")})";

    public static BenchPostgres Start(BenchWish wish)
    {
        var cluster = new PostgresCluster(Path.Combine(wish.Work, "postgres"));
        Stop(cluster);
        var before = ReserveLargePages();
        cluster.Start(string.Join(' ', Settings("postgresql.conf").Select(s => $"-c {s.Name}={s.Value}")));
        return new(cluster, before);
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

    private static IEnumerable<(string Name, string Value)> Settings(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, file))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('=', StringSplitOptions.TrimEntries)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]));

    private static string Wanted => Settings("sysctl.conf").Single().Value;

    private static bool Enough(string pages) => int.Parse(pages, CultureInfo.InvariantCulture) >= int.Parse(Wanted, CultureInfo.InvariantCulture);

    /// <summary>Has the kernel set large pages aside, where this user may ask for them.</summary>
    /// <returns>What it had before, to be put back; null where nothing was changed.</returns>
    private static string? ReserveLargePages()
    {
        var before = File.ReadAllText(LargePages);
        if (Enough(before) || Environment.UserName != "root")
            return null;
        File.WriteAllText(LargePages, Wanted);
        return before;
    }

    public void Dispose()
    {
        Stop(_cluster);
        if (_pagesBefore is not null)
            File.WriteAllText(LargePages, _pagesBefore);
    }

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
