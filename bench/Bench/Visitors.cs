using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Shouwang.Kernel.Pinyin;

namespace Shouwang.Bench;

/// <summary>A kind of page, and how to pick one of the kind for a visitor.</summary>
/// <param name="Limit">Milliseconds that 95 of 100 visits must stay below.</param>
/// <param name="Weight">How often it is asked for, beside the others.</param>
internal sealed record PageKind(string Name, int Limit, int Weight, Func<Visitor, string> Address);

/// <summary>A signed-in user with a browser, and what there is in the user's area.</summary>
internal sealed class Visitor(string name, string area, HttpClient browser, int seed)
{
    public string Name => name;
    public string Area => area;
    public HttpClient Browser => browser;
    public Random Random { get; } = new(seed);
    public required IReadOnlyList<(string Code, string Area)> Households { get; init; }
    public required IReadOnlyList<string> Leads { get; init; }
    public required IReadOnlyList<string> Imports { get; init; }
    public required IReadOnlyList<Sample> People { get; init; }

    /// <summary>Kinds of pages this user's role may open.</summary>
    public List<PageKind> Kinds { get; } = [];

    public T Any<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];
}

/// <summary>The users, their visits, and how long each took.</summary>
internal sealed partial class Visitors(IReadOnlyList<Visitor> visitors)
{
    private const int Slow = 100, Quick = 50;
    private readonly ConcurrentDictionary<string, int> _failed = new();

    private static readonly IReadOnlyList<PageKind> Kinds =
    [
        new("my work", Slow, 4, _ => "/work"),
        new("search: name prefix", Quick, 6, v => Find(Prefix(v))),
        new("search: pinyin initials", Slow, 4, v => Find(Initials.OfName(v.Any(v.People).Name)[..2].ToLowerInvariant())),
        new("search: citizen id", Slow, 3, v => Find(v.Any(v.People).Id)),
        new("search: phone", Slow, 3, v => Find(v.Any(v.People.Where(p => p.Phone is not null).ToList()).Phone!)),
        new("search: household code", Slow, 2, v => Find(v.Any(v.Households).Code)),
        new("households", Slow, 4, _ => "/households"),
        new("households of a village", Slow, 4, v => $"/households?area={v.Any(v.Households).Area}"),
        new("households, filtered", Slow, 3, v => "/households?status=Lifted" + (v.Random.Next(2) == 0 ? "&category=monitored" : "")),
        new("households, a page far down", Slow, 3, v => v.Any(v.Households) is var h ? $"/households?after={Uri.EscapeDataString($"{h.Area}\n{h.Code}")}" : ""),
        new("household file", Slow, 6, v => File(v, null)),
        new("household file: members", Slow, 3, v => File(v, "members")),
        new("household file: income", Slow, 3, v => File(v, "income")),
        new("household file: facts", Slow, 3, v => File(v, "facts")),
        new("household file: leads", Slow, 2, v => File(v, "leads")),
        new("household file: check-up", Slow, 3, v => File(v, "checks")),
        new("household file: help", Slow, 2, v => File(v, "help")),
        new("household file: visits", Slow, 2, v => File(v, "visits")),
        new("household file: timeline", Slow, 2, v => File(v, "timeline")),
        new("leads", Slow, 4, _ => "/leads"),
        new("leads, overdue", Slow, 2, _ => "/leads?state=overdue"),
        new("leads of a rule", Slow, 2, _ => "/leads?rule=W01"),
        new("leads of a village", Slow, 2, v => $"/leads?area={v.Any(v.Households).Area}"),
        new("lead", Slow, 3, v => v.Leads.Count > 0 ? "/leads/" + v.Any(v.Leads) : "/leads"),
        new("cases", Slow, 2, _ => "/cases"),
        new("monitored", Slow, 2, _ => "/monitored"),
        new("notices", Slow, 1, _ => "/notices"),
        new("objections", Slow, 1, _ => "/objections"),
        new("ledger", Slow, 1, _ => "/ledger"),
        new("imports", Slow, 1, _ => "/imports"),
        new("import", Slow, 1, v => v.Imports.Count > 0 ? "/imports/" + v.Any(v.Imports) : "/imports"),
        new("rows that wait", Slow, 1, _ => "/imports/matches"),
        new("data quality", Slow, 3, _ => "/quality"),
        new("data quality of a village", Slow, 2, v => $"/quality?area={v.Any(v.Households).Area}"),
        new("data quality of a rule", Slow, 2, _ => "/quality?rule=DQ-01"),
        new("overview", Slow, 3, _ => "/overview"),
        new("rules", Slow, 1, _ => "/rules"),
        new("rule", Slow, 1, _ => "/rules/W01"),
        new("lines", Slow, 1, _ => "/lines"),
        new("users", Slow, 1, _ => "/users"),
        new("audit", Slow, 2, _ => "/audit"),
    ];

    /// <summary>Signs the users in, as people do.</summary>
    public static async Task<Visitors> SignIn(
        Uri address, IReadOnlyList<string> names, string password, BenchPostgres postgres, string database, IReadOnlyList<Sample> people, CancellationToken cancel)
    {
        var visitors = new List<Visitor>();
        foreach (var (i, name) in names.Index())
        {
            var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new(), AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = address };
            browser.DefaultRequestHeaders.Add("Accept", "text/html");
            var form = Hidden().Matches(await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), cancel))
                .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
                .Append(new("name", name)).Append(new("password", password));
            using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(form), cancel);
            if (answer.StatusCode != HttpStatusCode.Redirect)
                throw new InvalidOperationException($"{name} could not sign in: {answer.StatusCode}.");
            var area = (await postgres.Read(database, $"select area from users where county = '{PagesBench.County}' and name = '{name}'", r => r.GetString(0), cancel))[0];
            var within = $"county = '{PagesBench.County}' and area >= '{area}' and area < '{area}:'";
            visitors.Add(new(name, area, browser, i)
            {
                Households = await postgres.Read(database, $"select code, area from households where {within} order by md5(code) limit 500", r => (r.GetString(0), r.GetString(1)), cancel),
                Leads = await postgres.Read(database, $"select code from leads where {within} order by md5(code) limit 100", r => r.GetString(0), cancel),
                Imports = await postgres.Read(database, $"select id::text from imports where {within}", r => r.GetString(0), cancel),
                People = people,
            });
        }
        return new(visitors);
    }

    /// <summary>Opens every kind of page for every user, finds out who may open what, and lets the server compile and fill its caches.</summary>
    public async Task WarmUp(CancellationToken cancel)
    {
        foreach (var visitor in visitors)
        {
            foreach (var kind in Kinds)
            {
                var status = HttpStatusCode.OK;
                for (var i = 0; i < 3 && status == HttpStatusCode.OK; i++)
                    status = await Open(visitor, kind, cancel);
                if (status == HttpStatusCode.OK)
                    visitor.Kinds.AddRange(Enumerable.Repeat(kind, kind.Weight));
                else if (status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                    throw new InvalidOperationException($"{kind.Name} of {visitor.Name} answers {(int)status}.");
            }
        }
        if (Kinds.FirstOrDefault(k => !visitors.Any(v => v.Kinds.Contains(k))) is { } nobody)
            throw new InvalidOperationException($"Nobody may open '{nobody.Name}'.");
    }

    /// <summary>Lets all users open pages at once for a while.</summary>
    /// <param name="pause">How long each looks at a page before asking for the next.</param>
    /// <returns>By the name of the kind, how long each visit took, in milliseconds and in order.</returns>
    public async Task<IReadOnlyDictionary<string, List<double>>> Visit(TimeSpan time, TimeSpan pause, CancellationToken cancel)
    {
        var all = new ConcurrentDictionary<string, List<double>>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(visitors.Select(visitor => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var kind = visitor.Any(visitor.Kinds);
                var began = Stopwatch.GetTimestamp();
                var status = await Open(visitor, kind, cancel);
                var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                if (status == HttpStatusCode.OK)
                {
                    var times = all.GetOrAdd(kind.Name, _ => []);
                    lock (times)
                        times.Add(took);
                }
                else
                {
                    _failed.AddOrUpdate(kind.Name, 1, (_, n) => n + 1);
                }
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause * (0.5 + visitor.Random.NextDouble()), cancel);
            }
        }, cancel)));
        foreach (var times in all.Values)
            times.Sort();
        return all;
    }

    /// <param name="calm">Visits with a pause; these are held to the limits.</param>
    /// <param name="rush">Visits without any.</param>
    public void Print(Report report, IReadOnlyDictionary<string, List<double>> calm, IReadOnlyDictionary<string, List<double>> rush)
    {
        report.Columns("Page", "Visits", "p50", "p95", "p99", "Limit of p95", "p95 without a pause", "Verdict");
        foreach (var kind in Kinds)
        {
            var (times, failed) = (calm.GetValueOrDefault(kind.Name) ?? [], _failed.GetValueOrDefault(kind.Name));
            report.Row(failed == 0 && times.Count > 0 && At(times, 0.95) < kind.Limit, kind.Name, Report.Number(times.Count) + (failed > 0 ? $" and {failed} failed" : ""),
                $"{At(times, 0.5):0}", $"{At(times, 0.95):0}", $"{At(times, 0.99):0}", $"< {kind.Limit}", $"{At(rush.GetValueOrDefault(kind.Name) ?? [], 0.95):0}");
        }
        List<double> all = [.. calm.Values.SelectMany(t => t).Order()], hurried = [.. rush.Values.SelectMany(t => t).Order()];
        report.Row(null, "all pages", Report.Number(all.Count), $"{At(all, 0.5):0}", $"{At(all, 0.95):0}", $"{At(all, 0.99):0}", "", $"{At(hurried, 0.95):0}");
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static async Task<HttpStatusCode> Open(Visitor visitor, PageKind kind, CancellationToken cancel)
    {
        using var answer = await visitor.Browser.GetAsync(new Uri(kind.Address(visitor), UriKind.Relative), cancel);
        await answer.Content.ReadAsByteArrayAsync(cancel);
        return answer.StatusCode;
    }

    private static string Find(string text) => "/households?q=" + Uri.EscapeDataString(text);

    private static string File(Visitor visitor, string? tab) => $"/households/{visitor.Any(visitor.Households).Code}" + (tab is null ? "" : $"?tab={tab}");

    // A surname alone fits one in a hundred; most people type one or two characters more.
    private static string Prefix(Visitor visitor)
    {
        var name = visitor.Any(visitor.People).Name;
        return name[..Math.Min(name.Length, visitor.Random.Next(4) switch { 0 => 1, 1 or 2 => 2, _ => 3 })];
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}
