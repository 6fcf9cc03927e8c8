using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

public sealed class AreaTableTests
{
    private static readonly AreaTable Areas = AreaTable.Load(PolicyFolder.Find());
    private static readonly AreaCode Heyou = new("500231111");

    [Fact]
    public void The_five_seed_counties_are_there_down_to_the_village()
    {
        Assert.Equal(["420625", "430525", "500231", "500236", "500241"], Areas.Counties.Select(c => c.Code.Digits));
        Assert.Equal([290, 364, 301, 392, 268], Areas.Counties.Select(c => Areas.Inside(c.Code, AreaLevel.Village).Count()));
        Assert.All(Areas.All.Where(a => a.Level > AreaLevel.Province), a => Assert.NotNull(Areas.Find(a.Code.Parent)));
    }

    [Fact]
    public void The_villages_of_the_samples_are_there()
    {
        var lines = File.ReadAllLines(Samples.Path("areas.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(lines.Select(l => l[1]), lines.Select(l => Areas.Find(new(l[0]))?.Name));
    }

    [Theory]
    [InlineData("金钱村", "500231111200")]
    [InlineData("鹤游镇金钱村", "500231111200")]
    [InlineData("垫江县鹤游镇金钱村", "500231111200")]
    [InlineData("金钱村村民委员会", "500231111200")]
    [InlineData("金钱村委会", "500231111200")]
    [InlineData("金钱村村委会", "500231111200")]
    [InlineData("鹤游镇金钱村３组", "500231111200")]
    [InlineData(" 金钱　村 ", "500231111200")]
    [InlineData("金钱", "500231111200")]
    [InlineData("石鼓社区居委会", "500231111001")]
    [InlineData("石鼓居委会", "500231111001")]
    [InlineData("石鼓社区居民委员会", "500231111001")]
    [InlineData("500231111200", "500231111200")]
    [InlineData("外乡镇", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_village_is_found_however_it_is_written(string? spelling, string? code) =>
        Assert.Equal(code, Areas.Village(spelling, Heyou)?.Code.Digits);

    [Fact]
    public void Every_village_is_found_by_township_and_short_name_and_by_its_published_name()
    {
        foreach (var village in Areas.Counties.SelectMany(c => Areas.Inside(c.Code, AreaLevel.Village)))
        {
            var township = Areas.Find(village.Code.Parent)!;
            Assert.Contains(village, Areas.Villages(township.Name + village.ShortName, village.Code.County));
            Assert.Equal(village, Areas.Village(village.Name, township.Code));
        }
    }

    [Fact]
    public void A_name_that_two_townships_share_is_not_guessed()
    {
        var county = new AreaCode("500231");
        var shared = Areas.Inside(county, AreaLevel.Village).GroupBy(v => v.ShortName).First(g => g.Count() > 1);
        Assert.Null(Areas.Village(shared.Key, county));
        Assert.Equal(shared.Count(), Areas.Villages(shared.Key, county).Count);
        Assert.Equal(shared.First(), Areas.Village(shared.Key, shared.First().Code.Parent));
    }

    [Fact]
    public void Townships_are_found_and_full_names_read_from_the_county_down()
    {
        Assert.Equal(Heyou, Areas.Township("垫江县鹤游镇", new("500231"))?.Code);
        Assert.Equal("垫江县鹤游镇金钱村", Areas.FullName(Packs.Jinqian));
    }
}
