using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench;

/// <summary>The population of a large county on PostgreSQL: built, read again from its file, and followed by changes that have to become warnings.</summary>
internal static class PopulationBench
{
    private const int ChangesASecond = 200, Together = 10, WarmUpSeconds = 10;
    private static readonly AreaCode County = new(PagesBench.County);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        using var postgres = BenchPostgres.Start(wish);
        var (folder, name) = await PagesBench.Fill(wish, postgres, cancel);
        var options = new ServerOptions(new DatabasePlace(folder, postgres.Connection(name))) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        await postgres.Execute(name, "vacuum analyze", cancel);

        // What a server has read anyway before it builds: the policy packs, compiled.
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Policies>().For(County, CountyFiles.Day, cancel);
        Report.Progress("Building the population …");
        var store = services.GetRequiredService<PopulationStore>();
        var watch = Stopwatch.StartNew();
        var population = await store.For(County, CountyFiles.Day, cancel, anew: true);
        var built = watch.Elapsed;
        watch.Restart();
        await store.For(County, CountyFiles.Day, cancel, anew: true);
        var again = watch.Elapsed;

        await using var restarted = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        watch.Restart();
        var read = restarted.GetRequiredService<PopulationStore>();
        await read.For(County, CountyFiles.Day, cancel);
        var restart = watch.Elapsed;
        if (read.WhyBuilt(County) is { } why)
            throw new InvalidOperationException(why.En);

        var members = (await postgres.Read(name, $"select count(*) from members where county = '{County}'", r => r.GetInt64(0), cancel))[0];
        report.Part("Population", $"{Report.Number(population.Count)} households and {Report.Number(members)} members in PostgreSQL {BenchPostgres.About}; {population.Table.Columns.Count} columns. "
            + $"Changes: {ChangesASecond} a second for {wish.Seconds} s, each somebody's insurance at another household, {Together} in a transaction, through the door that every fact takes; "
            + "the time runs from before the fact is written to when the warning, with its lead, is there for others to read. Writer, screening and database share the machine.");
        report.Columns("What", "Limit", "Measured", "Verdict");
        var limit = 10 * population.Count / 310_000.0;
        report.Row(built.TotalSeconds < limit, "built from the database, first in its process", Invariant($"< {limit:0.0} s (10 s for 310,000)"), Report.Seconds(built));
        report.Row(null, "the same again", "", Report.Seconds(again));
        report.Row(restart.TotalSeconds < 1, "read from its file", "< 1 s", Invariant($"{restart.TotalMilliseconds:0} ms"));
        report.Row((decimal)population.Bytes / population.Count <= 200, "memory a household", "≤ 200 bytes", Invariant($"{(double)population.Bytes / population.Count:0} bytes"));

        Report.Progress("Changing facts …");
        var (cold, warm) = await Changes(services, postgres, name, TimeSpan.FromSeconds(wish.Seconds), cancel);
        report.Row(At(warm, 0.99) < 200, $"a changed fact becomes a warning, 99 of 100 ({Report.Number(warm.Count)} changes)", "< 200 ms", Invariant($"{At(warm, 0.99):0} ms"));
        report.Row(null, "the same, median", "", Invariant($"{At(warm, 0.5):0} ms"));
        report.Row(null, $"the same in the first {WarmUpSeconds} s, while code is being compiled: median, 99 of 100", "", Invariant($"{At(cold, 0.5):0} ms, {At(cold, 0.99):0} ms"));
        if (store.InMemory(County) is not { } kept || kept.Version != await services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<PopulationVersions>().Now(County.Digits, cancel))
            throw new InvalidOperationException("The population did not follow the changes.");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    /// <summary>States facts at a steady pace and waits for each warning.</summary>
    /// <returns>Milliseconds from stating a fact to its warning, in ascending order: those of the first seconds of a process, and the others.</returns>
    private static async Task<(List<double> Cold, List<double> Warm)> Changes(ServiceProvider services, BenchPostgres postgres, string name, TimeSpan length, CancellationToken cancel)
    {
        var (count, cold) = ((int)(length.TotalSeconds * ChangesASecond), WarmUpSeconds * ChangesASecond);
        var people = await postgres.Read(name, $"""
            select distinct on (m.household_id) m.household_id, m.id from members m
            where m.county = '{County}' and m.life = 'Normal' and not exists (select 1 from rule_hits h where h.county = m.county and h.household_id = m.household_id and h.rule_id = 'W21')
            order by m.household_id, m.id limit {count + cold}
            """, r => (Household: r.GetGuid(0), Member: r.GetGuid(1)), cancel);
        var first = people.Take(cold).Select(p => p.Household).ToHashSet();
        var (waiting, times) = (new ConcurrentDictionary<Guid, long>(), new ConcurrentBag<(Guid Household, double Milliseconds)>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var rescreen = (IHostedService)services.GetRequiredService<RescreenChanged>();
        await rescreen.StartAsync(ended.Token);
        var watching = Watch(postgres.Connection(name), waiting, times, ended.Token);

        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < people.Count; i += Together)
        {
            var due = TimeSpan.FromSeconds((double)i / ChangesASecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancel);
            var some = people.GetRange(i, Math.Min(Together, people.Count - i));
            foreach (var person in some)
                waiting[person.Household] = Stopwatch.GetTimestamp();
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IFacts>().State(new(County, "bench"), [.. some.Select(p => new Statement(p.Household, p.Member, "desk", null, CountyFiles.Day,
                new Dictionary<string, object?> { ["ins_res"] = false, ["ins_emp"] = false }))], cancel);
        }
        var behind = Stopwatch.GetElapsedTime(began) - TimeSpan.FromSeconds((double)people.Count / ChangesASecond);
        if (behind > TimeSpan.FromSeconds(1))
            throw new InvalidOperationException(Invariant($"The writer could not keep up: {behind.TotalSeconds:0.0} s behind."));
        for (var i = 0; i < 1_000 && !waiting.IsEmpty; i++)
            await Task.Delay(10, cancel);
        await ended.CancelAsync();
        await rescreen.StopAsync(cancel);
        await watching;
        if (!waiting.IsEmpty)
            throw new InvalidOperationException($"{waiting.Count} changes never became a warning.");
        var sorted = times.OrderBy(t => t.Milliseconds).ToLookup(t => first.Contains(t.Household), t => t.Milliseconds);
        return ([.. sorted[true]], [.. sorted[false]]);
    }

    /// <summary>Looks for the warnings, over a connection that is kept, and notes when each was there.</summary>
    private static async Task Watch(
        string connection, ConcurrentDictionary<Guid, long> waiting, ConcurrentBag<(Guid Household, double Milliseconds)> times, CancellationToken cancel)
    {
        await using var reading = new NpgsqlConnection(connection);
        await reading.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("""
            select household_id from rule_hits where county = @county and household_id = any(@asked) and rule_id = 'W21' and lead_id is not null
            """, reading);
        command.Parameters.AddWithValue("county", County.Digits);
        var asked = command.Parameters.Add("asked", NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await command.PrepareAsync(CancellationToken.None);
        while (!cancel.IsCancellationRequested)
        {
            asked.Value = waiting.Keys.ToArray();
            await using (var found = await command.ExecuteReaderAsync(CancellationToken.None))
                while (await found.ReadAsync(CancellationToken.None))
                    if (waiting.TryRemove(found.GetGuid(0), out var since))
                        times.Add((found.GetGuid(0), Stopwatch.GetElapsedTime(since).TotalMilliseconds));
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
