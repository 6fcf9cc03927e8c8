using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A cheap phone in somebody's hand, as journeys tap on it.</summary>
internal sealed class FieldPhone(Person person, string user)
{
    public const string Pin = "135792";

    public Person Person => person;

    public ILocator Main => person.Main;

    private IPage Page => person.Page;

    /// <summary>Somebody's phone, signed in and with its households.</summary>
    public static async Task<FieldPhone> Enrolled(Journey journey, string user)
    {
        var phone = new FieldPhone(await journey.Somebody(user, new(360, 640)), user);
        Assert.Equal(200, await phone.Person.Go("/field/"));
        await phone.SignIn();
        await phone.All();
        await Expect(phone.Main.Locator(".visit-card").First).ToBeVisibleAsync();
        return phone;
    }

    /// <summary>A household that nothing is wrong with, in the register since a month.</summary>
    public static Task<Guid> Household(Journey journey, int number, string head) => journey.Server.With(async services =>
    {
        var (household, code, day) = (Guid.CreateVersion7(), $"{CountyAtWork.Village}{number:000}", Journey.FirstDay.AddMonths(-1));
        await services.GetRequiredService<IFacts>().State(new(new(CountyAtWork.Village), "test"),
        [
            new(household, null, "register", "test.xlsx", day, new Dictionary<string, object?>
            {
                ["hid"] = code, ["head_name"] = head, ["status"] = nameof(RegistryStatus.Lifted), ["grade"] = "A", ["group"] = "1组", ["lat"] = 30.33m + number / 2000m, ["lng"] = 107.33m,
            }),
            // Somebody was there and saw the house: its grade is not asked again.
            new(household, null, "visit", null, day, new Dictionary<string, object?> { ["grade"] = "A" }),
            new(household, Guid.CreateVersion7(), "register", "test.xlsx", day, new Dictionary<string, object?>
            {
                ["hid"] = code, ["pid"] = code + "01", ["name"] = head, ["relation"] = "01", ["life"] = nameof(LifeState.Normal), ["labour"] = "1", ["ins_res"] = true, ["ins_emp"] = false, ["health"] = "1",
            }),
        ], TestContext.Current.CancellationToken);
        return household;
    });

    public async Task SignIn(string pin = Pin)
    {
        await person.Fill("user", user);
        await person.Fill("password", DeskServer.Password);
        await person.Fill("phone", "红米");
        await Main.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Says("设置 PIN 码");
        await Digits(pin);
        await Says("再输一次");
        await EnterPin(pin);
    }

    public Task Signal(bool there) => person.Window.SetOfflineAsync(!there);

    /// <summary>Closes the app in the middle of whatever it was, and opens it again.</summary>
    public async Task Kill()
    {
        // What is typed is kept within 300 ms; a phone that is switched off sooner keeps what was before.
        await Page.WaitForTimeoutAsync(600);
        await Page.ReloadAsync();
        await Expect(Main.Locator(".pinpad")).ToBeVisibleAsync();
    }

    /// <summary>The app is kept on the phone when this returns.</summary>
    public Task Installed() => Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");

    /// <summary>What a browser asks of an app before it offers to put it on the home screen: a manifest with a name, pictures, and a window of its own, and a service worker that has this page.</summary>
    public async Task Installable()
    {
        var href = await Page.Locator("link[rel=manifest]").GetAttributeAsync("href");
        var answer = await Page.APIRequest.GetAsync(new Uri(new(Page.Url), href).ToString());
        Assert.Equal((200, "application/manifest+json"), (answer.Status, answer.Headers["content-type"].Split(';')[0]));
        var manifest = (await answer.JsonAsync())!.Value;
        string Said(string name) => manifest.GetProperty(name).GetString()!;
        Assert.Equal(("守望走访", "守望走访", "/field/", "/field/", "standalone"), (Said("name"), Said("short_name"), Said("start_url"), Said("scope"), Said("display")));
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Superset(new HashSet<string> { "192x192", "512x512" }, icons.Select(i => i.GetProperty("sizes").GetString()!).ToHashSet());
        foreach (var icon in icons)
        {
            var picture = await Page.APIRequest.GetAsync(new Uri(new Uri(answer.Url), icon.GetProperty("src").GetString()).ToString());
            Assert.Equal((200, icon.GetProperty("type").GetString()), (picture.Status, picture.Headers["content-type"].Split(';')[0]));
        }
        await Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller?.scriptURL.endsWith('/field/sw.js') && navigator.serviceWorker.controller.state === 'activated'");
        var scope = await Page.EvaluateAsync<string>("async () => (await navigator.serviceWorker.ready).scope");
        Assert.Equal(new Uri(new Uri(Page.Url), "/field/").ToString(), scope);
    }

    public async Task Digits(string pin)
    {
        foreach (var digit in pin)
            await Main.GetByRole(AriaRole.Button, new() { Name = $"数字 {digit}" }).ClickAsync();
    }

    public async Task EnterPin(string pin = Pin)
    {
        await Digits(pin);
        await Expect(Main.Locator(".pinpad")).ToHaveCountAsync(0);
    }

    public Task Tap(string words) => Main.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    public Task Says(string words) => Expect(Main).ToContainTextAsync(words);

    public Task Tab(string name) => Page.Locator("nav.tabs").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    /// <summary>Goes to a screen as the phone's own way back does.</summary>
    public async Task Go(string screen)
    {
        await Page.EvaluateAsync("place => { history.pushState(null, '', '#/' + place); dispatchEvent(new PopStateEvent('popstate')); }", screen);
        await Expect(Main.Locator(".head h1")).ToBeVisibleAsync();
    }

    public async Task All()
    {
        await Go("today");
        await Main.GetByRole(AriaRole.Tab, new() { Name = "全部农户" }).ClickAsync();
    }

    public async Task OpenHousehold(string head)
    {
        await All();
        await Main.Locator(".cards:last-of-type .visit-card", new() { HasText = head }).First.ClickAsync();
    }

    public async Task OpenVisit(string head, string purpose)
    {
        await OpenHousehold(head);
        await Tap("开始走访");
        await Main.GetByRole(AriaRole.Button, new() { Name = "走访目的" }).ClickAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = purpose }).ClickAsync();
    }

    /// <summary>Changes a value that is known, in its folded subject.</summary>
    public async Task Change(string subject, string fact, string value)
    {
        await Unfold(subject);
        await Main.GetByRole(AriaRole.Button, new() { Name = $"{fact} 改" }).ClickAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = value, Exact = true }).ClickAsync();
    }

    public async Task Unfold(string words)
    {
        var fold = Main.GetByRole(AriaRole.Button, new() { Name = words });
        if (await fold.GetAttributeAsync("aria-expanded") == "false")
            await fold.ClickAsync();
    }

    public Task NothingElse() => Main.GetByRole(AriaRole.Button, new() { Name = "其他没有变化" }).ClickAsync();

    public async Task HandIn()
    {
        await Tap("提交");
        await Says("走访已存好");
    }

    public Task Home() => Tap("回到今天");

    /// <summary>Draws something on the sheet for signatures.</summary>
    public async Task Sign()
    {
        await Tap("农户签字");
        var canvas = Page.Locator(".van-signature canvas");
        await Expect(canvas).ToBeVisibleAsync();
        await Page.WaitForTimeoutAsync(400);
        await canvas.EvaluateAsync("""
            canvas => {
              const box = canvas.getBoundingClientRect();
              const touch = (type, x, y) => {
                const t = new Touch({ identifier: 1, target: canvas, clientX: box.x + x, clientY: box.y + y });
                canvas.dispatchEvent(new TouchEvent(type, { touches: type === 'touchend' ? [] : [t], changedTouches: [t], bubbles: true, cancelable: true }));
              };
              touch('touchstart', 20, 60);
              for (let i = 0; i < 20; i++) touch('touchmove', 20 + i * 8, 60 + Math.sin(i) * 20);
              touch('touchend', 180, 60);
            }
            """);
        await Page.GetByRole(AriaRole.Button, new() { Name = "完成", Exact = true }).ClickAsync();
        await Expect(Main.Locator("img.signature")).ToBeVisibleAsync();
    }

    /// <summary>Syncs until so many items say so, or the server has had half a minute.</summary>
    public async Task SyncUntil(string state, int count = 1)
    {
        var tags = Main.Locator(".tag", new() { HasText = state });
        await Sync();
        for (var tries = 0; tries < 60 && await tags.CountAsync() < count; tries++)
        {
            await Page.WaitForTimeoutAsync(500);
            await Sync();
        }
        await Expect(tags).ToHaveCountAsync(count);
    }

    /// <summary>Hands in what waits and brings the households up to date.</summary>
    public async Task Sync()
    {
        await Go("queue");
        var button = Main.Locator(".sync .button");
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("立即同步");
        await Expect(button).ToBeEnabledAsync();
    }

    /// <summary>Syncs until something stands under Today.</summary>
    public async Task<ILocator> SyncUntilAsked(string words)
    {
        var asked = Main.GetByRole(AriaRole.Button, new() { Name = words });
        for (var tries = 0; tries < 60; tries++)
        {
            await Sync();
            await Go("today");
            if (await asked.CountAsync() > 0)
                break;
            await Page.WaitForTimeoutAsync(500);
        }
        return asked;
    }

    /// <summary>Nothing serious in the eyes of axe, nothing that sticks out to the right, and no bars that take the screen.</summary>
    public async Task NoFault()
    {
        await Page.EvaluateAsync(AccessibilityJourney.Axe.Value);
        var faults = await Page.EvaluateAsync<string[]>("""
            async () => {
              const found = (await axe.run(document, { resultTypes: ['violations'], elementRef: false })).violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
              if (document.documentElement.scrollWidth > innerWidth)
                found.push('too wide: ' + [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | '));
              const bars = [...document.querySelectorAll('.tabs, .foot, .head')].filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)).reduce((sum, e) => sum + e.offsetHeight, 0);
              if (bars > innerHeight * .45) found.push(`bars take ${bars} of ${innerHeight}`);
              for (const b of document.querySelectorAll('main button, nav button')) {
                const box = b.getBoundingClientRect();
                if (box.width > 0 && (box.height < 44 || box.width < 40)) found.push(`small: ${b.outerHTML.slice(0, 120)} ${Math.round(box.width)}×${Math.round(box.height)}`);
                if (box.width > 0 && b.scrollWidth > b.clientWidth + 2) found.push(`cut: ${b.outerHTML.slice(0, 120)}`);
              }
              return found;
            }
            """);
        Assert.True(faults.Length == 0, Page.Url + "\n" + string.Join('\n', faults));
    }
}
