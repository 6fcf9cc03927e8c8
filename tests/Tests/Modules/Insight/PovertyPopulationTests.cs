using Shouwang.Kernel;
using Shouwang.Modules.Insight;

namespace Shouwang.Tests.Modules.Insight;

public class PovertyPopulationTests
{
    private static readonly DateTimeOffset Noon = new(2020, 6, 30, 4, 0, 0, TimeSpan.Zero);
    private static readonly AreaCode County = new("500231");

    /// <summary>A twentieth of the time at most is spent on reading a county in which something happens all the time.</summary>
    [Theory]
    [InlineData(0.9, 1, false)]
    [InlineData(10, 199, true)]
    [InlineData(10, 201, false)]
    public void Only_a_county_that_takes_long_to_read_may_be_shown_as_it_was(double took, int later, bool shown) =>
        Assert.Equal(shown, PovertyPopulations.IsFreshEnough(new(new(2020, 6, 30), 1, Noon, TimeSpan.FromSeconds(took), []), Noon.AddSeconds(later)));

    [Fact]
    public void A_population_answers_for_its_county_and_day_only()
    {
        var kept = new PovertyPopulations();
        var population = new PovertyPopulation(new(2020, 6, 30), 1, Noon, TimeSpan.Zero, []);
        kept.Keep(County, population);
        Assert.Same(population, kept.Of(County, new(2020, 6, 30)));
        Assert.Null(kept.Of(County, new(2020, 7, 1)));
        Assert.Null(kept.Of(new("500236"), new(2020, 6, 30)));
        Assert.True(double.IsNaN(population.Median));
    }
}
