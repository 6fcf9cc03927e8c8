using Shouwang.Kernel.Poverty;

namespace Shouwang.Tests.Kernel.Poverty;

/// <summary>Sampling errors against textbook formulas, against the packages' formulas written down apart, and against drawing again.</summary>
public sealed class SampleEstimatesTests
{
    private static readonly (double[] Incomes, double[] Weights) Sixty = Drawn(60);

    [Fact]
    public void A_share_has_the_error_that_the_textbook_gives()
    {
        double[] incomes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var found = new SampleEstimates(incomes, [], new(10)).FosterGreerThorbecke(new(4), 0);
        Assert.Equal(0.3, found.Value, 12);
        Assert.Equal(Math.Sqrt(0.3 * 0.7 / 9), found.StandardError, 12);
        Assert.Equal(0.3 - 1.959963984540054 * found.StandardError, found.Low, 12);
        Assert.Equal(0.6 - found.Low, found.High, 12);
    }

    [Fact]
    public void Asking_a_village_twice_over_is_no_second_village()
    {
        double[] incomes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        double[] twice = [.. incomes, .. incomes];
        string[] units = [.. Enumerable.Range(0, 20).Select(i => $"{i % 10}")];
        var once = new SampleEstimates(incomes, [], new(10));
        var doubled = new SampleEstimates(twice, [], new(20, null, units));
        Assert.Equal(once.Gini().StandardError, doubled.Gini().StandardError, 12);
        Assert.Equal(once.FosterGreerThorbecke(new(6), 1).StandardError, doubled.FosterGreerThorbecke(new(6), 1).StandardError, 12);
    }

    [Fact]
    public void What_differs_between_strata_only_is_no_error()
    {
        var design = new SampleDesign(4, ["a", "a", "b", "b"]);
        Assert.Equal(0, design.StandardError([1, 1, 9, 9]), 12);
        Assert.Equal(Math.Sqrt(2), design.StandardError([0, 1, 5, 4]), 12);
        Assert.Equal(0, design.LonelyStrata);
        Assert.Equal(1, new SampleDesign(3, ["a", "a", "b"]).LonelyStrata);
        Assert.True(double.IsNaN(new SampleDesign(1).StandardError([1])));
        Assert.Throws<ArgumentException>(() => new SampleDesign(2, ["a"]));
    }

    /// <summary>Values worked out with the formulas of convey and vardpoor, written down apart from ours, on sixty made-up people.</summary>
    [Theory]
    [InlineData(false, "arpr", 0.21834486616204907, 0.057721646041174766)]
    [InlineData(false, "gap", 0.13093907929233245, 0.0252884169976605)]
    [InlineData(false, "severity", 0.05562698295079042, 0.013602739260657627)]
    [InlineData(false, "relativeMedianGap", 0.162330111892644, 0.12586105209953233)]
    [InlineData(false, "median", 5420.97, 348.75896720202365)]
    [InlineData(false, "gini", 0.2423521985840036, 0.020229562090062696)]
    [InlineData(true, "arpr", 0.21507969403519353, 0.0773248546837511)]
    [InlineData(true, "gap", 0.10946038057198842, 0.026362143521037832)]
    [InlineData(true, "severity", 0.04415152055051525, 0.014724360236005225)]
    [InlineData(true, "relativeMedianGap", 0.10299571232946625, 0.14664886479927228)]
    [InlineData(true, "median", 6817.56, 502.2103860205032)]
    [InlineData(true, "gini", 0.22692767718861373, 0.025751021949337694)]
    public void Strata_clusters_weights_and_groups_give_the_packages_errors(bool group, string measure, double value, double error)
    {
        var design = new SampleDesign(60, [.. Enumerable.Range(0, 60).Select(i => $"{i % 3}")], [.. Enumerable.Range(0, 60).Select(i => $"{i % 12}")]);
        var whole = new SampleEstimates(Sixty.Incomes, Sixty.Weights, design);
        var line = whole.ShareOfMedian(0.6);
        var people = group ? new(Sixty.Incomes, Sixty.Weights, design, [.. Enumerable.Range(0, 60).Select(i => i % 2 == 1)]) : whole;
        var found = measure switch
        {
            "arpr" => people.FosterGreerThorbecke(line, 0),
            "gap" => people.FosterGreerThorbecke(new(5000), 1),
            "severity" => people.FosterGreerThorbecke(new(5000), 2),
            "relativeMedianGap" => people.RelativeMedianGap(line),
            "median" => people.Median,
            _ => people.Gini(),
        };
        Assert.Equal(value, found.Value, 1e-9);
        Assert.Equal(error, found.StandardError, 1e-9 * Math.Max(1, error));
    }

    /// <summary>Drawing a thousand people three hundred times over spreads the measures about as much as the formulas say.</summary>
    [Fact]
    public void Drawing_again_spreads_as_foretold()
    {
        var (incomes, weights) = Drawn(1000);
        var sample = new SampleEstimates(incomes, weights, new(1000));
        var relative = sample.ShareOfMedian(0.6);
        (string Name, Estimate Foretold, Func<WeightedIncomes, double> Measure)[] measures =
        [
            ("gini", sample.Gini(), p => p.Gini()),
            ("s80s20", sample.QuintileRatio(), p => p.QuintileRatio()),
            ("median", sample.Median, p => p.Median),
            ("headcount", sample.FosterGreerThorbecke(new(4000), 0), p => p.Headcount(4000)),
            ("relative gap", sample.FosterGreerThorbecke(relative, 1), p => p.Gap(0.6 * p.Median)),
            ("relative severity", sample.FosterGreerThorbecke(relative, 2), p => p.Severity(0.6 * p.Median)),
            ("arpr", sample.FosterGreerThorbecke(relative, 0), p => p.Headcount(0.6 * p.Median)),
        ];
        var random = new Random(20200630);
        var drawn = Enumerable.Range(0, 300).Select(_ =>
        {
            var who = Enumerable.Range(0, 1000).Select(_ => random.Next(1000)).ToArray();
            var people = new WeightedIncomes([.. who.Select(i => incomes[i])], [.. who.Select(i => weights[i])]);
            return measures.Select(m => m.Measure(people)).ToArray();
        }).ToList();
        foreach (var (m, (name, foretold, _)) in measures.Index())
        {
            var mean = drawn.Average(d => d[m]);
            var spread = Math.Sqrt(drawn.Sum(d => (d[m] - mean) * (d[m] - mean)) / (drawn.Count - 1));
            Assert.True(Math.Abs(foretold.StandardError / spread - 1) < 0.2, $"{name}: foretold {foretold.StandardError}, drawn {spread}");
        }
    }

    [Fact]
    public void Nobody_has_no_error()
    {
        var nobody = new SampleEstimates([1, 2, 3], [], new(3), [false, false, false]);
        Assert.True(double.IsNaN(nobody.Gini().StandardError) && double.IsNaN(nobody.Median.StandardError));
        Assert.True(double.IsNaN(nobody.FosterGreerThorbecke(new(2), 0).StandardError) && double.IsNaN(nobody.RelativeMedianGap(new(2)).Value));
        Assert.True(double.IsNaN(new SampleEstimates([5], [], new(1)).Gini().StandardError));
    }

    /// <summary>Made-up incomes and weights that another language makes alike.</summary>
    private static (double[], double[]) Drawn(int count)
    {
        var (incomes, weights, state) = (new double[count], new double[count], 12_345L);
        for (var i = 0; i < count; i++)
        {
            var far = Next();
            incomes[i] = Math.Round(1500 + 9000 * far * far + 700 * (i % 5), 2);
            weights[i] = Math.Round(0.5 + 3 * Next(), 3);
        }
        return (incomes, weights);

        double Next() => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648d;
    }
}
