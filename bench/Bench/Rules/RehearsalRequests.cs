using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Server;

namespace Shouwang.Bench.Rules;

/// <summary>The same province as the counties it has: a request as the page, the command line and programs make it, from what is asked to the figures.</summary>
internal static class RehearsalRequests
{
    private const int Requests = 30;

    /// <summary>Rules of one's own, so that with those of the pack about forty are tried.</summary>
    public static IReadOnlyList<(string, string)> NewRules { get; } =
    [
        ("rule", "income.net_per_capita < 1.2 * line.monitoring && registry.size >= 4"), ("rule", "registry.size >= 6 && income.net_per_capita < 9000"),
        ("rule", "health.self_paid_12m > 0.3 * income.gross"), ("rule", "income.rigid >= 0.5 * income.gross && income.gross > 0"),
        ("rule", "income.net_per_capita < line.poverty"), ("rule", "income.gross < 12000 && registry.size >= 3"), ("rule", "health.self_paid_12m >= 15000"),
    ];

    public static async Task Run(MadeProvince province, Report report, CancellationToken cancel)
    {
        Report.Progress("Asking over the counties of a province …");
        await using var services = new ServiceCollection().AddLogging().AddShouwang(province.Options).BuildServiceProvider();
        var watch = Stopwatch.StartNew();
        var first = await Ask(services, 0, cancel);
        var open = watch.Elapsed;
        var times = new List<double>();
        for (var request = 1; request <= Requests; request++)
        {
            watch.Restart();
            var found = await Ask(services, request, cancel);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (found.Entering.Households == 0)
                throw new InvalidOperationException("Nothing entered: the rehearsal moved nothing.");
        }
        times.Sort();
        var (median, slow) = (times[times.Count / 2], times[(int)(times.Count * 0.95)]);
        report.Row(null, Invariant($"as {MadeProvince.Counties.Count} counties of {Report.Number(first.Population)} households with {first.Rules.Count} rules: files opened and the rules in force, once"), "", Report.Seconds(open));
        report.Row(median < 150, "a request over them, from what is asked to the figures, median", "< 150 ms", RehearsalBench.Milliseconds(median));
        report.Row(null, "the same, 95 of 100", "", RehearsalBench.Milliseconds(slow));
    }

    // A line and two thresholds, to values nobody asked for before.
    private static async Task<RehearsalFigures> Ask(ServiceProvider services, int step, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IRehearsal>().Run(Actor.System(MadeProvince.Area),
            [.. NewRules, ("line.monitoring", Invariant($"{6_500 + step * 10}")), ("W14.limit", Invariant($"{4_000 + step * 10}")), ("W15.limit", Invariant($"{19_000 + step * 10}"))], cancel);
        return found.Succeeded ? found.Value : throw new InvalidOperationException(found.Problems[0].In(Language.En));
    }

    private static string Invariant(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
