using System.Text.Json;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>The warnings of the answer key, by way of leads: every household of the main list, and none outside main and tolerated lists.</summary>
public class SampleWarningsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_warning_of_the_key_is_given_once_and_no_other(string kind)
    {
        await using var county = await Installation.Open(kind, SampleCounty.AsOf);
        await county.Import(Samples.Files);

        var first = await county.Use<IScreening, ScreeningResult>(s => s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", null, Cancel));
        var again = await county.Use<IScreening, ScreeningResult>(s => s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", null, Cancel));
        var leads = await county.Use<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(county.Actor, false, Cancel));
        var shadow = await county.Use<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(county.Actor, true, Cancel));
        var found = leads.Concat(shadow).SelectMany(l => l.Rules.Select(rule => (Rule: rule, l.Household))).ToLookup(w => w.Rule, w => w.Household);

        Assert.True(first.LeadsOpened > 0);
        Assert.Equal((0, 0), (again.LeadsOpened, again.LeadsJoined));
        Assert.Equal(leads.Count, leads.Select(l => l.Household).Distinct().Count());
        Assert.Equal("", string.Join('\n', Rules("warnings").SelectMany(rule => Codes(rule.Value).Except(found[rule.Name]).Select(c => $"{rule.Name} misses {c}"))));
        Assert.Equal("", string.Join('\n', Rules("warnings").SelectMany(rule => found[rule.Name].Except(Codes(rule.Value)).Except(Tolerated(rule.Name)).Select(c => $"{rule.Name} should not name {c}"))));

        // Red is red for the rules that tell levels apart in the key, and nothing else of theirs is.
        foreach (var rule in Rules("warnings_red"))
        {
            var red = new List<string>();
            foreach (var lead in leads.Concat(shadow).Where(l => l.Rules.Contains(rule.Name)))
            {
                var explained = await county.Use<IScreening, HouseholdExplanation?>(s => s.Explain(county.Actor, lead.HouseholdId, SampleCounty.AsOf, Cancel));
                if (explained!.Rules.Single(r => r.Id == rule.Name).Level == RuleLevel.Red)
                    red.Add(lead.Household);
            }
            Assert.Equal((rule.Name, string.Join(' ', Codes(rule.Value).Order())), (rule.Name, string.Join(' ', red.Except(Tolerated(rule.Name)).Order())));
        }
    }

    private static JsonElement.ObjectEnumerator Rules(string part) => Samples.Expected.RootElement.GetProperty(part).EnumerateObject();

    private static IEnumerable<string> Codes(JsonElement list) => list.EnumerateArray().Select(c => c.GetString()!);

    private static IEnumerable<string> Tolerated(string rule) =>
        Samples.Expected.RootElement.GetProperty("warnings_tolerated").TryGetProperty(rule, out var codes) ? codes.EnumerateObject().Select(c => c.Name) : [];
}
