using System.Text.Json;
using Microsoft.Playwright;

namespace Shouwang.Bench.Field;

/// <summary>The field app in a browser that is as slow as a cheap phone, on a line that is as slow as a village's.</summary>
internal sealed class PhoneBrowser : IAsyncDisposable
{
    /// <summary>Of the line, in milliseconds.</summary>
    public const int Latency = 50;

    private const int BytesASecond = 125_000, TimesSlower = 4;
    private const string Pin = "135792";

    // Tells when something stands on the screen, and when the thumb was last there.
    private const string Watch = """
        (() => {
          const waiting = [];
          const look = () => {
            for (const one of waiting.filter((w) => w.what())) {
              waiting.splice(waiting.indexOf(one), 1);
              requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => one.done(performance.now());
                channel.port2.postMessage(0);
              });
            }
          };
          addEventListener('click', (event) => { window.tapped = event.timeStamp; }, true);
          new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
          window.painted = (what) => new Promise((done) => { waiting.push({ what, done }); look(); });
          window.pad = window.painted(() => document.querySelector('.pinpad'));
        })();
        """;

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly ICDPSession _wire;
    private readonly Dictionary<string, double> _asked = [];
    private long _bytes;
    private double _seconds;

    private PhoneBrowser(IBrowserContext context, IPage page, ICDPSession wire) => (_context, _page, _wire) = (context, page, wire);

    /// <summary>The app, installed, and nobody signed in.</summary>
    public static async Task<PhoneBrowser> Open(IBrowser browser, string address)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 640 }, HasTouch = true, IsMobile = true, Locale = "zh-CN" });
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(address + "/field/");
        await page.WaitForSelectorAsync("[name=user]");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller");
        return new(context, page, await context.NewCDPSessionAsync(page));
    }

    /// <summary>From here on it is slow, and what comes over the line is counted.</summary>
    public async Task Slow()
    {
        await _wire.SendAsync("Network.enable");
        await _wire.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = Latency, ["downloadThroughput"] = BytesASecond, ["uploadThroughput"] = BytesASecond });
        await _wire.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = TimesSlower });
        _wire.Event("Network.requestWillBeSent").OnEvent += (_, said) =>
        {
            if (said is { } e && e.GetProperty("request").GetProperty("url").GetString()!.EndsWith("/bundle", StringComparison.Ordinal))
                _asked[Request(e)] = Moment(e);
        };
        _wire.Event("Network.loadingFinished").OnEvent += (_, said) =>
        {
            if (said is not { } e || !_asked.TryGetValue(Request(e), out var since))
                return;
            _bytes += (long)e.GetProperty("encodedDataLength").GetDouble();
            _seconds += Moment(e) - since;
        };
    }

    /// <returns>Milliseconds until it asks for a new PIN.</returns>
    public async Task<double> SignIn(string user, string password)
    {
        await _page.FillAsync("[name=user]", user);
        await _page.FillAsync("[name=password]", password);
        await Expect("() => document.querySelector('.pinpad')");
        await _page.ClickAsync("form [type=submit]");
        return await Came();
    }

    /// <returns>Milliseconds from the last digit of the new PIN until so many households are kept and shown, and the bytes of them.</returns>
    public async Task<(double Milliseconds, long Bytes)> TakeAlong(int households)
    {
        await Digits(_page);
        await Expect($"() => document.querySelector('.tabs-inline button:last-child b')?.textContent === '{households}'");
        await Digits(_page);
        return (await Came(), Line());
    }

    /// <returns>Milliseconds until it says that it is done, and the bytes of what differed.</returns>
    public async Task<(double Milliseconds, long Bytes)> Sync()
    {
        await _page.ClickAsync("nav.tabs button:nth-child(3)");
        await _page.WaitForSelectorAsync(".sync .button:not([disabled])");
        await Expect("(() => { let began = false; return () => { const off = document.querySelector('.sync .button')?.disabled; began ||= off; return began && !off; }; })()");
        await _page.ClickAsync(".sync .button");
        return (await Came(), Line());
    }

    /// <summary>Looks whether what should have come has.</summary>
    public async Task Holds(string head, int households)
    {
        await _page.ClickAsync("nav.tabs button:nth-child(1)");
        await _page.ClickAsync(".tabs-inline button:last-child");
        await _page.FillAsync(".search input", head);
        await _page.WaitForFunctionAsync($"() => document.querySelectorAll('main > .cards:last-of-type .visit-card').length === {households}");
    }

    /// <summary>Starts the app again and again without a line.</summary>
    /// <returns>Milliseconds from opening it to the PIN pad, and from the last digit to the day's households.</returns>
    public async Task<(List<double> Pad, List<double> Today)> StartOffline(int times, int households)
    {
        await _context.SetOfflineAsync(true);
        await _page.CloseAsync();
        var (pad, today) = (new List<double>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            var page = await _context.NewPageAsync();
            await (await _context.NewCDPSessionAsync(page)).SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = TimesSlower });
            await page.GotoAsync(_page.Url.Split('#')[0], new() { WaitUntil = WaitUntilState.Commit });
            pad.Add(await page.EvaluateAsync<double>("() => window.pad"));
            await page.EvaluateAsync($"() => {{ window.coming = window.painted(() => document.querySelector('.tabs-inline button:last-child b')?.textContent === '{households}').then((at) => at - window.tapped); }}");
            await Digits(page);
            today.Add(await page.EvaluateAsync<double>("() => window.coming"));
            await page.CloseAsync();
        }
        return (pad, today);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private Task Expect(string what) => _page.EvaluateAsync($"() => {{ window.coming = window.painted({what}).then((at) => at - window.tapped); }}");

    private Task<double> Came() => _page.EvaluateAsync<double>("() => window.coming");

    private static async Task Digits(IPage page)
    {
        await page.WaitForSelectorAsync(".pinpad .keys");
        foreach (var digit in Pin)
            await page.ClickAsync($".keys button:has-text('{digit}')");
    }

    /// <summary>What came since the last time.</summary>
    /// <exception cref="InvalidOperationException">It came more quickly than the line carries, so that the figures would tell nothing.</exception>
    private long Line()
    {
        var (bytes, seconds) = (_bytes, _seconds);
        (_bytes, _seconds) = (0, 0);
        if (bytes == 0 || seconds < 0.9 * bytes / BytesASecond)
            throw new InvalidOperationException($"{bytes} bytes came in {seconds:0.00} s: the browser did not hold the line to its speed.");
        return bytes;
    }

    private static string Request(JsonElement e) => e.GetProperty("requestId").GetString()!;

    private static double Moment(JsonElement e) => e.GetProperty("timestamp").GetDouble();
}
