using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Modules.Casework;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A cadre's day on a cheap phone: signed in once, visits without a signal, everything handed in afterwards.</summary>
public sealed class FieldJourney(Chromium chromium)
{
    private const string Pin = "135792", Village = CountyAtWork.Village;

    [Fact]
    public async Task A_day_of_visits_without_a_signal_arrives_whole()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, CountyAtWork.Township);
            await clerk.Menu("数据导入");
            await clerk.Attach("files", [Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);
            await clerk.Press("上传并识别");
            await Expect(clerk.Main.Locator("tbody .badge", new() { HasText = "已识别" })).ToHaveCountAsync(3);
            await clerk.Press("全部导入");
            await Expect(clerk.Main.Locator("tbody .badge", new() { HasText = "已导入" })).ToHaveCountAsync(3, new() { Timeout = 240_000 });

            await journey.Server.Add("cadre", Role.VillageCadre, Village);
            var phone = await journey.Somebody("cadre", new(360, 640));
            await Enrol(phone);
            await NoFault(phone);

            // The app is kept on the phone; from here on there is no signal.
            await phone.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
            await phone.Window.SetOfflineAsync(true);
            for (var visit = 0; visit < 3; visit++)
                await Visit(phone, visit);

            // The fourth is broken off: the phone closes the app, and the form is where it was, after the PIN.
            await OpenVisit(phone, 3);
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "住房安全" }).ClickAsync();
            await phone.Main.Locator(".fold", new() { HasText = "住房安全" }).GetByRole(AriaRole.Radio, new() { Name = "有问题" }).ClickAsync();
            await phone.Main.GetByLabel("什么问题").FillAsync("偏房漏雨");
            await phone.Page.WaitForTimeoutAsync(600);
            await phone.Page.ReloadAsync();
            await EnterPin(phone);
            await Expect(phone.Main.GetByLabel("什么问题")).ToHaveValueAsync("偏房漏雨");
            await NoFault(phone);
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "其他没有变化" }).ClickAsync();
            await HandIn(phone);

            await Tab(phone, "待上传");
            await Expect(phone.Main.Locator(".tag", new() { HasText = "等待上传" })).ToHaveCountAsync(4);
            await NoFault(phone);

            await phone.Window.SetOfflineAsync(false);
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "立即同步" }).ClickAsync();
            await Expect(phone.Main.Locator(".tag", new() { HasText = "等待上传" })).ToHaveCountAsync(0);
            var applied = phone.Main.Locator(".tag", new() { HasText = "已入库" });
            for (var tries = 0; tries < 60 && await applied.CountAsync() < 4; tries++)
            {
                await phone.Main.GetByRole(AriaRole.Button, new() { Name = "立即同步" }).ClickAsync();
                await phone.Page.WaitForTimeoutAsync(1000);
            }
            await Expect(applied).ToHaveCountAsync(4);

            // The register has them for the county's day, with their photos and what was wrong.
            var visits = await journey.Server.With(services => services.GetRequiredService<ShouwangDb>().Set<Visit>().AsNoTracking().ToListAsync());
            Assert.Equal(4, visits.Count);
            Assert.All(visits, v => Assert.Equal(Journey.FirstDay, v.VisitedOn));
            Assert.Equal(3, visits.Count(v => v.Photos.Length > 60));
            Assert.Single(visits, v => v.HasProblem);

            await Tab(phone, "我的");
            await phone.Main.GetByRole(AriaRole.Radio, new() { Name = "English" }).ClickAsync();
            await Expect(phone.Main).ToContainTextAsync("Self-check of village tables");
            await NoFault(phone);
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "Lock" }).ClickAsync();
            await Expect(phone.Main).ToContainTextAsync("Enter your PIN");
        });
    }

    private static async Task Enrol(Person phone)
    {
        Assert.Equal(200, await phone.Go("/field/"));
        await phone.Fill("user", "cadre");
        await phone.Fill("password", DeskServer.Password);
        await phone.Fill("phone", "红米");
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Expect(phone.Main).ToContainTextAsync("设置 PIN 码");
        await Digits(phone);
        await Expect(phone.Main).ToContainTextAsync("再输一次");
        await EnterPin(phone);
        await phone.Main.GetByRole(AriaRole.Tab, new() { Name = "全部农户" }).ClickAsync();
        await Expect(phone.Main.Locator(".visit-card").First).ToBeVisibleAsync();
    }

    private static async Task Digits(Person phone)
    {
        foreach (var digit in Pin)
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = $"数字 {digit}" }).ClickAsync();
    }

    private static async Task EnterPin(Person phone)
    {
        await Digits(phone);
        await Expect(phone.Main.Locator(".pinpad")).ToHaveCountAsync(0);
    }

    private static async Task OpenVisit(Person phone, int number)
    {
        await Tab(phone, "今天");
        await phone.Main.GetByRole(AriaRole.Tab, new() { Name = "全部农户" }).ClickAsync();
        await phone.Main.Locator(".cards:last-of-type .visit-card").Nth(number).ClickAsync();
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "开始走访" }).ClickAsync();
        // A lead asks for a verification, which takes two; this is an ordinary round, whatever has been warned about meanwhile.
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "走访目的" }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Radio, new() { Name = "日常走访" }).ClickAsync();
    }

    private static async Task Visit(Person phone, int number)
    {
        await OpenVisit(phone, number);
        var rest = phone.Main.GetByRole(AriaRole.Button, new() { Name = "照片、签字和其他" });
        if (await rest.GetAttributeAsync("aria-expanded") == "false")
            await rest.ClickAsync();
        await phone.Main.Locator("input[type=file]").SetInputFilesAsync(Person.Photo);
        await Expect(phone.Main.Locator(".photos img")).ToBeVisibleAsync();
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "其他没有变化" }).ClickAsync();
        await HandIn(phone);
    }

    private static async Task HandIn(Person phone)
    {
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await Expect(phone.Main).ToContainTextAsync("走访已存好");
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "回到今天" }).ClickAsync();
    }

    private static Task Tab(Person phone, string name) => phone.Page.Locator("nav.tabs").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    /// <summary>Nothing serious in the eyes of axe, and nothing that sticks out to the right.</summary>
    private static async Task NoFault(Person phone)
    {
        await phone.Page.EvaluateAsync(AccessibilityJourney.Axe.Value);
        var faults = await phone.Page.EvaluateAsync<string[]>("""
            async () => {
              const found = (await axe.run(document, { resultTypes: ['violations'], elementRef: false })).violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
              if (document.documentElement.scrollWidth > innerWidth) found.push('too wide');
              return found;
            }
            """);
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }
}
