using Npgsql;

namespace Shouwang.Tests;

/// <summary>The PostgreSQL server of a test run: a private cluster, started on first use and stopped with the process.</summary>
internal static class PostgresServer
{
    private const string Prefix = "shouwang-postgres-";

    private static readonly Lazy<string> Server = new(() =>
        Environment.GetEnvironmentVariable("SHOUWANG_TEST_POSTGRES") is { Length: > 0 } given ? given : Start());

    public static string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Server.Value) { Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ToString();

    /// <summary>Runs a statement outside any test's database.</summary>
    public static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.Value) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Hundreds of databases of hundreds of files each come and go: in memory, where there is room for them, that takes a fraction of the time.
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    private static string Home => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Room ? Memory : Path.GetTempPath();

    private static string Start()
    {
        StopOrphans();
        var folder = Path.Combine(Home, $"{Prefix}{Environment.ProcessId}");
        var cluster = new PostgresCluster(folder);
        cluster.Start("-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        return cluster.Connection;
    }

    /// <summary>A run that was killed leaves its server behind; its folder carries the number of the process.</summary>
    private static void StopOrphans()
    {
        string[] homes = Directory.Exists(Memory) ? [Memory, Path.GetTempPath()] : [Path.GetTempPath()];
        foreach (var folder in homes.SelectMany(h => Directory.GetDirectories(h, Prefix + "*")))
        {
            if (int.TryParse(Path.GetFileName(folder)[Prefix.Length..], out var process) && !Directory.Exists($"/proc/{process}"))
                Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            new PostgresCluster(folder).Stop("immediate");
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The test server in {folder} was left behind: {failed.Message}");
        }
    }
}
