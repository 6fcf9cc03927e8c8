using System.Text.Json;

namespace Shouwang.Bench;

/// <summary>The warning rules over a county whose departments have sent their files, through <c>./shouwang screen</c>.</summary>
internal static class ScreenBench
{
    private const decimal Limit = 30;

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var files = await ImportBench.Files(wish, cancel);
        var full = wish.Folder("sqlite");
        await Fill(wish, files, full, cancel);

        // Screening opens leads, and a second run would not: each run gets a copy.
        var copy = wish.Folder("screened");
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(full, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/files/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(full, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Report.Progress("Screening …");
        await using var first = Child.Product(["screen", .. ImportBench.Place(copy, null)]);
        var screened = await first.End(cancel);
        await using var second = Child.Product(["screen", .. ImportBench.Place(copy, null)]);
        var again = await second.End(cancel);
        Directory.Delete(copy, recursive: true);

        using var answer = JsonDocument.Parse(screened.Output);
        var rules = answer.RootElement.GetProperty("rules").EnumerateArray().ToList();
        var (households, hits) = (answer.RootElement.GetProperty("households").GetInt32(), rules.Sum(r => r.GetProperty("hits").GetInt32()));
        var limit = Math.Max(5, Limit * wish.Scale);
        report.Part("Screening", $"`shouwang screen` on SQLite, process start included: features of every module worked out from facts and records, "
            + $"{rules.Count} rules, {Report.Number(hits)} hits with their explanations stored, leads opened.");
        report.Columns("What", "Limit", "Measured", "CPU", "Peak memory", "Verdict");
        report.Row((decimal)screened.Wall.TotalSeconds < limit, $"{Report.Number(households)} households, first run", $"< {limit:0.#} s",
            Report.Seconds(screened.Wall), Report.Seconds(screened.Cpu), Report.Memory(screened.PeakBytes));
        report.Row((decimal)again.Wall.TotalSeconds < limit, "the same again, nothing new", $"< {limit:0.#} s", Report.Seconds(again.Wall), Report.Seconds(again.Cpu), Report.Memory(again.PeakBytes));
    }

    private static async Task Fill(BenchWish wish, CountyFiles files, string folder, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(folder, "departments.done")))
            return;
        if (!File.Exists(Path.Combine(folder, "register.done")))
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Report.Progress("Importing the register …");
            await using var register = Child.Product(["import", .. files.Register, .. ImportBench.Place(folder, null)]);
            await register.End(cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "register.done"), "", cancel);
        }
        Report.Progress("Importing the files of the departments …");
        await using var import = Child.Product(["import", .. files.Departments, .. ImportBench.Place(folder, null)]);
        var cost = await import.End(cancel);
        Report.Progress($"… {Report.Seconds(cost.Wall)}");
        await File.WriteAllTextAsync(Path.Combine(folder, "departments.done"), "", cancel);
    }
}
