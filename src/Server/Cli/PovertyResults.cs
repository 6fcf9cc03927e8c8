using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;

namespace Shouwang.Server.Cli;

/// <param name="Value">Null where there is none, such as a share of nobody.</param>
/// <param name="Line">The poverty line used; null for measures without one.</param>
/// <param name="Error">Standard error and interval; null where they were not asked for or cannot be told.</param>
internal sealed record PovertyResult(string Group, string Measure, double? Value, double? Line, Estimate? Error);

/// <summary>The measures of a table, for the whole and for every group.</summary>
internal sealed class PovertyResults(PovertyTable table, PovertyColumns columns, bool errors)
{
    private static readonly Dictionary<string, Text> Titles = new()
    {
        ["headcount"] = new("贫困发生率", "headcount"), ["gap"] = new("贫困差距", "poverty gap"), ["severity"] = new("贫困深度", "severity"),
        ["gini"] = new("基尼系数", "Gini"), ["s80s20"] = new("五分位收入比", "S80/S20"), ["arpr"] = new("相对贫困率", "at risk of poverty"),
        ["relativeMedianGap"] = new("相对贫困中位差距", "relative median gap"), ["median"] = new("中位数", "median"),
        ["mpi"] = new("多维贫困指数", "multidimensional index"), ["mpiHeadcount"] = new("多维贫困发生率", "multidimensional headcount"),
        ["mpiIntensity"] = new("贫困者平均剥夺份额", "intensity among the poor"), ["mpiDeprived"] = new("剥夺率", "deprived"),
        ["mpiCensored"] = new("贫困且受剥夺的比例", "poor and deprived"), ["mpiContribution"] = new("对指数的贡献", "contribution"),
    };

    private readonly double[] _incomes = [.. table.Rows.Select(r => r.Income)], _weights = [.. table.Rows.Select(r => r.Weight)];
    private readonly SampleDesign _design = new(table.Rows.Count,
        columns.Strata is null ? null : [.. table.Rows.Select(r => r.Stratum)], columns.Units is null ? null : [.. table.Rows.Select(r => r.Unit)]);

    /// <summary>Strata of one unit only, for which the errors are guessed too large.</summary>
    public int LonelyStrata => errors ? _design.LonelyStrata : 0;

    /// <summary>What a measure is called; those of a dimension name it: <c>mpiCensored:水</c>.</summary>
    public static Text Title(string measure) => measure.Split(':', 2) is [var name, var dimension]
        ? new($"{dimension}：{Titles[name].Zh}", $"{dimension}: {Titles[name].En}")
        : Titles[measure];

    /// <summary>All of them first, then the groups in the order of their names.</summary>
    private IEnumerable<(string Name, bool[] Members)> Groups => table.Rows.Select(r => r.Group).Where(g => g.Length > 0).Distinct().Order(StringComparer.Ordinal)
        .Select(g => (g, table.Rows.Select(r => r.Group == g).ToArray())).Prepend(("all", [.. table.Rows.Select(_ => true)]));

    /// <summary>Measures of income; lines relative to the median are those of the whole population, for every group.</summary>
    public IEnumerable<PovertyResult> OfIncome(double? line, double share)
    {
        var whole = new SampleEstimates(_incomes, _weights, _design);
        var relative = errors ? whole.ShareOfMedian(share) : new(share * new WeightedIncomes(_incomes, _weights).Median);
        var absolute = line is { } yuan ? new SampleEstimates.Line(yuan) : relative;
        foreach (var (group, members) in Groups)
        {
            var people = new WeightedIncomes([.. _incomes.Where((_, i) => members[i])], [.. _weights.Where((_, i) => members[i])]);
            var sample = group == "all" ? whole : new(_incomes, _weights, _design, members);
            yield return With("headcount", absolute, people.Headcount, l => sample.FosterGreerThorbecke(l, 0));
            yield return With("gap", absolute, people.Gap, l => sample.FosterGreerThorbecke(l, 1));
            yield return With("severity", absolute, people.Severity, l => sample.FosterGreerThorbecke(l, 2));
            yield return Result(group, "gini", people.Gini(), null, sample.Gini);
            yield return Result(group, "s80s20", people.QuintileRatio(), null, sample.QuintileRatio);
            yield return With("arpr", relative, people.Headcount, l => sample.FosterGreerThorbecke(l, 0));
            yield return With("relativeMedianGap", relative, people.RelativeMedianGap, sample.RelativeMedianGap);
            yield return Result(group, "median", people.Median, null, () => sample.Median);

            // Where the median is not above 0 there is no relative line, and nobody is said to be below it.
            PovertyResult With(string measure, SampleEstimates.Line at, Func<double, double> value, Func<SampleEstimates.Line, Estimate> estimate) =>
                at.Yuan > 0 ? Result(group, measure, value(at.Yuan), at.Yuan, () => estimate(at)) : new(group, measure, null, null, null);
        }
    }

    /// <summary>Poverty in several dimensions at once.</summary>
    /// <inheritdoc cref="MultidimensionalPoverty.Of" path="/param"/>
    public IEnumerable<PovertyResult> OfDimensions(IReadOnlyList<double> importance, double cutoff)
    {
        foreach (var (group, members) in Groups)
        {
            var rows = table.Rows.Where((_, i) => members[i]).ToList();
            var found = MultidimensionalPoverty.Of([.. rows.Select(r => r.Deprived)], [.. rows.Select(r => r.Weight)], importance, cutoff);
            var counted = table.Rows.Select(r => MultidimensionalPoverty.Score(r.Deprived, importance) is var s && MultidimensionalPoverty.IsPoor(s, cutoff) ? s : 0).ToArray();
            double[] one = [.. counted.Select(_ => 1d)], poor = [.. counted.Select(s => s > 0 ? 1d : 0)];
            var sample = new SampleEstimates(_incomes, _weights, _design, members);
            yield return Result(group, "mpi", found.Index, null, () => sample.Ratio(counted, one));
            yield return Result(group, "mpiHeadcount", found.Headcount, null, () => sample.Ratio(poor, one));
            yield return Result(group, "mpiIntensity", found.Intensity, null, () => sample.Ratio(counted, poor));
            foreach (var (d, dimension) in found.Dimensions.Index())
            {
                double[] deprived = [.. table.Rows.Select(r => r.Deprived[d] ? 1d : 0)], both = [.. deprived.Zip(poor, (a, b) => a * b)];
                yield return Result(group, $"mpiDeprived:{columns.Dimensions[d]}", dimension.Uncensored, null, () => sample.Ratio(deprived, one));
                yield return Result(group, $"mpiCensored:{columns.Dimensions[d]}", dimension.Censored, null, () => sample.Ratio(both, one));
                yield return Result(group, $"mpiContribution:{columns.Dimensions[d]}", dimension.Contribution, null,
                    () => sample.Ratio([.. both.Select(b => b * dimension.Weight)], counted));
            }
        }
    }

    private PovertyResult Result(string group, string measure, double value, double? line, Func<Estimate> estimate)
    {
        var finite = double.IsFinite(value);
        var error = errors && finite && estimate() is { } found && double.IsFinite(found.StandardError) ? found with { Value = value } : (Estimate?)null;
        return new(group, measure, finite ? value : null, line, error);
    }
}
