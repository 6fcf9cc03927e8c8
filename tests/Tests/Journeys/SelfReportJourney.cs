using QRCoder;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Journeys;

/// <summary>A household reports its hardship on a phone, without an account, and the township sees it.</summary>
public sealed class SelfReportJourney(Chromium chromium)
{
    private static readonly string Village = DeskServer.Village;

    [Fact]
    public async Task A_household_reports_by_itself_and_follows_its_case_by_the_receipt()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, DeskServer.Township);
            await clerk.Import([Samples.Payload("01"), Samples.Payload("02")]);
            await clerk.Go($"/households?area={Village}");
            var head = (await clerk.Main.Locator("tbody a.row-link").First.InnerTextAsync()).Trim();

            // The poster on the village's notice board leads to the village's own page.
            var cadre = await journey.SignIn("cadre", Role.VillageCadre, Village);
            Assert.Equal(200, await cadre.Go($"/print/report-poster/{Village}"));
            var target = new Uri(journey.Server.Address, $"/report/{Village}").ToString();
            await cadre.Says(target);
            Assert.Equal(Modules(target), await cadre.Main.Locator("svg.qr path").GetAttributeAsync("d"));
            Assert.Equal(404, await cadre.Go($"/print/report-poster/{DeskServer.OtherVillage}"));

            var farmer = await journey.Somebody("farmer", WindowSize.Phone);
            Assert.Equal(200, await farmer.Go(target));
            await farmer.Fill("name", head);
            await farmer.Fill("phone", "13800001234");
            await farmer.Fill("words", "屋顶被大风掀了，娃儿上学也没得钱。");
            await farmer.Press("提交");
            var receipt = (await farmer.Main.Locator(".receipt").InnerTextAsync()).Trim();

            await farmer.Open("查询进度");
            await farmer.Fill("receipt", "ZZZZZZZZ");
            await farmer.Press("查询");
            await farmer.Says("没有这个回执码");
            await farmer.Fill("receipt", receipt);
            await farmer.Press("查询");
            await farmer.Says("2020-06-30");
            await farmer.Says("收到日期");

            await clerk.Menu("风险线索");
            await clerk.Choose("area", Village);
            await clerk.Press("查询");
            await clerk.Follow(clerk.Main.Locator("tbody tr", new() { HasText = head }).Locator("a.row-link").First);
            await clerk.Says("屋顶被大风掀了");
            await clerk.Says("交办");
        });
    }

    // The modules of the code as the page draws them: it is the right code exactly when they are the same.
    private static string Modules(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return string.Concat(code.ModuleMatrix.Index().SelectMany(row => row.Item.Cast<bool>().Index().Where(m => m.Item).Select(m => $"M{m.Index} {row.Index}h1v1h-1z")));
    }
}
