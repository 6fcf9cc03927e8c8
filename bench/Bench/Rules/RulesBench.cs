using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>The engines over one made-up population, side by side with what else could be used.</summary>
internal static class RulesBench
{
    private const int Rounds = 15;

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var households = wish.Scaled(10_000_000);
        Report.Progress($"Making {households:N0} households …");
        var table = MadePopulation.Make(households);
        var bytes = ReadBytes(table);
        report.Part("Rules", $"20 rules that read 34 of 40 columns, gaps in all, over {Report.Number(households)} made-up households: a mask for each household and a count for each rule. "
            + $"The scan reads {bytes:0.#} bytes a household and writes 4. The best of {Rounds} rounds. "
            + "Databases answer all rules in one select over a table filled before, and give the counts alone. What is asked of DuckDB is written by hand "
            + "over amounts in whole fen of 32 bits, which is as fast as it can be.");
        report.Columns("Engine", "Households", "Limit", "Households a second", "Verdict");

        var program = ScanProgram.Compile(table, TwentyRules.All, ScanOutputs.Masks, unknown: false);
        var truth = program.Run();
        var masks = new uint[households];
        var (copying, copied) = Copying();
        // In turns, so that what else the machine does falls on all alike.
        var best = BestInTurns(Rounds, () => program.Run(2, masks), () => program.Run(1, masks), copying);
        var (two, one, copy) = (households / best[0].TotalSeconds, households / best[1].TotalSeconds, copied / best[2].TotalSeconds);
        Report.Progress("Hand-written loop …");
        var byHand = new HandWritten(table);
        Agree("hand-written loop", truth.HoldingCounts, byHand.Run(2).Counts);
        if (!truth.Masks!.AsSpan().SequenceEqual(byHand.Run(2).Masks))
            throw new InvalidOperationException("The masks of the hand-written loop differ.");
        var hand = Rate(households, () => byHand.Run(2), 3);
        var moved = two * (bytes + 4);

        var full = wish.Scale == 1;
        report.Row(full ? two >= 100_000_000 : null, "scan, two threads", Report.Number(households), "≥ 100 million", Millions(two));
        report.Row(one >= two / 2, "scan, one thread", Report.Number(households), "≥ half of two", Millions(one));
        report.Row(moved >= 0.4 * copy, "scan, memory moved", "", "≥ 40 % of copying", $"{Giga(moved)} of {Giga(copy)}: {moved / copy:P0}");
        report.Row(two >= 2.5 * hand, "hand-written scalar loop, two threads", Report.Number(households), "scan ≥ 2.5 ×", $"{Millions(hand)}: scan is {two / hand:0.0} ×");

        Peers(wish, report, cancel);
        await Databases(wish, report, cancel);
        Compilation(report);
    }

    private static void Peers(BenchWish wish, Report report, CancellationToken cancel)
    {
        var table = MadePopulation.Make(wish.Scaled(1_000_000));
        var truth = ScanProgram.Compile(table, TwentyRules.All, ScanOutputs.Counts, unknown: false).Run().HoldingCounts;
        Report.Progress("Objects …");
        var objects = Household.Of(table);
        Agree("objects", truth, Household.Run(objects));
        Row("LINQ over objects, two threads", table.Count, () => Household.Run(objects), 3);

        Report.Progress("Interpreter and explain …");
        Agree("interpreter", truth, Interpreted(table));
        Row("interpreter, two threads", table.Count, () => Interpreted(table), 2);
        var few = MadePopulation.Make(wish.Scaled(100_000));
        Agree("explain", ScanProgram.Compile(few, TwentyRules.All, ScanOutputs.Counts, unknown: false).Run().HoldingCounts, Explained(few));
        Row("explain, with all reasons, two threads", few.Count, () => Explained(few), 1);
        cancel.ThrowIfCancellationRequested();

        void Row(string name, int count, Func<object> run, int rounds) => report.Row(null, name, Report.Number(count), "", Millions(Rate(count, run, rounds)));
    }

    private static async Task Databases(BenchWish wish, Report report, CancellationToken cancel)
    {
        Report.Progress("SQLite …");
        var (table, truth) = Made(200_000);
        using (var sqlite = new SqliteRules(table))
        {
            Agree("SQLite", truth, sqlite.Run());
            Row("SQL engine on SQLite in memory", sqlite.Run, 1);
        }

        Report.Progress("PostgreSQL …");
        (table, truth) = Made(1_000_000);
        using (var postgres = await PostgresRules.Of(table, wish, cancel))
        {
            Agree("PostgreSQL", truth, postgres.Run());
            Row("SQL engine on PostgreSQL", postgres.Run, 3);
        }

        Report.Progress("DuckDB …");
        (table, truth) = Made(2_000_000);
        if (await DuckDbLibrary.Bring(wish, cancel) is not { } library)
        {
            report.Row(null, "DuckDB in memory", Report.Number(table.Count), "", "not available");
            return;
        }
        using var duck = new DuckDbRules(library, table);
        Agree("DuckDB", truth, duck.Run());
        Row($"DuckDB {DuckDb.Version.TrimStart('v')} in memory, hand-written SQL over whole fen, two threads", duck.Run, Rounds);

        (ScanTable, IReadOnlyList<long>) Made(int households)
        {
            var made = MadePopulation.Make(wish.Scaled(households));
            return (made, ScanProgram.Compile(made, TwentyRules.All, ScanOutputs.Counts, unknown: false).Run().HoldingCounts);
        }

        void Row(string name, Func<object> run, int rounds) =>
            report.Row(null, name, Report.Number(table.Count), "", Millions(Rate(table.Count, run, rounds)));
    }

    private static void Compilation(Report report)
    {
        var table = MadePopulation.Make(100_000);
        var texts = Enumerable.Range(0, 100).Select(i => TwentyRules.Texts[i % 20].Replace("000", $"0{i:00}", StringComparison.Ordinal)).ToList();
        var time = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            ScanProgram.Compile(table, [.. texts.Select(t => TwentyRules.Rule(t))], ScanOutputs.Holding);
            return watch.Elapsed;
        });
        report.Row(time.TotalSeconds < 1, "reading, checking and compiling 100 rules", "", "< 1 s", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms"));
    }

    /// <summary>Households a second, in the best of some rounds after one to warm up.</summary>
    internal static double Rate(int households, Func<object> run, int rounds) => households / Best(run, rounds).TotalSeconds;

    internal static TimeSpan Best(Func<object> run, int rounds) => BestInTurns(rounds, run)[0];

    /// <summary>The shortest time of each, which take turns for some rounds after one to warm up.</summary>
    private static TimeSpan[] BestInTurns(int rounds, params Func<object>[] runs)
    {
        var best = runs.Select(_ => TimeSpan.MaxValue).ToArray();
        for (var round = 0; round <= rounds; round++)
            for (var i = 0; i < runs.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                runs[i]();
                if (round > 0 && watch.Elapsed < best[i])
                    best[i] = watch.Elapsed;
            }
        return best;
    }

    /// <summary>A plain copy of 1 GiB on two threads, and the bytes it moves, read and written.</summary>
    private static (Func<object> Copy, double Bytes) Copying()
    {
        const int Half = 512 << 20;
        var (from, to) = (new byte[2][], new byte[2][]);
        for (var i = 0; i < 2; i++)
            (from[i], to[i]) = (GC.AllocateArray<byte>(Half), GC.AllocateArray<byte>(Half));
        return (() =>
        {
            Parallel.For(0, 2, i => PlainCopy(from[i], to[i]));
            return to;
        }, 4.0 * Half);
    }

    private static void PlainCopy(byte[] from, byte[] to)
    {
        var source = MemoryMarshal.Cast<byte, ulong>(from);
        var target = MemoryMarshal.Cast<byte, ulong>(to.AsSpan());
        for (var i = 0; i < source.Length; i++)
            target[i] = source[i];
    }

    private static double ReadBytes(ScanTable table) => TwentyRules.All.SelectMany(r => r.When.Symbols).Distinct().Where(s => table.Columns.ContainsKey(s.Name))
        .Sum(s => (double)table.Columns[s.Name].Bytes / table.Count);

    private static long[] Interpreted(ScanTable table) => Each(table, (rule, inputs) => rule.When.Holds(inputs) == true);

    private static long[] Explained(ScanTable table) => Each(table, (rule, inputs) => rule.When.Explain(inputs).Holds == true);

    private static long[] Each(ScanTable table, Func<ScanRule, TableInputs, bool> holds) => [.. TwentyRules.All.AsParallel().AsOrdered().Select(rule =>
    {
        var (inputs, count) = (table.Inputs(rule.Constants), 0L);
        for (inputs.Index = 0; inputs.Index < table.Count; inputs.Index++)
            count += holds(rule, inputs) ? 1 : 0;
        return count;
    })];

    internal static void Agree(string name, IReadOnlyList<long> truth, IReadOnlyList<long> counts)
    {
        for (var rule = 0; rule < truth.Count; rule++)
            if (truth[rule] != counts[rule])
                throw new InvalidOperationException($"{name}: rule {rule + 1} has {counts[rule]} households, the scan {truth[rule]}.");
    }

    internal static string Millions(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:0.00} million");

    private static string Giga(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e9:0.0} GB/s");
}
