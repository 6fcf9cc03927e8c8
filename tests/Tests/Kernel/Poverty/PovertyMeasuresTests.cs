using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Poverty;

namespace Shouwang.Tests.Kernel.Poverty;

/// <summary>Measures of poverty against values worked out by hand and against their definitions.</summary>
public sealed class PovertyMeasuresTests
{
    private static readonly WeightedIncomes Ten = new([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000]);

    [Fact]
    public void Ten_people_give_what_paper_and_pencil_give()
    {
        Assert.Equal(5500, Ten.Median);
        Assert.Equal(2500, Ten.Quantile(0.2));
        Assert.Equal(8500, Ten.Quantile(0.8));
        Assert.Equal(1000, Ten.Quantile(0.05));
        // Below 4,000: 1,000, 2,000 and 3,000; who is on the line is not poor.
        Assert.Equal(0.3, Ten.Headcount(4000), 12);
        Assert.Equal((0.75 + 0.5 + 0.25) / 10, Ten.Gap(4000), 12);
        Assert.Equal((0.5625 + 0.25 + 0.0625) / 10, Ten.Severity(4000), 12);
        Assert.Equal(0.3, Ten.Gini(), 12);
        Assert.Equal(9500d / 1500, Ten.QuintileRatio(), 12);
        Assert.Equal(0.5, Ten.RelativeMedianGap(4000), 12);
    }

    [Fact]
    public void A_weight_says_how_often_somebody_stands_there()
    {
        double[] incomes = [900, 2500, 2500, 4100, 12_000];
        int[] times = [3, 1, 2, 4, 1];
        var weighted = new WeightedIncomes(incomes, [.. times.Select(t => (double)t)]);
        var written = new WeightedIncomes([.. incomes.SelectMany((income, i) => Enumerable.Repeat(income, times[i]))]);
        Assert.Equal(written.Median, weighted.Median);
        Assert.Equal(written.Gap(3000), weighted.Gap(3000), 12);
        Assert.Equal(written.Gini(), weighted.Gini(), 12);
        Assert.Equal(written.QuintileRatio(), weighted.QuintileRatio(), 12);
        Assert.Equal(written.RelativeMedianGap(3000), weighted.RelativeMedianGap(3000), 12);
    }

    [Fact]
    public void Nobody_and_nothing_give_no_number()
    {
        var nobody = new WeightedIncomes([]);
        Assert.True(double.IsNaN(nobody.Median) && double.IsNaN(nobody.Headcount(1)) && double.IsNaN(nobody.Gini()) && double.IsNaN(nobody.QuintileRatio()));
        Assert.True(double.IsNaN(new WeightedIncomes([0, 0]).Gini()));
        Assert.True(double.IsNaN(Ten.RelativeMedianGap(500)));
        Assert.Throws<ArgumentException>(() => new WeightedIncomes([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => new WeightedIncomes([1, 2], [1, -1]));
        Assert.Throws<ArgumentException>(() => new WeightedIncomes([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Headcount(0));
    }

    [Fact]
    public void Gini_is_half_the_mean_difference_between_any_two() => Prop.ForAll(People, people =>
    {
        var sample = Sample(people);
        var (difference, mean, weight) = (0d, 0d, 0d);
        foreach (var (income, w) in people)
        {
            (mean, weight) = (mean + w * income, weight + w);
            difference += people.Sum(other => w * other.Weight * Math.Abs(income - other.Income));
        }
        return mean == 0 ? double.IsNaN(sample.Gini()) : Near(difference / (2 * weight * mean), sample.Gini());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Measures_of_groups_add_up_to_the_measure_of_all_and_order_does_not_matter() => Prop.ForAll(People, people =>
    {
        var (even, odd) = (people.Where((_, i) => i % 2 == 0).ToArray(), people.Where((_, i) => i % 2 == 1).ToArray());
        var (all, back) = (Sample(people), Sample([.. people.Reverse()]));
        return ((int[])[0, 1, 2]).All(a =>
        {
            var parts = new[] { even, odd }.Where(g => g.Length > 0).Select(Sample).Sum(g => g.Weight * g.FosterGreerThorbecke(3000, a)) / all.Weight;
            return Near(parts, all.FosterGreerThorbecke(3000, a)) && all.FosterGreerThorbecke(3000, a) == back.FosterGreerThorbecke(3000, a);
        }) && all.Gini().Equals(back.Gini()) && all.QuintileRatio().Equals(back.QuintileRatio());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quantile_leaves_no_more_than_its_share_below_and_the_rest_above() => Prop.ForAll(People, Gen.Choose(1, 99).ToArbitrary(), (people, percent) =>
    {
        var (sample, share) = (Sample(people), percent / 100d);
        var at = sample.Quantile(share);
        return people.Where(p => p.Income < at).Sum(p => p.Weight) <= share * sample.Weight + 1e-9
            && people.Where(p => p.Income > at).Sum(p => p.Weight) <= (1 - share) * sample.Weight + 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Several_dimensions_are_counted_as_Alkire_and_Foster_do()
    {
        // Four people, three dimensions of the same weight, poor from two of three on: the second and the fourth are.
        bool[][] deprived = [[true, false, false], [true, true, false], [false, false, false], [true, true, true]];
        var found = MultidimensionalPoverty.Of(deprived, [], [1, 1, 1], 2d / 3);
        Assert.Equal(0.5, found.Headcount, 12);
        Assert.Equal((2d / 3 + 1) / 2, found.Intensity, 12);
        Assert.Equal(found.Headcount * found.Intensity, found.Index, 12);
        Assert.Equal([0.75, 0.5, 0.25], found.Dimensions.Select(d => Math.Round(d.Uncensored, 12)));
        Assert.Equal([0.5, 0.5, 0.25], found.Dimensions.Select(d => Math.Round(d.Censored, 12)));
        Assert.Equal(1, found.Dimensions.Sum(d => d.Contribution), 12);
        Assert.Equal(found.Index, found.Dimensions.Sum(d => d.Weight * d.Censored), 12);

        // Two of six equal dimensions are a third.
        Assert.Equal(1, MultidimensionalPoverty.Of([[true, true, false, false, false, false]], [], [1, 1, 1, 1, 1, 1], 1d / 3).Headcount);
        // The fourth person three times over.
        Assert.Equal(4d / 6, MultidimensionalPoverty.Of(deprived, [1, 1, 1, 3], [1, 1, 1], 2d / 3).Headcount, 12);
    }

    private static Arbitrary<(double Income, double Weight)[]> People =>
        (from people in (from income in Gen.Choose(0, 12_000) from weight in Gen.Choose(1, 40) select ((double)income, weight / 4d)).NonEmptyListOf() select people.ToArray()).ToArbitrary();

    private static WeightedIncomes Sample((double Income, double Weight)[] people) => new([.. people.Select(p => p.Income)], [.. people.Select(p => p.Weight)]);

    private static bool Near(double one, double other) => Math.Abs(one - other) <= 1e-11 * Math.Max(1, Math.Abs(one));
}
