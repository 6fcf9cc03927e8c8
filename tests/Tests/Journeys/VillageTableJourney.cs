using Microsoft.Playwright;
using Shouwang.Platform.Security;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A cadre fills in the village's table of a drive on the phone, where there is no signal; the township finds it at the desk.</summary>
public sealed class VillageTableJourney(Chromium chromium)
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_village_table_filled_in_without_a_signal_stands_in_the_drive(string database)
    {
        await using var journey = await Journey.Begin(chromium, database);
        await journey.Tell(async () =>
        {
            await FieldPhone.Household(journey, 1, "张大山");
            var office = await journey.SignIn("office", Role.CountyOffice, CountyAtWork.County);
            await office.Go("/campaigns/new");
            await office.Fill("name", "百日大会战");
            await office.Press("发起");
            var drive = office.Place.Split('?')[0];

            await journey.Server.Add("cadre", Role.VillageCadre, CountyAtWork.Village);
            var phone = await FieldPhone.Enrolled(journey, "cadre");
            await phone.Installed();
            await phone.Signal(false);
            await phone.Go("today");
            await phone.Main.GetByRole(AriaRole.Button, new() { Name = "百日大会战：村表" }).ClickAsync();
            foreach (var (field, value) in ((string, string)[])[("groups", "6"), ("collective_income", "5.2"), ("clinic", "1")])
                await phone.Main.Locator($"[name={field}]").FillAsync(value);
            await phone.Main.GetByRole(AriaRole.Radio, new() { Name = "是", Exact = true }).ClickAsync();
            await phone.Says("还缺 1 项");
            await phone.NoFault();

            // The phone closes the app: what was filled in is there again.
            await phone.Kill();
            await phone.EnterPin();
            await Expect(phone.Main.Locator("[name=collective_income]")).ToHaveValueAsync("5.2");
            await phone.Main.Locator("[name=cooperatives]").FillAsync("2");
            await phone.Tap("提交村表");
            await phone.Go("today");
            await Expect(phone.Main.GetByText("百日大会战：村表")).ToHaveCountAsync(0);

            await phone.Signal(true);
            await phone.Tab("待上传");
            await phone.SyncUntil("已入库", 1);

            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, CountyAtWork.Township);
            await clerk.Go($"{drive}/tables?tab=village&area={CountyAtWork.Village}");
            var row = clerk.Main.Locator("tbody tr", new() { HasText = "村级集体经济收入" }).First;
            await Expect(row).ToContainTextAsync("5.2");
            await Expect(row).ToContainTextAsync("手机填报");
            await clerk.Press("确认核查无误");
            await clerk.Says("已确认核查");
        });
    }
}
