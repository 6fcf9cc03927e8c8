using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
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
            await office.Import([Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);

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

    [Fact]
    public async Task A_province_moves_a_slider_over_its_counties_and_publishes_for_those_it_chooses()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Import([Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);
            await Neighbour(journey);

            // Nobody has a county before one is chosen; rehearsal is over all of them.
            var province = await journey.SignIn("province", Role.HigherOffice, DeskServer.Province);
            await province.Says("重庆市");
            await province.Menu("政策推演");
            await Expect(province.Main.Locator("#results tbody").First.Locator("tr")).ToHaveCountAsync(2);
            var slider = province.Main.GetByRole(Microsoft.Playwright.AriaRole.Slider, new() { Name = "监测线" });
            await slider.FillAsync("8000");
            var entering = province.Main.Locator("#results .figure", new() { HasText = "新进" }).First.Locator(".figure-value");
            await Expect(entering).Not.ToHaveTextAsync("0户");
            var all = await entering.InnerTextAsync();

            // A county's name opens its own rehearsal, and the figures open households where they are.
            await province.Open("奉节县");
            await province.Says("回到全部辖区");
            await Expect(entering).ToHaveTextAsync("0户");
            await province.Open("回到全部辖区");
            await Expect(entering).ToHaveTextAsync(all);
            await province.Follow(province.Main.Locator("#results .figure", new() { HasText = "新进" }).First);
            await province.Says($"{all.TrimEnd('户')} 户");
            await province.Follow(province.Main.Locator("tbody .row-link").First);
            Assert.Contains($"county={DeskServer.County}", province.Place, StringComparison.Ordinal);
            await Expect(province.Page.Locator(".top-area")).ToContainTextAsync("重庆市 · 垫江县");

            // Only the chosen county is tried, and it is for it that a second person publishes.
            await province.Go("/rehearsal?line.monitoring=8000");
            await province.Main.Locator("summary", new() { HasText = "县区" }).First.ClickAsync();
            await province.Check("area", DeskServer.County);
            await Expect(province.Main.Locator("#results .where")).ToContainTextAsync("垫江县");
            Assert.Contains($"area={DeskServer.County}", province.Place, StringComparison.Ordinal);
            await province.Fill("title", "先在垫江提高监测线");
            await province.Press("保存");
            var place = province.Place;
            await province.Says("须由另一名有权限的人员发布");
            await province.Go("/print" + place.Replace("/saved", "", StringComparison.Ordinal));
            await province.Says("政策推演报告");

            var second = await journey.SignIn("second", Role.HigherOffice, DeskServer.Province);
            await second.Go(place);
            await second.Fill("from", Journey.FirstDay.AddDays(15).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await second.Fill("source", "渝文件2020年1号");
            await second.Press("发布");
            await second.Says("2020-07-15 起生效");
            await office.Go("/rehearsal/saved");
            await office.Says("先在垫江提高监测线");
            await office.Says("重庆市");
            await journey.Wait(15);
            await office.Go("/lines");
            await office.Says("8,000.00 元/人·年");
            await second.Go("/lines?county=500236");
            await second.Says("6,000.00 元/人·年");
        });
    }

    // A second county of the province, with one household.
    private static Task<int> Neighbour(Journey journey) => journey.Server.With(async services =>
    {
        var (cancel, village) = (TestContext.Current.CancellationToken, new AreaCode("500236102201"));
        var db = services.GetRequiredService<ShouwangDb>();
        db.Log("test.began", village.County, "", "test", journey.Server.Clock, new { });
        await db.SaveChangesAsync(cancel);
        return await services.GetRequiredService<IFacts>().State(new(village, "test"),
            [new(Guid.CreateVersion7(), null, "register", "test.xlsx", Journey.FirstDay, new Dictionary<string, object?> { ["hid"] = $"{village}001", ["head_name"] = "向山", ["family_size"] = 3L })], cancel);
    });
}
