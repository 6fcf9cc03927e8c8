using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Shouwang.Tests.Journeys.Chromium))]

namespace Shouwang.Tests.Journeys;

/// <summary>The one browser of a test run, started by the first journey. Windows of different people share nothing in it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(Start);

    // The same engine without windows to draw is a fifth quicker; not every distribution has it.
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private readonly Lazy<Task<CountyAtWork>> _helped;

    public Chromium() => _helped = new(async () => await CountyAtWork.Tell(await Journey.Begin(this, name: nameof(Helped))));

    /// <summary>The county at the end of its story on the embedded database, for journeys that look at everything it left behind.</summary>
    internal Task<CountyAtWork> Helped => _helped.Value;

    /// <summary>A window with cookies of its own.</summary>
    internal async Task<IBrowserContext> Window(WindowSize size)
    {
        var context = await (await _started.Value).Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = size.Width, Height = size.Height }, HasTouch = size == WindowSize.Phone, Locale = "zh-CN", AcceptDownloads = true,
        });
        // Two cores may be busy with everything else.
        context.SetDefaultTimeout(30_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_helped is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _helped.Value).Journey.DisposeAsync();
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully)
            return;
        var (driver, browser) = await _started.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> Start()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Programs.First(File.Exists), Args = ["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-dev-shm-usage"], Timeout = 120_000,
        }));
    }
}

/// <summary>How large a window is, in CSS pixels.</summary>
internal sealed record WindowSize(int Width, int Height)
{
    /// <summary>The laptop of a township office.</summary>
    public static readonly WindowSize Desk = new(1366, 768);

    public static readonly WindowSize Phone = new(390, 844);
}
