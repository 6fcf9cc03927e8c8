using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>An evening in a village: the review is prepared from the day's visits, a decision becomes a task; a helper's households are handed over; a roster is confirmed as it was prepared.</summary>
public sealed class OrganisationJourney(Chromium chromium)
{
    [Fact]
    public async Task A_review_prepares_itself_a_decision_becomes_a_task_and_a_helper_hands_over()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var home = await Household(journey);
            var cadre = await journey.SignIn("cadre", Role.VillageCadre, DeskServer.Village, WindowSize.Phone);
            await cadre.Go($"/households/{home}/visit");
            await cadre.Choose("purpose", nameof(VisitPurpose.Monthly));
            foreach (var subject in (string[])["FoodAndClothing", "Education", "Medical", "Housing", "IncomeAndWork"])
                await cadre.Check($"finding-{subject}", "Fine");
            await cadre.Check("finding-Water", "Problem");
            await cadre.Fill("note-Water", "山上水管冻裂");
            await cadre.Press("保存走访");

            // Nothing has to be written: what the day brought is there.
            await cadre.Go("/work");
            await cadre.Open("确认夜会商");
            await cadre.Says("今日走访（1）");
            await cadre.Says("山上水管冻裂");
            await cadre.Fill("d-text-0", "更换二组水管");
            await cadre.Choose("d-home-0", home.ToString());
            await cadre.Fill("d-person-0", "水管员");
            await cadre.Unfold("议定事项 2");
            await cadre.Fill("d-text-1", "检修主管道");
            await cadre.Fill("d-unit-1", "镇水管站");
            await cadre.Fill("d-person-1", "站长");
            await cadre.Press("确认并交办");
            // What the village does itself is in hand; what it cannot assign waits for the township, and the page says so.
            await cadre.Says("议定事项 2 项：已交办 1 项，1 项的责任人或单位不在本区域");
            await cadre.Says("更换二组水管");
            await cadre.Says("已登记，待交办");
            var review = cadre.Place;

            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, DeskServer.Township);
            await clerk.Go(review);
            await clerk.Follow(clerk.Main.Locator("#decisions a.row-link").Nth(1));
            await clerk.Take("交办", async () =>
            {
                await clerk.Fill("unit", "镇水管站");
                await clerk.Fill("person", "水管员");
            });
            await cadre.Go(review);
            await Expect(cadre.Main.Locator("#decisions")).Not.ToContainTextAsync("待交办");
            await cadre.Go("/print" + review.Replace("/organisation/meetings", "/meeting", StringComparison.Ordinal));
            await cadre.Says("更换二组水管");

            await HandOver(clerk, home);
            await Roster(clerk);
            foreach (var page in (string[])["/organisation/teams", "/organisation/links", "/organisation/meetings", "/organisation/meetings/points", "/organisation/hometown"])
                await clerk.Go(page);
        });
    }

    private static async Task HandOver(Person clerk, Guid home)
    {
        await clerk.Go($"/households/{home}?tab=help");
        await clerk.Unfold("指定或更换责任人");
        await clerk.Fill("person", "李四");
        await clerk.Fill("unit", "县医院");
        await clerk.Press("保存");
        await clerk.Menu("组织队伍");
        await clerk.Open("结对帮扶");
        await clerk.Open("李四");
        await clerk.Fill("person", "王五");
        await clerk.Fill("unit", "县医院");
        await clerk.Fill("reason", "李四调离");
        await clerk.Press("移交");
        await clerk.Says("1 户已移交");
        await clerk.Open("王五");
        await clerk.Says("负责 1 户");
    }

    private static async Task Roster(Person clerk)
    {
        await clerk.Go("/organisation/rosters");
        await clerk.Open("登记班子与干部");
        await clerk.Fill("name", "鹤游镇班子与干部");
        await clerk.Press("建立");
        foreach (var (role, name) in new[] { ("leader", "党委书记"), ("leader", "镇长"), ("staff", "驻村干部") })
        {
            await clerk.Unfold("增加成员或改任");
            await clerk.Choose("role", role);
            await clerk.Fill("person", name);
            await clerk.Fill("unit", "鹤游镇");
            await clerk.Fill("post", name);
            await clerk.Press("增加");
        }
        await clerk.Go("/organisation/rosters");
        await clerk.Says("还没有保存");
        await clerk.Press("确认值班表");
        await clerk.Says("值班表已确认");
    }

    private static async Task<Guid> Household(Journey journey)
    {
        var household = Guid.CreateVersion7();
        await journey.Server.With(services => services.GetRequiredService<IFacts>().State(new(new(DeskServer.Village), "test"),
            [new(household, null, "register", "test.xlsx", Journey.FirstDay, new Dictionary<string, object?> { ["hid"] = DeskServer.Village + "001", ["head_name"] = "张大山", ["status"] = "Lifted", ["family_size"] = 1L })], TestContext.Current.CancellationToken));
        return household;
    }
}
