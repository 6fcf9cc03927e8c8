using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>Poverty statistics over the sample township: against the indicators, against the register, and by who asks.</summary>
public class SamplePovertyTests(SampleCounty samples)
{
    private static readonly PovertyQuestion Question = new(SampleCounty.Town, SampleCounty.AsOf, PovertyLineKind.Monitoring, null, PovertyGrouping.Area, 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task As_many_are_below_the_line_as_the_indicator_counts(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IFigures>(f => f.Compute(SampleCounty.County, SampleCounty.AsOf, Cancel));
        var figures = await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(county.Actor, SampleCounty.Town, SampleCounty.AsOf, Cancel));
        var report = await Of(county, county.Actor, Question);
        Assert.NotNull(report);
        Assert.Equal(figures.Single(f => f.Code == "I21").Numerator, report.All.Poor);
        Assert.Equal((double)report.All.Poor / report.All.People, report.All.Headcount!.Value, 12);
        Assert.True(report.All.Poor > 0 && report.Groups.Count > 1);
        Assert.Equal(report.All.Poor, report.Groups.Sum(g => g.Poor));
        Assert.Equal(report.All.People, report.Groups.Sum(g => g.People));
        Assert.All(report.Groups, g => Assert.Equal(AreaLevel.Village, new AreaCode(g.Key).Level));

        foreach (var by in (PovertyGrouping[])[PovertyGrouping.Status, PovertyGrouping.Category])
            Assert.Equal(report.All.People, (await Of(county, county.Actor, Question with { By = by }))!.Groups.Sum(g => g.People));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_measures_are_those_of_the_register_and_its_accounts(string kind)
    {
        var county = await samples.On(kind);
        var homes = await county.Use<IRegister, List<RegisterHousehold>>(async r => await r.Read(SampleCounty.County.Digits, Cancel).Where(h => h.Size > 0).ToListAsync(Cancel));
        var people = await county.Use<IIncomeAccounts, WeightedIncomes>(async accounts =>
        {
            // Amounts are features in whole fen.
            var sheets = await accounts.All(SampleCounty.County.Digits, SampleCounty.AsOf, null, Cancel);
            var known = homes.Where(h => sheets.ContainsKey(h.Id)).Select(h => (Income: (double)decimal.Round(accounts.Formula.Calculate(sheets[h.Id], h.Size).NetPerHead!.Value, 2, MidpointRounding.AwayFromZero), h.Size)).ToList();
            return new([.. known.Select(k => k.Income)], [.. known.Select(k => (double)k.Size)]);
        });
        var report = (await Of(county, county.Actor, Question with { Area = SampleCounty.County, Line = PovertyLineKind.Own, Own = 7000 }))!;
        Assert.Equal(people.Headcount(7000), report.All.Headcount!.Value, 9);
        Assert.Equal(people.Gap(7000), report.All.Gap!.Value, 9);
        Assert.Equal(people.Severity(7000), report.All.Severity!.Value, 9);
        Assert.Equal(people.Gini(), report.All.Gini!.Value, 9);
        Assert.Equal(people.QuintileRatio(), report.All.QuintileRatio!.Value, 9);
        Assert.Equal(0.6 * people.Median, report.RelativeLine!.Value, 9);
        Assert.Equal(people.Headcount(0.6 * people.Median), report.All.AtRisk!.Value, 9);
        Assert.Equal(homes.Count - people.Count, report.WithoutIncome);
        Assert.Null((await Of(county, county.Actor, Question with { Line = PovertyLineKind.Own }))!.All.Headcount);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_figure_opens_to_its_households_for_those_who_may_see_them(string kind)
    {
        var county = await samples.On(kind);
        var report = (await Of(county, county.Actor, Question))!;
        Assert.Equal(report.All.Poor, (await Behind(county, county.Actor, Question, "", "below")).Sum(h => h.Size));
        var village = report.Groups.First(g => g.Poor > 0);
        Assert.Equal(village.Poor, (await Behind(county, county.Actor, Question, village.Key, "below")).Sum(h => h.Size));
        Assert.Equal(report.WithoutIncome, (await Behind(county, county.Actor, Question, "", "noIncome")).Count);
        Assert.Equal(report.AnyUnknown, (await Behind(county, county.Actor, Question, "", "unknown")).Count);

        // Some have to be poor in one thing at least, and the list of each thing has as many people as its figure says.
        var one = Question with { Lacking = 1 };
        var several = (await Of(county, county.Actor, one))!.Several;
        Assert.True(several.Counted!.Headcount > 0);
        Assert.Equal(several.Counted.Headcount * several.People, (await Behind(county, county.Actor, one, "", "several")).Sum(h => h.Size), 9);
        foreach (var d in PovertyStatistics.Dimensions)
            Assert.Equal(several.Counted.Dimensions[(int)d].Censored * several.People, (await Behind(county, county.Actor, one, "", d.ToString())).Sum(h => h.Size), 9);

        var leader = new Actor(Guid.CreateVersion7(), "leader", "leader", Role.CountyLeader, SampleCounty.County, null, []);
        Assert.NotNull(await Of(county, leader, Question));
        Assert.Empty(await Behind(county, leader, Question, "", "below"));
        var cadre = new Actor(Guid.CreateVersion7(), "cadre", "cadre", Role.VillageCadre, new(village.Key), null, []);
        Assert.Null(await Of(county, cadre, Question));
        Assert.Empty(await Behind(county, cadre, Question, village.Key, "below"));
        Assert.Equal(village.Poor, (await Behind(county, cadre, Question with { Area = cadre.Area }, "", "below")).Sum(h => h.Size));
    }

    private static Task<PovertyReport?> Of(Installation county, Actor actor, PovertyQuestion question) =>
        county.Use<PovertyStatistics, PovertyReport?>(s => s.Of(actor, question, Cancel));

    private static Task<IReadOnlyList<PovertyHousehold>> Behind(Installation county, Actor actor, PovertyQuestion question, string group, string what) =>
        county.Use<PovertyStatistics, IReadOnlyList<PovertyHousehold>>(s => s.Behind(actor, question, group, what, Cancel));
}
