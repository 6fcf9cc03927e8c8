using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Platform.Policy;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Forms of visits as data: from the pack to the phone, and back with what was answered.</summary>
public sealed class VisitFormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_gets_conditions_as_trees_limits_with_their_words_and_the_forms_it_may_add()
    {
        await using var world = await Open("sqlite");
        await world.Household();
        var bundle = await (await world.Phone()).Bundle();
        var policy = bundle["policy"]!;
        var months = Field(policy, "livelihood", "member.work_months");
        Assert.Equal("bool", months["visible"]!["type"]!.GetValue<string>());
        Assert.NotEmpty(months["visible"]!["tree"]!.AsArray());
        Assert.Equal("一年务工时间为 0 至 12 个月。", months["valid"]!["message"]!["zh"]!.GetValue<string>());
        Assert.Contains("member.work_months", months["valid"]!["when"]!["symbols"]!.ToJsonString(), StringComparison.Ordinal);
        var form = policy["visitForms"]!.AsArray().Single(f => f!["code"]!.GetValue<string>() == "five_visits")!;
        Assert.Equal("五访五帮", form["title"]!["zh"]!.GetValue<string>());
        Assert.NotNull(Field(policy, "five_unsold", "five_visits.unsold"));
        Assert.NotEmpty(policy["codes"]!["farming_lack"]!["items"]!.AsArray());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_county_adds_a_form_in_its_own_pack_and_the_answers_come_back_with_the_visit(string kind)
    {
        using var packs = new PackFolder();
        packs.Write("dianjiang/pack.yaml", """
            pack: {id: dianjiang, title: {zh: 垫江, en: Dianjiang}, area: "500231", from: 2020-01-01}
            visit_forms: [{code: cellar, title: {zh: 地窖, en: cellars}, windows: [{from: 2020-06-01, to: 2020-06-30}], source: assumed}]
            forms:
              - code: cellar_part
                form: cellar
                title: {zh: 地窖, en: cellar}
                visible: people.weak >= 0
                fields:
                  - {name: cellar.kg, zh: 储存量, en: stored, type: int, valid: {when: 'cellar.kg <= 1000 || household.grade == "A"', zh: 太多了。, en: Too much.}}
                  - {name: cellar.own, zh: 自己储存, en: own store, type: bool, per_member: true}
            """);
        await using var world = await Open(kind, packs.Root);
        var (household, member) = await world.Household();
        var phone = await world.Phone();
        var bundle = await phone.Bundle();
        var policy = bundle["policy"]!;
        // What conditions read of the household is on its card, though no live rule reads it.
        Assert.Equal(0, bundle["households"]![0]!["features"]!["people.weak"]!.GetValue<int>());
        Assert.Equal("2020-06-30", policy["visitForms"]!.AsArray().Single(f => f!["code"]!.GetValue<string>() == "cellar")!["windows"]![0]!["to"]!.GetValue<string>());

        var id = Guid.CreateVersion7();
        var visit = new Dictionary<string, object?>(Visit(id, household, Answer(null, "grade", "C", was: "A")))
        {
            ["forms"] = new[] { new { code = "cellar", asked = 2, typed = 1, answers = new object[] { new { question = "cellar.kg", value = 5000 }, new { member, question = "cellar.own", value = true } } } },
        };
        await phone.HandIn(phone.Seal("visit", id, visit));
        await world.Apply();

        // Under the grade that this visit found, so much cannot be right: it is kept, and said.
        var receipt = await phone.Receipt(id);
        Assert.Equal("applied", receipt["state"]!.GetValue<string>());
        Assert.Contains("太多了。", Assert.Single(receipt["notes"]!.AsArray())!["zh"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, string> { ["cellar.kg"] = "5000", [$"cellar.own@{member}"] = "true" }, await Kept(world, id));
        Assert.Equal("C", (await world.Current(household, null, "grade"))!.Value.Value);
        Assert.Equal(1, await world.Count("field_burden", "form = 'cellar' and asked = 2 and typed = 1 and visits = 1"));
        Assert.Equal(1, await world.Count("field_burden", "form = 'visit'"));
        using var clerk = await world.Server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        var page = await clerk.GetStringAsync($"/visits/{id}", Cancel);
        Assert.Contains("储存量", page, StringComparison.Ordinal);
        Assert.Contains("户主：自己储存", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_answer_that_cannot_be_right_is_no_fact_but_stays_with_the_visit_and_the_rest_lands(string kind)
    {
        await using var world = await Open(kind);
        var (household, member) = await world.Household();
        var phone = await world.Phone();
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, household,
            Answer(member, "work_months", 13, "new"), Answer(member, "work_place", "重庆", "new"), Answer(member, "health", new[] { "1", "4" }, "new"))));
        await world.Apply();

        var receipt = await phone.Receipt(id);
        Assert.Equal("applied", receipt["state"]!.GetValue<string>());
        var notes = receipt["notes"]!.AsArray().Select(n => n!["zh"]!.GetValue<string>()).ToList();
        Assert.Equal(2, notes.Count);
        Assert.Contains(notes, n => n.Contains("0 至 12 个月", StringComparison.Ordinal) && n.Contains("没有写入户档案", StringComparison.Ordinal));
        Assert.All(notes, n => Assert.DoesNotContain("13", n, StringComparison.Ordinal));
        Assert.Null(await world.Current(household, member, "work_months"));
        Assert.Null(await world.Current(household, member, "health"));
        Assert.Equal("重庆", (await world.Current(household, member, "work_place"))!.Value.Value);
        Assert.Equal(new Dictionary<string, string> { [$"member.work_months@{member}"] = "13", [$"member.health@{member}"] = "1,4" }, await Kept(world, id));
    }

    [Fact]
    public async Task Of_visits_that_are_applied_together_each_is_held_against_the_limits_by_itself()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var visits = new List<(Guid Id, Guid Household, Guid Member, int Months)>();
        foreach (var months in (int[])[13, 7, -1])
        {
            var (household, member) = await world.Household();
            visits.Add((Guid.CreateVersion7(), household, member, months));
        }
        await phone.HandIn([.. visits.Select(v => phone.Seal("visit", v.Id, Visit(v.Id, v.Household, Answer(v.Member, "work_months", v.Months, "new"))))]);
        await world.Apply();
        foreach (var visit in visits)
        {
            Assert.Equal("applied", (await phone.Receipt(visit.Id))["state"]!.GetValue<string>());
            Assert.Equal(visit.Months == 7 ? "7" : null, (await world.Current(visit.Household, visit.Member, "work_months"))?.Value);
        }
    }

    [Fact]
    public async Task What_was_there_before_and_is_only_confirmed_is_not_taken_away_be_it_impossible()
    {
        await using var world = await Open("sqlite");
        var (household, member) = await world.Household();
        await world.State(new(household, member, "register", "x", Day.AddMonths(-1), new Dictionary<string, object?> { ["work_months"] = 40L }));
        var phone = await world.Phone();
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(member, "work_months", 40, "confirmed", 40), Answer(null, "grade", "B", was: "A"))));
        await world.Apply();
        Assert.Equal(new CurrentFact("40", "visit", Day), await world.Current(household, member, "work_months"));
        Assert.Empty((await phone.Receipt(id))["notes"]?.AsArray() ?? []);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_a_live_rule_lacks_is_asked_until_a_visit_has_said_it(string kind)
    {
        await using var world = await Open(kind);
        var (household, member) = await world.Household();
        await world.State(new(household, member, "register", "test.xlsx", Day.AddMonths(-1), new Dictionary<string, object?> { ["labour"] = null }));
        var phone = await world.Phone();
        var bundle = await phone.Bundle();
        // W10 asks whether nobody can work; without an entry for the only member it cannot be told.
        Assert.Contains($"member.{member}.labour", Missing(bundle));
        Assert.Equal("labour", Field(bundle["policy"]!, "lacking", "member.labour")["codes"]!.GetValue<string>());

        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(member, "labour", "5", "new"))));
        await world.Apply();
        var after = await phone.Bundle();
        Assert.DoesNotContain($"member.{member}.labour", Missing(after));
        Assert.True(after["households"]![0]!["features"]!["people.whole_no_labour"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Nobody_is_asked_what_does_not_concern_them()
    {
        await using var world = await Open("sqlite");
        var (household, member) = await world.Household();
        await world.State(new(household, member, "register", "x", Day.AddYears(-2), new Dictionary<string, object?> { ["birth"] = "1940-01-01", ["work_months"] = 3L }));
        var code = (await world.Current(household, null, "hid"))!.Value.Value;
        var child = Guid.CreateVersion7();
        await world.State(new(household, child, "register", "x", Day.AddMonths(-1), new Dictionary<string, object?>
        {
            ["hid"] = code, ["pid"] = code + "02", ["name"] = "孩子", ["relation"] = "07", ["life"] = nameof(LifeState.Normal), ["labour"] = "5", ["ins_res"] = true, ["birth"] = "2010-09-01",
        }));
        var missing = Missing(await (await world.Phone()).Bundle());
        Assert.Contains($"member.{child}.student", missing);
        Assert.DoesNotContain($"member.{member}.student", missing);
    }

    [Fact]
    public void Everything_a_feature_asks_for_is_an_attribute_that_phones_may_hold_and_know_how_to_ask()
    {
        var attributes = Catalogue.Features.SelectMany(f => f.AskFor).Distinct().ToList();
        Assert.NotEmpty(attributes);
        var policy = Packs.Book.For(Packs.Dianjiang, Packs.June2020);
        Assert.All(attributes, a => Assert.NotNull(policy.Feed(a.StartsWith("member.", StringComparison.Ordinal) ? "members" : "households").Field(a.Split('.')[1])));
        Assert.All(attributes, a => Assert.DoesNotContain(a.Split('.')[1], FormSymbols.NeverOnPhones));
    }

    /// <summary>The features that live rules read either say what a visit has to ask, or are none of those that facts of the register decide.</summary>
    [Fact]
    public void Every_feature_of_a_live_rule_that_people_decide_says_what_to_ask()
    {
        var features = Catalogue.Features.ToDictionary(f => f.Name);
        var read = Packs.Book.For(Packs.Dianjiang, Packs.June2020).Rules.Where(r => r.State == RuleState.Live)
            .SelectMany(r => Shouwang.Kernel.Rules.RuleExpression.Compile(r.When, PolicySymbols.For(new Shouwang.Kernel.Rules.SymbolTable(features.Values.Select(f => f.Symbol)), r.Parameters.Values)).Expression.Symbols)
            .Select(s => s.Name).Where(features.ContainsKey).Distinct().ToList();
        Assert.Contains("people.whole_no_labour", read);
        Assert.All(read.Where(n => n.StartsWith("people.", StringComparison.Ordinal)), n => Assert.NotEmpty(features[n].AskFor));
    }

    private static JsonNode Field(JsonNode policy, string section, string name) =>
        policy["forms"]!.AsArray().Single(f => f!["code"]!.GetValue<string>() == section)!["fields"]!.AsArray().Single(f => f!["name"]!.GetValue<string>() == name)!;

    private static List<string> Missing(JsonNode bundle) => [.. bundle["households"]![0]!["missing"]!.AsArray().Select(m => m!.GetValue<string>())];

    private static async Task<Dictionary<string, string>> Kept(FieldWorld world, Guid visit)
    {
        var stored = await world.Read(db => db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit, Cancel));
        var notes = world.Server.Services.GetService(typeof(Secrets)) is Secrets secrets ? secrets.Decrypt(stored.NotesEnc) : null;
        return JsonSerializer.Deserialize<VisitNotes>(notes!, JsonTexts.Options)!.Answers!.ToDictionary();
    }
}
