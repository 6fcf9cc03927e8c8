using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>The totals of the answer key, for the township and for the county, and how figures open.</summary>
public class SampleFigureTests(SampleCounty samples)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_total_of_the_key_comes_out_to_the_last_digit(string kind)
    {
        var county = await Computed(kind);
        foreach (var area in (AreaCode[])[SampleCounty.Town, SampleCounty.County])
        {
            var figures = (await Of(county, area)).ToDictionary(f => f.Code);
            Assert.Equal("", string.Join('\n', Samples.Expected.RootElement.GetProperty("totals").EnumerateArray().Select(Line)
                .Except(figures.Values.Select(f => $"{f.Code}: {Exact(f.Numerator)} / {(f.Denominator is { } d ? Exact(d) : "")} = {f.Shown} {f.Definition.Unit.Zh}"))));
        }
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Villages_add_up_to_the_township_and_people_see_their_own(string kind)
    {
        var county = await Computed(kind);
        var villages = await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Below(county.Actor, SampleCounty.Town, ["R02"], SampleCounty.AsOf, false, Cancel));
        var cadre = new Actor(Guid.CreateVersion7(), "cadre", "cadre", Role.VillageCadre, new("500231111202"), null, []);

        Assert.Equal(904, villages.Sum(v => v.Numerator));
        Assert.All(villages, v => Assert.Equal(AreaLevel.Village, v.Area.Level));
        Assert.NotEmpty(await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(cadre, cadre.Area, SampleCounty.AsOf, Cancel)));
        Assert.Empty(await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(cadre, SampleCounty.Town, SampleCounty.AsOf, Cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_figure_opens_to_the_households_it_counts(string kind)
    {
        var county = await Computed(kind);
        foreach (var figure in (await Of(county, SampleCounty.Town)).Where(f => f.Code is "R03" or "M01h" or "I21" or "G22" or "G08" or "F11"))
        {
            var behind = await Behind(county.Actor, figure.Code, null);
            Assert.Equal(figure.Numerator, behind.Sum(h => h.Numerator));
            Assert.Equal(figure.Denominator ?? 0, behind.Sum(h => h.Denominator));
        }
        Assert.Equal(583, (await Behind(county.Actor, "G22", true)).Count);
        Assert.Equal(17, (await Behind(county.Actor, "G22", false)).Count);

        var leader = new Actor(Guid.CreateVersion7(), "leader", "leader", Role.CountyLeader, SampleCounty.County, null, []);
        Assert.Empty(await Behind(leader, "G22", null));
        Assert.NotEmpty(await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(leader, SampleCounty.County, SampleCounty.AsOf, Cancel)));

        Task<IReadOnlyList<Contribution>> Behind(Actor actor, string code, bool? counted) =>
            county.Use<IFigures, IReadOnlyList<Contribution>>(async f => (await f.Behind(actor, SampleCounty.Town, code, SampleCounty.AsOf, counted, Cancel))!);
    }

    private async Task<Installation> Computed(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IFigures>(f => f.Compute(SampleCounty.County, SampleCounty.AsOf, Cancel));
        return county;
    }

    private static Task<IReadOnlyList<Figure>> Of(Installation county, AreaCode area) =>
        county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(county.Actor, area, SampleCounty.AsOf, Cancel));

    private static string Line(JsonElement total) =>
        $"{total.GetProperty("code").GetString()}: {Exact(total.GetProperty("numerator").GetDecimal())} / " +
        $"{(total.GetProperty("denominator") is { ValueKind: JsonValueKind.Number } below ? Exact(below.GetDecimal()) : "")} = " +
        $"{total.GetProperty("value").GetString()} {total.GetProperty("unit").GetString()}";

    private static string Exact(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
