using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench;

/// <summary>Eight people on the desk of a county as large as the largest of the reports, on PostgreSQL.</summary>
internal static class PagesBench
{
    public const string County = "500236";
    private const int Households = 350_000, Chunk = 120_000;
    private const string Database = "bench_pages";

    /// <summary>Of everybody who signs in, and the name of the county's leader.</summary>
    public const string Password = "WanYou80-YaMiao50", Leader = "leader";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string Day = CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var files = await Files(wish, cancel);
        using var postgres = BenchPostgres.Start(wish);
        var (folder, name) = await Fill(wish, postgres, cancel);
        await AddUsers(folder, postgres.Connection(name), await Places(postgres, name, cancel), cancel);

        var address = $"http://127.0.0.1:{FreePort()}";
        await using var server = Child.Product("serve", "--urls", address, "--data", folder, "--database", postgres.Connection(name), "--as-of", Day);
        await Ready(address, cancel);
        await FollowUps(postgres, name, cancel);
        await postgres.Execute(name, "vacuum analyze", cancel);

        var counts = (await postgres.Read(name, $"select (select count(*) from households where county = '{County}'), (select count(*) from members where county = '{County}'), (select count(*) from leads where county = '{County}')",
            r => (Households: r.GetInt64(0), Members: r.GetInt64(1), Leads: r.GetInt64(2)), cancel))[0];
        report.Part("Pages", $"{Report.Number(counts.Households)} households, {Report.Number(counts.Members)} members, {Report.Number(counts.Leads)} leads in PostgreSQL {BenchPostgres.About}; "
            + $"`shouwang serve` in a process of its own; 8 signed-in users with kept connections, each pausing {Pause.TotalMilliseconds:0} ms on average before asking for the next page, for {wish.Seconds} s. "
            + $"Before that, {wish.Seconds / 3} s without any pause: eight requests under way at every moment. "
            + "Times are from sending the request to the last byte, in milliseconds; clients, server and database share the machine.");
        var visitors = await Visitors.SignIn(new(address), Users.Select(u => u.Name).ToList(), Password, postgres, name, await files.Samples(cancel), cancel);
        Report.Progress("Warming up …");
        await visitors.WarmUp(cancel);
        await visitors.Visit(TimeSpan.FromSeconds(wish.Seconds / 4), TimeSpan.Zero, cancel);
        Report.Progress("Visiting pages without a pause …");
        var (began, before) = (wish.Seconds / 3, server.Cpu);
        var rush = await visitors.Visit(TimeSpan.FromSeconds(began), TimeSpan.Zero, cancel);
        var (count, cpu) = (rush.Values.Sum(t => t.Count), server.Cpu - before);
        Report.Progress($"Visiting pages for {wish.Seconds} s …");
        var calm = await visitors.Visit(TimeSpan.FromSeconds(wish.Seconds), Pause, cancel);
        visitors.Print(report, calm, rush);
        report.Note($"Without a pause: {Report.Number(count / (decimal)began)} pages a second, {cpu.TotalMilliseconds / count:0.0} ms of CPU of the server process a page. "
            + $"Peak memory of the server {Report.Memory(server.PeakBytes)}.");
    }

    private static IReadOnlyList<(string Name, Role Role, int Place)> Users { get; } =
    [
        ("admin", Role.Administrator, 0), ("county", Role.CountyOffice, 0), (Leader, Role.CountyLeader, 0), ("auditor", Role.Auditor, 0),
        ("town1", Role.TownshipClerk, 1), ("town2", Role.TownshipClerk, 2), ("village1", Role.VillageCadre, 3), ("village2", Role.VillageCadre, 4),
    ];

    private static Task<CountyFiles> Files(BenchWish wish, CancellationToken cancel) =>
        CountyFiles.Of(County, wish.Scaled(Households), Chunk, wish.Folder("large-county"), cancel);

    /// <summary>A copy of the county of the pages, which stays as it is, with a folder of its own.</summary>
    public static async Task<(string Folder, string Connection)> Copy(BenchWish wish, BenchPostgres postgres, string database, string name, CancellationToken cancel)
    {
        var (from, template) = await Fill(wish, postgres, cancel);
        Report.Progress("Copying the county …");
        await postgres.Execute("postgres", $"drop database if exists {database} with (force)", cancel);
        await postgres.Execute("postgres", $"create database {database} template {template}", cancel);
        var folder = wish.Folder(name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(from, "key"), Path.Combine(folder, "key"));
        return (folder, postgres.Connection(database));
    }

    /// <summary>Has the large county in a database, imported and screened.</summary>
    internal static async Task<(string Folder, string Database)> Fill(BenchWish wish, BenchPostgres postgres, CancellationToken cancel)
    {
        var (folder, name) = (wish.Folder("pages"), $"{Database}_{wish.Scale.ToString(CultureInfo.InvariantCulture).Replace('.', '_')}");
        await Fill(await Files(wish, cancel), folder, name, postgres, cancel);
        return (folder, name);
    }

    // Through the product's own import, files of the register and incomes; what screening finds in them are the leads.
    private static async Task Fill(CountyFiles files, string folder, string name, BenchPostgres postgres, CancellationToken cancel)
    {
        var marker = Path.Combine(folder, "filled.done");
        var there = await postgres.Read("postgres", $"select 1 from pg_database where datname = '{name}'", _ => 0, cancel);
        if (File.Exists(marker) && there.Count > 0)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var database = await postgres.Fresh(name, cancel);
        string[] place = ["--area", County, "--as-of", Day, "--data", folder, "--database", database, "--json"];
        Report.Progress("Importing the large county …");
        await using (var import = Child.Product(["import", .. files.Register, .. files.Income, .. place]))
            Report.Progress($"… {Report.Seconds((await import.End(cancel)).Wall)}");
        await postgres.Execute(name, "vacuum analyze", cancel);
        Report.Progress("Screening the large county …");
        await using (var screen = Child.Product(["screen", .. place]))
            Report.Progress($"… {Report.Seconds((await screen.End(cancel)).Wall)}");
        await File.WriteAllTextAsync(marker, "", cancel);
    }

    // Villages with leads, so that lists of those who work there hold something.
    private static async Task<IReadOnlyList<string>> Places(BenchPostgres postgres, string name, CancellationToken cancel)
    {
        var villages = await postgres.Read(name, $"select area from leads where county = '{County}' and length(area) = 12 group by area order by count(*) desc, area limit 40", r => r.GetString(0), cancel);
        if (villages.Count == 0)
            throw new InvalidOperationException("The large county has no leads.");
        var towns = villages.Select(v => v[..9]).Distinct().ToList();
        return [County, towns[0], towns[^1], villages[0], villages[^1]];
    }

    /// <summary>The county's leader alone, for whoever needs somebody who signs in.</summary>
    public static Task AddLeader(string folder, string database, CancellationToken cancel) => AddUsers(folder, database, [.. Users.Where(u => u.Name == Leader)], [County], cancel);

    private static Task AddUsers(string folder, string database, IReadOnlyList<string> places, CancellationToken cancel) => AddUsers(folder, database, Users, places, cancel);

    private static async Task AddUsers(string folder, string database, IReadOnlyList<(string Name, Role Role, int Place)> who, IReadOnlyList<string> places, CancellationToken cancel)
    {
        var options = new ServerOptions(new DatabasePlace(folder, database)) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IUsers>();
        var actor = Actor.System(new(County));
        var known = (await users.List(actor, cancel)).Select(u => u.Name).ToHashSet();
        foreach (var (name, role, place) in who.Where(u => !known.Contains(u.Name)))
        {
            var added = await users.Add(actor, new(name, name, role, new AreaCode(places[place]), null, Password, MustChange: false), cancel);
            if (!added.Succeeded)
                throw new InvalidOperationException(added.Problems[0].In(Language.En));
        }
    }

    internal static async Task Ready(string address, CancellationToken cancel)
    {
        using var http = new HttpClient();
        for (var i = 0; i < 600; i++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address + "/health"), cancel);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, cancel);
        }
        throw new InvalidOperationException("The server did not become ready.");
    }

    internal static async Task FollowUps(BenchPostgres postgres, string name, CancellationToken cancel)
    {
        Report.Progress("Waiting for follow-ups …");
        for (var i = 0; i < 1_200; i++)
        {
            var left = (await postgres.Read(name, "select (select count(*) from event_work) + (select count(*) from dirty_marks)", r => r.GetInt64(0), cancel))[0];
            if (left == 0)
                return;
            await Task.Delay(500, cancel);
        }
        throw new InvalidOperationException("The follow-ups did not come to an end.");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
