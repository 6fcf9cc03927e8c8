using System.Text.Json;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>The data-quality part of the answer key: every code of the main list, and nothing outside main and tolerated lists.</summary>
public class SampleQualityTests(SampleCounty samples)
{
    // Checks of casework speak about what the desk records, which no sample file holds.
    private static readonly string[] OfCasework = ["DQ-57", "DQ-60", "DQ-65", "DQ-66", "DQ-67", "DQ-68", "DQ-70", "DQ-71"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static JsonElement Main => Samples.Expected.RootElement.GetProperty("dq");

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_planted_fault_is_found_and_nothing_else(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IQuality, QualityResult>(q => q.Run(SampleCounty.County, SampleCounty.AsOf, "tester", Cancel));
        var page = await county.Use<IQuality, FindingPage>(q => q.List(county.Actor, new(Take: int.MaxValue), Cancel));
        var found = page.Rows.ToLookup(f => f.Rule, f => f.Subject);

        Assert.Equal("", string.Join('\n', Main.EnumerateObject().SelectMany(rule => Codes(rule.Value).Except(found[rule.Name]).Select(c => $"{rule.Name} misses {c}"))));
        Assert.Equal("", string.Join('\n', found.Where(rule => !OfCasework.Contains(rule.Key)).SelectMany(rule =>
            rule.Except(Expected(rule.Key)).Select(c => $"{rule.Key} should not name {c}"))));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Each_finding_names_its_subject_by_the_files_own_codes_its_village_and_its_household(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IQuality, QualityResult>(q => q.Run(SampleCounty.County, SampleCounty.AsOf, "tester", Cancel));

        var rows = (await county.Use<IQuality, FindingPage>(q => q.List(county.Actor, new(Take: int.MaxValue), Cancel))).Rows;

        Assert.All(rows, f => Assert.Single([f.Household, f.Member, f.Record], code => code is not null));
        Assert.All(rows.Where(f => f.Record is null), f => Assert.NotNull(f.HouseholdId));
        Assert.All(rows, f => Assert.StartsWith(SampleCounty.Town.Digits, f.Village));
        Assert.All(rows, f => Assert.False(string.IsNullOrWhiteSpace(f.Message.Zh) || string.IsNullOrWhiteSpace(f.Message.En)));
        Assert.Equal(SubjectKind.Member, rows.First(f => f.Rule == "DQ-02").Kind);
        Assert.Equal(SubjectKind.Household, rows.First(f => f.Rule == "DQ-23").Kind);
        Assert.Equal(SubjectKind.Record, rows.First(f => f.Rule == "DQ-84").Kind);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Counts_by_village_and_rule_add_up_to_the_list_and_end_at_the_area_of_whoever_asks(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IQuality, QualityResult>(q => q.Run(SampleCounty.County, SampleCounty.AsOf, "tester", Cancel));
        var cadre = new Actor(Guid.CreateVersion7(), "cadre", "cadre", Role.VillageCadre, new("500231111202"), null, []);
        var leader = cadre with { Role = Role.CountyLeader, Area = SampleCounty.County };

        var all = await county.Use<IQuality, IReadOnlyList<FindingCount>>(q => q.Counts(county.Actor, new(), Cancel));
        var own = await county.Use<IQuality, IReadOnlyList<FindingCount>>(q => q.Counts(cadre, new(), Cancel));
        var page = await county.Use<IQuality, FindingPage>(q => q.List(cadre, new(Take: 3), Cancel));

        Assert.Equal(all.Where(c => c.Village == "500231111202").Sum(c => c.Count), own.Sum(c => c.Count));
        Assert.All(own, c => Assert.Equal("500231111202", c.Village));
        Assert.Equal(own.Sum(c => c.Count), page.Total);
        Assert.Equal(3, page.Rows.Count);
        Assert.Equal(0, (await county.Use<IQuality, FindingPage>(q => q.List(cadre, new(Area: new("500231111203")), Cancel))).Total);
        Assert.Equal(0, (await county.Use<IQuality, FindingPage>(q => q.List(leader, new(), Cancel))).Total);
    }

    private static IEnumerable<string> Expected(string rule) =>
        (Main.TryGetProperty(rule, out var main) ? Codes(main) : [])
        .Concat(Samples.Expected.RootElement.GetProperty("dq_tolerated").TryGetProperty(rule, out var more) ? more.EnumerateObject().Select(c => c.Name) : []);

    private static IEnumerable<string> Codes(JsonElement list) => list.EnumerateArray().Select(c => c.GetString()!);
}
