using System.Diagnostics;

namespace Shouwang.Tests;

/// <summary>A private PostgreSQL cluster in a folder of its own, reached through a Unix socket there. Tests and benchmarks share it.</summary>
internal sealed class PostgresCluster(string folder)
{
    private readonly string _programs = Programs(), _data = Path.Combine(folder, "data");

    /// <summary>A connection string to the database <c>postgres</c> of the cluster.</summary>
    public string Connection => $"Host={folder};Username=postgres;Database=postgres;Timeout=30";

    /// <summary>Whether a server was left running in the folder, by this process or another.</summary>
    public bool LooksStarted => File.Exists(Path.Combine(_data, "postmaster.pid"));

    /// <summary>Makes the cluster unless it is there, and starts its server.</summary>
    /// <param name="settings">Options of the server's command line besides those that say where it listens.</param>
    public void Start(string settings)
    {
        if (!Directory.Exists(_data))
        {
            Directory.CreateDirectory(folder);
            if (Environment.UserName == "root")
                Run("chown", "postgres", folder);
            AsOwner(Path.Combine(_programs, "initdb"), "-D", _data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        }
        AsOwner(Path.Combine(_programs, "pg_ctl"), "-D", _data, "-w", "-l", Path.Combine(folder, "log"), "start", "-o", $"-c listen_addresses='' -k {folder} {settings}");
    }

    /// <summary>Stops the server, if it runs.</summary>
    /// <param name="mode"><c>fast</c> keeps the data sound; <c>immediate</c> is for data nobody needs any more.</param>
    public void Stop(string mode)
    {
        if (LooksStarted)
            AsOwner(Path.Combine(_programs, "pg_ctl"), "-D", _data, "-m", mode, "stop");
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
