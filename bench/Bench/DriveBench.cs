using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Platform.Security;

namespace Shouwang.Bench;

/// <summary>A drive under way in a large county: counted, signed for, and its pages opened. A part of the bench of the wall, whose county it uses.</summary>
internal static class DriveBench
{
    private const int Rounds = 5, Openings = 20;

    // The field stage of Dianjiang's plan: every household was visited once or twice in it.
    private static readonly DateOnly Begins = new(2020, 4, 21);

    /// <summary>Starts the drive with its teams, and measures how long counting it takes.</summary>
    public static async Task<Guid> Begin(IServiceProvider services, AreaCode county, Report report, CancellationToken cancel)
    {
        Report.Progress("Starting a drive …");
        var actor = Actor.System(county);
        var (id, started) = await Time<StartCampaign, Guid>(services, async s => Done(await s.Run(actor, new("hundred_days", "百日大会战", [], null, Begins), cancel)));
        await Time<TeamRoster, int>(services, async t => Done(await t.FormForVillages(actor, id, "self_assessment", county, cancel)));
        var (campaign, _) = await Time<FindCampaign, Campaign>(services, async f => (await f.Open(actor, id, cancel))!);
        var (board, times) = (Board.Empty(CountyFiles.Day), new List<TimeSpan>());
        for (var i = 0; i < Rounds; i++)
        {
            (board, var took) = await Time<CountCampaign, Board>(services, c => c.Keep(campaign, cancel));
            times.Add(took);
        }
        times.Sort();
        var (whole, villages) = (board.Of(county), board.Places.Count);
        report.Row(null, $"a drive over {Report.Number(whole.Households)} households, {Report.Number(whole.Visited)} of them visited, is started and counted", "", Report.Seconds(started));
        report.Row(null, $"it is counted anew in the background, median ({villages} places, {Report.Number(board.Write().Length)} characters kept)", "", Report.Seconds(times[Rounds / 2]));
        var village = new AreaCode(board.Places.Where(p => p.Key.Length == 12 && p.Value.Households > 0).Min(p => p.Key)!);
        var (_, prepared) = await Time<SignSheets, Guid>(services, async s => Done(await s.Prepare(actor, id, "village_visits", village, null, cancel)));
        report.Row(null, "a village's sheet is prepared, counted at that moment", "", Report.Seconds(prepared));
        return id;
    }

    /// <summary>Opens every page of the drive over and over, by the clock of who asks.</summary>
    /// <param name="window">A window in which somebody has signed in.</param>
    public static async Task Pages(IBrowserContext window, string address, Guid drive, AreaCode county, Report report, CancellationToken cancel)
    {
        Report.Progress("Opening the pages of the drive …");
        using var handler = new HttpClientHandler { CookieContainer = new System.Net.CookieContainer(), AllowAutoRedirect = false };
        foreach (var cookie in await window.CookiesAsync())
            handler.CookieContainer.Add(new Uri(address), new System.Net.Cookie(cookie.Name, cookie.Value));
        using var http = new HttpClient(handler);
        string[] parts = ["", "/teams", "/groups", "/checklist", "/reviews", "/tables", "/tables?tab=village", "/tables?tab=county", "/tables?tab=cleaning", "/samples", "/sheets", "/sheets?sheet=tables", "/reports", "/proof"];
        var all = new List<(string Part, double Milliseconds)>();
        for (var i = 0; i <= Openings; i++)
        {
            foreach (var part in parts)
            {
                var watch = Stopwatch.StartNew();
                using var answer = await http.GetAsync(new Uri($"{address}/campaigns/{drive}{part}"), cancel);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(cancel);
                // The first time compiles code.
                if (i > 0)
                    all.Add((part, watch.Elapsed.TotalMilliseconds));
            }
        }
        var (p95, slowest) = (At95([.. all.Select(a => a.Milliseconds)]), all.GroupBy(a => a.Part).Select(g => (Part: g.Key, Most: At95([.. g.Select(a => a.Milliseconds)]))).MaxBy(p => p.Most));
        report.Row(p95 < 300, $"a page of the drive, 95 of 100 ({parts.Length} pages of the county, {Openings} times each)", "< 300 ms", Milliseconds(p95));
        report.Row(slowest.Most < 300, $"the slowest of them (`{(slowest.Part.Length == 0 ? "/" : slowest.Part)}`), 95 of 100", "< 300 ms", Milliseconds(slowest.Most));
    }

    private static double At95(List<double> times)
    {
        times.Sort();
        return times[(int)Math.Ceiling(times.Count * 0.95) - 1];
    }

    private static string Milliseconds(double time) => time.ToString("0", CultureInfo.InvariantCulture) + " ms";

    private static T Done<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problems[0].In(Language.En));

    private static async Task<(T Value, TimeSpan Took)> Time<TService, T>(IServiceProvider services, Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        var service = scope.ServiceProvider.GetRequiredService<TService>();
        var watch = Stopwatch.StartNew();
        var value = await act(service);
        return (value, watch.Elapsed);
    }
}
