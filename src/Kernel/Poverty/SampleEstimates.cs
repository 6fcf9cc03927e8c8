namespace Shouwang.Kernel.Poverty;

/// <summary>The measures of <see cref="PovertyMeasures"/> for the people of a survey or a group of them, with sampling errors.</summary>
/// <remarks>
/// By linearisation: every person's influence on the measure is worked out, and the standard error of the measure is that of the total of
/// these. Deville: Variance estimation for complex statistics and estimators, Survey Methodology 25 (1999), 193–203; for the measures here
/// Osier: Variance estimation for complex indicators of poverty and inequality using linearization techniques, Survey Research Methods 3
/// (2009), 167–195. A group's people are a domain: units without any of them still belong to the sample.
/// </remarks>
public sealed class SampleEstimates
{
    private readonly double[] _incomes, _weights;
    private readonly bool[] _inGroup;
    private readonly SampleDesign _design;
    private readonly WeightedIncomes _people;
    private readonly double _bandwidth;

    /// <param name="incomes">Of all who were asked.</param>
    /// <param name="weights">How many each stands for; empty: one.</param>
    /// <param name="inGroup">Who belongs to the group; null: all.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public SampleEstimates(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, SampleDesign design, IReadOnlyList<bool>? inGroup = null)
    {
        var count = incomes.Length;
        (_incomes, _design) = (incomes.ToArray(), design);
        _weights = weights.Length == 0 ? [.. Enumerable.Repeat(1d, count)] : weights.ToArray();
        _inGroup = inGroup is null ? [.. Enumerable.Repeat(true, count)] : [.. inGroup];
        if (_weights.Length != count || _inGroup.Length != count)
            throw new ArgumentException($"{count} incomes need as many weights and groups.", nameof(weights));
        var members = Enumerable.Range(0, count).Where(i => _inGroup[i]).ToList();
        _people = new([.. members.Select(i => _incomes[i])], [.. members.Select(i => _weights[i])]);

        // As the packages of the field choose it: the standard deviation ÷ the fifth root of the (weighted) count, of the whole sample.
        var all = new WeightedIncomes(_incomes, _weights);
        var mean = all.MeanOf(i => i);
        _bandwidth = Math.Sqrt(all.MeanOf(i => (i - mean) * (i - mean))) / Math.Pow(all.Weight, 0.2);
    }

    /// <summary>A poverty line, with what each person's being asked does to it.</summary>
    /// <param name="Influence">All 0 for a line that somebody set.</param>
    public sealed record Line(double Yuan, double[]? Influence = null);

    /// <summary>A line relative to the median of these people; other groups may be measured by it too.</summary>
    public Line ShareOfMedian(double share)
    {
        var median = _people.Median;
        return new(share * median, [.. QuantileInfluence(median, 0.5).Select(i => share * i)]);
    }

    public Estimate Median => Of(_people.Median, QuantileInfluence(_people.Median, 0.5));

    /// <inheritdoc cref="PovertyMeasures.FosterGreerThorbecke"/>
    public Estimate FosterGreerThorbecke(Line line, double aversion)
    {
        var (z, value) = (line.Yuan, _people.FosterGreerThorbecke(line.Yuan, aversion));
        // What a higher line would do: people stand at it for the headcount, and for the others the poor are further below.
        var slope = line.Influence is null ? 0
            : aversion == 0 ? Density(z)
            : _people.MeanOf(y => y < z ? aversion * Math.Pow((z - y) / z, aversion - 1) * y / (z * z) : 0);
        return Of(value, Influence(line, slope, y => ((y < z ? Math.Pow((z - y) / z, aversion) : 0) - value) / _people.Weight));
    }

    /// <inheritdoc cref="PovertyMeasures.RelativeMedianGap"/>
    public Estimate RelativeMedianGap(Line line)
    {
        var z = line.Yuan;
        var poor = _people.Below(z);
        var (median, share) = (poor.Median, poor.Weight / _people.Weight);
        if (poor.Count == 0)
            return new(double.NaN, double.NaN);
        var (atMedian, atLine) = (Density(median), line.Influence is null ? 0 : Density(z));
        // The poor's median is where half of the share below the line is reached.
        return Of((z - median) / z, [.. Enumerable.Range(0, _incomes.Length).Select(i =>
        {
            var moved = line.Influence?[i] ?? 0;
            var (below, reached) = _inGroup[i]
                ? (((_incomes[i] < z ? 1 : 0) - share) / _people.Weight, ((_incomes[i] <= median ? 1 : 0) - share / 2) / _people.Weight)
                : (0, 0);
            var ofMedian = ((below + atLine * moved) / 2 - reached) / atMedian;
            return median * moved / (z * z) - ofMedian / z;
        })]);
    }

    /// <inheritdoc cref="PovertyMeasures.Gini"/>
    /// <remarks>Langel, Tillé: Variance estimation of the Gini index: revisiting a result several times published. J. R. Stat. Soc. A 176 (2013), 521–540.</remarks>
    public Estimate Gini()
    {
        var value = _people.Gini();
        var order = Enumerable.Range(0, _incomes.Length).Where(i => _inGroup[i]).OrderBy(i => _incomes[i]).ThenBy(i => _weights[i]).ToArray();
        var (people, money) = (_people.Weight, order.Sum(i => _weights[i] * _incomes[i]));
        var influence = new double[_incomes.Length];
        var (before, earned) = (0d, 0d);
        foreach (var i in order)
        {
            before += _weights[i];
            earned += _weights[i] * _incomes[i];
            var y = _incomes[i];
            influence[i] = (2 * (before * y - earned) + money - people * y - value * (money + people * y)) / (people * money);
        }
        return Of(value, influence);
    }

    /// <inheritdoc cref="PovertyMeasures.QuintileRatio"/>
    /// <remarks>How dense incomes are at the quantiles cancels out. Langel, Tillé: Statistical inference for the quintile share ratio, J. Stat. Plan. Inference 141 (2011), 2976–2985.</remarks>
    public Estimate QuintileRatio()
    {
        var value = _people.QuintileRatio();
        if (double.IsNaN(value))
            return new(value, double.NaN);
        var (low, high) = (_people.Quantile(0.2), _people.Quantile(0.8));
        var (poorest, richest) = (_people.Between(double.NegativeInfinity, low), _people.Between(high, double.PositiveInfinity));
        var (little, much) = (poorest.MeanOf(y => y) * poorest.Weight, richest.MeanOf(y => y) * richest.Weight);
        return Of(value, Influence(null, 0, y => value * (
            ((y > high ? y : 0) + high * ((y <= high ? 1 : 0) - 0.8)) / much - 0.2 / richest.Weight
            - ((y <= low ? y : 0) - low * ((y <= low ? 1 : 0) - 0.2)) / little + 0.2 / poorest.Weight)));
    }

    /// <summary>The share of one total in another, such as those poor in several dimensions among all.</summary>
    /// <param name="above">Of each person who was asked, within the group.</param>
    /// <param name="below">Of each; not all 0.</param>
    public Estimate Ratio(IReadOnlyList<double> above, IReadOnlyList<double> below)
    {
        var (numerator, denominator) = (new WeightedIncomes.Sum(), new WeightedIncomes.Sum());
        for (var i = 0; i < _incomes.Length; i++)
        {
            if (!_inGroup[i])
                continue;
            numerator += _weights[i] * above[i];
            denominator += _weights[i] * below[i];
        }
        var value = numerator.Value / denominator.Value;
        return Of(value, [.. Enumerable.Range(0, _incomes.Length).Select(i => _inGroup[i] ? (above[i] - value * below[i]) / denominator.Value : 0)]);
    }

    private Estimate Of(double value, double[] influence)
    {
        for (var i = 0; i < influence.Length; i++)
            influence[i] *= _weights[i];
        var error = _design.StandardError(influence);
        return new(value, double.IsFinite(value) && double.IsFinite(error) ? error : double.NaN);
    }

    private double[] Influence(Line? line, double slope, Func<double, double> own) =>
        [.. Enumerable.Range(0, _incomes.Length).Select(i => (_inGroup[i] ? own(_incomes[i]) : 0) + slope * (line?.Influence?[i] ?? 0))];

    private double[] QuantileInfluence(double quantile, double share)
    {
        var density = Density(quantile);
        return Influence(null, 0, y => -((y <= quantile ? 1 : 0) - share) / (_people.Weight * density));
    }

    /// <summary>How dense the group's incomes are at a place: the share of its people to a unit of income, smoothed by a Gaussian kernel.</summary>
    private double Density(double at) => _people.MeanOf(y =>
    {
        var u = (at - y) / _bandwidth;
        return Math.Exp(-u * u / 2) / Math.Sqrt(2 * Math.PI);
    }) / _bandwidth;
}
