using Shouwang.Kernel;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>Figures told apart: parts come to their whole in every area, open to their households, and are named in both languages.</summary>
public class BreakdownTests(SampleCounty samples)
{
    private static readonly AreaCode Village = new("500231111202");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Parts_come_to_their_whole_in_every_area(string kind)
    {
        var county = await Computed(kind);
        var seen = new HashSet<(string, string)>();
        foreach (var area in (AreaCode[])[SampleCounty.County, SampleCounty.Town, Village])
        {
            var figures = await Of(county, area);
            var wholes = figures.Where(f => f.Part is null).ToDictionary(f => f.Code);
            var apart = figures.Where(f => f.Part is not null).ToLookup(f => (Whole: IndicatorCatalogue.Split(f.Code).Whole, f.Part!.Dimension));
            foreach (var parts in apart)
            {
                var whole = wholes[parts.Key.Whole];
                Assert.Equal((area, parts.Key, whole.Numerator), (area, parts.Key, parts.Sum(p => p.Numerator)));
                if (whole.Definition.OfWhole)
                    Assert.All(parts, p => Assert.Equal((p.Code, whole.Denominator), (p.Code, p.Denominator)));
                else if (whole.Denominator is { } denominator)
                    Assert.Equal((area, parts.Key, denominator), (area, parts.Key, parts.Sum(p => p.Denominator)));
                seen.Add(parts.Key);
            }
            // Whatever counts anybody is told apart by everything it says.
            var said = apart.Select(a => a.Key).ToHashSet();
            foreach (var whole in wholes.Values.Where(w => w.Numerator != 0 || w is { Definition.OfWhole: false, Denominator: > 0 }))
                Assert.All(whole.Definition.By, d => Assert.Contains((whole.Code, d), said));
        }
        foreach (var (code, dimension) in new[] { ("R02", "gender"), ("R14", "status"), ("R18", "cause"), ("R19", "record"), ("M01p", "gender"), ("F14", "bank"), ("G11", "category"), ("M15", "department") })
            Assert.Contains((code, dimension), seen);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_part_opens_to_the_households_it_counts(string kind)
    {
        var county = await Computed(kind);
        foreach (var part in (await Of(county, Village)).Where(f => f.Part is not null && (f.Definition.Of is not null || f.Definition.Items.Count > 0)))
        {
            var behind = (await county.Use<IFigures, IReadOnlyList<Contribution>?>(f => f.Behind(county.Actor, Village, part.Code, SampleCounty.AsOf, null, Cancel)))!;
            Assert.Equal((part.Code, part.Numerator, part.Denominator ?? 0), (part.Code, behind.Sum(h => h.Numerator), behind.Sum(h => h.Denominator)));
        }
        var leader = new Actor(Guid.CreateVersion7(), "leader", "leader", Role.CountyLeader, SampleCounty.County, null, []);
        Assert.Empty((await county.Use<IFigures, IReadOnlyList<Contribution>?>(f => f.Behind(leader, Village, "R02/gender=2", SampleCounty.AsOf, null, Cancel)))!);
        var cadre = new Actor(Guid.CreateVersion7(), "cadre", "cadre", Role.VillageCadre, Village, null, []);
        Assert.Contains(await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(cadre, Village, SampleCounty.AsOf, Cancel)), f => f.Code == "R02/gender=2");
        Assert.Empty(await county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(cadre, SampleCounty.Town, SampleCounty.AsOf, Cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task People_are_told_apart_by_sex_in_both_languages_in_the_order_of_the_list(string kind)
    {
        var county = await Computed(kind);
        var parts = (await Of(county, SampleCounty.Town)).Where(f => f.Part?.Dimension == "gender" && f.Code.StartsWith("R02/", StringComparison.Ordinal)).OrderBy(f => f.Part!.Order).ToList();
        Assert.Equal([("R02/gender=1", new Text("男", "male")), ("R02/gender=2", new Text("女", "female"))], parts.Take(2).Select(p => (p.Code, p.Part!.Name)));
        Assert.Equal(("建档立卡人数：女", "Registered people: female", "性别"), (parts[1].Definition.Title.Zh, parts[1].Definition.Title.En, parts[1].Part!.Title.Zh));
        Assert.Equal(904, parts.Sum(p => p.Numerator));

        var women = 0m;
        await county.Use<ShouwangDb>(db => db.Read($"""
            select count(*) from members m join households h on h.county = m.county and h.id = m.household_id
            where m.county = '500231' and m.life = '{nameof(LifeState.Normal)}' and m.gender = '2' and h.status in ('NotLifted', 'Lifted', 'PreLifted', 'ReturnedToPoverty')
            """, row => women = row.GetInt64(0), Cancel));
        Assert.Equal(women, parts[1].Numerator);
        Assert.True(women > 300);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_is_worked_out_again_is_the_same_and_nothing_is_written(string kind)
    {
        var county = await Computed(kind);
        var before = await Written();
        await Computed(kind);
        Assert.Equal(before, await Written());
        Assert.True(before.Rows > 1000);

        Task<(long Last, long Rows)> Written() => county.Use<ShouwangDb, (long, long)>(async db =>
        {
            var found = (0L, 0L);
            await db.Read("select max(computed_at), count(*) from indicator_values where county = '500231' and as_of = @day", row => found = (row.GetInt64(0), row.GetInt64(1)), Cancel, ("@day", SampleCounty.AsOf));
            return found;
        });
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Borrowers_buildings_pupils_and_posts_are_those_of_the_departments_files(string kind)
    {
        var county = await Computed(kind);
        var figures = (await Of(county, SampleCounty.County)).ToDictionary(f => f.Code);
        foreach (var (code, sql) in new[]
        {
            ("F10h", "select count(distinct household_id) + sum(case when household_id is null then 1 else 0 end) from micro_loans where in_force"),
            ("G19n", "select count(*) from housing_appraisals where in_force"),
            ("G03b", "select count(distinct pupil_key) from enrolments where in_force and state = 'home_taught'"),
            ("I12n", "select count(*) from employment_records where in_force and post_kind is not null and (post_ends_on is null or post_ends_on >= @day)"),
        })
        {
            var expected = 0m;
            await county.Use<ShouwangDb>(db => db.Read(sql, row => expected = Convert.ToDecimal(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), Cancel, ("@day", SampleCounty.AsOf)));
            Assert.True(expected > 0, code);
            Assert.Equal((code, expected), (code, figures[code].Numerator));
        }
        Assert.Equal((figures["F10s"].Numerator, figures["F10h"].Numerator), (figures["F10m"].Numerator, figures["F10m"].Denominator));
    }

    /// <summary>A figure of months ago keeps its code, and is named by what the policy says now.</summary>
    [Fact]
    public void Short_codes_mean_the_first_dimension_and_long_ones_name_theirs()
    {
        var policy = Packs.Book.For(Packs.Jinqian, Packs.June2020);
        var people = policy.Indicators.Single(i => i.Code == "R02");
        Assert.Equal(["status", "gender"], people.By);
        Assert.Equal(("R02/Lifted", "R02/gender=2"), (IndicatorCatalogue.PartCode(people, 0, "Lifted"), IndicatorCatalogue.PartCode(people, 1, "2")));
        Assert.Equal([("1", "男"), ("2", "女"), ("9", "未说明")], policy.Dimension("gender")!.ValuesIn(policy).Select(v => (v.Value, v.Name.Zh)));
    }

    private async Task<Installation> Computed(string kind)
    {
        var county = await samples.On(kind);
        await county.Use<IFigures>(f => f.Compute(SampleCounty.County, SampleCounty.AsOf, Cancel));
        return county;
    }

    private static Task<IReadOnlyList<Figure>> Of(Installation county, AreaCode area) =>
        county.Use<IFigures, IReadOnlyList<Figure>>(f => f.Of(county.Actor, area, SampleCounty.AsOf, Cancel));
}
