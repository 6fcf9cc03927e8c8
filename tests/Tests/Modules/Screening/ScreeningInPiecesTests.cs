using System.Text.Json;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>Screening a county explains a few households at a time; what it stores is what explaining all of them at once gives.</summary>
public class ScreeningInPiecesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Hits_explanations_and_leads_are_those_of_the_whole_county_however_small_the_pieces(string kind)
    {
        await using var county = await Installation.Open(kind, SampleCounty.AsOf);
        await county.Import(Samples.Files);
        var whole = await county.Use<IFeatures, Population>(f => f.Load(SampleCounty.County, SampleCounty.AsOf, null, Cancel));
        var rules = await county.Use<RuleCatalogue, IReadOnlyList<ReadyRule>>(c => Task.FromResult(c.For(whole.Policy)));
        var expected = Evaluation.Run(whole, rules).Hits
            .Select(h => (whole.Households[h.Index].Code, h.Rule.Definition.Id, h.Level.ToString(), h.Category, Shown(Explain.Of(whole, h.Index, h.Rule, h.Level, h.Category))))
            .Order().ToList();

        var result = await county.Use<RunScreening, ScreeningResult>(s =>
        {
            s.Piece = 3;
            return s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", null, null, Cancel);
        });
        Assert.True(expected.Count > 30);
        Assert.Equal(expected, await Hits(county));
        Assert.Equal(expected.Count, result.Rules.Sum(r => r.Hits));

        // Leads are numbered in the order of the households' codes, as if they had been opened at once.
        var leads = await Leads(county);
        Assert.Equal(result.LeadsOpened, leads.Count);
        Assert.Equal(leads.Select(l => l.Household).Order(StringComparer.Ordinal), leads.OrderBy(l => l.Code, StringComparer.Ordinal).Select(l => l.Household));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Hits_end_for_households_to_which_no_rule_speaks_any_more(string kind)
    {
        await using var county = await Installation.Open(kind, SampleCounty.AsOf);
        await county.Import(Samples.Files);
        await county.Use<IScreening, ScreeningResult>(s => s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", null, Cancel));
        var before = await Hits(county);
        await county.Use<ShouwangDb>(db => db.Execute("""
            insert into rule_hits (county, household_id, rule_id, area, state, level, first_on, last_on, explanation_enc)
            select county, @household, rule_id, area, state, level, first_on, last_on, explanation_enc from rule_hits limit 1
            """, Cancel, ("@household", Guid.CreateVersion7())));

        await county.Use<IScreening, ScreeningResult>(s => s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", null, Cancel));
        Assert.Equal(before, await Hits(county));
        Assert.Equal(before.Count, await Count(county));
    }

    private static string Shown(RuleExplanation explanation) => JsonSerializer.Serialize(explanation, JsonTexts.Options);

    /// <summary>Code of the household, rule, level, category and explanation.</summary>
    private static async Task<List<(string, string, string, string?, string)>> Hits(Installation county)
    {
        var hits = new List<(string, string, string, string?, string)>();
        var secrets = await county.Use<Secrets, Secrets>(Task.FromResult);
        await county.Use<ShouwangDb>(db => db.Read(
            "select h.code, r.rule_id, r.level, r.category, r.explanation_enc from rule_hits r join households h on h.county = r.county and h.id = r.household_id", row =>
                hits.Add((row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), secrets.Decrypt(row.GetFieldValue<byte[]>(4))!)), Cancel));
        hits.Sort();
        return hits;
    }

    private static async Task<List<(string Code, string Household)>> Leads(Installation county)
    {
        var leads = new List<(string, string)>();
        await county.Use<ShouwangDb>(db => db.Read("select l.code, h.code from leads l join households h on h.county = l.county and h.id = l.household_id where l.source = 'DepartmentWarning'", row =>
            leads.Add((row.GetString(0), row.GetString(1))), Cancel));
        return leads;
    }

    private static async Task<int> Count(Installation county)
    {
        var count = 0;
        await county.Use<ShouwangDb>(db => db.Read("select count(*) from rule_hits", row => count = row.GetInt32(0), Cancel));
        return count;
    }
}
