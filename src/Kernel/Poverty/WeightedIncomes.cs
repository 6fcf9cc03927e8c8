namespace Shouwang.Kernel.Poverty;

/// <summary>Incomes of people or households with their weights, from the poorest up: what the measures of poverty are taken from.</summary>
/// <remarks>
/// Floating point on purpose: these are estimates with many digits that nobody pays by, and they have to agree with the
/// statistical packages of the field. Sums are compensated (Neumaier), so that the order of a file does not show in the result.
/// </remarks>
public sealed class WeightedIncomes
{
    private readonly double[] _incomes, _weights, _cumulated;

    /// <param name="incomes">In yuan, or any one unit; negative ones are allowed.</param>
    /// <param name="weights">How many people each stands for, 0 or more; empty: everybody stands for one.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite, or a weight is negative.</exception>
    public WeightedIncomes(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights = default)
    {
        if (weights.Length != 0 && weights.Length != incomes.Length)
            throw new ArgumentException($"{incomes.Length} incomes have {weights.Length} weights.", nameof(weights));
        (_incomes, _weights) = (incomes.ToArray(), weights.Length == 0 ? new double[incomes.Length] : weights.ToArray());
        if (weights.Length == 0)
            Array.Fill(_weights, 1);
        foreach (var (income, weight) in _incomes.Zip(_weights))
        {
            if (!double.IsFinite(income) || !double.IsFinite(weight) || weight < 0)
                throw new ArgumentException("Incomes have to be finite numbers, weights finite and not negative.", nameof(incomes));
        }
        Array.Sort(_incomes, _weights);
        // People of the same income stand in the order of their weights, so that the order they came in does not show.
        for (var (from, to) = (0, 0); from < _incomes.Length; from = to)
        {
            while (to < _incomes.Length && _incomes[to] == _incomes[from])
                to++;
            Array.Sort(_weights, from, to - from);
        }
        _cumulated = Cumulate(_weights);
    }

    /// <summary>Part of what is sorted already.</summary>
    private WeightedIncomes(double[] incomes, double[] weights) => (_incomes, _weights, _cumulated) = (incomes, weights, Cumulate(weights));

    private static double[] Cumulate(double[] weights)
    {
        var cumulated = new double[weights.Length];
        var sum = new Sum();
        for (var i = 0; i < weights.Length; i++)
            cumulated[i] = (sum += weights[i]).Value;
        return cumulated;
    }

    /// <summary>How many incomes there are.</summary>
    public int Count => _incomes.Length;

    /// <summary>The sum of all weights: how many people the incomes stand for.</summary>
    public double Weight => Count == 0 ? 0 : _cumulated[^1];

    /// <summary>From the lowest up.</summary>
    public ReadOnlySpan<double> Incomes => _incomes;

    /// <summary>In the order of <see cref="Incomes"/>.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The weights up to and including each, in the order of <see cref="Incomes"/>.</summary>
    public ReadOnlySpan<double> Cumulated => _cumulated;

    /// <summary>The weighted quantile.</summary>
    /// <remarks>
    /// As Eurostat defines it for the indicators of income and living conditions: the income at which the cumulated weight first
    /// exceeds the share; where it equals the share, the mean of that income and the next.
    /// </remarks>
    /// <param name="share">From 0 to 1; 0.5 gives the median.</param>
    /// <returns>Not a number when there is nobody.</returns>
    public double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (Count == 0 || Weight == 0)
            return double.NaN;
        if (share == 0)
            return _incomes[0];
        if (share == 1)
            return _incomes[^1];
        var (at, high) = (0, Count - 1);
        while (at < high)
        {
            var middle = (at + high) / 2;
            if (_cumulated[middle] / Weight < share)
                at = middle + 1;
            else
                high = middle;
        }
        return _cumulated[at] / Weight == share && at + 1 < Count ? (_incomes[at] + _incomes[at + 1]) / 2 : _incomes[at];
    }

    /// <summary>The income of the person in the middle.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The weighted mean of a value of each income.</summary>
    /// <returns>Not a number when there is nobody.</returns>
    public double MeanOf(Func<double, double> value) => Weight == 0 ? double.NaN : TotalOf(value) / Weight;

    /// <summary>The weighted sum of a value of each income.</summary>
    public double TotalOf(Func<double, double> value)
    {
        var sum = new Sum();
        for (var i = 0; i < _incomes.Length; i++)
            sum += _weights[i] * value(_incomes[i]);
        return sum.Value;
    }

    /// <summary>Those whose income lies between the two, the lower one left out, the upper one included.</summary>
    public WeightedIncomes Between(double above, double upTo) => Slice(CountWhile(i => i <= above), CountWhile(i => i <= upTo));

    /// <summary>Those below a line.</summary>
    public WeightedIncomes Below(double line) => Slice(0, CountWhile(i => i < line));

    private WeightedIncomes Slice(int from, int to) => new(_incomes[from..Math.Max(from, to)], _weights[from..Math.Max(from, to)]);

    /// <summary>How many there are up to the first for whom the condition, true below and false above some income, does not hold.</summary>
    private int CountWhile(Predicate<double> holds)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(_incomes[middle]))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>A sum that carries along what rounding takes away.</summary>
    /// <remarks>Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, 1974.</remarks>
    internal readonly record struct Sum(double Total, double Lost)
    {
        public double Value => Total + Lost;

        public static Sum operator +(Sum sum, double value)
        {
            var total = sum.Total + value;
            var lost = Math.Abs(sum.Total) >= Math.Abs(value) ? sum.Total - total + value : value - total + sum.Total;
            return new(total, sum.Lost + lost);
        }
    }
}
