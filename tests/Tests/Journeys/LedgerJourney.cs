using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>A problem from being found to being struck off, and back again; with the joint office, the weekly report and a listed village on the way.</summary>
public sealed class LedgerJourney(Chromium chromium)
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_problem_is_assigned_mended_examined_struck_off_and_reopened(string database)
    {
        await using var journey = await Journey.Begin(chromium, database);
        await journey.Tell(async () =>
        {
            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, DeskServer.Township);
            await clerk.Menu("问题台账");
            await clerk.Open("登记问题");
            await Enter(clerk, "water", "入户水管漏水，水表不走。");
            var problem = clerk.Place;
            await clerk.Take("交办", async () =>
            {
                await clerk.Fill("task", "更换接头和水表");
                await clerk.Fill("unit", "新溪村");
                await clerk.Fill("person", "村干部");
            });

            var cadre = await journey.SignIn("cadre", Role.VillageCadre, DeskServer.Village, WindowSize.Phone);
            await cadre.Go(problem);
            await cadre.Take("开始整改");
            await cadre.Take("提交整改结果", async () =>
            {
                await cadre.Fill("Submit-rectification", "已更换，恢复供水。");
                await cadre.Attach("Submit-photo", Person.Photo);
            });
            Assert.Equal(0, await cadre.Main.Locator("details.step", new() { HasText = "审查" }).CountAsync());

            var leader = await journey.SignIn("leader", Role.TownshipLeader, DeskServer.Township);
            await leader.Go(problem);
            await leader.Take("审查", () => leader.Fill("Examine-finding", "现场查看属实。"));
            await leader.Take("销号", () => leader.Fill("Close-effect", "水表正常。"));
            await leader.Says("已销号，待复核成效");
            // A month later it would be time to see whether it held; before that it cannot be told.
            await leader.Says("以后才能判断");
            Assert.Equal(0, await leader.Main.Locator("details.step", new() { HasText = "复核成效稳定" }).CountAsync());
            await journey.Wait(3);
            await leader.Go(problem);
            await leader.Take("重新打开", () => leader.Fill("Reopen-reason", "又漏了。"));
            await leader.Says("重新打开 1 次");

            await leader.Go($"/ledger/reconcile?from={Journey.FirstDay:yyyy-MM-dd}");
            await Expect(leader.Main.Locator("#differences")).ToContainTextAsync("重新打开");
            await clerk.Go("/ledger/weekly");
            await clerk.Press("零报告");
            await clerk.Says("周报已报送");
            foreach (var list in (string[])["整改清单", "任务清单", "责任清单", "成效清单", "三张清单"])
            {
                await leader.Go("/ledger");
                await leader.Open(list);
            }
            await cadre.Go("/print/ledger?list=five&show=All");
            await cadre.Says("责任清单");

            await JointOffice(journey);
        });
    }

    private static async Task JointOffice(Journey journey)
    {
        var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
        await office.Menu("挂牌督战");
        await office.Open("挂牌");
        await office.Choose("area", DeskServer.Village);
        await office.Fill("leader", "县委常委、副县长");
        await office.Fill("target-on", $"{Journey.FirstDay.AddDays(90):yyyy-MM-dd}");
        await office.Fill("funds", "300000");
        await office.Fill("basis", "县扶领〔2020〕5号");
        await office.Fill("target", "饮水和住房问题清零。");
        await office.Press("挂牌");
        await office.Says("已挂牌");
        await office.Take("登记督战", async () =>
        {
            await office.Fill("Supervise-finding", "主管道已铺到二组。");
            await office.Fill("spent", "120000");
        });
        await office.Says("120,000.00");
        await office.Open("登记点上的问题");
        await office.Choose("channel", "medical");
        await Enter(office, "medical", "透析费用未走一站式结算。");
        var urgent = office.Place;
        await office.Take("交办", async () =>
        {
            await office.Fill("unit", "医保部门");
            await office.Fill("person", "结算科");
        });

        var department = await journey.SignIn("department", Role.IndustryDept, DeskServer.County);
        await department.Menu("绿色通道");
        await department.Says("透析费用未走一站式结算");
        await department.Go(urgent);
        var due = await department.Main.GetByText("进入，").First.InnerTextAsync();
        await department.Take("移交部门", async () =>
        {
            await department.Choose("to", "civil_affairs");
            await department.Fill("HandOver-reason", "报销后仍有缺口，转临时救助。");
        });
        Assert.Equal(due, await department.Main.GetByText("进入，").First.InnerTextAsync());
        await department.Says("民政部门");
    }

    private static async Task Enter(Person person, string kind, string words)
    {
        await person.Choose("kind", kind);
        await person.Choose("area", DeskServer.Village);
        await person.Fill("problem", words);
        await person.Press("登记");
        await person.Says("问题已登记");
    }
}
