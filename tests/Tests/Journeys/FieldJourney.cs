using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Modules.Casework;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A cadre's day on a cheap phone: signed in once, visits without a signal, everything handed in afterwards.</summary>
public sealed class FieldJourney(Chromium chromium)
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_day_of_visits_without_a_signal_arrives_whole(string database)
    {
        await using var journey = await Journey.Begin(chromium, database);
        await journey.Tell(async () =>
        {
            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, CountyAtWork.Township);
            await clerk.Import([Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);

            await journey.Server.Add("cadre", Role.VillageCadre, CountyAtWork.Village);
            var phone = await FieldPhone.Enrolled(journey, "cadre");
            await phone.NoFault();

            // The app is kept on the phone; from here on there is no signal.
            await phone.Installed();
            await phone.Installable();
            await phone.Signal(false);
            for (var visit = 0; visit < 3; visit++)
                await Visit(phone, visit);

            // The fourth is broken off: the phone closes the app, and the form is where it was, after the PIN.
            await OpenVisit(phone, 3);
            await phone.Unfold("住房安全");
            await phone.Main.Locator(".fold", new() { HasText = "住房安全" }).GetByRole(AriaRole.Radio, new() { Name = "有问题" }).ClickAsync();
            await phone.Main.GetByLabel("什么问题").FillAsync("偏房漏雨");
            await Expect(phone.Main.GetByLabel("什么问题")).ToHaveValueAsync("偏房漏雨");
            await phone.Kill();
            await phone.EnterPin();
            await Expect(phone.Main.GetByLabel("什么问题")).ToHaveValueAsync("偏房漏雨");
            await phone.NoFault();
            await phone.NothingElse();
            await HandIn(phone);

            await phone.Tab("待上传");
            await Expect(phone.Main.Locator(".tag", new() { HasText = "等待上传" })).ToHaveCountAsync(4);
            await phone.NoFault();

            await phone.Signal(true);
            await phone.SyncUntil("已入库", 4);
            await Expect(phone.Main.Locator(".tag", new() { HasText = "等待上传" })).ToHaveCountAsync(0);

            // The register has them for the county's day, with their photos and what was wrong.
            var visits = await journey.Server.With(services => services.GetRequiredService<ShouwangDb>().Set<Visit>().AsNoTracking().ToListAsync());
            Assert.Equal(4, visits.Count);
            Assert.All(visits, v => Assert.Equal(Journey.FirstDay, v.VisitedOn));
            Assert.Equal(3, visits.Count(v => v.Photos.Length > 60));
            Assert.Single(visits, v => v.HasProblem);

            await phone.Tab("我的");
            await phone.Main.GetByRole(AriaRole.Radio, new() { Name = "English" }).ClickAsync();
            await phone.Says("Self-check of village tables");
            await phone.NoFault();
            await phone.Tap("Lock");
            await phone.Says("Enter your PIN");
        });
    }

    // A lead asks for a verification, which takes two; this is an ordinary round, whatever has been warned about meanwhile.
    private static async Task OpenVisit(FieldPhone phone, int number)
    {
        await phone.All();
        await phone.Main.Locator(".cards:last-of-type .visit-card").Nth(number).ClickAsync();
        await phone.Tap("开始走访");
        await phone.Main.GetByRole(AriaRole.Button, new() { Name = "走访目的" }).ClickAsync();
        await phone.Person.Page.GetByRole(AriaRole.Radio, new() { Name = "日常走访" }).ClickAsync();
    }

    private static async Task Visit(FieldPhone phone, int number)
    {
        await OpenVisit(phone, number);
        await phone.Unfold("照片、签字和其他");
        await phone.Main.Locator("input[type=file]").SetInputFilesAsync(Person.Photo);
        await Expect(phone.Main.Locator(".photos img")).ToBeVisibleAsync();
        await phone.NothingElse();
        await HandIn(phone);
    }

    private static async Task HandIn(FieldPhone phone)
    {
        await phone.HandIn();
        await phone.Home();
    }
}
