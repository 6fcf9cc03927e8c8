using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>The hundred days from being started to the proof pack: a household is visited, reviewed, signed for, sampled, and it all stands in one PDF.</summary>
public sealed class CampaignJourney(Chromium chromium)
{
    [Fact]
    public async Task A_drive_goes_from_its_first_stage_to_the_proof_pack()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Import([Samples.Payload("01"), Samples.Payload("02")]);
            await office.Menu("战役");
            await office.Open("发起战役");
            // The field stage begins on the day the files speak of.
            await office.Go("/campaigns/new?from=2020-06-20");
            await office.Fill("scope", "registry.registred");
            Assert.Contains("registry.registred", await office.PressInVain("发起"), StringComparison.Ordinal);
            await office.Fill("scope", "registry.registered || monitoring.active");
            await office.Press("发起");
            await office.Says("战役已发起");
            var drive = office.Place.Split('?')[0];
            await office.Take("部署", () => office.Fill("Deploy-order", "印发方案，逐级培训。"));

            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, DeskServer.Township);
            await clerk.Go($"{drive}/teams");
            await clerk.Press("在鹤游镇各村组建");
            await clerk.Says("已组建");

            // Groups the county has already are given their townships; who is in them is known.
            await Groups(journey);
            await office.Go($"{drive}/groups");
            foreach (var group in (string[])["第一县领导督战组", "第一工作督导组"])
            {
                await office.Main.Locator("[name=group]").SelectOptionAsync(new SelectOptionValue { Label = $"{group}（1 人）" });
                foreach (var township in await office.Main.Locator("[name=township]").AllAsync())
                    await township.CheckAsync();
                await office.Press("编入");
                await office.Says("李书记");
            }
            var supervisor = await journey.SignIn("supervisor", Role.Supervisor, DeskServer.County);
            await supervisor.Go($"{drive}/groups");
            var townships = await supervisor.Main.Locator("[name=place] option").EvaluateAllAsync<string[]>("options => options.map(o => o.value)");
            foreach (var (number, township) in townships.Index())
            {
                await supervisor.Choose("place", township);
                await supervisor.Fill("on", "2020-06-25");
                await supervisor.Fill("words", "查看动员部署和人员分组，工作组到村。");
                if (number == 0)
                {
                    await supervisor.Unfold("问题 1");
                    await supervisor.Choose("kind-0", "help");
                    await supervisor.Fill("problem-0", "一个村还没有会审组。");
                }
                await supervisor.Press("记录");
                await supervisor.Says(number == 0 ? "1 个问题已进入台账" : "督导已记录");
            }
            await office.Go(drive);
            await office.Take("开始入户");

            // By day a visit, as any other; in the evening its review, filled in already.
            var (code, village) = await InScope(journey, drive);
            var cadre = await journey.SignIn("cadre", Role.VillageCadre, village, WindowSize.Phone);
            await cadre.Go($"/households/{code}/visit?purpose=Screening");
            foreach (var subject in Enum.GetValues<VisitSubject>())
                await cadre.Check($"finding-{subject}", subject == VisitSubject.Water ? "Problem" : "Fine");
            await cadre.Fill("note-Water", "入户水管漏水。");
            await cadre.Check("card", "true");
            await cadre.Press("保存走访");
            await cadre.Go(drive);
            await cadre.Press("立即统计");
            await cadre.Says("数字统计于");
            await Expect(cadre.Main.Locator(".figure", new() { HasText = "已入户" })).ToContainTextAsync("1/");
            // Beside what rules entered, the ledger has what was seen at the visit.
            await Expect(cadre.Main.Locator(".figure", new() { HasText = "发现问题" })).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"发现问题\s*[1-9]"));
            await cadre.Go((await cadre.Main.Locator(".figure", new() { HasText = "发现问题" }).GetAttributeAsync("href"))!);
            await cadre.Says("入户水管漏水。");
            await cadre.Go(drive);
            await cadre.Open("会审审查");
            await cadre.Says("1 户");
            await cadre.Fill("present", "支书、第一书记");
            await cadre.Fill("conclusion", "水管明天更换。");
            await cadre.Press("保存记录");
            await cadre.Go($"{drive}/checklist");
            await cadre.Says("明白卡上墙");

            await cadre.Go($"{drive}/sheets?sheet=village_visits");
            await cadre.Press("编制");
            await cadre.Press("签字");
            await cadre.Says("等待其他签字人");
            var leader = await journey.SignIn("leader", Role.TownshipLeader, DeskServer.Township);
            await leader.Go(cadre.Place);
            await leader.Press("签字");
            await leader.Says("清单签齐");

            await office.Go(drive);
            foreach (var step in (string[])["转入数据核查", "总结上报"])
                await office.Take(step, () => office.Fill("despite", "个别农户外出。"));
            await office.Take("开始县级抽查");
            await supervisor.Go($"{drive}/samples");
            await supervisor.Fill("seed", "20200626");
            await supervisor.Press("抽取样本");
            await supervisor.Check("result", "differs");
            await supervisor.Choose("kind", "water");
            await supervisor.Fill("words", "系统登记通水，现场没有。");
            await supervisor.Press("登记");
            await supervisor.Says("已进入问题台账");
            await supervisor.Open("用同一种子重抽核对");
            await supervisor.Says("抽出的是同一批农户");

            var department = await journey.SignIn("department", Role.IndustryDept, DeskServer.County);
            await department.Go($"{drive}/reports");
            await department.Fill("text", "全面核对参保情况，未参保人员逐一动员。");
            await department.Press("报送");
            await department.Says("已报送");
            await office.Go(drive);
            await office.Take("自查报告收齐", () => office.Fill("despite", "其余部门催报中。"));
            await office.Go($"{drive}/proof");
            await office.Press("生成佐证材料");
            var pdf = await office.Fetch((await office.Main.GetByText("PDF").First.GetAttributeAsync("href"))!);
            Assert.Equal("application/pdf", pdf.Headers["content-type"]);
            var words = PdfWords.Of(await pdf.BodyAsync());
            foreach (var word in (string[])["百日大会战", "计划", "抽查", "签字背书", "未了事项", "部署培训阶段", "第一工作督导组", "20200626", "不一致"])
                Assert.True(words.Contains(word, StringComparison.Ordinal), $"The file does not say {word}.");
            await office.Open("打印页");
            await office.Says("内容哈希");

            await office.Go(drive);
            await office.Take("结束", async () =>
            {
                await office.Fill("Close-decision", "任务完成，转入常态。");
                await office.Fill("despite", "未签清单限期补签。");
            });
            await office.Says("已结束");
        });
    }

    private static Task<bool> Groups(Journey journey) => journey.Server.With(async services =>
    {
        var (edit, office, county, cancel) = (services.GetRequiredService<EditGroups>(), Actor.System(new(DeskServer.County)), new AreaCode(DeskServer.County), TestContext.Current.CancellationToken);
        foreach (var (kind, name) in ((string, string)[])[("leader_group", "第一县领导督战组"), ("supervision_group", "第一工作督导组")])
        {
            var group = await edit.SetUp(office, new(kind, county, name), cancel);
            Assert.True((await edit.Add(office, group.Value, "head", new("李书记", "县委书记", "县委"), cancel)).Succeeded);
        }
        return true;
    });

    private static Task<(string Code, string Village)> InScope(Journey journey, string drive) => journey.Server.With(async services =>
    {
        var (county, cancel) = (new AreaCode(DeskServer.County), TestContext.Current.CancellationToken);
        var campaign = (await services.GetRequiredService<FindCampaign>().Open(Actor.System(county), Guid.Parse(drive.Split('/')[^1]), cancel))!;
        var found = (await services.GetRequiredService<CampaignScope>().Households(campaign, county, Journey.FirstDay, null, cancel)).First(h => h.Area.Length == 12);
        var home = (await services.GetRequiredService<IHouseholds>().Refs(DeskServer.County, [found.Household], cancel))[found.Household];
        return (home.Code, found.Area);
    });
}
