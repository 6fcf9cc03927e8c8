using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouwang.Platform.Components;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>One window and whoever sits before it. Each act ends when the page that it leads to is there.</summary>
internal sealed partial class Person(Journey journey, string name, IBrowserContext window, IPage page)
{
    private const string Loaded = "() => !window.leaving && document.readyState === 'complete'";

    public string Name => name;

    public IBrowserContext Window => window;

    public IPage Page => page;

    public bool SignedIn { get; private set; }

    /// <summary>The page's own part: without menu and header.</summary>
    public ILocator Main => page.Locator("main");

    /// <summary>Path and query of the page one is on.</summary>
    public string Place => new Uri(page.Url).PathAndQuery;

    /// <summary>A small picture, as if taken of a notice board or a signed sheet.</summary>
    public static FilePayload Photo => new()
    {
        Name = "照片.png", MimeType = "image/png",
        Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
    };

    /// <summary>Types an address, or opens a bookmark.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> Go(string path)
    {
        var answer = await page.GotoAsync(new Uri(journey.Server.Address, path).ToString());
        Note();
        return answer!.Status;
    }

    /// <summary>Asks for an address beside the page, with the same cookies: a download, or one of very many.</summary>
    public Task<IAPIResponse> Fetch(string path) => window.APIRequest.GetAsync(new Uri(journey.Server.Address, path).ToString(), new() { Headers = [new("Accept", "text/html")], MaxRedirects = 0 });

    /// <summary>Follows an entry of the menu.</summary>
    public Task Menu(string words) => Follow(page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = words, Exact = true }));

    /// <summary>Follows a link of the page.</summary>
    public Task Open(string words) => Follow(Main.GetByRole(AriaRole.Link, new() { Name = words }).First);

    /// <summary>Presses a button of the page; no form may have refused afterwards.</summary>
    public async Task Press(string words)
    {
        await Follow(Main.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First);
        await ExpectNoRefusal();
    }

    /// <summary>Presses a button whose form is to be refused.</summary>
    /// <returns>What the refusal says.</returns>
    public async Task<string> PressInVain(string words)
    {
        await Follow(Main.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First);
        return await Main.Locator("form .notice.bad").First.InnerTextAsync();
    }

    public Task Fill(string field, string value) => Main.Locator($"[name='{field}']:visible").FillAsync(value);

    public Task Choose(string field, string value) => Main.Locator($"select[name='{field}']:visible").SelectOptionAsync(value);

    public Task Check(string field, string value) => Main.Locator($"[name='{field}'][value='{value}']:visible").CheckAsync();

    public Task Attach(string field, params IEnumerable<FilePayload> files) => Main.Locator($"input[type=file][name='{field}']:visible").SetInputFilesAsync([.. files]);

    /// <summary>Brings files of the offices into the register, and waits until all of them are.</summary>
    public async Task Import(params IReadOnlyCollection<FilePayload> files)
    {
        await Menu("数据导入");
        await Attach("files", files);
        await Press("上传并识别");
        await Expect(Main.Locator("tbody .badge", new() { HasText = "已识别" })).ToHaveCountAsync(files.Count);
        await Press("全部导入");
        await Expect(Main.Locator("tbody .badge", new() { HasText = "已导入" })).ToHaveCountAsync(files.Count, new() { Timeout = 240_000 });
    }

    /// <summary>Takes a step of a life cycle: unfolds it, fills its form and sends it.</summary>
    /// <param name="words">The step's name, on the fold and on the button.</param>
    public async Task Take(string words, Func<Task>? fill = null)
    {
        await Unfold(words);
        if (fill is not null)
            await fill();
        await Follow(Fold(words).GetByRole(AriaRole.Button, new() { Name = words, Exact = true }));
        await ExpectNoRefusal();
        await Says($"已办理：{words}");
    }

    /// <summary>Unfolds a part of the page, unless it is open.</summary>
    public async Task Unfold(string words)
    {
        if (await Fold(words).GetAttributeAsync("open") is null)
            await Fold(words).Locator("> summary").ClickAsync();
    }

    /// <summary>The page says these words somewhere.</summary>
    public Task Says(string words) => Expect(page.Locator("body")).ToContainTextAsync(words);

    /// <summary>Clicks, and waits for the page this leads to.</summary>
    public async Task Follow(ILocator what)
    {
        await page.EvaluateAsync("window.leaving = true");
        await what.ClickAsync();
        await page.WaitForFunctionAsync(Loaded);
        Note();
    }

    private ILocator Fold(string words) => Main.Locator("details.step").Filter(new() { Has = page.Locator("summary", new() { HasTextRegex = new($"^\\s*{Regex.Escape(words)}") }) }).First;

    private async Task ExpectNoRefusal()
    {
        foreach (var refusal in await Refusals())
            Assert.Fail($"{name} was refused at {Place}: {refusal}");
    }

    // A page that reads itself anew while work goes on may do so just while it is asked; then what has come is asked.
    private async Task<IReadOnlyList<string>> Refusals()
    {
        while (true)
        {
            try
            {
                return await Main.Locator("form .notice.bad, form .error").AllInnerTextsAsync();
            }
            catch (PlaywrightException gone) when (gone.Message.Contains("context was destroyed", StringComparison.Ordinal))
            {
                await page.WaitForFunctionAsync("document.readyState === 'complete'");
            }
        }
    }

    private void Note()
    {
        var uri = new Uri(page.Url);
        SignedIn |= uri.AbsolutePath is "/work" or "/" or CountyChoice.Page;
        if (SignedIn)
            journey.Seen.TryAdd(uri.AbsolutePath + (Tab().Match(uri.Query) is { Success: true } tab ? tab.Value : ""), 0);
    }

    [GeneratedRegex(@"\?tab=\w+")]
    private static partial Regex Tab();
}
