using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Modules.Field;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Campaigns;

/// <summary>What a village fills in or compares on a phone stands in the drive, with who, when and what; nobody types it again.</summary>
public class VillageTablesByPhoneTests
{
    private static readonly AreaCode Village = new(DeskServer.Village);

    private static readonly Actor Office = Actor.System(new(DeskServer.County));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_table_goes_to_the_phone_with_what_is_known_and_comes_back_into_the_drive(string kind)
    {
        await using var world = await Open(kind);
        await world.Household();
        var drive = await Start(world);
        Assert.Equal(1, (await world.With<DriveTables, Outcome<int>>(t => t.Enter(Office, drive, Village, new Dictionary<string, string> { ["groups"] = "6" }, Cancel))).Value);

        var phone = await world.Phone();
        var table = Assert.Single((await phone.Bundle())["tables"]!.AsArray())!;
        Assert.Equal((drive, 5), (table["id"]!.GetValue<Guid>(), table["columns"]!.AsArray().Count));
        Assert.Equal("6", table["villages"]![DeskServer.Village]!["groups"]!["v"]!.GetValue<string>());
        Assert.Null(table["villages"]![DeskServer.OtherVillage]);
        // A team member records visits, and fills in no tables.
        Assert.Null((await (await world.Phone("team")).Bundle())["tables"]);

        // Filled in three days ago, without a signal; one value cannot be right, one was entered since by somebody else.
        var id = await HandIn(phone, drive, Day.AddDays(-3), ("groups", "7"), ("collective_income", "5.20"), ("road", "true"), ("clinic", "viele"));
        await world.Apply();
        var receipt = await phone.Receipt(id);
        Assert.Equal("applied", receipt["state"]!.GetValue<string>());
        Assert.Equal(2, receipt["notes"]!.AsArray().Count);
        var row = await Row(world, drive);
        Assert.Equal(("5.2", Day.AddDays(-3), "cadre", true), (row.Cells["collective_income"].Value, row.Cells["collective_income"].On, row.Cells["collective_income"].By, row.Cells["collective_income"].ByPhone));
        Assert.Equal(("6", false), (row.Cells["groups"].Value, row.Cells["groups"].ByPhone));
        Assert.Equal((2, null), (row.Missing, row.Cells["clinic"].Value));

        // Sent again it is the same; what comes later counts, and then the table is complete.
        await HandIn(phone, drive, Day, ("groups", "7"), ("clinic", "1"), ("cooperatives", "2"));
        await world.Apply();
        row = await Row(world, drive);
        Assert.Equal((0, "7", true), (row.Missing, row.Cells["groups"].Value, row.Cells["groups"].ByPhone));
        // Whoever filled it in on a phone does not confirm it alone, and the desk does not type it again.
        Assert.True((await world.With<DriveTables, Outcome<Guid>>(t => t.Confirm(Office, drive, Village, null, Cancel))).Succeeded);
        Assert.True((await Row(world, drive)).Done);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_cannot_be_taken_is_kept_for_the_township(string kind)
    {
        await using var world = await Open(kind);
        var drive = await Start(world);
        var (cadre, stranger, team) = (await world.Phone(), await world.Phone("stranger"), await world.Phone("team"));
        Guid[] held =
        [
            await HandIn(cadre, Guid.CreateVersion7(), Day, ("groups", "7")), await HandIn(cadre, drive, Day, ("groups", "0")), await HandIn(cadre, drive, Day, ("registered", "3")),
            await HandIn(team, drive, Day, ("groups", "7")), await HandIn(stranger, drive, Day, ("groups", "7")),
        ];
        await world.Apply();
        var phones = new[] { cadre, cadre, cadre, team, stranger };
        foreach (var (phone, id) in phones.Zip(held))
        {
            var receipt = await phone.Receipt(id);
            Assert.Equal("held", receipt["state"]!.GetValue<string>());
            Assert.NotEmpty(receipt["notes"]!.AsArray());
        }
        Assert.Equal(0, await world.Count("campaign_table_values"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_paper_table_that_was_compared_is_told_with_the_households_that_differ(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        foreach (var (day, ok) in ((DateOnly, bool)[])[(Day.AddDays(-1), true), (Day, false)])
        {
            var id = Guid.CreateVersion7();
            await phone.HandIn(phone.Seal("selfcheck", id, new { id, village = DeskServer.Village, table = "monitored", on = day, rows = new object[] { new { item = "A1", ok = true }, new { item = "A2", ok, note = "已搬走" } } }));
        }
        await world.Apply();
        var check = Assert.Single(await world.With<ISelfChecks, IReadOnlyList<SelfCheckMade>>(s => s.Latest(new(DeskServer.County), Day.AddDays(-10), Day, Cancel)));
        Assert.Equal((Village, "monitored", Day, "cadre", 1), (check.Village, check.Table, check.On, check.By, check.Same));
        Assert.Equal(("A2", "已搬走"), Assert.Single(check.Differing));
        Assert.Empty(await world.With<ISelfChecks, IReadOnlyList<SelfCheckMade>>(s => s.Latest(new(DeskServer.OtherVillage), Day.AddDays(-10), Day, Cancel)));
    }

    private static async Task<Guid> HandIn(Phone phone, Guid drive, DateOnly on, params (string Code, string Value)[] values)
    {
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("selfcheck", id, new { id, village = DeskServer.Village, table = "fill", on, rows = Array.Empty<object>(), fills = drive, values = values.ToDictionary(v => v.Code, v => v.Value) }));
        return id;
    }

    private static async Task<Guid> Start(FieldWorld world) =>
        (await world.With<StartCampaign, Outcome<Guid>>(s => s.Run(Office, new("hundred_days", "百日大会战", [], null, Day.AddDays(-10)), Cancel))).Value;

    private static Task<TableRow> Row(FieldWorld world, Guid drive) => world.Server.With(async services =>
    {
        var campaign = (await services.GetRequiredService<FindCampaign>().Open(Office, drive, Cancel))!;
        return (await services.GetRequiredService<DriveTables>().Villages(campaign, Board.Empty(Day), Village, Cancel)).Single();
    });
}
