using System.Text.Json;

namespace Shouwang.Bench;

/// <summary>The register of a county through <c>./shouwang import</c>, on both databases, beside the plain loop.</summary>
internal static class ImportBench
{
    public const string County = "500231";
    private const int Households = 150_000;
    private const decimal RowsPerSecond = 5_000;
    private const long MostMemory = 1_500L << 20;

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var files = await Files(wish, cancel);
        report.Part("Import", $"`shouwang import` of a household and a member table (.xlsx; {Report.Memory(files.Register.Sum(f => new FileInfo(f).Length))}) into an empty database, "
            + "process start included: recognise, read, check, match, apply, record facts. The plain loop reads the same files with the same reader into text columns, "
            + "saving every 1,000 rows with EF Core, and checks nothing.");
        report.Columns("Database", "What", "Limit", "Measured", "CPU", "Peak memory", "Plain loop", "Verdict");
        await On("sqlite", wish, files, report, Sqlite(wish), cancel);
        using var postgres = BenchPostgres.Start(wish);
        await On("postgres", wish, files, report, (await postgres.Fresh("bench_import", cancel), await postgres.Fresh("bench_plain", cancel)), cancel);
    }

    public static Task<CountyFiles> Files(BenchWish wish, CancellationToken cancel) =>
        CountyFiles.Of(County, wish.Scaled(Households), int.MaxValue, wish.Folder("county"), cancel);

    /// <summary>The words that say on which data a verb of the product works.</summary>
    public static string[] Place(string folder, string? postgres) =>
        ["--area", County, "--as-of", $"{CountyFiles.Day:yyyy-MM-dd}", "--data", folder, .. postgres is null ? Array.Empty<string>() : ["--database", postgres], "--json"];

    private static (string? Product, string Plain) Sqlite(BenchWish wish)
    {
        foreach (var folder in new[] { wish.Folder("sqlite"), wish.Folder("plain") })
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
        }
        return (null, $"Data Source={wish.Folder("plain", "plain.db")}");
    }

    private static async Task On(string kind, BenchWish wish, CountyFiles files, Report report, (string? Product, string Plain) databases, CancellationToken cancel)
    {
        var folder = wish.Folder(kind);
        if (kind != "sqlite" && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Report.Progress($"Importing on {kind} …");
        await using var import = Child.Product(["import", .. files.Register, .. Place(folder, databases.Product)]);
        var imported = await import.End(cancel);
        var (households, members) = Accepted(imported.Output);

        Report.Progress($"Checking the data on {kind} …");
        await using var quality = Child.Product(["quality", .. Place(folder, databases.Product)]);
        var followed = await quality.End(cancel);
        if (kind == "sqlite")
            await File.WriteAllTextAsync(wish.Folder(kind, "register.done"), "", cancel);

        Report.Progress($"Plain loop on {kind} …");
        await using var loop = Child.Bench("plain-loop", kind, databases.Plain, files.Register[0], files.Register[1]);
        var plain = await loop.End(cancel);
        if (kind == "sqlite")
            Directory.Delete(wish.Folder("plain"), recursive: true);

        var (rate, plainRate) = (Rate(members, imported.Wall), Rate(members, plain.Wall));
        report.Row(rate >= RowsPerSecond, kind, $"{Report.Number(households)} households and {Report.Number(members)} members, member rows a second", $"≥ {Report.Number(RowsPerSecond)}",
            $"{Report.Number(rate)} ({Report.Seconds(imported.Wall)})", Report.Seconds(imported.Cpu), "", $"{Report.Number(plainRate)} ({Report.Seconds(plain.Wall)}, CPU {Report.Seconds(plain.Cpu)}): {rate / plainRate:0.00} ×");
        report.Row(imported.PeakBytes < MostMemory, kind, "peak memory of the import", $"< {Report.Memory(MostMemory)}", Report.Memory(imported.PeakBytes), "", "", Report.Memory(plain.PeakBytes));
        report.Row(null, kind, "data-quality run that follows, `shouwang quality`", "", Report.Seconds(followed.Wall), Report.Seconds(followed.Cpu), Report.Memory(followed.PeakBytes), "");
        report.Row(null, kind, "member rows a second, import and quality run together", "", Report.Number(Rate(members, imported.Wall + followed.Wall)), "", "", "");
    }

    private static decimal Rate(int rows, TimeSpan time) => rows / (decimal)time.TotalSeconds;

    private static (int Households, int Members) Accepted(string json)
    {
        using var answer = JsonDocument.Parse(json);
        int Of(string kind) => answer.RootElement.GetProperty("files").EnumerateArray().Where(f => f.GetProperty("kind").GetString() == kind).Sum(f => f.GetProperty("accepted").GetInt32());
        return Of("members") is > 0 and var members ? (Of("households"), members) : throw new InvalidOperationException("No member was taken in: " + json[..Math.Min(json.Length, 1_000)]);
    }
}
