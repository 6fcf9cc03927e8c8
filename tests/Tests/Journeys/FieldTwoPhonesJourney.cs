using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>Two people with phones in one village, neither of whom has a signal.</summary>
public sealed class FieldTwoPhonesJourney(Chromium chromium)
{
    [Theory, InlineData("postgres")]
    public async Task Two_who_found_different_things_are_both_heard_and_the_township_decides(string database)
    {
        await using var journey = await Journey.Begin(chromium, database);
        await journey.Tell(async () =>
        {
            var household = await FieldPhone.Household(journey, 901, "陈大山");
            var (cadre, member) = await Both(journey);
            await Visit(cadre, "B级");
            await Visit(member, "C级");
            await cadre.Signal(true);
            await cadre.SyncUntil("已入库");
            await member.Signal(true);
            await member.SyncUntil("已入库");
            await member.Says("两个值都已保留");

            var clerk = await journey.SignIn("clerk", Role.TownshipClerk, CountyAtWork.Township);
            await clerk.Menu("走访冲突");
            var sides = clerk.Main.Locator(".columns > div");
            await Expect(sides).ToHaveCountAsync(2);
            await Expect(sides.Nth(0)).ToContainTextAsync("C级");
            await Expect(sides.Nth(0)).ToContainTextAsync("member");
            await Expect(sides.Nth(1)).ToContainTextAsync("B级");
            await Expect(sides.Nth(1)).ToContainTextAsync("cadre");
            await clerk.Says("走访前 A级");
            await sides.Nth(1).Locator("[name=why]").FillAsync("现场复核，房屋鉴定书为B级");
            await clerk.Follow(sides.Nth(1).GetByRole(AriaRole.Button, new() { Name = "以另一方为准" }));
            await clerk.Says("没有待裁定的冲突");
            Assert.Equal("B", await Grade(journey, household));

            // Both phones hear of it.
            foreach (var phone in new[] { cadre, member })
            {
                await phone.Sync();
                await phone.OpenHousehold("陈大山");
                await phone.Tap("开始走访");
                await phone.Unfold("住房安全");
                await phone.Says("B级");
            }
        });
    }

    [Theory, InlineData("sqlite")]
    public async Task Two_sign_one_verification_each_on_their_own_phone(string database)
    {
        await using var journey = await Journey.Begin(chromium, database);
        await journey.Tell(async () =>
        {
            await FieldPhone.Household(journey, 901, "陈大山");
            await FieldPhone.Household(journey, 902, "王桂英");
            var (cadre, member) = await Both(journey);

            // Without a signal on either: the letters are read out and typed.
            await Verify(cadre, "陈大山");
            await Expect(cadre.Main.Locator(".sign-code svg")).ToBeVisibleAsync();
            await cadre.NoFault();
            var letters = await cadre.Main.Locator(".sign-code .short").InnerTextAsync();
            await cadre.Home();
            await member.OpenHousehold("陈大山");
            await member.Tap("共同签字");
            await member.NoFault();
            await member.Main.Locator("[name=code]").FillAsync(letters[..^1]);
            await member.Tap("查对");
            await member.Says("签字码不对");
            await member.Main.Locator("[name=code]").FillAsync(letters.ToLowerInvariant());
            await member.Tap("查对");
            await member.Says("我当时在场");
            await member.NoFault();
            await member.Tap("签字");
            await member.Says("签字已存好");
            await member.Home();

            // The signature may come first; alone it does nothing.
            await member.Signal(true);
            await member.SyncUntil("已收到");
            Assert.Empty(await Visits(journey));
            await cadre.Signal(true);
            await cadre.SyncUntil("已入库");
            await member.SyncUntil("已入库");
            Assert.Equal(["cadre", "member"], (await Visits(journey)).Select(v => v.Visitors).SelectMany(Names).Order());

            // With a signal nothing has to be read out: the other phone asks by itself.
            await Verify(cadre, "王桂英");
            await cadre.Home();
            await cadre.SyncUntil("已收到");
            await (await member.SyncUntilAsked("cadre的核实走访，等您签字")).ClickAsync();
            await member.Main.GetByRole(AriaRole.Button, new() { Name = "王桂英" }).First.ClickAsync();
            await member.Tap("签字");
            await member.Says("签字已存好");
            await member.Home();
            await Expect(member.Main.GetByRole(AriaRole.Button, new() { Name = "等您签字" })).ToHaveCountAsync(0);
            await member.SyncUntil("已入库", 2);
            await cadre.SyncUntil("已入库", 2);
            Assert.Equal(2, (await Visits(journey)).Count(v => v.VisitorCount == 2));
        });
    }

    private static async Task<(FieldPhone Cadre, FieldPhone Member)> Both(Journey journey)
    {
        await journey.Server.Add("cadre", Role.VillageCadre, CountyAtWork.Village);
        await journey.Server.Add("member", Role.WorkTeamMember, CountyAtWork.Village);
        var (cadre, member) = (await FieldPhone.Enrolled(journey, "cadre"), await FieldPhone.Enrolled(journey, "member"));
        foreach (var phone in new[] { cadre, member })
        {
            await phone.Installed();
            await phone.Signal(false);
        }
        return (cadre, member);
    }

    private static async Task Visit(FieldPhone phone, string grade)
    {
        await phone.OpenVisit("陈大山", "日常走访");
        await phone.Change("住房安全", "房屋等级", grade);
        await phone.NothingElse();
        await phone.HandIn();
        await phone.Home();
    }

    private static async Task Verify(FieldPhone phone, string head)
    {
        await phone.OpenVisit(head, "入户核实");
        await phone.Unfold("收入测算");
        await phone.Main.Locator("#part-income .button.same").ClickAsync();
        await phone.Unfold("照片、签字和其他");
        await phone.Sign();
        await phone.Main.GetByRole(AriaRole.Radio, new() { Name = "用自己的手机签" }).ClickAsync();
        await phone.NothingElse();
        await phone.HandIn();
        await phone.Says("请另一位调查人签字");
    }

    private static Task<List<Visit>> Visits(Journey journey) =>
        journey.Server.With(services => services.GetRequiredService<ShouwangDb>().Set<Visit>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));

    private static IEnumerable<string> Names(string visitors) =>
        System.Text.Json.Nodes.JsonNode.Parse(visitors)!.AsArray().Select(v => v!["name"]!.GetValue<string>());

    private static async Task<string> Grade(Journey journey, Guid household) =>
        (await journey.Server.With(services => services.GetRequiredService<ICurrentFacts>().Of(CountyAtWork.County, [household], TestContext.Current.CancellationToken)))
            .Single(f => f.Member is null).Values["grade"].Value;
}
