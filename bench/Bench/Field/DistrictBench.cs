using System.Diagnostics;
using Shouwang.Tests.District;

namespace Shouwang.Bench.Field;

/// <summary>A district of 2,000 phones over ten days of virtual time, with everything that can go wrong.</summary>
internal static class DistrictBench
{
    private const int Phones = 2_000, Days = 10;

    public static async Task Run(BenchWish wish, Report report, CancellationToken cancel)
    {
        var folder = wish.Folder("district");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await using var host = new DistrictHost(Child.Program("Server", "Shouwang.Server.dll"), folder, CountyFiles.Day);
        var plan = new DistrictPlan(2020, wish.Scaled(Phones), Days, VisitsADay: 2, Kills: 12, Restarts: 3);
        var watch = Stopwatch.StartNew();
        var lived = await new SimulatedDistrict(plan, host, Report.Progress).Run(CountyFiles.Day, cancel);
        report.Part("A district", $"{Report.Number(plan.Phones)} phones of two versions in {plan.Villages} villages, {plan.Days} days of virtual time, seed {plan.Seed}; `shouwang serve` in a process of its own and a PostgreSQL server of its own, "
            + "both ended without ceremony while phones hand in.");
        report.Columns("What", "Limit", "Measured", "Verdict");
        report.Row(true, "acknowledged visits that are in the register exactly once", "all", $"{Report.Number(lived.Acknowledged)} of {Report.Number(lived.Visits)}");
        report.Row(null, "all of it took", "", Report.Seconds(watch.Elapsed));
        report.Note($"{lived}. The part breaks where a visit is missing, is there twice, or stays on a phone.");
    }
}
