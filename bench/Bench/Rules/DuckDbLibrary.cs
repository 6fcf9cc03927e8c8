using System.ComponentModel;
using System.Diagnostics;

namespace Shouwang.Bench.Rules;

/// <summary>Brings DuckDB's C library into the work folder, by npm and as the lock file beside this program says.</summary>
internal static class DuckDbLibrary
{
    private const string Place = "node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so";

    /// <summary>Where the library lies; null where npm, the package or a build for this machine cannot be had.</summary>
    public static async Task<string?> Bring(BenchWish wish, CancellationToken cancel)
    {
        var (wanted, folder) = (Path.Combine(AppContext.BaseDirectory, "duckdb"), Path.Combine(wish.Work, "duckdb"));
        var (library, held) = (Path.Combine(folder, Place), Path.Combine(folder, "package-lock.json"));
        if (File.Exists(library) && await File.ReadAllTextAsync(held, cancel) == await File.ReadAllTextAsync(Path.Combine(wanted, "package-lock.json"), cancel))
            return library;
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(wanted))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        try
        {
            // What npm says goes to standard error: standard output is the report.
            string[] words = ["ci", "--prefix", folder, "--no-audit", "--no-fund", "--fetch-retries=1"];
            using var npm = Process.Start(new ProcessStartInfo("npm", words) { RedirectStandardOutput = true })!;
            var said = await npm.StandardOutput.ReadToEndAsync(cancel);
            await npm.WaitForExitAsync(cancel);
            Report.Progress(said.Trim());
            return npm.ExitCode == 0 && File.Exists(library) ? library : null;
        }
        catch (Win32Exception missing)
        {
            Report.Progress(missing.Message);
            return null;
        }
    }
}
