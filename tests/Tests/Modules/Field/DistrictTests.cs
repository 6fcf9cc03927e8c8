using Shouwang.Tests.District;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Ten days of a district with bad lines, on a real server and a real PostgreSQL that are killed: nothing acknowledged is lost, nothing is there twice.</summary>
public sealed class DistrictTests(ITestOutputHelper output)
{
    [Theory, InlineData(1)]
    public async Task Every_acknowledged_visit_is_in_the_register_exactly_once(int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        // Not a private folder: PostgreSQL runs as somebody else.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"shouwang-district-{Environment.ProcessId}-{seed}"));
        try
        {
            var lastDay = new DateOnly(2020, 6, 30);
            await using var host = new DistrictHost(Path.Combine(AppContext.BaseDirectory, "Shouwang.Server.dll"), folder.FullName, lastDay);
            var report = await new SimulatedDistrict(new(seed, Phones: 30, Days: 10, VisitsADay: 1.5, Kills: 3, Restarts: 1), host).Run(lastDay, cancel);
            output.WriteLine(report.ToString());
            // What was planned was tried, too.
            Assert.Equal((3, 1), (report.Kills, report.Restarts));
            Assert.True(report is { Visits: > 200, AnswersLost: > 0, BodiesCut: > 0, SentTwice: > 0, Shuffled: > 0, PhoneCrashes: > 0, Offline: > 0 }, report.ToString());
            Assert.Equal(report.Visits, report.Acknowledged);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
