using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Statistics;

namespace Shouwang.Tests.Kernel.Statistics;

public sealed class ProportionTests
{
    private const double Z2 = 3.841458820694124;

    private static readonly Arbitrary<(int Successes, int Cases)> Counts = Gen.Choose(1, 5000).SelectMany(n => Gen.Choose(0, n).Select(s => (s, n))).ToArbitrary();

    // The score interval holds the shares q under which what was seen lies within z standard deviations: at its ends (p − q)² = z² q (1 − q) / n.
    [Fact]
    public void The_ends_of_the_interval_solve_Wilsons_equation() => Prop.ForAll(Counts, c =>
    {
        var found = Proportion.Of(c.Successes, c.Cases)!.Value;
        return new[] { (double)found.Low, (double)found.High }.All(q => Math.Abs(Math.Pow((double)found.Share - q, 2) - Z2 * q * (1 - q) / c.Cases) < 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_share_lies_in_its_interval_and_more_cases_narrow_it() => Prop.ForAll(Counts, c =>
    {
        var (few, many) = (Proportion.Of(c.Successes, c.Cases)!.Value, Proportion.Of(c.Successes * 4, c.Cases * 4)!.Value);
        return few.Low >= 0 && few.Low <= few.Share && few.Share <= few.High && few.High <= 1 && many.High - many.Low < few.High - few.Low;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void None_and_all_reach_the_ends_and_no_case_says_nothing()
    {
        Assert.Null(Proportion.Of(0, 0));
        Assert.Equal((0m, 0m), (Proportion.Of(0, 10)!.Value.Share, Proportion.Of(0, 10)!.Value.Low));
        Assert.Equal(Z2 / (10 + Z2), (double)Proportion.Of(0, 10)!.Value.High, 12);
        Assert.Equal(1m, Proportion.Of(10, 10)!.Value.High);
    }
}
