using System.Text.Json.Nodes;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What a visitor wants to know before knocking: where the house stands, what is new, what was promised.</summary>
public sealed class CardTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_card_tells_what_changed_since_the_last_visit(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var ((household, member), visit) = (await world.Household(), Guid.CreateVersion7());
        // What the visit itself says is no change.
        await phone.HandIn(phone.Seal("visit", visit, new Dictionary<string, object?>(Visit(visit, household, Answer(null, "grade", "B", was: "A"))) { ["visitedOn"] = Day.AddDays(-10) }));
        await world.Apply();
        await world.State(new(household, member, "register", "new.xlsx", Day.AddDays(-3), new Dictionary<string, object?> { ["ins_res"] = false, ["labour"] = "1" }));
        await world.State(new(household, null, "desk", null, Day.AddDays(-2), new Dictionary<string, object?> { ["grade"] = "D", ["account"] = "6222000000000000" }));
        await world.State(new(household, null, "visit", "other", Day.AddDays(-1), new Dictionary<string, object?> { ["phone"] = null, ["grade"] = "C" }));
        // Before the visit, though told later.
        await world.State(new(household, null, "register", "old.xlsx", Day.AddDays(-20), new Dictionary<string, object?> { ["water_solved"] = true }));
        // Somebody who is new has not changed.
        await world.State(new(household, Guid.CreateVersion7(), "register", "new.xlsx", Day.AddDays(-1),
            new Dictionary<string, object?> { ["hid"] = $"{DeskServer.Village}001", ["pid"] = $"{DeskServer.Village}00102", ["name"] = "新人", ["labour"] = "2" }));

        var changed = Only(await phone.Bundle())["changed"]!.AsArray().Select(c => c!).ToList();
        Assert.Equal(["2020-05-30 房屋等级 B级→D级 后台录入", "2020-05-29 是否参加城乡居民基本医疗保险 是→否 建档立卡登记"], changed.Select(Words));
        Assert.Equal([null, member], changed.Select(c => c["member"]?.GetValue<Guid>()));
        Assert.Equal("grade D", changed[0]["now"]!["en"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_place_is_the_registers_and_where_it_has_none_the_first_visit_that_noted_one(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        Assert.Null(Only(await phone.Bundle())["lat"]);

        await Note(30.9m, 107.9m, 800);
        Assert.Null(Only(await phone.Bundle())["lat"]);
        await Note(30.3312345m, 107.4123456m, 12);
        Assert.Equal((30.33123m, 107.41235m), Place(Only(await phone.Bundle())));
        await Note(30.3313m, 107.4125m, 30);
        Assert.Equal((30.33123m, 107.41235m), Place(Only(await phone.Bundle())));
        // Nobody is asked to decide between places a few metres apart.
        Assert.Equal(0, await world.Count("disagreements", "attribute in ('household.lat', 'household.lng')"));

        async Task Note(decimal lat, decimal lng, int accuracy)
        {
            var visit = Guid.CreateVersion7();
            await phone.HandIn(phone.Seal("visit", visit, new Dictionary<string, object?>(Visit(visit, household)) { ["place"] = new { lat, lng, accuracy } }));
            await world.Apply();
            Assert.Equal("applied", (await phone.Receipt(visit))["state"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_place_that_is_on_no_map_is_left_out()
    {
        await using var world = await Open("sqlite");
        var (household, _) = await world.Household();
        await world.State(new(household, null, "register", "x", Day, new Dictionary<string, object?> { ["lat"] = 3033.1m, ["lng"] = 107.4m }));
        Assert.Null(Only(await (await world.Phone()).Bundle())["lat"]);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_plan_has_its_steps_with_their_state_and_what_came_to_an_end_within_a_year(string kind)
    {
        await using var world = await Open(kind);
        var (household, _) = await world.Household();
        await Plan(world, household, (MeasureState.InProgress, 20), (MeasureState.Effective, -30), (MeasureState.Cancelled, 5), (MeasureState.Effective, -500), (MeasureState.Approved, 40));
        var card = Only(await (await world.Phone()).Bundle());
        Assert.Equal([("有成效", true), ("实施中", false), ("已批准", false)],
            card["plan"]!.AsArray().Select(p => (p!["state"]!["zh"]!.GetValue<string>(), p["done"]?.GetValue<bool>() ?? false)));
        Assert.Equal("measure", Assert.Single(card["open"]!.AsArray())!["kind"]!.GetValue<string>());
    }

    /// <summary>Measures of a household, each due so many days from now.</summary>
    internal static Task Plan(FieldWorld world, Guid household, params (MeasureState State, int Due)[] steps) => world.Read(async db =>
    {
        db.AddRange(steps.Select(s => new Measure
        {
            County = DeskServer.County, Id = Guid.CreateVersion7(), HouseholdId = household, Area = DeskServer.Village, Cause = "1", Type = "M101", Family = "industry", Developmental = true,
            Unit = "镇政府", Person = "干部", PlannedOn = Day.AddDays(-600), PlannedEndOn = Day.AddDays(s.Due), ProposedBy = Guid.Empty, State = s.State,
        }));
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    private static JsonNode Only(JsonNode bundle) => Assert.Single(bundle["households"]!.AsArray())!;

    private static (decimal, decimal) Place(JsonNode card) => (card["lat"]!.GetValue<decimal>(), card["lng"]!.GetValue<decimal>());

    private static string Words(JsonNode change) => $"{change["on"]} {change["title"]!["zh"]} {change["was"]?["zh"]}→{change["now"]?["zh"]} {change["src"]!["zh"]}";
}
