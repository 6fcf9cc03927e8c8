using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening;
using Shouwang.Platform.Policy;

namespace Shouwang.Bench.Rules;

/// <summary>A province rehearses: 40 rules over 7.5 million households, three parameters moved with every request.</summary>
internal static class RehearsalBench
{
    private const int Townships = 1_000, VillagesEach = 10, Requests = 25;

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        Engine(wish, report, cancel);
        var province = await MadeProvince.Of(wish, cancel);
        await RehearsalRequests.Run(province, report, cancel);
        await SliderBench.Run(province, report, cancel);
    }

    private static void Engine(BenchWish wish, Report report, CancellationToken cancel)
    {
        var households = wish.Scaled(7_500_000);
        Report.Progress($"Making a province of {households:N0} households …");
        var sets = Province(households);
        var before = Enumerable.Range(0, 40).Select(i => Rule(i, TwentyRules.Line)).ToList();
        var watch = Stopwatch.StartNew();
        Rehearsal.Compare(sets, before, before, null);
        var first = watch.Elapsed;

        var times = new List<double>();
        for (var request = 1; request <= Requests; request++)
        {
            cancel.ThrowIfCancellationRequested();
            // Every request asks for values nobody asked for before.
            var line = TwentyRules.Line + request * 50;
            watch.Restart();
            var after = before.Select((rule, i) => i is 0 or 1 or 19 ? Rule(i, line) : rule).ToList();
            var found = Rehearsal.Compare(sets, before, after, null);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (found.Entering.Households == 0 && found.Leaving.Households == 0)
                throw new InvalidOperationException("Nothing entered and nothing left: the rehearsal moved nothing.");
        }
        times.Sort();
        var (median, slow) = (times[Requests / 2], times[(int)(Requests * 0.95)]);
        report.Part("Rehearsal", $"{Report.Number(households)} made-up households in {Report.Number(sets.Areas.Count)} villages, 40 rules, three of them with other values in each of {Requests} requests: "
            + "households and persons entering and leaving, by rule, township, category, cause, and every pair of rules that overlaps.");
        report.Columns("What", "Limit", "Measured", "Verdict");
        report.Row(null, "the rules in force, once", "", Milliseconds(first.TotalMilliseconds));
        report.Row(median < 150, "as one population, a request, median", "< 150 ms", Milliseconds(median));
        report.Row(null, "the same, 95 of 100", "", Milliseconds(slow));
    }

    private static PopulationSets Province(int households)
    {
        var table = MadePopulation.Make(households);
        var (ids, areas) = (new byte[households * 16L], new byte[households * 4L]);
        Number(MemoryMarshal.Cast<byte, ulong>(ids.AsSpan()), MemoryMarshal.Cast<byte, int>(areas.AsSpan()), households);
        var codes = Enumerable.Range(0, Townships * VillagesEach).Select(i => $"{500_101 + i / VillagesEach / 100}{100 + i / VillagesEach % 100}{200 + i % VillagesEach}").ToList();
        return new(new(new AreaCode("500231"), new(2020, 6, 30), 1, default, households, ids, areas, codes, table.Columns.Values));
    }

    // In the order of villages, as registers are.
    private static void Number(Span<ulong> ids, Span<int> areas, int households)
    {
        for (var i = 0; i < households; i++)
        {
            ids[2 * i] = (ulong)i;
            areas[i] = (int)((long)i * Townships * VillagesEach / households);
        }
    }

    private static ReadyRule Rule(int number, decimal line)
    {
        var scan = TwentyRules.Rule(number < 20 ? TwentyRules.Texts[number] : $"({TwentyRules.Texts[number - 20]}) && people.size > 2", line);
        var definition = new RuleDefinition($"W{number:00}", new("", ""), scan.When.Source, new Dictionary<string, RuleParameter>(), [], [], "", new("", ""), 30, new("", ""),
            RuleState.Live, false, false, false, "") { Cause = $"0{number % 8 + 1}" };
        return new(definition, scan.When, [((RuleLevel)(number % 3 + 1), null)], [(number % 3 == 0 ? "marginal" : "status", null)],
            new Dictionary<string, RuleValue> { ["line.monitoring"] = RuleValue.Decimal(line) }, null);
    }

    internal static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:0.0} ms");
}
