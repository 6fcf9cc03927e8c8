using System.Diagnostics;
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

    private static string Start()
    {
        var programs = Programs();
        StopOrphans(programs);
        var folder = Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        AsOwner(Path.Combine(programs, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        AsOwner(Path.Combine(programs, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"), "start", "-o",
            $"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(programs, folder);
        return $"Host={folder};Username=postgres;Database=postgres;Timeout=30";
    }

    /// <summary>A run that was killed leaves its server behind; its folder carries the number of the process.</summary>
    private static void StopOrphans(string programs)
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(folder)[Prefix.Length..], out var process) && !Directory.Exists($"/proc/{process}"))
                Stop(programs, folder);
        }
    }

    private static void Stop(string programs, string folder)
    {
        try
        {
            if (File.Exists(Path.Combine(folder, "data", "postmaster.pid")))
                AsOwner(Path.Combine(programs, "pg_ctl"), "-D", Path.Combine(folder, "data"), "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The test server in {folder} was left behind: {failed.Message}");
        }
    }

    private static string Programs()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(f => Path.Combine(f, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(f => File.Exists(Path.Combine(f, "pg_ctl")))
            ?? throw new InvalidOperationException("PostgreSQL was not found. Install it, or set SHOUWANG_TEST_POSTGRES to a connection string.");
    }

    // PostgreSQL refuses to run as root.
    private static void AsOwner(string program, params string[] words)
    {
        if (Environment.UserName == "root")
            Run("runuser", ["-u", "postgres", "--", program, .. words]);
        else
            Run(program, words);
    }

    private static void Run(string program, params string[] words)
    {
        // No redirection: a server that inherits the pipe would keep it open for ever.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath(), ArgumentList = { "-c", "\"$@\" > /dev/null 2>&1 < /dev/null", "sh", program } };
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }
}
