using System.Net;
using System.Text.RegularExpressions;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What the desk shows of phones: conflicts to decide, villages to help, and what forms cost.</summary>
public sealed partial class TownshipTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_township_sees_both_values_and_what_it_decides_counts(string kind)
    {
        await using var world = await Open(kind);
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var (household, _) = await world.Household();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await mine.HandIn(mine.Seal("visit", first, Visit(first, household, Answer(null, "phone", "13900000002", was: "13900000001"))));
        await world.Apply();
        await theirs.HandIn(theirs.Seal("visit", second, Visit(second, household, Answer(null, "phone", "13900000003", was: "13900000001"))));
        await world.Apply();
        Assert.Equal("13900000003", (await world.Current(household, null, "phone"))!.Value.Value);

        using var clerk = await world.Server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        var page = await clerk.GetStringAsync("/field/conflicts", Cancel);
        Assert.All((string[])["13900000001", "13900000002", "13900000003"], v => Assert.Contains(v, page, StringComparison.Ordinal));
        using var elsewhere = await world.Server.SignedIn(Role.TownshipClerk, "500231112");
        Assert.DoesNotContain("13900000002", await elsewhere.GetStringAsync("/field/conflicts", Cancel), StringComparison.Ordinal);
        Assert.Contains("裁定数据冲突", await clerk.GetStringAsync("/work", Cancel), StringComparison.Ordinal);

        // Without a reason nothing is decided.
        var handler = Other().Match(page).Value;
        Assert.Equal(HttpStatusCode.OK, (await clerk.Send("/field/conflicts", handler, ("why", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await clerk.Send("/field/conflicts", handler, ("why", "已电话核实"))).StatusCode);
        Assert.Equal("13900000002", (await world.Current(household, null, "phone"))!.Value.Value);
        Assert.DoesNotContain("13900000002", await clerk.GetStringAsync("/field/conflicts", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_submission_is_tried_again_or_set_aside_with_a_reason()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var (moved, _) = await world.Household();
        await world.Read(db => Shouwang.Platform.Storage.Sql.Execute(db, "update households set area = @area where id = @id", default, ("@area", DeskServer.OtherVillage), ("@id", moved)));
        var (visit, odd) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await phone.HandIn(phone.Seal("visit", visit, Visit(visit, moved)), phone.Seal("visit", odd, new { }));
        await world.Apply();
        using var clerk = await world.Server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        var page = await clerk.GetStringAsync("/field/conflicts", Cancel);
        Assert.Contains("不在您当前负责范围内", page, StringComparison.Ordinal);

        // The household is put right again, and so the visit lands after all.
        await world.Read(db => Shouwang.Platform.Storage.Sql.Execute(db, "update households set area = @area where id = @id", default, ("@area", DeskServer.Village), ("@id", moved)));
        await clerk.Send("/field/conflicts", Regex.Match(page, $"again-{visit:n}-[0-9a-f]{{8}}").Value);
        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(visit))["state"]!.GetValue<string>());

        await clerk.Send("/field/conflicts", Regex.Match(page, $"aside-{odd:n}-[0-9a-f]{{8}}").Value, ("why", "测试内容"));
        Assert.DoesNotContain($"{odd:n}", await clerk.GetStringAsync("/field/conflicts", Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await world.Count("field_submissions", "settled_why = '测试内容' and content_enc is not null"));
    }

    [Fact]
    public async Task The_help_list_tells_villages_and_days_and_nobodys_name()
    {
        await using var world = await Open("sqlite");
        await world.Phone();
        await world.Household();
        world.Server.Clock.Move(TimeSpan.FromDays(12));
        await world.Phone("team");
        using var clerk = await world.Server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        var page = await clerk.GetStringAsync("/field/sync", Cancel);
        Assert.Contains("2020-06-01", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cadre", page, StringComparison.Ordinal);
        Assert.DoesNotContain("team", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_burden_page_tells_what_a_form_costs_and_what_it_asks_in_vain(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, member) = await world.Household();
        for (var i = 0; i < 2; i++)
        {
            var id = Guid.CreateVersion7();
            await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(member, "ins_res", true, "confirmed", true), Answer(null, "grade", i == 0 ? "B" : "C", was: i == 0 ? "A" : "B"))));
            await world.Apply();
        }
        using var office = await world.Server.SignedIn(Role.CountyOffice, DeskServer.County);
        var page = await office.GetStringAsync("/field/burden", Cancel);
        Assert.Contains("80%", page, StringComparison.Ordinal);
        Assert.Contains("居民医保", page, StringComparison.Ordinal);
        Assert.DoesNotContain("房屋等级", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cadre", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("other-[0-9a-f]{32}")]
    private static partial Regex Other();
}
