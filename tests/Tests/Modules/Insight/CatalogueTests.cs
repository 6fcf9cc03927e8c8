using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>The catalogue as data: complete, checked when it is read, and worked out as its expressions say.</summary>
public sealed class CatalogueTests(SampleCounty sample)
{
    private static readonly ISymbols Features = new SymbolTable(Catalogue.Features.Select(f => f.Symbol));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>INDICATORS.md has 141 lines; one with several units is as many indicators.</summary>
    [Theory]
    [InlineData('R', 19), InlineData('M', 25), InlineData('C', 25), InlineData('G', 26), InlineData('I', 22), InlineData('F', 17), InlineData('S', 7)]
    public void Every_line_of_the_catalogue_is_there(char section, int lines)
    {
        var codes = Packs.Book.For(Packs.Jinqian, Packs.June2020).Indicators.Select(i => i.Code).ToList();
        Assert.All(Enumerable.Range(1, lines), n => Assert.Contains(codes, c => c.StartsWith($"{section}{n:00}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_is_worked_out_counted_by_a_module_or_says_what_it_waits_for()
    {
        var indicators = Packs.Book.For(Packs.Jinqian, Packs.June2020).Indicators;
        Assert.All(indicators, i => Assert.Equal((i.Code, 1), (i.Code, new[] { i.Of is not null, i.Items.Count > 0, i.Module is not null, i.WaitsFor is not null }.Count(b => b))));
        Assert.All(indicators.Where(i => i.WaitsFor is null), i => Assert.True(i.Formula.Zh.Length > 0 && i.Formula.En.Length > 0, i.Code));
        Assert.True(indicators.Count(i => i.WaitsFor is null) > 60);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Modules_count_what_the_packs_say_they_count_and_nothing_else(string kind)
    {
        var county = await sample.On(kind);
        var counted = await county.Use<IEnumerable<IIndicatorSource>, List<string>>(s => Task.FromResult(s.SelectMany(x => x.Codes).ToList()));
        var said = Packs.Book.For(Packs.Jinqian, Packs.June2020).Indicators.Where(i => i.Module is not null).Select(i => i.Code);
        Assert.Equal(said.Order(StringComparer.Ordinal), counted.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_figure_of_every_area_is_what_its_expression_comes_to_household_by_household(string kind)
    {
        var county = await sample.On(kind);
        var loaded = await county.Use<IFeatures, Population>(f => f.Load(SampleCounty.County, SampleCounty.AsOf, null, Cancel));
        await county.Use<IFigures>(f => f.Compute(SampleCounty.County, SampleCounty.AsOf, Cancel));
        foreach (var area in (string[])["500231", "500231111", loaded.AreaOf(0), loaded.AreaOf(loaded.Count - 1)])
        {
            var figures = (await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(county.Actor, new(area), SampleCounty.AsOf, Cancel))).ToDictionary(f => f.Code);
            foreach (var indicator in loaded.Policy.Indicators.Where(i => i.Of is not null))
                Assert.Equal((indicator.Code, PackFigure.Of(indicator, loaded, area)), (indicator.Code, (figures[indicator.Code].Numerator, figures[indicator.Code].Denominator ?? 0)));
        }
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_changed_and_was_not_screened_yet_counts_already(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, _) = (await world.Household(), await world.Household());
        await world.With<Shouwang.Modules.Screening.RescreenChanged, int>((again, cancel) => again.Once(cancel));
        var before = await Uninsured();
        var member = Guid.Empty;
        await world.Read(async (db, cancel) =>
        {
            await db.Read("select id from members where household_id = @household", row => member = row.GetGuid(0), cancel, ("@household", first));
            return 0;
        });
        CaseworkWorld.Done(await world.Visit(first, facts: [new(member, "ins_res", false), new(member, "ins_emp", false)]));
        Assert.Equal(before + 1, await Uninsured());
        await world.With<Shouwang.Modules.Screening.RescreenChanged, int>((again, cancel) => again.Once(cancel));
        Assert.Equal(before + 1, await Uninsured());

        async Task<decimal> Uninsured() => (await world.With<IHouseholdSums, IReadOnlyList<IReadOnlyList<AreaSum>>>((sums, cancel) =>
            sums.ByArea(CaseworkWorld.County, world.Day, [new(null, RuleExpression.Compile("people.uninsured", sums.Names).Expression)], cancel)))[0].Sum(s => s.Sum);
    }

    [Fact]
    public void A_county_adds_an_indicator_and_changes_or_drops_one_in_its_own_pack()
    {
        using var folder = new PackFolder();
        folder.Write("mine/pack.yaml", """
            pack: {id: mine, title: {zh: 本县, en: mine}, area: "500231", from: 2020-01-01}
            indicators:
              - {code: Z01, title: {zh: 大户, en: large households}, unit: {zh: 户, en: households}, group: registry, formula: {zh: 六人以上, en: six or more}, of: {when: registry.size >= 6}, source: assumed}
              - {code: M06, title: {zh: 监测规模比上限, en: against the guide}, unit: {zh: "%", en: "%"}, group: monitoring, kind: percent, version: 2, formula: {zh: 十分之一, en: a tenth}, of: {when: monitoring.active, sum: registry.size}, per: {when: registry.registered, sum: registry.size * 0.1}, source: U29}
              - {code: MGK, off: true}
              - {code: M01h, title: {zh: 监测户, en: monitored}, unit: {zh: 户, en: households}, group: monitoring, formula: {zh: 在监测, en: monitored}, of: {when: monitoring.active}, source: assumed}
            """);
        var loaded = PolicyBook.Load(folder.Root, Features);
        Assert.Equal([], loaded.Problems);
        var own = loaded.Book!.For(Packs.Dianjiang, Packs.June2020).Indicators.ToDictionary(i => i.Code);
        Assert.Equal("registry.size >= 6", own["Z01"].Of!.When);
        Assert.Equal((2, "registry.size * 0.1", "mine"), (own["M06"].Version, own["M06"].Per!.Sum, own["M06"].Pack));
        Assert.DoesNotContain("MGK", own.Keys);
        Assert.Contains("MGK", loaded.Book.For(Packs.Dongkou, Packs.June2020).Indicators.Select(i => i.Code));
    }

    [Theory]
    [InlineData("of: {when: registry.sise > 1}", "registry.size")]
    [InlineData("of: {sum: registry.registered}", "registry.registered")]
    [InlineData("of: {when: registry.size > 1}, per: {}", "per")]
    [InlineData("of: {}, waits: {zh: 甲, en: a}", "of")]
    [InlineData("of: {}, by: registry.size", "registry.size")]
    [InlineData("of: {}, at_most: R99", "R99")]
    [InlineData("of: {when: registry.size}", "true or false")]
    public void A_mistake_is_told_with_its_place(string rest, string told)
    {
        using var folder = new PackFolder();
        folder.Write("mine/pack.yaml", $$"""
            pack: {id: mine, title: {zh: 本县, en: mine}, area: "500231", from: 2020-01-01}
            indicators:
              - {code: Z01, title: {zh: 某, en: some}, unit: {zh: 户, en: households}, group: registry, formula: {zh: 某, en: some}, source: assumed, {{rest}}}
            """);
        var problems = PolicyBook.Load(folder.Root, Features).Problems;
        Assert.Contains(problems, p => p.ToString().Contains("Z01", StringComparison.Ordinal) && p.ToString().Contains(told, StringComparison.OrdinalIgnoreCase));
    }
}
