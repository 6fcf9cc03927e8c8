using System.Text.Json;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>The database answers the rules of the sample county as memory does.</summary>
public class SqlScreeningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Both_engines_give_the_same_hits_counts_and_gaps_and_open_the_same_leads(string kind)
    {
        await using var one = await Installation.Open(kind, SampleCounty.AsOf);
        await one.Import(Samples.Files);
        var sql = await Screen(one, ScreeningEngine.Sql);
        var again = await Screen(one, ScreeningEngine.Scan);
        var leads = await Leads(one);

        await using var other = await Installation.Open(kind, SampleCounty.AsOf);
        await other.Import(Samples.Files);
        var scan = await Screen(other, ScreeningEngine.Scan);

        Assert.True(sql.LeadsOpened > 0);
        Assert.Contains(sql.Rules, r => r.Unknown > 0 && r.Missing.Count > 0);
        Assert.Equal(Said(scan), Said(sql));
        Assert.Equal(Said(sql with { LeadsOpened = 0, LeadsJoined = 0 }), Said(again));
        Assert.Equal(await Leads(other), leads);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_table_of_features_may_be_dropped_or_be_of_another_version(string kind)
    {
        await using var county = await Installation.Open(kind, SampleCounty.AsOf);
        await county.Import(Samples.Files.Take(3));
        var first = await Screen(county, ScreeningEngine.Sql);
        await county.Use<ShouwangDb>(db => db.Execute($"drop table {SqlScreening.Table}", Cancel));
        Assert.Equal(first.Rules.Select(r => (r.Id, r.Hits, r.Unknown)), (await Screen(county, ScreeningEngine.Sql)).Rules.Select(r => (r.Id, r.Hits, r.Unknown)));
        await county.Use<ShouwangDb>(db => db.Execute($"alter table {SqlScreening.Table} add column \"old.feature\" text", Cancel));
        Assert.Equal(first.Rules.Select(r => (r.Id, r.Hits, r.Unknown)), (await Screen(county, ScreeningEngine.Sql)).Rules.Select(r => (r.Id, r.Hits, r.Unknown)));

        // What was asked does not stay: it holds details that are encrypted everywhere else.
        var rows = -1L;
        await county.Use<ShouwangDb>(db => db.Read($"select count(*) from {SqlScreening.Table}", r => rows = r.GetInt64(0), Cancel));
        Assert.Equal(0, rows);
    }

    private static Task<ScreeningResult> Screen(Installation county, ScreeningEngine engine) =>
        county.Use<IScreening, ScreeningResult>(s => s.Run(SampleCounty.County, SampleCounty.AsOf, "tester", engine, null, Cancel));

    private static async Task<IReadOnlyList<string>> Leads(Installation county)
    {
        var open = await county.Use<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(county.Actor, false, Cancel));
        return [.. open.Select(l => $"{l.Household} {l.Level} {l.Category} {l.Due} {string.Join(',', l.Rules)}").Order(StringComparer.Ordinal)];
    }

    private static string Said(ScreeningResult result) => JsonSerializer.Serialize(result, JsonTexts.Options);
}
