using System.Globalization;
using Shouwang.Bench.Field;
using Shouwang.Bench.Rules;

namespace Shouwang.Bench;

/// <summary>What a run is to measure.</summary>
/// <param name="Part">One of <see cref="Commands.Parts"/>, or <c>all</c>.</param>
/// <param name="Scale">1 is the size the limits are promised for.</param>
/// <param name="Work">Where files and databases are made and kept for the next run.</param>
/// <param name="Seconds">How long visitors go through the pages.</param>
internal sealed record BenchWish(string Part, decimal Scale, string Work, int Seconds)
{
    /// <summary>The folder of everything that belongs to this scale.</summary>
    public string Folder(params string[] parts) => Path.Combine([Work, $"scale-{Scale.ToString(CultureInfo.InvariantCulture)}", .. parts]);

    public int Scaled(int full) => Math.Max(50, (int)(full * Scale));

    public bool Wants(string part) => Part == part || Part == "all";
}

/// <summary>The words of <c>bench/run</c>. Exit codes: 0 every limit was kept, 1 one was missed or a part broke, 2 bad usage.</summary>
internal static class Commands
{
    /// <summary>What can be measured by itself; each as it is called, what it is, and how it is run.</summary>
    public static readonly IReadOnlyList<(string Name, string About, Func<BenchWish, Report, CancellationToken, Task> Run)> Parts =
    [
        ("import", "150,000 households and their members from two .xlsx files, on SQLite and PostgreSQL, beside a plain loop", ImportBench.Run),
        ("screen", "the warning rules over 150,000 households", ScreenBench.Run),
        ("rules", "20 rules over 10 million households: the engines beside other ways", RulesBench.Run),
        ("rehearsal", "a province of 7.5 million households tries other values, 40 rules: the engine, a request over its counties, and a slider in a browser", RehearsalBench.Run),
        ("language", "reading and checking rules: 10 kB of the worst, and a hundred as people write them", LanguageBench.Run),
        ("pages", "8 users on the pages of a county of 350,000 households, on PostgreSQL", PagesBench.Run),
        ("population", "that county's population: built, read from its file, followed by 200 changes a second", PopulationBench.Run),
        ("wall", "every indicator of that county worked out, and the wall read, drill by drill", WallBench.Run),
        ("submissions", "phones hand in visits of that county: as quickly as they can, and 500 a second for ten minutes with all that follows", SubmissionBench.Run),
        ("sync", "a phone takes a village of 800 households along at 1 Mbit/s, hears what changed, and is started again without a line, in a browser", SyncBench.Run),
        ("district", "2,000 phones over ten days with bad lines, a server that is killed and a database that is restarted", DistrictBench.Run),
    ];

    private static string Usage => $"""
        bench/run [{string.Join('|', Parts.Select(p => p.Name))}|all] [--scale 1] [--work DIR] [--seconds 90]
        {string.Join('\n', Parts.Select(p => $"  {p.Name,-11}{p.About}"))}
        Files and databases are kept in the work folder (default: shouwang-bench in the folder for temporary files) and used again;
        remove it to begin afresh.
        """;

    public static async Task<int> Run(string[] words, CancellationToken cancel)
    {
        // These are run by the bench itself, each in a process of its own so that its memory can be told apart.
        switch (words)
        {
            case ["make-county", var code, var households, var chunk, var folder]:
                await CountyFiles.Make(code, int.Parse(households, CultureInfo.InvariantCulture), int.Parse(chunk, CultureInfo.InvariantCulture), folder, cancel);
                return 0;
            case ["make-province", var sample, var folder, var households]:
                await MadeProvince.Make(sample, folder, int.Parse(households, CultureInfo.InvariantCulture), cancel);
                return 0;
            case ["plain-loop", var kind, var database, var householdFile, var memberFile]:
                await PlainLoop.Run(kind, database, householdFile, memberFile, cancel);
                return 0;
        }
        if (Parse(words) is not { } wish)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        Directory.CreateDirectory(wish.Work);
        var report = new Report(Console.Out);
        await report.Machine(cancel);
        foreach (var (part, _, work) in Parts)
        {
            if (!wish.Wants(part))
                continue;
            try
            {
                await work(wish, report, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                report.Broke(part, e);
            }
        }
        report.End();
        return report.Missed ? 1 : 0;
    }

    private static BenchWish? Parse(string[] words)
    {
        var wish = new BenchWish("all", 1, Path.Combine(Path.GetTempPath(), "shouwang-bench"), 90);
        for (var i = 0; i < words.Length; i++)
        {
            var value = i + 1 < words.Length ? words[i + 1] : "";
            switch (words[i])
            {
                case var word when word == "all" || Parts.Any(p => p.Name == word):
                    wish = wish with { Part = words[i] };
                    break;
                case "--scale" when decimal.TryParse(value, CultureInfo.InvariantCulture, out var scale) && scale is > 0 and <= 1:
                    (wish, i) = (wish with { Scale = scale }, i + 1);
                    break;
                case "--work" when value.Length > 0:
                    (wish, i) = (wish with { Work = Path.GetFullPath(value) }, i + 1);
                    break;
                case "--seconds" when int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds >= 10:
                    (wish, i) = (wish with { Seconds = seconds }, i + 1);
                    break;
                default:
                    return null;
            }
        }
        return wish;
    }
}
