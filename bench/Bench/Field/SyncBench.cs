using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Bench.Rules;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench.Field;

/// <summary>A phone takes a village along over a slow line, hears what has changed, and is started again without any: how long does a cadre wait?</summary>
internal static class SyncBench
{
    private const string Database = "bench_sync", User = "cadre", Password = "WanYou80-YaMiao50", Changed = "改户";
    private const int Households = 800, Runs = 5, Starts = 9, Changes = 10;
    private static readonly AreaCode County = new(PagesBench.County);
    private static readonly string Day = CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        using var postgres = BenchPostgres.Start(wish);
        var (folder, connection) = await PagesBench.Copy(wish, postgres, Database, "sync", cancel);
        var options = new ServerOptions(new DatabasePlace(folder, connection)) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        var (village, merged) = await MadeVillage.Of(services, postgres, Database, County, Households, cancel);
        await AddCadre(services, village, cancel);

        if (SliderBench.Browser() is not { } program)
        {
            Head(report, merged);
            report.Row(null, "a village taken along by Chromium", "< 5 s", "not available");
            return;
        }
        var address = $"http://127.0.0.1:{PagesBench.FreePort()}";
        await using (Child.Product("serve", "--urls", address, "--data", folder, "--database", connection, "--as-of", Day))
        {
            await PagesBench.Ready(address, cancel);
            await PagesBench.FollowUps(postgres, Database, cancel);
            await postgres.Execute(Database, "vacuum analyze", cancel);
            Head(report, merged);
            using var driver = await Playwright.CreateAsync();
            await using var browser = await driver.Chromium.LaunchAsync(SliderBench.Launch(program));
            await Measure(browser, address, services, village, () => PagesBench.FollowUps(postgres, Database, cancel), report, cancel);
        }
        await postgres.Execute("postgres", $"drop database if exists {Database} with (force)", CancellationToken.None);
    }

    private static void Head(Report report, int merged)
    {
        report.Part("Sync", $"A village of {Households} households in the county of the pages{(merged > 1 ? $" ({merged} neighbouring villages made one)" : "")}, in PostgreSQL {BenchPostgres.About}; `shouwang serve` in a process of its own. "
            + $"Headless Chromium, 360 × 640, its processor slowed down 4 times, its line to 1 Mbit/s each way with {PhoneBrowser.Latency} ms of latency; the clock is the page's, from a tap to the frame that shows what it was for. "
            + $"Medians of {Runs} phones, {Starts} starts. Phone, server and database share the machine.");
        report.Columns("What", "Limit", "Measured", "Verdict");
    }

    private static async Task Measure(IBrowser browser, string address, ServiceProvider services, AreaCode village, Func<Task> followUps, Report report, CancellationToken cancel)
    {
        var (signIn, cold, delta, bytes, few) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run <= Runs; run++)
        {
            Report.Progress(run == 0 ? "A phone to warm up …" : $"Phone {run} of {Runs} …");
            await using var phone = await PhoneBrowser.Open(browser, address);
            await phone.Slow();
            var toPin = await phone.SignIn(User, Password);
            var (toAll, all) = await phone.TakeAlong(Households);
            await Change(services, village, run, cancel);
            await followUps();
            var (toNew, changed) = await phone.Sync();
            await phone.Holds($"{Changed}{run}", Changes);
            if (run == 0)
                continue;
            signIn.Add(toPin);
            cold.Add(toPin + toAll);
            delta.Add(toNew);
            bytes.Add(all);
            few.Add(changed);
            if (run < Runs)
                continue;
            Report.Progress("Starting without a line …");
            var (pad, today) = await phone.StartOffline(Starts, Households);
            Print(report, (Median(signIn), Median(cold), Median(delta), Median(pad), Median(today)), Median(bytes), Median(few));
        }
    }

    private static void Print(Report report, (double SignIn, double Cold, double Delta, double Pad, double Today) took, double bytes, double few)
    {
        report.Row(took.Cold < 5_000, $"signing in and taking {Households} households along: from *sign in* to the PIN pad, and from the new PIN's last digit to all of them on the phone and on the screen", "< 5 s", RehearsalBench.Milliseconds(took.Cold));
        report.Row(null, "of that to the PIN pad", "", RehearsalBench.Milliseconds(took.SignIn));
        report.Row(null, "bytes over the line for them, policy and headers included", "", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000:0} kB, {bytes / Households:0} a household"));
        report.Row(took.Delta < 1_000, $"{Changes} households changed: from *sync* to its end", "< 1 s", string.Create(CultureInfo.InvariantCulture, $"{RehearsalBench.Milliseconds(took.Delta)}, {few / 1000:0.0} kB"));
        report.Row(took.Pad < 1_000, "started again without a line, to the PIN pad", "< 1 s", RehearsalBench.Milliseconds(took.Pad));
        report.Row(took.Today < 1_000, $"from the PIN's last digit to *today* with {Households} households", "< 1 s", RehearsalBench.Milliseconds(took.Today));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task AddCadre(ServiceProvider services, AreaCode village, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var added = await scope.ServiceProvider.GetRequiredService<IUsers>().Add(Actor.System(County), new(User, User, Role.VillageCadre, village, null, Password, MustChange: false), cancel);
        if (!added.Succeeded)
            throw new InvalidOperationException(added.Problems[0].In(Language.En));
    }

    // As the desk would; what follows from it is the server's.
    private static async Task Change(ServiceProvider services, AreaCode village, int run, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var ids = await scope.ServiceProvider.GetRequiredService<ICurrentFacts>().Visible(Actor.System(village), Permissions.VisitsRecord, cancel);
        await scope.ServiceProvider.GetRequiredService<IFacts>().State(new(village, "bench"), [.. ids.Skip(run * Changes).Take(Changes)
            .Select((id, i) => new Statement(id, null, "desk", null, CountyFiles.Day, new Dictionary<string, object?> { ["head_name"] = $"{Changed}{run}", ["grade"] = i % 2 == 0 ? "B" : "C" }))], cancel);
    }
}
