using System.Diagnostics;
using System.Globalization;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Platform.Policy;

namespace Shouwang.Bench;

/// <summary>Reading and checking rules: texts of 10 kB that are meant to be slow, and a hundred rules as people write them.</summary>
internal static class LanguageBench
{
    private const int Times = 200;

    // Said over and over until there are 10 kB of it; what is no rule is refused, which has to be quick as well.
    private static readonly (string Title, string Piece)[] Texts =
    [
        ("conditions", "income.net_per_capita < 1.5 * line.monitoring && "), ("calculation", "income.net + income.rigid * 2 - "), ("unknown names", "nobody.knows.this && "),
        ("brackets", "("), ("signs", "!"), ("choices", "water.quality_ok ? 1 : "), ("lists", "[1, 2], "), ("texts", "'村' == "), ("names", "a."),
        ("all over lists, nested", "[1, 2, 3, 4, 5, 6, 7, 8].all(x, "), ("all over lists, in a row", "[1, 2, 3].all(x, x > 0) && "), ("numbers", "99999999999.123 + "), ("full-width signs", "（"),
    ];

    private static readonly string[] Rules =
    [
        "income.net_per_capita < line.monitoring",
        "(water.short_area && water.litres < 20) || (!water.short_area && water.litres < 35)",
        "!housing.has_appraisal || housing.appraised_on + months(60) < today",
        "registry.registered && (health.inpatient_ratio_max > 0.3 || health.special_ratio_max > 0.3)",
        "income.gross > 0 && income.transfer >= 0.5 * income.gross && people.able + people.weak > 0",
    ];

    public static Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var symbols = new SymbolTable(Catalogue.Features.Select(f => f.Symbol).Concat(PolicySymbols.All));
        report.Part("Rule language", $"Reading and checking in this process. Each text {Times} times after as many to warm up; the slowest of the {Texts.Length} texts counts, by its median.");
        report.Columns("What", "Limit", "Median", "Slowest run", "Verdict");
        var slowest = Texts.Select(t => (t.Title, Measured: Measure(() => RuleExpression.Compile(string.Concat(Enumerable.Repeat(t.Piece, 10_000 / t.Piece.Length)) + "true", symbols), cancel)))
            .MaxBy(t => t.Measured.Median);
        report.Row(slowest.Measured.Median < TimeSpan.FromMilliseconds(10), $"10 kB, slowest: {slowest.Title}", "< 10 ms", Shown(slowest.Measured.Median), Shown(slowest.Measured.Worst));
        var hundred = Measure(() =>
        {
            for (var i = 0; i < 100; i++)
                _ = RuleExpression.Compile(Rules[i % Rules.Length], symbols, RuleType.Bool).Expression;
        }, cancel);
        report.Row(hundred.Median < TimeSpan.FromSeconds(1), "100 rules", "< 1 s", Shown(hundred.Median), Shown(hundred.Worst));
        return Task.CompletedTask;
    }

    private static (TimeSpan Median, TimeSpan Worst) Measure(Action work, CancellationToken cancel)
    {
        for (var i = 0; i < Times; i++)
            work();
        var times = new TimeSpan[Times];
        for (var i = 0; i < Times; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start);
        }
        Array.Sort(times);
        return (times[Times / 2], times[^1]);
    }

    private static string Shown(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.00} ms");
}
