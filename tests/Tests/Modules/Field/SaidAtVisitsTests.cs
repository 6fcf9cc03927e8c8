using System.Text.Json.Nodes;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Platform.Policy;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>From what a rule lacks to what a visit says, and back to the rule.</summary>
public sealed class SaidAtVisitsTests
{
    /// <summary>Features of live rules that no visit can supply, and why.</summary>
    private static readonly Dictionary<string, string> NotAtAVisit = new()
    {
        ["education.home_lessons_min"] = "the school keeps count of lessons at home",
        ["education.without_letter"] = "the office knows which letters went out",
        ["finance.overdue_days_max"] = "the bank's ledger tells days overdue",
        ["housing.unsafe_found_on"] = "the appraiser says since when a house is unsafe",
        ["welfare.decisions_this_month"] = "civil affairs decide",
        ["welfare.new_certificates"] = "the disabled federation issues certificates",
        ["registry.registered"] = "a procedure", ["registry.lifted"] = "a procedure", ["registry.size"] = "counted from the members",
        ["monitoring.active"] = "a procedure", ["monitoring.has_helper"] = "a procedure",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_feature_of_a_live_rule_is_one_that_a_visit_supplies_or_one_that_is_known_not_to_be()
    {
        var features = Catalogue.Features.ToDictionary(f => f.Name);
        var read = Packs.Book.For(Packs.Dianjiang, Packs.June2020).Rules.Where(r => r.State == RuleState.Live)
            .SelectMany(r => RuleExpression.Compile(r.When, PolicySymbols.For(new SymbolTable(features.Values.Select(f => f.Symbol)), r.Parameters.Values)).Expression.Symbols)
            // What concerns the work with a household is told by the work.
            .Select(s => s.Name).Where(n => features.ContainsKey(n) && !n.StartsWith("casework.", StringComparison.Ordinal) && !n.StartsWith("leads.", StringComparison.Ordinal)).Distinct().ToList();
        Assert.All(read, name => Assert.True(features[name].AskFor.Count > 0 || features[name].OfIncomeSheet ^ NotAtAVisit.ContainsKey(name), name));
        Assert.All(NotAtAVisit.Keys, name => Assert.Contains(name, read));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_rules_lack_about_water_and_costs_is_asked_with_its_unit_and_known_once_a_visit_has_said_it(string kind)
    {
        await using var world = await Open(kind);
        var (household, _) = await world.Household();
        var phone = await world.Phone();
        var bundle = await phone.Bundle();
        var card = bundle["households"]![0]!;
        // The grade is in the register, out of a file; whether the house is unsafe somebody has to go and see.
        Assert.Superset(new HashSet<string> { "household.grade", "household.jobless_months", "household.paid_month", "household.paid_stay", "household.paid_year", "household.water_days_short",
            "household.water_litres", "household.water_piped", "household.water_seasonal" }, Keys(card, "missing").ToHashSet());
        Assert.Equal("missing", card["income"]!["asked"]!.GetValue<string>());
        Assert.Equal("household.water_litres", bundle["policy"]!["saidAs"]!["water.litres"]!.GetValue<string>());
        Assert.Equal("入户核实", bundle["policy"]!["sources"]!["visit"]!["zh"]!.GetValue<string>());
        Assert.Contains("\"unit\":\"Litres\"", bundle["policy"]!.ToJsonString(), StringComparison.Ordinal);

        var id = Guid.CreateVersion7();
        var visit = Visit(id, household, Answer(null, "grade", "A", "confirmed", "A"), Answer(null, "water_litres", 12.5m, "new"), Answer(null, "water_piped", true, "new"), Answer(null, "water_short", false, "new"),
            Answer(null, "water_days_short", 0, "new"), Answer(null, "water_seasonal", false, "new"), Answer(null, "paid_year", 6000, "new"), Answer(null, "paid_stay", 0, "new"),
            Answer(null, "paid_month", 0, "new"), Answer(null, "jobless_months", 0, "new"));
        visit["income"] = new { items = new[] { new { code = "A1", fen = 2_000_000L }, new { code = "E1", fen = 500_000L }, new { code = "oop", fen = 600_000L }, new { code = "prev_pc", fen = 1_200_000L } } };
        await phone.HandIn(phone.Seal("visit", id, visit));
        await world.Apply();

        card = (await phone.Bundle())["households"]![0]!;
        Assert.DoesNotContain(Keys(card, "missing"), k => k.StartsWith("household.", StringComparison.Ordinal));
        Assert.Null(card["income"]!["asked"]);
        Assert.Null(card["held"]);
        var features = card["features"]!;
        Assert.Equal((12.5m, 0, false), (features["water.litres"]!.GetValue<decimal>(), features["water.days_short"]!.GetValue<int>(), features["housing.unsafe"]!.GetValue<bool>()));
        Assert.Equal((6000m, 15_000m, 9_000m), (features["health.self_paid_year_max"]!.GetValue<decimal>(), features["income.net_per_capita"]!.GetValue<decimal>(), features["income.monitoring_per_capita"]!.GetValue<decimal>()));
        Assert.Equal("""{"v":12.5,"on":"2020-06-01","src":"visit"}""", card["values"]!["household.water_litres"]!.ToJsonString());
        // A fact like any other: who said it, in which visit.
        var fact = (await world.With<IFacts, IReadOnlyList<Fact>>(f => f.Of(DeskServer.County, household, false, Cancel))).Single(f => f.Attribute == "household.water_litres");
        Assert.Equal(("12.5", "visit", id.ToString(), "cadre", true), (fact.Value, fact.Source, fact.Reference, fact.RecordedBy, fact.Current));
        // The rule about water that could not be decided warns now (W36: below 35 litres).
        await world.Screened();
        Assert.Equal(1, await world.Count("lead_reasons", "rule_id = 'W36'"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_departments_record_is_shown_with_its_source_and_day_and_is_asked_again_only_once_it_has_aged(string kind)
    {
        await using var world = await Open(kind);
        var (household, _) = await world.Household();
        var phone = await world.Phone();
        await world.Survey(household, Day.AddMonths(-2), ("litres", 40m), ("piped", true), ("days_short", 5L), ("seasonal", false), ("short_area", false));
        var card = (await phone.Bundle())["households"]![0]!;
        Assert.Equal("""{"v":40,"on":"2020-04-01","src":"water"}""", card["records"]!["household.water_litres"]!.ToJsonString());
        Assert.Contains("water.litres", Keys(card, "held"));
        Assert.DoesNotContain(Keys(card, "missing").Concat(Keys(card, "stale")), k => k.StartsWith("household.water_", StringComparison.Ordinal));

        // The visit's other word is kept and does not push the survey aside; the township is not asked to decide about it.
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(null, "water_litres", 10, "changed"))));
        await world.Apply();
        card = (await phone.Bundle())["households"]![0]!;
        Assert.Equal(40m, card["features"]!["water.litres"]!.GetValue<decimal>());
        Assert.Equal("visit", card["values"]!["household.water_litres"]!["src"]!.GetValue<string>());
        Assert.Equal(0, await world.Count("field_conflicts"));

        var (other, _) = await world.Household();
        await world.Survey(other, Day.AddYears(-2), ("litres", 40m), ("piped", true));
        card = (await phone.Bundle())["households"]!.AsArray().Single(c => c!["id"]!.GetValue<Guid>() == other)!;
        Assert.Contains("household.water_litres", Keys(card, "stale"));
        Assert.DoesNotContain("water.litres", Keys(card, "held"));
        id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, other, Answer(null, "water_litres", 10, "changed"))));
        await world.Apply();
        card = (await phone.Bundle())["households"]!.AsArray().Single(c => c!["id"]!.GetValue<Guid>() == other)!;
        Assert.Equal(10m, card["features"]!["water.litres"]!.GetValue<decimal>());
        Assert.DoesNotContain("household.water_litres", Keys(card, "stale"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_visits_income_sheet_counts_for_its_twelve_months_and_what_nobody_asked_is_carried_over(string kind)
    {
        await using var world = await Open(kind);
        var (household, _) = await world.Household();
        await world.With<IIncomeAccounts, bool>(async a =>
        {
            await a.Tell(DeskServer.County, [new(Guid.CreateVersion7(), household, new(2019, 5, 10), new Dictionary<string, Money> { ["A1"] = Money.FromYuan(9000) }, Money.FromYuan(100), Money.FromYuan(700), Money.FromYuan(5000), "clerk")], Cancel);
            return true;
        });
        var phone = await world.Phone();
        var before = (await phone.Bundle())["households"]![0]!["income"]!;
        Assert.Equal(("2019-04-30", "2019-05-10", "visit", "stale"), (before["to"]!.GetValue<string>(), before["on"]!.GetValue<string>(), before["src"]!.GetValue<string>(), before["asked"]!.GetValue<string>()));
        var id = Guid.CreateVersion7();
        var visit = Visit(id, household);
        visit["income"] = new { items = new[] { new { code = "A1", fen = 1_000_000L } } };
        for (var told = 0; told < 2; told++)
            await phone.HandIn(phone.Seal("visit", id, visit));
        await world.Apply();
        var sheets = await world.With<IIncomeAccounts, IReadOnlyList<IncomeSheet>>(a => a.Of(DeskServer.County, household, Cancel));
        Assert.Equal(2, sheets.Count);
        Assert.Equal((id, "visit", new DateOnly(2019, 6, 1), new DateOnly(2020, 5, 31), Day), (sheets[0].Id, sheets[0].Source, sheets[0].From, sheets[0].To, sheets[0].ObservedOn));
        Assert.Equal((Money.FromYuan(10_000), Money.FromYuan(100), Money.FromYuan(700), 9000m), (sheets[0].Wage, sheets[0].Claim, sheets[0].SelfPaid, sheets[0].PreviousNetPerHead));

        // A blank sheet of a household about which nothing is known says nothing.
        var (blank, _) = await world.Household();
        var empty = Visit(Guid.CreateVersion7(), blank);
        empty["income"] = new { items = new[] { new { code = "A1", fen = 0L } } };
        await phone.HandIn(phone.Seal("visit", (Guid)empty["id"]!, empty));
        await world.Apply();
        Assert.Empty(await world.With<IIncomeAccounts, IReadOnlyList<IncomeSheet>>(a => a.Of(DeskServer.County, blank, Cancel)));
    }

    /// <summary>What the phone makes of a visit is what the server makes of it: the file that the phone's half is tested with.</summary>
    [Fact]
    public async Task The_vectors_for_the_phone_are_what_visits_come_to()
    {
        var text = await VisitVectors.Text();
        if (Environment.GetEnvironmentVariable("SHOUWANG_WRITE_VECTORS") == "1")
            await File.WriteAllTextAsync(VisitVectors.File(), text, Cancel);
        Assert.Equal((await File.ReadAllTextAsync(VisitVectors.File(), Cancel)).Split('\n'), text.Split('\n'));
    }

    private static List<string> Keys(JsonNode card, string list) => [.. (card[list]?.AsArray() ?? []).Select(m => m!.GetValue<string>())];
}
