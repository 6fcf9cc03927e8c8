using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Modules.Casework;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>What happens to a phone that is lost, killed, read by old eyes, or in English hands.</summary>
public sealed class FieldLockJourney(Chromium chromium)
{
    [Fact]
    public async Task Ten_wrong_PINs_take_the_households_off_the_phone_and_nothing_that_was_made_on_it()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var phone = await Ready(journey);
            await phone.OpenVisit("陈大山", "日常走访");
            await phone.Unfold("照片、签字和其他");
            await phone.Main.Locator("input[type=file]").SetInputFilesAsync(Person.Photo);
            await Expect(phone.Main.Locator(".photos img")).ToBeVisibleAsync();
            await phone.NothingElse();
            await phone.HandIn();
            await phone.Home();
            // One form is not finished.
            await phone.OpenVisit("王桂英", "日常走访");
            await phone.Unfold("住房安全");
            await phone.Main.Locator(".fold", new() { HasText = "住房安全" }).GetByRole(AriaRole.Radio, new() { Name = "有问题" }).ClickAsync();
            await phone.Main.GetByLabel("什么问题").FillAsync("偏房漏雨");

            await phone.Kill();
            for (var left = 9; left >= 1; left--)
            {
                await phone.Digits("246810");
                await phone.Says($"还可以试 {left} 次");
                if (left == 5)
                    await phone.NoFault();
            }
            await phone.Says("再错一次");
            await phone.Digits("246810");
            await phone.Says("连续输错 10 次");
            await phone.Says("1 份资料等待上传");
            await phone.NoFault();
            Assert.Equal((0, 1, 1, 1), await Kept(phone));
            // Nothing that tells of anybody lies open on it.
            Assert.DoesNotContain("陈大山", await Readable(phone), StringComparison.Ordinal);

            // The cadre signs in again: the visit goes out with its photo, and the old PIN opens the form.
            await phone.Signal(true);
            await phone.SignIn("864209");
            await phone.SyncUntil("已入库");
            var visit = Assert.Single(await Visits(journey));
            Assert.Contains(journey.Server.Services.GetRequiredService<Shouwang.Platform.Files>().All(), hash => visit.Photos.Contains(hash, StringComparison.Ordinal));
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "要用原来的 PIN 码打开" }).ClickAsync();
            foreach (var digit in FieldPhone.Pin)
                await phone.Person.Page.Locator(".sheet").GetByRole(AriaRole.Button, new() { Name = $"数字 {digit}" }).ClickAsync();
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "王桂英" }).ClickAsync();
            await Expect(phone.Main.GetByLabel("什么问题")).ToHaveValueAsync("偏房漏雨");
        });
    }

    [Fact]
    public async Task A_form_survives_the_app_being_killed_in_the_middle_of_it_again_and_again()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var phone = await Ready(journey);
            await phone.OpenVisit("陈大山", "日常走访");
            await phone.Change("住房安全", "房屋等级", "B级");
            await phone.Kill();
            await phone.EnterPin();
            await phone.Says("改了 1 项");
            await phone.Unfold("照片、签字和其他");
            await phone.Main.Locator("input[type=file]").SetInputFilesAsync(Person.Photo);
            await phone.Sign();
            await phone.Kill();
            await phone.EnterPin();
            // Photo and signature are there as pictures, though the phone itself cannot open what it sealed.
            await Expect(phone.Main.Locator(".photos img")).ToBeVisibleAsync();
            await Expect(phone.Main.Locator("img.signature")).ToBeVisibleAsync();
            await phone.NothingElse();
            await phone.Kill();
            await phone.EnterPin();
            await Expect(phone.Main.GetByRole(AriaRole.Button, new() { Name = "其他没有变化，已确认" })).ToBeVisibleAsync();
            await phone.HandIn();
            await phone.Signal(true);
            await phone.Home();
            await phone.SyncUntil("已入库");
            Assert.NotNull(Assert.Single(await Visits(journey)).Signature);
        });
    }

    [Theory, InlineData("zh"), InlineData("en")]
    public async Task Every_screen_can_be_read_and_used_with_letters_twice_as_large(string language)
    {
        await using var journey = await Journey.Begin(chromium, name: $"{nameof(Every_screen_can_be_read_and_used_with_letters_twice_as_large)}-{language}");
        await journey.Tell(async () =>
        {
            var phone = await Ready(journey);
            await phone.Tab("我的");
            await phone.Main.GetByRole(AriaRole.Radio, new() { Name = language == "en" ? "English" : "中文" }).ClickAsync();
            await phone.Person.Page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            await Expect(phone.Person.Page.Locator("html.large-text")).ToHaveCountAsync(1);
            var household = await journey.Server.With(services => services.GetRequiredService<ShouwangDb>().Set<Shouwang.Modules.Registry.Household>()
                .Where(h => h.HeadName == "陈大山").Select(h => h.Id).SingleAsync(TestContext.Current.CancellationToken));
            foreach (var screen in new[] { "today", "map", "queue", "settings", $"household/{household}", "lead", "check", "sign", $"sign/{household}", $"visit/{household}" })
            {
                await phone.Go(screen);
                await phone.Person.Page.WaitForTimeoutAsync(400);
                await phone.NoFault();
            }
            // The visit that is open can be finished; an ordinary round, whatever has been warned about meanwhile.
            await phone.Main.Locator(".head .button").ClickAsync();
            await phone.Person.Page.Locator(".sheet [role=radio]").First.ClickAsync();
            await phone.Main.Locator(".foot .grow").ClickAsync();
            await phone.Main.Locator(".foot .submit").ClickAsync();
            await Expect(phone.Main.Locator(".finished")).ToBeVisibleAsync();
            await phone.NoFault();
            await phone.Kill();
            await phone.Person.Page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            await phone.NoFault();
        });
    }

    private static async Task<FieldPhone> Ready(Journey journey)
    {
        await FieldPhone.Household(journey, 901, "陈大山");
        await FieldPhone.Household(journey, 902, "王桂英");
        await journey.Server.Add("cadre", Role.VillageCadre, CountyAtWork.Village);
        var phone = await FieldPhone.Enrolled(journey, "cadre");
        await phone.Installed();
        await phone.Signal(false);
        return phone;
    }

    private static Task<List<Visit>> Visits(Journey journey) =>
        journey.Server.With(services => services.GetRequiredService<ShouwangDb>().Set<Visit>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>Cards, items that wait, forms and files on the phone.</summary>
    private static async Task<(int, int, int, int)> Kept(FieldPhone phone)
    {
        var counts = await phone.Person.Page.EvaluateAsync<int[]>("""
            () => new Promise((done, failed) => {
              const open = indexedDB.open('shouwang-field');
              open.onerror = failed;
              open.onsuccess = () => {
                const work = open.result.transaction(['cards', 'outbox', 'drafts', 'files']);
                const counts = ['cards', 'outbox', 'drafts', 'files'].map(s => work.objectStore(s).count());
                work.oncomplete = () => { open.result.close(); done(counts.map(c => c.result)); };
              };
            })
            """);
        return (counts[0], counts[1], counts[2], counts[3]);
    }

    /// <summary>Everything that is stored as text or bytes, as somebody with a cable sees it.</summary>
    private static Task<string> Readable(FieldPhone phone) => phone.Person.Page.EvaluateAsync<string>("""
        () => new Promise((done, failed) => {
          const open = indexedDB.open('shouwang-field');
          open.onerror = failed;
          open.onsuccess = () => {
            const names = [...open.result.objectStoreNames], work = open.result.transaction(names), all = names.map(s => work.objectStore(s).getAll());
            work.oncomplete = () => {
              open.result.close();
              const text = JSON.stringify(all.map(a => a.result), (_, v) => v instanceof ArrayBuffer || v instanceof Uint8Array ? new TextDecoder().decode(v) : v);
              done(text + JSON.stringify({ ...localStorage }));
            };
          };
        })
        """);
}
