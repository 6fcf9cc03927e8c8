using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Insight.Wall;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench;

/// <summary>Every indicator of a large county on PostgreSQL worked out anew for all areas, and what the wall reads of them, drill by drill.</summary>
internal static class WallBench
{
    private const int Rounds = 5;
    private static readonly AreaCode County = new(PagesBench.County);

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        using var postgres = BenchPostgres.Start(wish);
        var (folder, name) = await PagesBench.Fill(wish, postgres, cancel);
        var options = new ServerOptions(new DatabasePlace(folder, postgres.Connection(name))) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        await postgres.Execute(name, "vacuum analyze", cancel);

        // The server holds the population anyway; the first round compiles code.
        Report.Progress("Working out indicators …");
        var times = new List<TimeSpan>();
        for (var i = 0; i <= Rounds; i++)
            times.Add(await Time(services, async (IFigures figures) =>
            {
                await figures.Compute(County, CountyFiles.Day, cancel);
                return 0;
            }));
        var figures = (await postgres.Read(name, $"select count(*), count(distinct area) from indicator_values where county = '{County}' and as_of = '2020-06-30'", r => (All: r.GetInt64(0), Areas: r.GetInt64(1)), cancel))[0];
        report.Part("Wall", $"{Report.Number(figures.All)} figures of {Report.Number(figures.Areas)} areas, worked out from the population that is held and the modules' tables, and written; then what the wall asks for, area by area. Median and 95 of 100.");
        report.Columns("What", "Limit", "Measured", "Verdict");
        var warm = times.Skip(1).Order().ToList();
        report.Row(null, "all indicators, first in its process", "", Report.Seconds(times[0]));
        report.Row(warm[Rounds / 2].TotalSeconds < 5, "all indicators for every township and village, median", "< 5 s", Report.Seconds(warm[Rounds / 2]));

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
        var behind = await Time(services, (IFigures f) => f.Behind(actor, County, "M01h", CountyFiles.Day, true, cancel));
        report.Row(behind.TotalMilliseconds < 300, "the households behind a figure of the county", "< 300 ms", Milliseconds(behind));
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
