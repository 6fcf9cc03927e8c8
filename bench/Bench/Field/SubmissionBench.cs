using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench.Field;

/// <summary>Phones hand in visits on PostgreSQL: as many as can be, then at a steady pace with everything that follows from them.</summary>
internal static class SubmissionBench
{
    private const string Database = "bench_submissions", Password = "WanYou80-YaMiao50";
    private const int Connections = 32, MostPhones = 600, Answers = 20, LongForm = 250, Pace = 500;
    private const double Rush = 1_000, RushLatency = 100, LongFormPace = 150, Drained = 10;
    private static readonly AreaCode County = new(PagesBench.County);
    private static readonly string Day = CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        using var postgres = BenchPostgres.Start(wish);
        var (folder, connection) = await PagesBench.Copy(wish, postgres, Database, "submissions", cancel);
        Report.Progress("Enrolling phones …");
        var (phones, key) = await Phones(postgres, folder, connection, cancel);

        var address = $"http://127.0.0.1:{PagesBench.FreePort()}";
        await using var server = Child.Product("serve", "--urls", address, "--data", folder, "--database", connection, "--as-of", Day);
        await PagesBench.Ready(address, cancel);
        var (handing, stock) = (new HandingIn(new(address)), new Stock(phones, key));
        var (rushSeconds, paceSeconds) = (Math.Max(5, wish.Seconds / 4), Math.Max(10, (int)(600 * Math.Min(1, wish.Scale))));
        report.Part("Handing in visits", $"{Report.Number(phones.Sum(p => p.Households.Count))} households of the county of the pages, in PostgreSQL {BenchPostgres.About}; `shouwang serve` in a process of its own, "
            + $"applying what comes in while more comes in. A visit has {Answers} answers, most of which confirm what is known; one visit a request, sealed before the clock starts, over kept connections on which one phone follows the other. "
            + "Times run from sending a request to its receipt. Phones, server and database share the machine.");
        report.Columns("What", "Limit", "Measured", "Verdict");

        await Hand(postgres, handing, stock.Take(Connections, 2_000, Answers), null, cancel);
        await Settled(postgres, cancel);
        await server.Quiet(cancel);
        foreach (var count in (int[])[8, 16, Connections])
        {
            var ready = stock.Take(count, (int)(rushSeconds * Rush * 1.5), Answers);
            Report.Progress($"{count} phones hand in as quickly as they can …");
            var rush = await Hand(postgres, handing, ready, null, cancel);
            await Settled(postgres, cancel);
            report.Row(rush.ASecond >= Rush && rush.At(0.99) < RushLatency, $"{count} phones, {Report.Number(rush.Acknowledged.Count)} visits as quickly as receipts come",
                "≥ 1,000 a second, 99 of 100 < 100 ms", Invariant($"{rush.ASecond:0} a second, {rush.At(0.99):0} ms (median {rush.At(0.5):0} ms)"));
        }

        var steady = stock.Take(Connections, paceSeconds * Pace, Answers);
        Report.Progress($"{Pace} visits a second for {paceSeconds} s …");
        var (cpu, paced) = (server.Cpu, await Hand(postgres, handing, steady, Pace, cancel));
        cpu = server.Cpu - cpu;
        var drained = await Settled(postgres, cancel);
        report.Row(paced.ASecond >= Pace * 0.99, $"{Connections} phones at a steady pace for {paceSeconds} s, {Report.Number(paced.Acknowledged.Count)} visits", "≥ 500 a second",
            Invariant($"{paced.ASecond:0} a second, 99 of 100 {paced.At(0.99):0} ms"));
        report.Row(drained.TotalSeconds < Drained, "after the last of them, until facts, screening and leads are done", "< 10 s", Report.Seconds(drained));
        report.Row(null, "CPU of the server a visit, follow-ups included", "", Invariant($"{cpu.TotalMilliseconds / paced.Acknowledged.Count:0.00} ms"));

        var forms = stock.Take(16, (int)(rushSeconds * LongFormPace * 2), LongForm);
        Report.Progress($"Forms of {LongForm} questions …");
        var longForms = await Hand(postgres, handing, forms, null, cancel);
        await Settled(postgres, cancel);
        report.Row(longForms.ASecond >= LongFormPace, $"16 phones, {Report.Number(longForms.Acknowledged.Count)} forms of {LongForm} questions", "≥ 150 a second", Invariant($"{longForms.ASecond:0} a second, 99 of 100 {longForms.At(0.99):0} ms"));
        report.Note("After each part every acknowledged visit was in the register once, and none was there that had not been acknowledged; the part breaks otherwise.");
        await postgres.Execute("postgres", $"drop database if exists {Database} with (force)", CancellationToken.None);
    }

    private static async Task<(IReadOnlyList<BenchPhone> Phones, ServerKey Key)> Phones(BenchPostgres postgres, string folder, string connection, CancellationToken cancel)
    {
        var options = new ServerOptions(new DatabasePlace(folder, connection)) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        await postgres.Execute(Database, "vacuum analyze", cancel);
        await using var scope = services.CreateAsyncScope();
        var (users, devices) = (scope.ServiceProvider.GetRequiredService<IUsers>(), scope.ServiceProvider.GetRequiredService<IDevices>());
        var phones = new List<BenchPhone>();
        foreach (var (village, households) in (await Households(postgres, cancel)).GroupBy(h => h.Village, h => h.Household).OrderByDescending(g => g.Count()).Take(MostPhones)
            .Select(g => (g.Key, g.ToList())))
        {
            var name = $"phone{phones.Count}";
            var added = await users.Add(Actor.System(County), new(name, name, Role.WorkTeamMember, new AreaCode(village), null, Password, MustChange: false), cancel);
            var enrolled = added.Succeeded ? await devices.Enrol(new(name, Password, null, Guid.CreateVersion7(), name, "1.0.0", ""), cancel) : added.Problems.ToList();
            if (!enrolled.Succeeded)
                throw new InvalidOperationException(enrolled.Problems[0].In(Language.En));
            phones.Add(new($"{IDevices.Scheme} {enrolled.Value.Device}.{enrolled.Value.Token}", households));
        }
        return (phones, await services.GetRequiredService<CountyKeys>().Current(County.Digits, cancel));
    }

    private static async Task<IReadOnlyList<(string Village, VisitedHousehold Household)>> Households(BenchPostgres postgres, CancellationToken cancel)
    {
        var found = new List<(string, VisitedHousehold)>();
        await postgres.Read(Database, $"""
            select h.area, h.id, h.grade, m.id, m.labour, m.work_place, m.work_months, m.ins_res, m.ins_emp, m.student
            from households h join members m on m.county = h.county and m.household_id = h.id
            where h.county = '{County}' and length(h.area) = 12 and m.life = 'Normal' order by md5(h.id::text), m.code
            """, row =>
        {
            T? Value<T>(int at) => row.IsDBNull(at) ? default : row.GetFieldValue<T>(at);
            var person = new VisitedPerson(row.GetGuid(3), Value<string>(4), Value<string>(5), Value<long?>(6), Value<bool?>(7), Value<bool?>(8), Value<string>(9));
            if (found.Count > 0 && found[^1].Item2 is var last && last.Id == row.GetGuid(1))
                ((List<VisitedPerson>)last.People).Add(person);
            else
                found.Add((row.GetString(0), new(row.GetGuid(1), Value<string>(2), new List<VisitedPerson> { person })));
            return 0;
        }, cancel);
        return found;
    }

    /// <summary>Hands in, and looks whether what was acknowledged is what the server has.</summary>
    private static async Task<HandedIn> Hand(
        BenchPostgres postgres, HandingIn handing, IReadOnlyList<IReadOnlyList<ReadyRequest>> ready, double? aSecond, CancellationToken cancel)
    {
        var handed = await handing.Run(ready, aSecond, cancel);
        var sent = ready.SelectMany(r => r).Select(r => r.Id).ToHashSet();
        if (!sent.SetEquals(handed.Acknowledged))
            throw new InvalidOperationException($"{sent.Count} visits were sent, {handed.Acknowledged.Count} acknowledged.");
        var stored = await postgres.Read(Database, "select count(*), count(distinct id) from field_submissions", r => (r.GetInt64(0), r.GetInt64(1)), cancel);
        _acknowledged += sent.Count;
        return stored[0] == (_acknowledged, _acknowledged) ? handed : throw new InvalidOperationException($"{_acknowledged} visits were acknowledged, {stored[0].Item1} are stored.");
    }

    private static long _acknowledged;

    /// <summary>Waits until everything that follows from what was handed in is done.</summary>
    /// <returns>How long that took.</returns>
    private static async Task<TimeSpan> Settled(BenchPostgres postgres, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            // Whoever counts what waits takes part of the machine from those who work it off: it is only asked whether anything does.
            var waits = await postgres.Read(Database, $"""
                select exists (select 1 from field_submissions where county = '{County}' and state = 'received') or exists (select 1 from dirty_marks)
                """, r => r.GetBoolean(0), cancel);
            if (!waits[0])
            {
                var took = watch.Elapsed;
                var found = await postgres.Read(Database, "select (select count(*) from field_submissions where state = 'held'), (select count(*) from visits)",
                    r => (Held: r.GetInt64(0), Visits: r.GetInt64(1)), cancel);
                return found[0] == (0, _acknowledged) ? took
                    : throw new InvalidOperationException($"{_acknowledged} visits were acknowledged, {found[0].Visits} are in the register, {found[0].Held} were held.");
            }
            if (watch.Elapsed > TimeSpan.FromMinutes(30))
                throw new InvalidOperationException("After half an hour visits or households still wait.");
            await Task.Delay(500, cancel);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Visits that were not made yet: each household is visited once as long as there are any left.</summary>
    private sealed class Stock(IReadOnlyList<BenchPhone> phones, ServerKey key)
    {
        private readonly List<(BenchPhone Phone, VisitedHousehold Household)> _waiting = [.. Enumerable.Range(0, phones.Max(p => p.Households.Count))
            .SelectMany(i => phones.Where(p => i < p.Households.Count).Select(p => (p, p.Households[i])))];
        private readonly byte[] _point = [4, .. System.Buffers.Text.Base64Url.DecodeFromChars(key.Jwk.X), .. System.Buffers.Text.Base64Url.DecodeFromChars(key.Jwk.Y)];
        private int _next;

        /// <summary>Seals visits for some connections; both cores do, and no clock runs.</summary>
        public IReadOnlyList<IReadOnlyList<ReadyRequest>> Take(int connections, int visits, int answers)
        {
            Report.Progress($"Sealing {visits} visits …");
            var first = _next;
            _next += visits;
            var ready = new ReadyRequest[visits];
            Parallel.For(0, visits, i =>
            {
                var (phone, household) = _waiting[(first + i) % _waiting.Count];
                var (id, envelope) = MadeVisits.Make(household, answers, _point, key.Id, new Random(first + i));
                ready[i] = new(phone.Authorization, JsonSerializer.SerializeToUtf8Bytes(new { items = new[] { envelope } }, JsonTexts.Options), id);
            });
            return [.. ready.Index().GroupBy(r => r.Index % connections).Select(g => g.Select(r => r.Item).ToList())];
        }
    }
}
