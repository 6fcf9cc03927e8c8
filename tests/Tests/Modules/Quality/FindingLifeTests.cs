using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>What becomes of a finding: it opens, is explained, changes, and leaves the list once the data are right.</summary>
public class FindingLifeTests
{
    private const string Short = "500231111001024", Empty = "500231111203015";
    private static readonly DateOnly July = new(2020, 7, 10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_corrected_household_leaves_the_list_and_the_rest_stays(string kind)
    {
        await using var county = await Imported(kind);
        Assert.Equal([Short, Empty, "500231111205064"], await Phones(county));

        await State(county, Short, "15000001234");
        var second = await Run(county);

        Assert.Equal([Empty, "500231111205064"], await Phones(county));
        Assert.Equal((0, 1), (second.Opened, second.Closed));

        await State(county, Short, "1500");
        Assert.Equal((1, 0), await Run(county) is var third ? (third.Opened, third.Closed) : default);
        Assert.Contains(Short, await Phones(county));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_run_is_due_after_a_change_and_not_after_another_run(string kind)
    {
        await using var county = await Imported(kind);
        Assert.False(await county.Use<IQuality, bool>(q => q.IsDue(SampleCounty.County, SampleCounty.AsOf, Cancel)));
        Assert.True(await county.Use<IQuality, bool>(q => q.IsDue(SampleCounty.County, July, Cancel)));

        await county.Import(["03"]);
        Assert.True(await county.Use<IQuality, bool>(q => q.IsDue(SampleCounty.County, SampleCounty.AsOf, Cancel)));
        Assert.True((await Run(county)).Opened > 0);
        Assert.False(await county.Use<IQuality, bool>(q => q.IsDue(SampleCounty.County, SampleCounty.AsOf, Cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_explained_finding_stays_explained_until_the_rule_finds_something_else(string kind)
    {
        await using var county = await Imported(kind);
        var cadre = new Actor(Guid.CreateVersion7(), "cadre", "cadre", Role.VillageCadre, SampleCounty.Town, null, []);
        var finding = (await List(county)).Single(f => f.Household == Short);

        Assert.Equal("quality.no-reason", (await Explain(county, cadre, finding.Id, " ")).Problems[0].Code);
        var explained = await Explain(county, cadre, finding.Id, "海外号码");
        Assert.Equal((FindingState.Explained, "海外号码", "cadre"), (explained.Value.State, explained.Value.Explanation, explained.Value.ExplainedBy));

        await Run(county);
        Assert.Equal(FindingState.Explained, (await List(county)).Single(f => f.Household == Short).State);

        await State(county, Short, "150");
        await Run(county);
        Assert.Equal(FindingState.Open, (await List(county)).Single(f => f.Household == Short).State);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Only_posts_that_correct_data_explain_findings_and_only_in_their_own_area(string kind)
    {
        await using var county = await Imported(kind);
        var finding = (await List(county)).Single(f => f.Household == Short);
        Actor Post(Role role, string area) => new(Guid.CreateVersion7(), "p", "p", role, new(area), null, []);

        Assert.Equal("quality.not-allowed", (await Explain(county, Post(Role.CountyOffice, "500231"), finding.Id, "对")).Problems[0].Code);
        Assert.Equal("quality.not-found", (await Explain(county, Post(Role.VillageCadre, "500231111202"), finding.Id, "对")).Problems[0].Code);
        Assert.True((await Explain(county, Post(Role.TownshipClerk, "500231111"), finding.Id, "对")).Succeeded);
    }

    private static async Task<Installation> Imported(string kind)
    {
        var county = await Installation.Open(kind, SampleCounty.AsOf);
        await county.Import(["01", "02"]);
        await Run(county);
        return county;
    }

    private static Task<QualityResult> Run(Installation county) =>
        county.Use<IQuality, QualityResult>(q => q.Run(SampleCounty.County, SampleCounty.AsOf, "tester", Cancel));

    private static async Task<IReadOnlyList<ListedFinding>> List(Installation county) =>
        (await county.Use<IQuality, FindingPage>(q => q.List(county.Actor, new("DQ-12"), Cancel))).Rows;

    private static async Task<IEnumerable<string>> Phones(Installation county) =>
        (await List(county)).Select(f => f.Subject).Order(StringComparer.Ordinal);

    private static Task<Outcome<ListedFinding>> Explain(Installation county, Actor actor, Guid finding, string reason) =>
        county.Use<IQuality, Outcome<ListedFinding>>(q => q.Explain(actor, finding, reason, Cancel));

    // The same source again, at a later day: its later word replaces the earlier one.
    private static async Task State(Installation county, string household, string phone)
    {
        var found = await county.Use<IHouseholds, HouseholdRef?>(h => h.Find(county.Actor, household, Cancel));
        await county.Use<IFacts, int>(f => f.State(new(SampleCounty.County, "tester"),
            [new(found!.Id, null, "register", null, July, new Dictionary<string, object?> { ["phone"] = phone })], Cancel));
    }
}
