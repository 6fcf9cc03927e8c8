using Shouwang.Kernel.Statistics;

namespace Shouwang.Tests.Kernel.Statistics;

/// <summary>Luck is not ranked, and what is no luck is.</summary>
public sealed class CommonRanksTests
{
    private static readonly RankedShare[] Three = [new(50, 0.6, 0.95), new(30, 0.3, 0), new(20, 0.9, 1)];

    // Units as alike as can be, of very different sizes: whatever order chance gives them, at least 90 of 100 tables have one common rank.
    [Theory]
    [InlineData(12, 4, 60, 0.8, 0.15, 0.97)]
    [InlineData(25, 10, 400, 0.7, 0.3, 0.99)]
    [InlineData(8, 30, 3000, 0.5, 0.02, 0.9)]
    public void Units_that_are_alike_share_one_rank_whatever_their_luck(int count, int least, int most, double first, double second, double third)
    {
        var chance = new Random(20_200_630);
        var common = 0;
        const int tables = 100;
        for (var table = 0; table < tables; table++)
        {
            var units = Enumerable.Range(0, count).Select(u => new UnitCases($"{u:000}", [.. ((double[])[first, second, third]).Select(p =>
            {
                var cases = (int)(least * Math.Pow((double)most / least, chance.NextDouble()));
                return (Enumerable.Range(0, cases).Count(_ => chance.NextDouble() < p), cases);
            })])).ToList();
            common += CommonRanks.Of(Three, units, least, 1, $"table {table}").Select(r => r.Rank).Distinct().Count() == 1 ? 1 : 0;
        }
        Assert.InRange(common, 90, tables);
    }

    [Fact]
    public void What_chance_does_not_explain_is_ranked_apart()
    {
        UnitCases[] units = [Of("good", 1_940, 2_000), Of("fair", 1_500, 2_000), Of("bad", 900, 2_000), Of("also-fair", 1_510, 2_000), Of("small", 19, 20)];
        var ranks = CommonRanks.Of([new(100, 0.4, 1)], units, 10, 1, "x").ToDictionary(r => r.Unit);
        Assert.Equal((1, 5), (ranks["good"].Rank, ranks["bad"].Worst));
        Assert.Equal(ranks["fair"].Rank, ranks["also-fair"].Rank);
        Assert.True(ranks["fair"].Worst < ranks["bad"].Best + 2 && ranks["good"].High > ranks["fair"].High);
        // Of twenty cases nobody can tell whether it is a good unit or a fair one.
        Assert.True(ranks["small"].Best < ranks["small"].Worst);
        Assert.True(ranks["small"].High - ranks["small"].Low > 5 * (ranks["good"].High - ranks["good"].Low));
    }

    [Fact]
    public void Too_few_cases_are_not_ranked_and_no_cases_count_as_the_mean()
    {
        UnitCases[] units = [new("a", [(50, 100), (0, 0)]), new("b", [(45, 100), (0, 0)]), new("c", [(9, 9), (0, 0)])];
        var ranks = CommonRanks.Of([new(60, 0, 1), new(40, 0, 1)], units, 10, 1, "x").ToDictionary(r => r.Unit);
        Assert.Null(ranks["c"].Rank);
        Assert.Equal("c", CommonRanks.Of([new(60, 0, 1), new(40, 0, 1)], units, 10, 1, "x")[^1].Unit);
        // The second share has no case anywhere and is no part of the score.
        Assert.Equal((50m, 45m), (ranks["a"].Score, ranks["b"].Score));
        Assert.All(CommonRanks.Of([new(1, 0, 1)], [new("a", [(0, 0)])], 1, 1, "x"), r => Assert.Null(r.Score));
        // A unit without cases of its own in one share stands there where all stand together.
        var mean = CommonRanks.Of([new(1, 0, 1), new(1, 0, 1)], [new("a", [(8, 10), (5, 10)]), new("b", [(8, 10), (0, 0)])], 1, 1, "x").ToDictionary(r => r.Unit);
        Assert.Equal(mean["a"].Score, mean["b"].Score);
    }

    [Fact]
    public void The_same_units_always_come_out_the_same_in_whatever_order_and_more_spread_parts_fewer()
    {
        var chance = new Random(7);
        var units = Enumerable.Range(0, 20).Select(u => new UnitCases($"{u:00}", [(chance.Next(40, 100), 100), (chance.Next(0, 30), 100), (chance.Next(90, 100), 100)])).ToList();
        var (once, again) = (CommonRanks.Of(Three, units, 10, 1, "s"), CommonRanks.Of(Three, [.. units], 10, 1, "s"));
        Assert.Equal(once, again);
        var wide = CommonRanks.Of(Three, units, 10, 4, "s");
        Assert.True(wide.Select(r => r.Rank).Distinct().Count() <= once.Select(r => r.Rank).Distinct().Count());
        Assert.All(once, r => Assert.True(r.Low <= r.Score && r.Score <= r.High && r.Best <= r.Rank && r.Rank <= r.Worst));
        // Nobody of a lower rank overlaps the best of a higher one; everybody of the same rank does.
        foreach (var rank in once.Select(r => r.Rank).Distinct())
        {
            var best = once.Where(r => r.Rank == rank).Max(r => r.Low);
            Assert.All(once.Where(r => r.Rank > rank), r => Assert.True(r.High < best));
            Assert.All(once.Where(r => r.Rank == rank), r => Assert.True(r.High >= best));
        }
    }

    private static UnitCases Of(string unit, int successes, int cases) => new(unit, [(successes, cases)]);
}
