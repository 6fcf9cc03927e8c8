namespace Shouwang.Tests.District;

/// <summary>Days of a district in virtual time: phones out of reach and back, lines that cut and repeat, a server and a database that are ended without ceremony.</summary>
/// <remarks>At the end every phone comes within reach of a sound line; what the server then holds is compared with what phones have receipts for.</remarks>
internal sealed class SimulatedDistrict(DistrictPlan plan, DistrictHost host, Action<string>? say = null)
{
    public const string OldApp = "0.9.0", NewApp = "1.0.0";
    private const int AtOnce = 16;

    /// <summary>Lives through the plan.</summary>
    /// <exception cref="InvalidOperationException">Something that was acknowledged is missing or there twice, or a phone still holds something it could hand in.</exception>
    public async Task<DistrictReport> Run(DateOnly lastDay, CancellationToken cancel)
    {
        var (report, chance) = (new DistrictReport(), new Random(plan.Seed));
        var (enrolled, key) = await host.Prepare(plan, cancel);
        byte[] point = [4, .. System.Buffers.Text.Base64Url.DecodeFromChars(key.Jwk.X), .. System.Buffers.Text.Base64Url.DecodeFromChars(key.Jwk.Y)];
        var phones = enrolled.Select((e, i) => new SimulatedPhone(
            new(plan.Seed * 10_007 + i), e.Authorization, i % 2 == 0 ? NewApp : OldApp, [.. e.Households.Skip(i % plan.PhonesAVillage * 4).Take(4)], point, key.Id, report)).ToList();
        var hours = plan.Days * DistrictPlan.HoursADay;
        var accidents = Enumerable.Range(0, plan.Kills + plan.Restarts).Select(i => (Hour: chance.Next(hours), Database: i >= plan.Kills)).ToLookup(a => a.Hour, a => a.Database);
        await host.Start(cancel);
        using var http = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(60) };
        for (var hour = 0; hour < hours; hour++)
        {
            var day = lastDay.AddDays(hour / DistrictPlan.HoursADay + 1 - plan.Days);
            foreach (var phone in phones)
                phone.Work(day, plan.VisitsADay / DistrictPlan.HoursADay);
            var accident = Accidents([.. accidents[hour]], chance.Next(5, 80), report, cancel);
            await HandIn(phones.OrderBy(_ => chance.Next()), http, false, cancel);
            await accident;
            if (hour % DistrictPlan.HoursADay == 0)
                say?.Invoke($"day {hour / DistrictPlan.HoursADay + 1}: {report}");
        }
        // A good line at last. A big queue takes several requests.
        for (var i = 0; i < 100 && phones.Exists(p => p.Unsent.Count > 0); i++)
            await HandIn(phones, http, true, cancel);
        await Compare(phones, cancel);
        return report;
    }

    private static Task HandIn(IEnumerable<SimulatedPhone> phones, HttpClient http, bool smooth, CancellationToken cancel) =>
        Parallel.ForEachAsync(phones, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (phone, c) => await phone.HandIn(http, smooth, c));

    // While phones hand in; they find nobody, and try again in their next hour.
    private async Task Accidents(bool[] accidents, int delay, DistrictReport report, CancellationToken cancel)
    {
        foreach (var database in accidents)
        {
            await Task.Delay(delay, cancel);
            if (database)
            {
                host.RestartDatabase();
                report.Restarts++;
            }
            else
            {
                await host.Kill();
                report.Kills++;
                await host.Start(cancel);
            }
        }
    }

    private async Task Compare(List<SimulatedPhone> phones, CancellationToken cancel)
    {
        var (made, acknowledged) = (phones.SelectMany(p => p.Made).ToDictionary(), phones.SelectMany(p => p.Acknowledged).ToDictionary());
        if (phones.Sum(p => p.Unsent.Count) is > 0 and var left)
            throw new InvalidOperationException($"{left} visits could not be handed in.");
        var stored = await host.Read("select id, hash from field_submissions", r => (Id: r.GetGuid(0), Hash: r.GetString(1)), cancel);
        if (stored.Count != stored.Select(s => s.Id).Distinct().Count() || stored.Exists(s => made.GetValueOrDefault(s.Id) != s.Hash))
            throw new InvalidOperationException("The server stored something twice, or something that no phone made.");
        if (acknowledged.Keys.Except(stored.Select(s => s.Id)).Count() is > 0 and var lost)
            throw new InvalidOperationException($"{lost} visits were acknowledged and are not there.");

        for (var i = 0; ; i++)
        {
            var states = (await host.Read("select state, count(*) from field_submissions group by state", r => (r.GetString(0), r.GetInt64(1)), cancel)).ToDictionary();
            if (states.GetValueOrDefault("applied") == made.Count)
                break;
            if (states.GetValueOrDefault("held") > 0 || i == 3_000)
                throw new InvalidOperationException($"{states.GetValueOrDefault("held")} visits are held, {states.GetValueOrDefault("received")} wait.");
            await Task.Delay(100, cancel);
        }
        var visits = await host.Read("select id from visits", r => r.GetGuid(0), cancel);
        if (visits.Count != made.Count || !visits.ToHashSet().SetEquals(made.Keys))
            throw new InvalidOperationException($"The register has {visits.Count} visits, {made.Count} were made.");
        if (await host.Read("select count(*) from statements where source = 'visit'", r => r.GetInt64(0), cancel) is not [var statements] || statements == 0)
            throw new InvalidOperationException("No visit said anything.");
    }
}
