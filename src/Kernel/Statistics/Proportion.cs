namespace Shouwang.Kernel.Statistics;

/// <summary>A share of cases with the range in which the true share lies, as far as so many cases can tell.</summary>
/// <param name="Share">Between 0 and 1.</param>
/// <param name="Low">Lower bound of the 95 % interval, not below 0.</param>
/// <param name="High">Upper bound of the 95 % interval, not above 1.</param>
public readonly record struct Proportion(decimal Share, decimal Low, decimal High)
{
    // The 97.5th percentile of the standard normal distribution.
    private const decimal Z = 1.959963984540054m;

    /// <summary>The share of successes with Wilson's 95 % score interval.</summary>
    /// <remarks>
    /// E. B. Wilson: Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association 22
    /// (1927), 209–212: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n). Recommended for few cases by Brown, Cai, DasGupta: Interval
    /// estimation for a binomial proportion. Statistical Science 16 (2001), 101–133. For the eye and for sorting; no rule compares it.
    /// </remarks>
    /// <returns>Null when there are no cases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no successes, or more than there are cases.</exception>
    public static Proportion? Of(int successes, int cases)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, cases);
        if (cases == 0)
            return null;
        decimal n = cases;
        var (p, z2) = (successes / n, Z * Z);
        var middle = p + z2 / (2 * n);
        var reach = Z * (decimal)Math.Sqrt((double)(p * (1 - p) / n + z2 / (4 * n * n)));
        var scale = 1 + z2 / n;
        // No case and all cases reach 0 and 1 exactly; the root leaves a trace of rounding there.
        return new(p, successes == 0 ? 0 : (middle - reach) / scale, successes == cases ? 1 : (middle + reach) / scale);
    }
}
