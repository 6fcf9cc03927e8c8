using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>The county office tries a higher line with a slider, and a leader makes it policy.</summary>
public sealed class RehearsalJourney(Chromium chromium)
{
    [Fact]
    public async Task A_slider_moves_the_figures_and_somebody_else_publishes_what_it_shows()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Menu("数据导入");
            await office.Attach("files", [Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);
            await office.Press("上传并识别");
            await office.Press("全部导入");
            await Expect(office.Main.Locator("tbody .badge", new() { HasText = "已导入" })).ToHaveCountAsync(3, new() { Timeout = 120_000 });

            await office.Menu("政策推演");
            var entering = office.Main.Locator("#results .figure", new() { HasText = "新进" }).First.Locator(".figure-value");
            await Expect(entering).ToHaveTextAsync("0户");
            var slider = office.Main.GetByRole(Microsoft.Playwright.AriaRole.Slider, new() { Name = "监测线" });
            await slider.FillAsync("8000");
            await Expect(entering).Not.ToHaveTextAsync("0户");
            Assert.Equal("8000", await office.Main.Locator("[name='line.monitoring']").InputValueAsync());
            Assert.Contains("line.monitoring=8000", office.Place, StringComparison.Ordinal);
            var shown = await entering.InnerTextAsync();

            // A new rule is checked while it is written: where the mistake is and what to do, then its figures.
            await office.Main.Locator("summary", new() { HasText = "新写一条规则" }).ClickAsync();
            await office.Main.Locator("textarea[name=rule]").First.FillAsync("registry.sise > 5");
            await Expect(office.Main.Locator("#results .notice.bad")).ToContainTextAsync("registry.size");
            await office.Main.Locator("textarea[name=rule]").First.FillAsync("");
            await Expect(office.Main.Locator("#results .notice.bad")).ToHaveCountAsync(0);

            // The same address without its script says the same, and every figure opens its households.
            await office.Go(office.Place);
            await Expect(entering).ToHaveTextAsync(shown);
            await office.Follow(office.Main.Locator("#results .figure", new() { HasText = "新进" }).First);
            await office.Says($"{shown.TrimEnd('户')} 户");
            await office.Open("回到推演");

            await office.Fill("title", "监测线提到八千");
            await office.Press("保存");
            await office.Says("须由另一名有权限的人员发布");
            var place = office.Place;
            await Expect(office.Main.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "发布" })).ToHaveCountAsync(0);
            await office.Go("/print" + place.Replace("/saved", "", StringComparison.Ordinal));
            await office.Says("政策推演报告");

            var leader = await journey.SignIn("leader", Role.CountyLeader, DeskServer.County);
            await leader.Go(place);
            await leader.Fill("from", Journey.FirstDay.AddDays(15).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await leader.Fill("source", "垫江县文件2020年1号");
            await leader.Press("发布");
            await leader.Says("2020-07-15 起生效");
            await leader.Go("/lines");
            await leader.Says("6,000.00 元/人·年");
            await leader.Go("/rules");
            await leader.Says("自 2020-07-15 起生效");

            await journey.Wait(15);
            await leader.Go("/lines");
            await leader.Says("8,000.00 元/人·年");
            await leader.Says("垫江县文件2020年1号");
        });
    }
}
