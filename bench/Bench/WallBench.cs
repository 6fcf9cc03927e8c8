using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Insight.Bulletins.Word;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Insight.Wall;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench;

/// <summary>Every indicator of a large county on PostgreSQL worked out anew for all areas, and what the wall reads of them, drill by drill.</summary>
internal static class WallBench
{
    private const string Database = "bench_wall";
    private const int Rounds = 5, Loads = 40, WarmUps = 3, VisitsEach = 9;
    private static readonly AreaCode County = new(PagesBench.County);

    // The day of the county is the last of its month, on which more is kept; the limit is about the others.
    private static readonly DateOnly Before = CountyFiles.Day.AddDays(-1);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        using var postgres = BenchPostgres.Start(wish);
        const string name = Database;
        var (folder, connection) = await PagesBench.Copy(wish, postgres, name, "wall", cancel);
        var options = new ServerOptions(new DatabasePlace(folder, connection)) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        Report.Progress("A year of visits …");
        await postgres.Execute(name, Visits, cancel);
        await postgres.Execute(name, "vacuum analyze", cancel);
        var county = (await postgres.Read(name, "select (select count(*) from households), (select count(*) from members), (select count(*) from visits), (select count(*) from statements)",
            r => (Households: r.GetInt64(0), Members: r.GetInt64(1), Visits: r.GetInt64(2), Statements: r.GetInt64(3)), cancel))[0];

        // The server holds the population anyway; the first round compiles code.
        Report.Progress("Working out indicators …");
        var times = new List<TimeSpan>();
        for (var i = 0; i <= Rounds; i++)
        {
            // Only what changed is written; so that everything is, nothing may be there.
            await postgres.Execute(name, $"delete from indicator_values where county = '{County}' and as_of = '{Before:yyyy-MM-dd}'", cancel);
            times.Add(await Time(services, (IFigures figures) => Computed(figures, Before, cancel)));
        }
        var unchanged = await Time(services, (IFigures figures) => Computed(figures, Before, cancel));
        // The first time builds the population of that day.
        await Time(services, (IFigures figures) => Computed(figures, CountyFiles.Day, cancel));
        var lastOfMonth = await Time(services, (IFigures figures) => Computed(figures, CountyFiles.Day, cancel));
        var kept = (await postgres.Read(name, "select sum(octet_length(section_enc)) from indicator_contents", r => r.GetInt64(0), cancel))[0];
        var figures = (await postgres.Read(name, $"select count(*), count(distinct area) from indicator_values where county = '{County}' and as_of = '2020-06-30'", r => (All: r.GetInt64(0), Areas: r.GetInt64(1)), cancel))[0];
        report.Part("Wall", $"{Report.Number(county.Households)} households, {Report.Number(county.Members)} members, {Report.Number(county.Visits)} visits and {Report.Number(county.Statements)} statements of dozens of values each, in PostgreSQL {BenchPostgres.About}. {Report.Number(figures.All)} figures of {Report.Number(figures.Areas)} areas, worked out from the population that is held and the modules' tables, and written; then what the wall asks for, area by area. Median and 95 of 100.");
        report.Columns("What", "Limit", "Measured", "Verdict");
        var warm = times.Skip(1).Order().ToList();
        report.Row(null, "all indicators, first in its process", "", Report.Seconds(times[0]));
        report.Row(warm[Rounds / 2].TotalSeconds < 5, "all indicators for every township and village, median", "< 5 s", Report.Seconds(warm[Rounds / 2]));

        report.Row(null, "the same where nothing changed since, and nothing is written", "", Report.Seconds(unchanged));
        report.Row(null, $"the same on the last day of a month, when the households behind every figure are kept ({Report.Number(kept)} bytes)", "", Report.Seconds(lastOfMonth));

        Report.Progress("Drilling …");
        var areas = await postgres.Read(name, $"select distinct area from indicator_values where county = '{County}' order by 1", r => new AreaCode(r.GetString(0)), cancel);
        var actor = Actor.System(County);
        await Time(services, (ReadWall wall) => wall.Of(actor, County, CountyFiles.Day, cancel));
        var drills = new List<TimeSpan>();
        foreach (var area in areas.Where(a => a.Level >= AreaLevel.County).Take(200))
            drills.Add(await Time(services, (ReadWall wall) => wall.Of(actor, area, CountyFiles.Day, cancel)));
        drills.Sort();
        report.Row(drills[drills.Count * 95 / 100].TotalMilliseconds < 300, $"an area of the wall is read, 95 of 100 ({drills.Count} areas)", "< 300 ms", Milliseconds(drills[drills.Count * 95 / 100]));
        report.Row(null, "the same, the slowest", "", Milliseconds(drills[^1]));
        var largest = "";
        await Time(services, async (IFigures f) => largest = (await f.Of(actor, County, CountyFiles.Day, cancel)).Where(x => x.Definition.Unit.Zh == "户").MaxBy(x => x.Numerator)!.Definition.Code);
        foreach (var (code, what) in ((string, string)[])[("M01h", "the monitored households"), (largest, $"the figure with most, {largest}")])
        {
            var (opened, households) = (new List<TimeSpan>(), 0);
            for (var i = 0; i <= Rounds; i++)
                opened.Add(await Time(services, async (IFigures f) => households = (await f.Behind(actor, County, code, CountyFiles.Day, true, cancel))!.Count));
            opened.Sort();
            report.Row(opened[^1].TotalMilliseconds < 300, $"the households behind a figure of the county: {what} ({Report.Number(households)}), the slowest of {opened.Count}", "< 300 ms", Milliseconds(opened[^1]));
        }
        await Bulletins(services, report, cancel);
        var drive = await DriveBench.Begin(services, County, report, cancel);
        await FirstPaint(folder, connection, drive, report, cancel);
        await postgres.Execute("postgres", $"drop database if exists {name} with (force)", CancellationToken.None);
    }

    /// <summary>Every household was visited nine times within a year, each on days of its own.</summary>
    private static string Visits => $"""
        insert into visits (county, id, household_id, area, visited_on, purpose, mode, visitors, visitor_count, findings, has_problem, card_on_wall, yard_clean, photos, recorded_by, recorded_by_name, recorded_at)
        select h.county, gen_random_uuid(), h.id, h.area, date '2020-06-30' - (n * 40 + abs(hashtext(h.id::text)) % 40), 'Monthly', 'AtHome', '[]', 1, '{"{}"}', false, true, true, '[]',
            '00000000-0000-0000-0000-000000000000', 'bench', 1593500000000 - n * 3456000000
        from households h cross join generate_series(0, {VisitsEach - 1}) n where h.county = '{County}'
        """;

    /// <summary>A bulletin of the month, what its page shows and its Word file, written over and over; nothing of it is kept.</summary>
    private static async Task Bulletins(ServiceProvider services, Report report, CancellationToken cancel)
    {
        Report.Progress("Writing bulletins …");
        var (times, bytes) = (new List<TimeSpan>(), 0);
        for (var i = 0; i <= Rounds; i++)
            times.Add(await Time(services, async (IServiceProvider scope) =>
            {
                var (period, policy) = (BulletinPeriod.Of(BulletinKind.Monthly, CountyFiles.Day), await scope.GetRequiredService<Policies>().For(County, CountyFiles.Day, cancel));
                var template = policy.Bulletins[0].Code;
                var content = await scope.GetRequiredService<WriteBulletin>().Compose(County, policy, BulletinKind.Monthly, template, "", period, CountyFiles.Day, cancel);
                var bulletin = new Bulletin
                {
                    County = County.Digits, Id = Guid.CreateVersion7(), Code = "B0-00000", Area = County.Digits, Kind = BulletinKind.Monthly, Template = template, Unit = "", PeriodFrom = period.From,
                    PeriodTo = period.To, AsOf = CountyFiles.Day, Content = content.Json, WrittenBy = Guid.Empty, WrittenByName = "bench", WrittenOn = CountyFiles.Day,
                };
                return bytes = WordFile.Write(new(bulletin, BulletinContent.Read(bulletin.Content), Language.Zh, new("http://127.0.0.1"), "bench", null)).Length;
            }));
        var warm = times.Skip(1).Order().ToList();
        report.Row(times[0].TotalSeconds < 10, "a month's bulletin, page and Word file, first in its process", "< 10 s", Report.Seconds(times[0]));
        report.Row(warm[Rounds / 2].TotalSeconds < 10, $"a month's bulletin, page and Word file ({Report.Number(bytes)} bytes), median", "< 10 s", Report.Seconds(warm[Rounds / 2]));
    }

    /// <summary>The wall of the county opened in a browser that has nothing of it: by the page's own clock, from asking for it to the first paint with content.</summary>
    private static async Task FirstPaint(string folder, string connection, Guid drive, Report report, CancellationToken cancel)
    {
        const string What = "the county's wall with a drive under way in Chromium, first paint";
        if (SliderBench.Browser() is not { } program)
        {
            report.Row(null, What, "< 1 s", "not available");
            return;
        }
        Report.Progress("Opening the wall in a browser …");
        await PagesBench.AddLeader(folder, connection, cancel);
        var address = $"http://127.0.0.1:{PagesBench.FreePort()}";
        await using var server = Child.Product("serve", "--urls", address, "--data", folder, "--database", connection, "--as-of", CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await PagesBench.Ready(address, cancel);
        await server.Quiet(cancel);
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(SliderBench.Launch(program));
        var state = await SignIn(browser, address);
        var times = new List<double>();
        for (var i = 0; i < Loads + WarmUps; i++)
        {
            // A window of its own has no cache and no connection; only the cookie of whoever signed in.
            await using var window = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 }, Locale = "zh-CN", StorageState = state });
            var page = await window.NewPageAsync();
            await page.GotoAsync($"{address}/wall", new() { WaitUntil = WaitUntilState.Load });
            var painted = await page.EvaluateAsync<double>(Paint);
            if (i >= WarmUps)
                times.Add(painted);
        }
        times.Sort();
        var most = times[(int)Math.Ceiling(Loads * 0.95) - 1];
        report.Row(most < 1000, $"{What}, 95 of 100 ({Loads} fresh windows)", "< 1 s", $"{most:0} ms");
        report.Row(null, "the same, median", "", $"{times[Loads / 2]:0} ms");
        await using var signedIn = await browser.NewContextAsync(new() { StorageState = state });
        await DriveBench.Pages(signedIn, address, drive, County, report, cancel);
    }

    private const string Paint = """
        () => new Promise((resolve) => new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true }))
        """;

    private static async Task<string> SignIn(IBrowser browser, string address)
    {
        await using var window = await browser.NewContextAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(address + "/sign-in");
        await page.FillAsync("[name=name]", PagesBench.Leader);
        await page.FillAsync("[name=password]", PagesBench.Password);
        await page.ClickAsync("form button.primary");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return await window.StorageStateAsync();
    }

    private static async Task<int> Computed(IFigures figures, DateOnly day, CancellationToken cancel)
    {
        await figures.Compute(County, day, cancel);
        return 0;
    }

    private static async Task<TimeSpan> Time<TService, T>(ServiceProvider services, Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        var service = scope.ServiceProvider.GetRequiredService<TService>();
        var watch = Stopwatch.StartNew();
        await act(service);
        return watch.Elapsed;
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
}
