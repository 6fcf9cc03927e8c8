using System.Globalization;
using Microsoft.Playwright;
using Shouwang.Bench.Rules;

namespace Shouwang.Bench;

/// <summary>A slider is moved in a browser: how long until the figures of a province stand on the screen?</summary>
/// <remarks>
/// The clock is the page's own. It starts with the time stamp of the slider's input event and stops in the first task after the frame that
/// paints the answer to it: a MutationObserver sees the figures come in, requestAnimationFrame waits for the frame, a message for its end.
/// </remarks>
internal static class SliderBench
{
    private const int Moves = 30, Drags = 4, DragMoves = 10;
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // Notes when the slider came to a value, and when the figures for a value were painted.
    private const string Watch = """
        () => {
          const slider = document.querySelector('.dial input[type=range]');
          const moved = new Map(), painted = new Map(), waiting = new Map();
          slider.addEventListener('input', (event) => { moved.set(slider.value, event.timeStamp); performance.mark('moved ' + slider.value); }, { capture: true });
          new MutationObserver(() => {
            const value = new URLSearchParams(document.getElementById('results').dataset.query).get('line.monitoring');
            if (!moved.has(value) || painted.has(value)) return;
            painted.set(value, 0);
            requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = () => {
                performance.mark('painted ' + value);
                painted.set(value, performance.now() - moved.get(value));
                waiting.get(value)?.(painted.get(value));
              };
              channel.port2.postMessage(0);
            });
          }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-query'] });
          window.took = (value) => painted.get(value) || new Promise((resolve) => waiting.set(value, resolve));
        }
        """;

    public static async Task Run(MadeProvince province, Report report, CancellationToken cancel)
    {
        if (Browser() is not { } program)
        {
            report.Row(null, "a slider moved in Chromium, until the figures are painted", "< 300 ms", "not available");
            return;
        }
        Report.Progress("Moving a slider in a browser …");
        var address = $"http://127.0.0.1:{PagesBench.FreePort()}";
        await using var server = Child.Product("serve", "--urls", address, "--data", province.Folder, "--as-of", CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await PagesBench.Ready(address, cancel);
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(Launch(program));
        var page = await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1366, Height = 768 }, Locale = "zh-CN" })).NewPageAsync();
        page.SetDefaultTimeout(120_000);
        var slider = await Open(page, address);

        // The first moves compile what is on their way.
        for (var i = 0; i < 5; i++)
            await Move(page, slider);
        var times = new List<double>();
        for (var i = 0; i < Moves; i++)
            times.Add(await Move(page, slider));
        var drags = new List<double>();
        for (var i = 0; i < Drags; i++)
            drags.Add(await Drag(page, slider));
        times.Sort();
        drags.Sort();
        report.Row(times[(int)(Moves * 0.95)] < 300, $"a slider moved in Chromium, until the figures are painted, 95 of 100 ({Moves} moves)", "< 300 ms", RehearsalBench.Milliseconds(times[(int)(Moves * 0.95)]));
        report.Row(null, "the same, median", "", RehearsalBench.Milliseconds(times[Moves / 2]));
        report.Row(null, $"a slider dragged ({DragMoves} moves without a pause), from its last move, median of {Drags}", "", RehearsalBench.Milliseconds(drags[Drags / 2]));
    }

    private static async Task<ILocator> Open(IPage page, string address)
    {
        await page.GotoAsync(address + "/sign-in");
        await page.FillAsync("[name=name]", MadeProvince.User);
        await page.FillAsync("[name=password]", MadeProvince.Password);
        await page.ClickAsync("form button.primary");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        var rules = string.Join('&', RehearsalRequests.NewRules.Select(r => $"{r.Item1}={Uri.EscapeDataString(r.Item2)}"));
        // Above the line in force, and upwards from there: what is in force is not asked for, and no answer would name it.
        await page.GotoAsync($"{address}/rehearsal?line.monitoring=6100&{rules}");
        await page.EvaluateAsync(Watch);
        return page.Locator(".dial input[type=range]").First;
    }

    /// <summary>One step to the right, as an arrow key or a thumb moves it; milliseconds until it is painted.</summary>
    private static async Task<double> Move(IPage page, ILocator slider)
    {
        await slider.PressAsync("ArrowRight");
        var took = await page.EvaluateAsync<double>("(value) => window.took(value)", await slider.InputValueAsync());
        // Whoever reads the figures pauses a moment.
        await page.WaitForTimeoutAsync(250);
        return took;
    }

    private static async Task<double> Drag(IPage page, ILocator slider)
    {
        for (var i = 0; i < DragMoves; i++)
            await slider.PressAsync("ArrowRight");
        var took = await page.EvaluateAsync<double>("(value) => window.took(value)", await slider.InputValueAsync());
        await page.WaitForTimeoutAsync(250);
        return took;
    }

    internal static BrowserTypeLaunchOptions Launch(string program) =>
        new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"], Timeout = 120_000 };

    /// <summary>Chromium, where the path has one.</summary>
    internal static string? Browser() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => Browsers.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
