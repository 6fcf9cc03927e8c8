using System.IO.Compression;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>The office writes the month's bulletin, a clerk edits it, a leader signs, it is published and taken away as a Word file; a number leads back to its households.</summary>
public sealed class BulletinJourney(Chromium chromium)
{
    [Fact]
    public async Task A_bulletin_is_written_edited_signed_published_and_every_number_leads_to_its_households()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Import([Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);
            var leader = await journey.SignIn("leader", Role.CountyLeader, DeskServer.County);
            await leader.Go("/overview/sets");
            await leader.Press("发布 2020-06-30 的数字");

            await office.Menu("通报排名考核");
            await office.Open("月通报");
            await office.Press("起草");
            await office.Says("防止返贫监测帮扶工作情况通报（2020年6月）");
            await office.Says("有监测对象37户");
            var bulletin = office.Place;

            // Words are the clerk's; a number that is typed over is refused.
            await office.Open("修改文字");
            var first = await office.Main.Locator("[name='zh0']").InputValueAsync();
            await office.Fill("zh0", first.Replace("⟦37", "⟦38", StringComparison.Ordinal));
            Assert.Contains("38", await office.PressInVain("保存"), StringComparison.Ordinal);
            await office.Fill("zh0", first + "请各乡镇逐户核对。");
            await office.Press("保存");
            await office.Says("请各乡镇逐户核对。");
            await office.Take("送签");

            // A post that sees figures only is told so, and how many there are where.
            await leader.Go("/overview/M01h?on=2020-06-30");
            await leader.Says("背后的农户（37）");
            await leader.Says("农户名单不对您的岗位开放");
            Assert.Equal(0, await leader.Main.Locator("a[href^='/households/']").CountAsync());
            await leader.Go(bulletin);
            Assert.Equal(0, await leader.Main.Locator("a[href^='/households/']").CountAsync());
            await leader.Take("签发", () => leader.Fill("Sign-decision", "同意印发。"));
            await office.Go(bulletin);
            await office.Take("发布");
            await office.Open("核对摘要");
            await office.Says("与签发时一致");
            await office.Open("按统计重写核对");
            await office.Says("数字全部一致");

            var word = await office.Fetch($"{bulletin}/word");
            Assert.Equal(200, word.Status);
            using var package = new ZipArchive(new MemoryStream(await word.BodyAsync()));
            using var text = new StreamReader(package.GetEntry("word/document.xml")!.Open());
            var written = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains("请各乡镇逐户核对。", written, StringComparison.Ordinal);

            // From a number back to the households behind it.
            await office.Go(bulletin);
            var number = office.Main.Locator("a.figure-link[title='M01h']").First;
            await Expect(number).ToHaveTextAsync("37");
            await office.Follow(number);
            await office.Says("背后的农户（37）");

            // A township reads it once it is published.
            var town = await journey.SignIn("town", Role.TownshipClerk, DeskServer.Township);
            await town.Go("/bulletins");
            await town.Says("2020年6月");
        });
    }
}
