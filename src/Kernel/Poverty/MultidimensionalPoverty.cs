namespace Shouwang.Kernel.Poverty;

/// <summary>Poverty in several dimensions at once, after Alkire and Foster.</summary>
/// <remarks>
/// Alkire, Foster: Counting and multidimensional poverty measurement. Journal of Public Economics 95 (2011), 476–487. A person is poor whose
/// weighted share of deprivations reaches the cutoff; deprivations of others are not counted ("censored").
/// </remarks>
/// <param name="Headcount">H: the share of people who are poor.</param>
/// <param name="Intensity">A: the mean weighted share of deprivations among the poor; not a number when nobody is.</param>
/// <param name="Index">M0 = H · A.</param>
/// <param name="Dimensions">In the order of the dimensions given.</param>
public sealed record MultidimensionalPoverty(double Headcount, double Intensity, double Index, IReadOnlyList<MultidimensionalPoverty.Dimension> Dimensions)
{
    /// <param name="Weight">Of the dimension; all add up to 1.</param>
    /// <param name="Uncensored">The share of all people who are deprived in it.</param>
    /// <param name="Censored">The share of all people who are poor and deprived in it.</param>
    /// <param name="Contribution">The part of the index that comes from it; not a number when the index is 0.</param>
    public sealed record Dimension(double Weight, double Uncensored, double Censored, double Contribution);

    /// <summary>Counts.</summary>
    /// <param name="deprived">Person by person, dimension by dimension.</param>
    /// <param name="weights">Of the people; empty: all the same.</param>
    /// <param name="importance">Of the dimensions, above 0; they are scaled to add up to 1.</param>
    /// <param name="cutoff">The weighted share of deprivations from which a person is poor, above 0 up to 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static MultidimensionalPoverty Of(IReadOnlyList<bool[]> deprived, IReadOnlyList<double> weights, IReadOnlyList<double> importance, double cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoff);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, 1);
        if (importance.Count == 0 || importance.Any(i => i <= 0 || !double.IsFinite(i)) || deprived.Any(d => d.Length != importance.Count))
            throw new ArgumentException($"Every person needs {importance.Count} dimensions, each of importance above 0.", nameof(deprived));
        if (weights.Count != 0 && weights.Count != deprived.Count)
            throw new ArgumentException($"{deprived.Count} people have {weights.Count} weights.", nameof(weights));

        var shares = Shares(importance);
        var (all, poor, intensity) = (0d, 0d, 0d);
        var (uncensored, censored) = (new double[shares.Length], new double[shares.Length]);
        foreach (var (i, person) in deprived.Index())
        {
            var weight = weights.Count == 0 ? 1 : weights[i];
            var score = Score(person, shares);
            var isPoor = IsPoor(score, cutoff);
            all += weight;
            if (isPoor)
                (poor, intensity) = (poor + weight, intensity + weight * score);
            for (var d = 0; d < shares.Length; d++)
            {
                if (person[d])
                    (uncensored[d], censored[d]) = (uncensored[d] + weight, censored[d] + (isPoor ? weight : 0));
            }
        }
        var index = intensity / all;
        return new(poor / all, intensity / poor, index,
            [.. shares.Select((share, d) => new Dimension(share, uncensored[d] / all, censored[d] / all, share * censored[d] / all / index))]);
    }

    /// <summary>The weighted share of the dimensions in which a person is deprived.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static double Score(bool[] deprived, IReadOnlyList<double> importance) => Score(deprived, Shares(importance));

    /// <summary>Whether a share of deprivations reaches the cutoff.</summary>
    /// <remarks>A third of six equal dimensions is two of them, whatever rounding says.</remarks>
    public static bool IsPoor(double score, double cutoff) => score >= cutoff - 1e-12;

    private static double Score(bool[] deprived, double[] shares)
    {
        var score = 0d;
        for (var d = 0; d < shares.Length; d++)
            score += deprived[d] ? shares[d] : 0;
        return score;
    }

    private static double[] Shares(IReadOnlyList<double> importance)
    {
        var whole = importance.Sum();
        return [.. importance.Select(i => i / whole)];
    }
}
