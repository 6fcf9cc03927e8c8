using System.Text.RegularExpressions;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A leader drills the wall from the county to a household with nothing but a keyboard; the office publishes the figures it shows.</summary>
public sealed class WallJourney(Chromium chromium)
{
    [Fact]
    public async Task The_wall_drills_by_keyboard_from_the_county_to_a_household_and_its_figures_are_published()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Import([Samples.Payload("01"), Samples.Payload("02"), Samples.Payload("03")]);
            await office.Go("/overview");
            await office.Press("重新统计");
            await office.Says("监测对象户数");

            // From the county to a township, a village, a household: the keys Tab and Enter, and nothing else.
            await office.Go("/wall");
            await office.Says("风险在哪里");
            await Keys(office, "li.tile a", "鹤游镇");
            await Expect(office.Page.Locator("h1")).ToHaveTextAsync("鹤游镇");
            await Keys(office, "li.tile:not(.s0) a", null);
            await Expect(office.Page.Locator("h1")).ToHaveTextAsync(new Regex("鹤游镇 .+"));
            await Keys(office, ".wall-map tbody a", null);
            await Expect(office.Page).ToHaveURLAsync(new Regex("/households/"));

            // Back to the county; what is late, and the figure behind a number, with its households.
            await office.Go("/wall?show=late");
            await office.Says("哪里超期");
            var figure = office.Page.Locator(".wall-figures a", new() { HasText = "监测对象户数" });
            await Expect(figure).ToContainTextAsync("37");
            await office.Follow(figure);
            await office.Says("背后的农户（37）");

            // Somebody who sees figures only is shown no household.
            var leader = await journey.SignIn("leader", Role.CountyLeader, DeskServer.County);
            await leader.Go("/wall?area=500231111");
            await Keys(leader, "li.tile:not(.s0) a", null);
            await leader.Says("您的岗位只看数字");

            // The office adjusts a figure; somebody else publishes; it all comes out the same again.
            await office.Go("/overview/R16?area=500231");
            await office.Fill("numerator", "6");
            await office.Fill("reason", "一人已丧失劳动力，台账待改");
            await office.Press("保存");
            await office.Says("系统计算为 5");
            await office.Go("/overview/sets");
            await office.PressInVain("发布 2020-06-30 的数字");
            await leader.Go("/overview/sets");
            await leader.Press("发布 2020-06-30 的数字");
            await leader.Says("各组合计等于总数");
            await leader.Open("重新计算核对");
            await leader.Says("全部数字一致");
        });
    }

    /// <summary>Goes forward with Tab until the focus is on what is wanted, and presses Enter.</summary>
    private static async Task Keys(Person person, string selector, string? words)
    {
        var wanted = words is null ? person.Page.Locator(selector).First : person.Page.Locator(selector, new() { HasText = words }).First;
        await Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < 400; i++)
        {
            await person.Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("link => link === document.activeElement"))
            {
                await person.Page.Keyboard.PressAsync("Enter");
                return;
            }
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}
