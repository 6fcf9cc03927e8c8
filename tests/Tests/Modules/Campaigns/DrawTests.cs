using Shouwang.Modules.Campaigns.Sampling;

namespace Shouwang.Tests.Modules.Campaigns;

/// <summary>A spot check is random, stratified, unbiased, and can be drawn again by anybody.</summary>
public class DrawTests
{
    private static List<Candidate> Frame(params (string Stratum, int Count)[] strata) =>
        [.. strata.SelectMany(s => Enumerable.Range(0, s.Count).Select(i => new Candidate(Guid.CreateVersion7(), $"{s.Stratum.TrimEnd('+')}{i:00000}{(s.Stratum.EndsWith('+') ? 1 : 0)}", s.Stratum, s.Stratum)))];

    [Fact]
    public void The_same_seed_draws_the_same_households_in_whatever_order_they_come()
    {
        var frame = Frame(("500231101", 120), ("500231102", 40), ("500231102+", 3));
        var drawn = Draw.Sample(frame, "20200626", 5, 2).Select(c => c.Code).ToList();
        Assert.Equal(drawn, Draw.Sample(frame.AsEnumerable().Reverse(), "20200626", 5, 2).Select(c => c.Code));
        Assert.NotEqual(drawn, Draw.Sample(frame, "20200627", 5, 2).Select(c => c.Code));
        // What a hash of ours gives is what anybody's gives: the first of the stratum, worked out by hand.
        var byHand = frame.Where(c => c.Stratum == "500231102").MinBy(c => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"20200626:{c.Code}"))), StringComparer.Ordinal);
        Assert.Equal(byHand.Code, Draw.Sample(frame, "20200626", 5, 2).First(c => c.Stratum == "500231102").Code);
    }

    [Theory]
    [InlineData(0, 5, 2, 0)]
    [InlineData(1, 5, 2, 1)]
    [InlineData(30, 5, 2, 2)]
    [InlineData(41, 5, 2, 3)]
    [InlineData(100, 0, 3, 3)]
    [InlineData(100, 100, 0, 100)]
    public void Each_stratum_gives_its_share_rounded_up_and_never_less_than_the_least(int households, int percent, int least, int size) => Assert.Equal(size, Draw.Size(households, percent, least));

    [Fact]
    public void Nobody_is_drawn_twice_and_every_stratum_has_its_part()
    {
        var chance = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (a, b, percent, least) = (chance.Next(60), chance.Next(60), chance.Next(30), chance.Next(4));
            var frame = Frame(("500231101", a), ("500231102", b));
            var drawn = Draw.Sample(frame, $"{round}", percent, least);
            Assert.Equal(drawn.Count, drawn.Select(d => d.Code).Distinct().Count());
            Assert.All(drawn, d => Assert.Contains(d, frame));
            Assert.Equal((Draw.Size(a, percent, least), Draw.Size(b, percent, least)), (drawn.Count(d => d.Stratum == "500231101"), drawn.Count(d => d.Stratum == "500231102")));
            Assert.Equal(drawn.Count, Draw.Strata(frame, percent, least).Sum(s => s.Drawn));
        }
    }

    /// <summary>Over many seeds every household is drawn equally often: χ² of the counts stays where chance keeps it.</summary>
    [Fact]
    public void No_household_is_drawn_more_often_than_another()
    {
        const int Households = 200, Seeds = 4000, Each = 10;
        var frame = Frame(("500231101", Households));
        var counts = new Dictionary<string, int>(frame.Select(f => KeyValuePair.Create(f.Code, 0)));
        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var drawn in Draw.Sample(frame, $"s{seed}", 5, 0))
                counts[drawn.Code]++;
        }
        // Drawn without replacement the counts vary less than a multinomial's by the factor 1 − share: χ²/(1 − 0.05) has about 199 degrees of freedom, mean 199, σ 20.
        var expected = (double)Seeds * Each / Households;
        var chi2 = counts.Values.Sum(n => (n - expected) * (n - expected) / expected) / (1 - (double)Each / Households);
        Assert.InRange(chi2, 199 - 4.5 * 20, 199 + 4.5 * 20);
        Assert.Equal(Seeds * Each, counts.Values.Sum());
    }

    [Fact]
    public void One_household_more_changes_the_sample_by_one_at_most()
    {
        var frame = Frame(("500231101", 100));
        List<Candidate> more = [.. frame, new(Guid.CreateVersion7(), "50023110199999", "500231101", "500231101")];
        for (var seed = 0; seed < 200; seed++)
        {
            var before = Draw.Sample(frame, $"{seed}", 0, 10).Select(c => c.Code).ToHashSet();
            var after = Draw.Sample(more, $"{seed}", 0, 10).Select(c => c.Code).ToHashSet();
            Assert.InRange(after.Except(before).Count(), 0, 1);
        }
        Assert.NotEqual(Draw.FrameHash(frame), Draw.FrameHash(more));
    }
}
