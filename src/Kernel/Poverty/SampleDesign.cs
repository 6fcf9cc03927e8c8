namespace Shouwang.Kernel.Poverty;

/// <summary>How the people of a survey were drawn: in which stratum, as part of which primary sampling unit, and for how many each stands.</summary>
/// <remarks>
/// Without units everybody was drawn alone; without strata all from one. The variance is that of units drawn with replacement within
/// strata ("ultimate clusters"), as survey packages take it where no population counts are given; it is a little too large where a good
/// part of the population was drawn. Wolter: Introduction to Variance Estimation, 2nd ed. (2007), section 1.4.
/// </remarks>
public sealed class SampleDesign
{
    private readonly int[] _units;
    private readonly int[][] _strata;
    private readonly int _unitCount;

    /// <param name="count">How many people were asked.</param>
    /// <param name="strata">The stratum of each, by any name; null: one stratum.</param>
    /// <param name="units">The primary sampling unit of each, by a name that is unique in its stratum; null: everybody is one.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public SampleDesign(int count, IReadOnlyList<string>? strata = null, IReadOnlyList<string>? units = null)
    {
        if ((strata?.Count ?? count) != count || (units?.Count ?? count) != count)
            throw new ArgumentException($"{count} people need as many strata and units.", nameof(count));
        var (numbers, members) = (new Dictionary<(string, string), int>(), new Dictionary<string, List<int>>(StringComparer.Ordinal));
        _units = new int[count];
        for (var i = 0; i < count; i++)
        {
            var stratum = strata?[i] ?? "";
            var key = (stratum, units?[i] ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (!numbers.TryGetValue(key, out _units[i]))
            {
                numbers[key] = _units[i] = numbers.Count;
                if (!members.TryGetValue(stratum, out var list))
                    members[stratum] = list = [];
                list.Add(_units[i]);
            }
        }
        _unitCount = numbers.Count;
        _strata = [.. members.Values.Select(m => m.ToArray())];
    }

    /// <summary>Strata of a single unit: what varies inside them cannot be told.</summary>
    /// <remarks>Their unit is compared with the mean of all units instead of with its stratum's, which overstates rather than hides the error.</remarks>
    public int LonelyStrata => _unitCount > 1 ? _strata.Count(s => s.Length == 1) : 0;

    /// <summary>The standard error of an estimated total.</summary>
    /// <param name="values">Of each person, times the person's weight.</param>
    /// <returns>Not a number where there is one unit only.</returns>
    public double StandardError(ReadOnlySpan<double> values)
    {
        if (values.Length != _units.Length)
            throw new ArgumentException($"{_units.Length} people have {values.Length} values.", nameof(values));
        if (_unitCount < 2)
            return double.NaN;
        var totals = new double[_unitCount];
        for (var i = 0; i < values.Length; i++)
            totals[_units[i]] += values[i];
        var (all, variance) = (totals.Average(), new WeightedIncomes.Sum());
        foreach (var stratum in _strata)
        {
            var mean = stratum.Length == 1 ? all : stratum.Average(u => totals[u]);
            var scale = stratum.Length == 1 ? 1 : stratum.Length / (stratum.Length - 1d);
            foreach (var unit in stratum)
                variance += scale * (totals[unit] - mean) * (totals[unit] - mean);
        }
        return Math.Sqrt(variance.Value);
    }
}

/// <summary>A figure that a sample gives, with how far off it may be.</summary>
/// <param name="StandardError">Not a number where the sample cannot tell.</param>
public readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    private const double Normal = 1.959963984540054;

    /// <summary>Of the 95 % interval.</summary>
    public double Low => Value - Normal * StandardError;

    /// <inheritdoc cref="Low"/>
    public double High => Value + Normal * StandardError;
}
