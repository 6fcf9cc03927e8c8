using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Kernel.Rules;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Cards of a bundle, what a visit answers, and the features of the next bundle: for the phone's half, which is tested with the same file.</summary>
/// <remarks>Made by a server, from its register to its features; ids are replaced, so that the file is the same each time.</remarks>
internal static class VisitVectors
{
    private const int Households = 60;

    private static readonly string[] Students = ["none", "preschool", "primary", "junior2", "senior1", "bachelor3"], Births = ["2012-03-01", "2008-11-30", "2005-06", "2004-06-01", "2001-01-01", "2016-09-09", "1988-02-03"];

    private static readonly string[] Families = ["water.", "health.", "education.", "employment.", "housing.unsafe", "housing.grade", "people.", "income."];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string File() => Path.Combine(Path.GetDirectoryName(RuleVectors.File())!, "visits.json");

    public static async Task<string> Text()
    {
        await using var world = await Open("sqlite");
        var (chance, names) = (new Random(20200601), new Dictionary<string, string>());
        var homes = new List<(Guid Household, List<Guid> Members)>();
        for (var n = 1; n <= Households; n++)
        {
            var home = await Home(world, chance, n);
            homes.Add(home);
            names[home.Household.ToString()] = $"h{n}";
            foreach (var (i, member) in home.Members.Index())
                names[member.ToString()] = $"h{n}m{i + 1}";
        }
        var phone = await world.Phone();
        var before = await phone.Bundle();
        var cards = Cards(before);
        var drafts = homes.Select(h => Draft(cards[h.Household], h.Members, chance)).ToList();
        foreach (var ((household, _), draft) in homes.Zip(drafts))
        {
            var id = Guid.CreateVersion7();
            var visit = Visit(id, household, [.. draft.Answers.Select(a => Answered(a.Key, a.Value, cards[household]))]);
            if (draft.Income is { } income)
                visit["income"] = new { items = cards[household]["income"]!["items"]!.AsArray().Select(i => new { code = Word(i!, "code"), fen = income.GetValueOrDefault(Word(i!, "code"), i!["last"]!.GetValue<long>()) }) };
            await phone.HandIn(phone.Seal("visit", id, visit));
        }
        await world.Apply();
        var after = Cards(await phone.Bundle());
        var cases = homes.Zip(drafts).Select(h => Named(Case(cards[h.First.Household], h.Second, after[h.First.Household]).ToJsonString(JsonTexts.Options), names));
        var policy = new JsonObject { ["saidAs"] = before["policy"]!["saidAs"]!.DeepClone() };
        return $$"""
            {"today":"2020-06-01","policy":{{policy.ToJsonString(JsonTexts.Options)}},
            "cases":[
            {{string.Join(",\n", cases)}}
            ]}

            """;
    }

    private static async Task<(Guid Household, List<Guid> Members)> Home(FieldWorld world, Random chance, int n)
    {
        var (household, head) = await world.Household();
        var code = (await world.Current(household, null, "hid"))!.Value.Value;
        var members = new List<Guid> { head };
        for (var i = chance.Next(3); i > 0; i--)
        {
            var member = Guid.CreateVersion7();
            members.Add(member);
            await world.State(new(household, member, "register", "x", Day.AddMonths(-1), new Dictionary<string, object?>
            {
                ["hid"] = code, ["pid"] = $"{code}{members.Count:00}", ["name"] = $"成员{members.Count}", ["relation"] = "07", ["life"] = nameof(LifeState.Normal), ["birth"] = Births[chance.Next(Births.Length)],
                ["labour"] = chance.Next(2) == 0 ? null : $"{chance.Next(1, 6)}", ["ins_res"] = chance.Next(3) == 0 ? null : chance.Next(2) == 0, ["ins_emp"] = chance.Next(3) == 0 ? null : chance.Next(4) == 0,
                ["student"] = chance.Next(3) == 0 ? null : Students[chance.Next(Students.Length)],
            }));
            if (chance.Next(3) == 0)
                await world.State(new(household, member, "visit", "v", Day.AddMonths(-3), new Dictionary<string, object?> { ["student"] = Students[chance.Next(Students.Length)], ["school_aid"] = chance.Next(2) == 0 }));
        }
        if (chance.Next(3) == 0)
            await world.State(new(household, null, "visit", "v", Day.AddMonths(-4), new Dictionary<string, object?> { ["grade"] = "D", ["water_litres"] = 22.5m, ["paid_year"] = 800m, ["jobless_months"] = 1L }));
        if (chance.Next(3) == 0)
            await world.Survey(household, chance.Next(2) == 0 ? Day.AddMonths(-2) : Day.AddYears(-2), ("litres", 36m), ("piped", false), ("minutes", 12m));
        if (chance.Next(4) == 0)
            await world.Take("housing", household, ("plate", $"P{n}"), ("grade", chance.Next(2) == 0 ? "A" : "C"), ("appraised", Day.AddYears(-3)), ("lived", true));
        if (chance.Next(2) == 0)
            await world.With<IIncomeAccounts, bool>(async accounts =>
            {
                var items = new Dictionary<string, Money> { ["A1"] = new(chance.Next(5_000_000)), ["D4"] = new(chance.Next(400_000)), ["E1"] = new(chance.Next(900_000)) };
                await accounts.Tell(DeskServer.County, [new(Guid.CreateVersion7(), household, chance.Next(2) == 0 ? new(2019, 3, 4) : new(2020, 3, 4), items, new(chance.Next(90_000)), new(chance.Next(900_000)), chance.Next(3) == 0 ? new(chance.Next(1_000_000)) : null, "clerk")], Cancel);
                return true;
            });
        return (household, members);
    }

    private sealed record Drafted(Dictionary<string, object> Answers, Dictionary<string, long>? Income);

    private static Drafted Draft(JsonNode card, List<Guid> members, Random chance)
    {
        var answers = new Dictionary<string, object>();
        void Say(string key, object value)
        {
            if (chance.Next(5) < 2)
                answers[key] = value;
        }
        Say("household.grade", "ABCD"[chance.Next(4)].ToString());
        Say("household.water_litres", chance.Next(60) + 0.5m);
        Say("household.water_piped", chance.Next(2) == 0);
        Say("household.water_minutes", (long)chance.Next(60));
        Say("household.water_days_short", (long)chance.Next(60));
        Say("household.paid_year", (decimal)chance.Next(30_000));
        Say("household.jobless_months", (long)chance.Next(6));
        Say("household.school_cost", (decimal)chance.Next(20_000));
        foreach (var member in members)
        {
            Say($"member.{member}.student", Students[chance.Next(Students.Length)]);
            Say($"member.{member}.school_aid", chance.Next(2) == 0);
            Say($"member.{member}.ins_res", chance.Next(2) == 0);
            Say($"member.{member}.ins_emp", chance.Next(4) == 0);
            Say($"member.{member}.labour", $"{chance.Next(1, 6)}");
        }
        var codes = card["income"]!["items"]!.AsArray().Select(i => Word(i!, "code")).ToList();
        return new(answers, chance.Next(2) == 0 ? null : Enumerable.Range(0, chance.Next(5)).Select(_ => codes[chance.Next(codes.Count)]).Append("oop").Distinct().ToDictionary(c => c, _ => (long)chance.Next(2_000_000)));
    }

    private static object Answered(string key, object value, JsonNode card)
    {
        var (member, attribute) = key.Split('.') is ["member", var id, var of] ? (Guid.Parse(id), of) : ((Guid?)null, key.Split('.')[1]);
        return card["values"]![key] is { } known ? new { member, attribute, value, how = "changed", @base = new { v = known["v"]!.DeepClone(), on = known["on"]!.GetValue<string>() } }
            : new { member, attribute, value, how = "new" };
    }

    private static JsonObject Case(JsonNode card, Drafted draft, JsonNode after) => new()
    {
        ["card"] = new JsonObject
        {
            ["size"] = card["size"]!.DeepClone(),
            ["members"] = new JsonArray([.. card["members"]!.AsArray().Select(m => new JsonObject { ["id"] = Word(m!, "id"), ["birth"] = m!["birth"]?.DeepClone() })]),
            ["values"] = new JsonObject(card["values"]!.AsObject().Where(v => !v.Key.EndsWith("phone", StringComparison.Ordinal)).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value!.DeepClone()))),
            ["records"] = card["records"]?.DeepClone(), ["held"] = card["held"]?.DeepClone(), ["features"] = Features(card),
            ["income"] = new JsonObject
            {
                ["items"] = new JsonArray([.. card["income"]!["items"]!.AsArray().Select(i => new JsonObject { ["code"] = Word(i!, "code"), ["last"] = i!["last"]!.DeepClone() })]),
                ["to"] = card["income"]!["to"]?.DeepClone(), ["on"] = card["income"]!["on"]?.DeepClone(),
            },
        },
        ["answers"] = JsonSerializer.SerializeToNode(draft.Answers), ["income"] = JsonSerializer.SerializeToNode(draft.Income), ["features"] = Features(after),
    };

    private static JsonObject Features(JsonNode card) => new(card["features"]!.AsObject().Where(f => Families.Any(s => f.Key.StartsWith(s, StringComparison.Ordinal)))
        .Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value!.DeepClone())));

    private static Dictionary<Guid, JsonNode> Cards(JsonNode bundle) => bundle["households"]!.AsArray().ToDictionary(h => h!["id"]!.GetValue<Guid>(), h => h!);

    // Values come in the order of their keys, which is that of ids: by their names they come the same each time.
    private static string Named(string json, Dictionary<string, string> names)
    {
        var named = JsonNode.Parse(names.Aggregate(json, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal)))!;
        var values = named["card"]!["values"]!.AsObject().OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value!.DeepClone())).ToList();
        named["card"]!["values"] = new JsonObject(values);
        return named.ToJsonString(JsonTexts.Options);
    }

    private static string Word(JsonNode node, string name) => node[name]!.GetValue<string>();
}
