using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>Decimal arithmetic against fractions of big whole numbers.</summary>
public class NumbersTests
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, 16);
    private static readonly BigInteger Most = BigInteger.Pow(10, 28) - 1;

    /// <summary>Any number a rule can hold, of any length, those near powers of ten and of two, and whole numbers of 64 bits.</summary>
    internal static readonly Gen<decimal> Held = Gen.OneOf(
        Parts(16, 28), Parts(16, 16), Parts(2, 8), Parts(6, 18), Parts(0, 2),
        from shift in Gen.Choose(0, 62) from near in Gen.Choose(-1, 1) from places in Gen.Choose(7, 16) select Of((1L << shift) + near, places),
        from power in Gen.Choose(0, 28) from near in Gen.Choose(-1, 1)
        select Of(BigInteger.Min(BigInteger.Pow(10, power) + near, Most), 16),
        ArbMap.Default.GeneratorFor<long>().Select(n => (decimal)n),
        Gen.Elements(long.MaxValue, long.MinValue, 5m, 2m, 1m, 0m));

    private static Gen<decimal> Parts(int places, int digits) =>
        from length in Gen.Choose(1, digits)
        from figures in Gen.Choose(0, 9).ListOf(length)
        from scale in Gen.Choose(Math.Max(0, length - 12), places)
        from negative in Gen.Elements(true, false)
        select Of(figures.Aggregate(BigInteger.Zero, (n, f) => n * 10 + f) * (negative ? -1 : 1), scale);

    private static decimal Of(BigInteger digits, int places)
    {
        var number = digits;
        while (BigInteger.Abs(number) >= BigInteger.Pow(10, 12 + places))
            number /= 10;
        return (decimal)number / (decimal)BigInteger.Pow(10, places);
    }

    [Fact]
    public void Sums_products_and_quotients_are_the_exact_ones_rounded_to_16_places_half_away_from_zero() => Prop.ForAll(
        Held.Two().ToArbitrary(), pair =>
        {
            var (a, b) = pair;
            var (x, y) = (Exact(a), Exact(b));
            return Same(Numbers.Sum(a, b), Rounded(x + y, Unit)).Label($"{a} + {b}")
                .And(Same(Numbers.Product(a, b), Rounded(x * y, Unit * Unit)).Label($"{a} * {b}"))
                .And((b == 0 || Same(Numbers.Quotient(a, b), Rounded(x, y))).Label($"{a} / {b}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30_000));

    [Fact]
    public void Quotients_in_the_middle_of_two_results_are_rounded_away_from_zero() => Prop.ForAll(
        Held.Zip(Gen.Choose(1, 1_000_000)).ToArbitrary(), pair =>
        {
            // a / b = (2m + 1) / 2·10¹⁶, and a little to either side of it.
            var (m, b) = (Exact(pair.Item1) / 1_000_000, pair.Item2 * 2);
            return new[] { -1, 0, 1 }.All(near =>
            {
                var a = ((2 * m + 1) * (b / 2)) + near;
                var numerator = Of(a, 16);
                return Same(Numbers.Quotient(numerator, b), Rounded(Exact(numerator), b * Unit));
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData("0.00000000000000005", "0.0000000000000001")]
    [InlineData("-0.00000000000000005", "-0.0000000000000001")]
    [InlineData("0.00000000000000004", "0")]
    [InlineData("999999999999.99999999999999994", "999999999999.9999999999999999")]
    [InlineData("999999999999.99999999999999995", "unknown")]
    [InlineData("-1000000000000", "unknown")]
    public void A_value_is_held_to_16_places(string value, string held) =>
        Assert.Equal(held, RuleValue.Decimal(decimal.Parse(value, null)).ToString());

    [Fact]
    public void Money_and_shares_are_calculated_without_allocating()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1000; i++)
        {
            var share = Numbers.Quotient(4321.09m * i, 12345.67m)!.Value;
            Assert.NotNull(Numbers.Product(share, 20_000m + i));
            Assert.NotNull(Numbers.Sum(share, -0.4m));
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>In units of the 16th place.</summary>
    private static BigInteger Exact(decimal number) => new BigInteger(decimal.Truncate(number)) * Unit
        + new BigInteger((number - decimal.Truncate(number)) * 10_000_000_000_000_000m);

    private static BigInteger? Rounded(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator) * Unit, BigInteger.Abs(denominator), out var rest);
        if (rest * 2 >= BigInteger.Abs(denominator))
            quotient++;
        return quotient > Most ? null : quotient * numerator.Sign * denominator.Sign;
    }

    private static bool Same(decimal? number, BigInteger? expected) => (number is { } n ? Exact(n) : (BigInteger?)null) == expected;
}
