using System.Net;
using System.Text.Json.Nodes;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>A phone takes along what its user needs, no more, and only once.</summary>
public sealed class BundleTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_card_has_the_values_with_source_and_day_and_what_is_missing_or_old(string kind)
    {
        await using var world = await Open(kind);
        var (household, member) = await world.Household();
        await world.State(new(household, member, "register", "old.xlsx", Day.AddYears(-2), new Dictionary<string, object?> { ["work_months"] = 5L, ["health"] = "1,4", ["cert_no"] = "110101199003070031" }));
        var bundle = await (await world.Phone()).Bundle();

        Assert.True(bundle["full"]!.GetValue<bool>());
        Assert.Equal("2020-06-01", bundle["asOf"]!.GetValue<string>());
        var card = Assert.Single(bundle["households"]!.AsArray())!;
        Assert.Equal((household, "户主", 1), (card["id"]!.GetValue<Guid>(), card["head"]!.GetValue<string>(), card["size"]!.GetValue<int>()));
        Assert.Equal("""{"v":"A","on":"2020-05-01","src":"register"}""", card["values"]!["household.grade"]!.ToJsonString());
        Assert.Equal("""{"v":true,"on":"2020-05-01","src":"register"}""", card["values"]![$"member.{member}.ins_res"]!.ToJsonString());
        Assert.Equal("""{"v":5,"on":"2018-06-01","src":"register"}""", card["values"]![$"member.{member}.work_months"]!.ToJsonString());
        Assert.Equal("""["1","4"]""", card["values"]![$"member.{member}.health"]!["v"]!.ToJsonString());
        Assert.Contains($"member.{member}.work_months", card["stale"]!.AsArray().Select(s => s!.GetValue<string>()));
        Assert.DoesNotContain("household.grade", card["stale"]!.AsArray().Select(s => s!.GetValue<string>()));
        // No number of an identity card is on a phone.
        Assert.DoesNotContain("110101199003070031", bundle.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(bundle["policy"]!["forms"]!.AsArray(), f => f!["code"]!.GetValue<string>() == "house");
        Assert.Equal(6, bundle["policy"]!["ages"]!["member.work_months"]!.GetValue<int>());
        Assert.NotEmpty(bundle["policy"]!["codes"]!["house_grade"]!["items"]!.AsArray());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task With_its_cursor_a_phone_gets_what_differs_and_is_told_what_is_gone(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (first, _) = await world.Household();
        var (second, _) = await world.Household();
        var full = await phone.Bundle();
        Assert.Equal(2, full["households"]!.AsArray().Count);

        var nothing = await phone.Bundle(Cursor(full));
        Assert.Empty(nothing["households"]!.AsArray());
        Assert.Null(nothing["policy"]);
        Assert.False(nothing["full"]!.GetValue<bool>());

        await world.State(new(first, null, "desk", null, Day, new Dictionary<string, object?> { ["grade"] = "C" }));
        await world.Read(db => Shouwang.Platform.Storage.Sql.Execute(db, "update households set area = @area where id = @id", default, ("@area", DeskServer.OtherVillage), ("@id", second)));
        // An answer that was lost: the phone asks again with the cursor before, and still gets all that differs.
        foreach (var cursor in (string[])[Cursor(nothing), Cursor(full)])
        {
            var changed = await phone.Bundle(cursor);
            Assert.Equal([first], changed["households"]!.AsArray().Select(h => h!["id"]!.GetValue<Guid>()));
            Assert.Equal([second], changed["gone"]!.AsArray().Select(h => h!.GetValue<Guid>()));
        }
        // However many answers are lost, what the phone holds is not forgotten.
        for (var lost = 0; lost < 5; lost++)
            Assert.False((await phone.Bundle(Cursor(full)))["full"]!.GetValue<bool>());
        var now = await phone.Bundle(Cursor(full));
        for (var on = 0; on < 3; on++)
            now = await phone.Bundle(Cursor(now));
        // A cursor too old, or nobody's, gets everything.
        foreach (var unknown in (string[])[Cursor(full), Guid.CreateVersion7().ToString(), "nonsense"])
            Assert.True((await phone.Bundle(unknown))["full"]!.GetValue<bool>());
        Assert.Equal(3, await world.Count("field_cursors"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Page_by_page_each_household_comes_once_and_with_the_last_page_what_changed_meanwhile(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var all = new List<Guid>();
        for (var i = 0; i < 7; i++)
            all.Add((await world.Household()).Household);

        var first = await phone.Bundle(null, 3);
        Assert.True(first["full"]!.GetValue<bool>());
        Assert.NotNull(first["policy"]);
        var second = await phone.Bundle(Cursor(first), 3);
        Assert.False(second["full"]!.GetValue<bool>());
        Assert.Null(second["policy"]);
        // Its answer was lost: asked again, the same households come.
        var again = await phone.Bundle(Cursor(first), 3);
        Assert.Equal(Ids(second), Ids(again));
        await world.State(new(all[0], null, "desk", null, Day, new Dictionary<string, object?> { ["group"] = "2组" }));
        var last = await phone.Bundle(Cursor(again), 3);
        Assert.Equal([true, true, null], new[] { first, second, last }.Select(p => p["more"]?.GetValue<bool>()));
        Assert.Equal(all, [.. Ids(first), .. Ids(second), .. Ids(last).Skip(1)]);
        Assert.Equal(all[0], Ids(last)[0]);
        Assert.Empty(Ids(await phone.Bundle(Cursor(last), 3)));

        // Many changes come in pages, too.
        foreach (var household in all)
            await world.State(new(household, null, "desk", null, Day, new Dictionary<string, object?> { ["group"] = "3组" }));
        var (changed, cursor, asked) = (new List<Guid>(), Cursor(last), 0);
        for (var more = true; more; asked++)
        {
            var page = await phone.Bundle(cursor, 3);
            changed.AddRange(Ids(page));
            (cursor, more) = (Cursor(page), page["more"]?.GetValue<bool>() == true);
        }
        Assert.Equal((all.Count, 3), (changed.Count, asked));
        Assert.Equal(all, changed);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_phone_that_reads_columns_gets_the_same_cards_in_them_and_what_it_holds_stays_held_without(string kind)
    {
        await using var world = await Open(kind);
        for (var i = 0; i < 5; i++)
            await world.Household();
        var phone = await world.Phone();
        var plain = await phone.Bundle();
        Assert.Null(plain["columns"]);
        var columns = await Phone.Json(await phone.Post("bundle", new { app = "1.2.0", columns = 1 }));
        Assert.Empty(columns["households"]!.AsArray());
        Assert.Equal((1, 5), (columns["columns"]!["version"]!.GetValue<int>(), columns["columns"]!["count"]!.GetValue<int>()));
        Assert.True(JsonNode.DeepEquals(Shouwang.Modules.Field.Bundle.Columns.Of(plain["households"]!.AsArray().Select(c => c!)), columns["columns"]!["cards"]));
        // A phone of a later version is answered with what this server knows.
        Assert.Equal(1, (await Phone.Json(await phone.Post("bundle", new { columns = 7 })))["columns"]!["version"]!.GetValue<int>());
        // Whether the app is replaced by a newer one or an older, nothing comes again for it.
        Assert.Empty(Ids(await phone.Bundle(Cursor(columns))));
        var none = await Phone.Json(await phone.Post("bundle", new { cursor = Cursor(columns), columns = 1 }));
        Assert.Empty(Ids(none));
        Assert.Null(none["columns"]);
    }

    [Fact]
    public async Task Nobody_carries_households_of_others()
    {
        await using var world = await Open("sqlite");
        await world.Household();
        Assert.Empty((await (await world.Phone("stranger")).Bundle())["households"]!.AsArray());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await world.Phone("clerk")).Post("bundle", new { })).StatusCode);

        await world.Server.Add("helper", Role.PairingHelper, DeskServer.County);
        Assert.Empty((await (await world.Phone("helper")).Bundle())["households"]!.AsArray());
    }

    [Theory, InlineData("br", null, 300), InlineData("gzip", null, 300), InlineData("br", 1, 150), InlineData("gzip", 1, 150)]
    public async Task Three_hundred_households_without_photos_weigh_no_more_than_300_KB_and_half_of_that_where_the_phone_reads_columns(string encoding, int? columns, int most)
    {
        await using var world = await Open("sqlite");
        var people = new Random(7);
        for (var i = 0; i < 300; i++)
            await Family(world, people);
        var phone = await world.Phone();
        using var client = world.Server.Browser("application/json");
        client.DefaultRequestHeaders.Add("Authorization", phone.Authorization);
        client.DefaultRequestHeaders.Add("Accept-Encoding", encoding);
        var answer = await client.PostAsync("/api/v1/field/bundle", new StringContent(columns is null ? "{}" : $$"""{"columns":{{columns}}}""", null, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{encoding}, columns {columns}: {bytes.Length:n0} bytes");
        Assert.InRange(bytes.Length, 20_000, most * 1024);
    }

    // Families as villages have them: three to five people, with everything a form asks.
    private static async Task Family(FieldWorld world, Random people)
    {
        var (household, head) = await world.Household();
        string[] marks = ["赵", "钱", "孙", "李", "大", "小", "山", "水", "花", "强", "兰", "平"], grades = ["A", "B", "C"];
        string Mark() => marks[people.Next(marks.Length)];
        await world.State(new(household, null, "register", "x", Day.AddDays(-people.Next(400)), new Dictionary<string, object?>
        {
            ["head_name"] = Mark() + Mark() + Mark(), ["grade"] = grades[people.Next(3)], ["phone"] = $"13{people.Next(100_000_000, 999_999_999)}", ["address"] = $"{people.Next(9)}组{people.Next(99)}号",
            ["water_solved"] = people.Next(2) == 0, ["main_cause"] = "01", ["lat"] = 30.3m + people.Next(20_000) / 1_000_000m, ["lng"] = 107.3m + people.Next(20_000) / 1_000_000m,
        }));
        await CardTests.Plan(world, household, (MeasureState.InProgress, people.Next(60)), (MeasureState.Approved, people.Next(60)));
        var code = (await world.Current(household, null, "hid"))!.Value.Value;
        for (var i = 1; i <= people.Next(3, 6); i++)
            await world.State(new(household, i == 1 ? head : Guid.CreateVersion7(), "register", "x", Day.AddDays(-people.Next(400)), new Dictionary<string, object?>
            {
                ["hid"] = code, ["pid"] = $"{code}{i:00}", ["name"] = Mark() + Mark() + Mark(), ["relation"] = $"0{i}", ["birth"] = $"19{people.Next(40, 99)}-0{people.Next(1, 9)}-1{people.Next(9)}",
                ["life"] = nameof(LifeState.Normal), ["labour"] = $"{people.Next(1, 5)}", ["work_state"] = $"{people.Next(1, 5)}", ["work_place"] = "城区", ["work_months"] = (long)people.Next(12), ["student"] = "01",
                ["health"] = $"{people.Next(1, 6)}", ["ins_res"] = people.Next(2) == 0, ["ins_emp"] = false, ["phone"] = $"13{people.Next(100_000_000, 999_999_999)}", ["dibao"] = false, ["tekun"] = false,
            }));
        // Three of ten have changed a good deal of late.
        if (people.Next(10) < 3)
            await world.State(new(household, head, "visit", "y", Day.AddDays(-people.Next(30)), new Dictionary<string, object?>
            {
                ["work_state"] = "9", ["work_months"] = 0L, ["work_place"] = "本村", ["labour"] = "9", ["student"] = "99", ["ins_res"] = false,
            }));
    }

    private static List<Guid> Ids(JsonNode bundle) => [.. bundle["households"]!.AsArray().Select(h => h!["id"]!.GetValue<Guid>())];

    private static string Cursor(JsonNode bundle) => bundle["cursor"]!.GetValue<string>();
}
