using System.Globalization;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>The headline figures of the five county reports that are consistent (✔ in SEED-FEATURES) come out of their counts, and the checks find nothing in them.</summary>
public class SeedFigureTests
{
    private static readonly IReadOnlyDictionary<string, IndicatorDefinition> Indicators = Packs.Book.For(Packs.Jinqian, Packs.June2020).Indicators.ToDictionary(i => i.Code);

    /// <summary>Seed, indicator, numerator, denominator, as printed.</summary>
    [Theory]
    [InlineData(1, "R14", 71_296, 16_984, "4.20")]
    [InlineData(1, "R07", 1_374, 429_375, "0.32")]
    [InlineData(1, "I02h", 192, 217, "88.48")]
    [InlineData(1, "I02p", 960, 1_070, "89.72")]
    [InlineData(1, "F04", 1_119, 1_141, "98.07")]
    [InlineData(1, "I08h", 390, 3_795, "10.28")]
    [InlineData(1, "I08a", 1_562, 11_016, "14.18")]
    [InlineData(1, "I15", 800, 1_300, "61.54")]
    [InlineData(1, "F10m", 320_000_000, 9_011, "35512.15")]
    [InlineData(2, "R14", 136_699, 35_996, "3.80")]
    [InlineData(3, "M05", 736, 51_125, "1.44")]
    [InlineData(3, "C08m", 663, 221, "3.00")]
    [InlineData(4, "R08", 139_780, 770_562, "18.14")]
    [InlineData(4, "R07", 5_443, 770_562, "0.71")]
    [InlineData(4, "S04", 67_888, 104_096, "65.22")]
    [InlineData(4, "G07m", 21_040_800, 16_360, "1286.11")]
    [InlineData(4, "G18m", 1_066, 213, "5.00")]
    [InlineData(4, "C18m", 106_947, 30_239, "3.54")]
    [InlineData(4, "G21m", 465_000_000, 17_695, "26278.61")]
    [InlineData(4, "C10l", 28_797, 8_103, "3.55")]
    [InlineData(4, "C20", 1_874, 1_237, "1.51")]
    [InlineData(5, "R14", 31_588, 9_804, "3.22")]
    [InlineData(5, "C10l", 9_803, 5_052, "1.94")]
    public void A_rate_is_printed_as_the_report_prints_it(int seed, string code, decimal numerator, decimal denominator, string printed)
    {
        var value = Figures.ValueOf(Indicators[code], numerator, denominator);
        Assert.Equal((seed, printed), (seed, value?.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Each line is one area of one report: what adds up there, stage after stage, is found to.</summary>
    [Theory]
    [InlineData("R01=16984 R03=16648 R05=336 R02=71296 R04=69922 R06=1374 R07=1374/429375 R14=71296/16984")]
    [InlineData("M22=140776 M22a=17018 M22b=123758")]
    [InlineData("I01ph=217 I01sh=217 I01dh=217 I01mh=192 I01pp=1070 I01sp=1070 I01dp=1070 I01mp=960")]
    [InlineData("M07=2186 R05=1013 M02=603 M03=569 M07c=1")]
    [InlineData("R01=35996 R03=34983 R05=1013 R02=136699 R04=133653 R06=3046")]
    [InlineData("M05=736/51125 R02=51125")]
    [InlineData("G03=102 G03a=5 G03b=97")]
    [InlineData("G08=49494/49494 R02=49494")]
    [InlineData("R06=5443 R16=3494 R17=1949 R02=102087 R04=96644 R01=28797 R03=26248 R05=2549")]
    [InlineData("S04=67888/104096 S02=104096 S03=67888")]
    [InlineData("C04=2369 C04a=1673 C04b=395 C04c=301")]
    [InlineData("R01=9804 R03=9803 R05=1 R02=31588 R04=31585 R06=3")]
    public void What_is_consistent_raises_no_doubt(string counts) =>
        Assert.Equal("", string.Join('\n', Checked(counts).Where(c => c.Check is not CrossCheck.RateIsWhole).SelectMany(c => c.Findings.Select(f => $"{c.Check} {f.Says.En}"))));

    /// <summary>What the reports get wrong is found: the four types without the fourth, units mixed, more than there are, a mean that cannot be.</summary>
    [Theory]
    [InlineData("M07=2186 R05=1013 M02=603 M03=569", CrossCheck.PartsAddUp, "M07")]
    [InlineData("R01=100 R03=90 R05=9", CrossCheck.Balance, "R01")]
    [InlineData("G15=904", CrossCheck.RateIsWhole, "G15")]
    [InlineData("R14=5000/400", CrossCheck.MeanInBounds, "R14")]
    [InlineData("F10m=60000/1", CrossCheck.MeanInBounds, "F10m")]
    [InlineData("G08=49000/49494 R02=51125", CrossCheck.SameBase, "G08")]
    [InlineData("M05=736/51125 R02=51126", CrossCheck.SameBase, "M05")]
    [InlineData("I01ph=217 I01sh=218", CrossCheck.WithinWhole, "I01sh")]
    [InlineData("G08=49495/49494 R02=49494", CrossCheck.WithinWhole, "G08")]
    [InlineData("R03=101 R01=100", CrossCheck.WithinWhole, "R03")]
    internal void What_does_not_fit_is_found(string counts, CrossCheck check, string code) =>
        Assert.Contains(Checked(counts).Single(c => c.Check == check).Findings, f => f.Code == code);

    [Fact]
    public void A_share_of_people_among_households_is_found()
    {
        var mixed = Indicators["M05"] with { Per = new("registry.registered", null) };
        var ready = new Dictionary<string, ReadyIndicator> { ["M05"] = new(mixed, Sum(mixed.Of!), Sum(mixed.Per!)) };
        var found = CrossChecks.Run([new(mixed, new("500231"), Packs.June2020, 736, 275, 267.64m, FigureStatus.Computed)], [], ready);
        Assert.Equal(["M05"], found.Single(c => c.Check == CrossCheck.OneUnit).Findings.Select(f => f.Code));
        Assert.Equal(Enum.GetValues<CrossCheck>(), found.Select(c => c.Check));

        static HouseholdSum Sum(IndicatorTerm term) => new(null, term.Sum is null ? null : Shouwang.Kernel.Rules.RuleExpression.Compile(term.Sum,
            PolicySymbols.For(new Shouwang.Kernel.Rules.SymbolTable(Shouwang.Modules.Catalogue.Features.Select(f => f.Symbol)))).Expression);
    }

    private static IReadOnlyList<CheckResult> Checked(string counts) => CrossChecks.Run([.. counts.Split(' ').Select(text =>
    {
        var (code, numbers) = (text.Split('=')[0], text.Split('=')[1].Split('/').Select(n => decimal.Parse(n, CultureInfo.InvariantCulture)).ToArray());
        var definition = Indicators[code];
        decimal? denominator = numbers.Length > 1 ? numbers[1] : null;
        return new Figure(definition, new("500231"), Packs.June2020, numbers[0], denominator, Figures.ValueOf(definition, numbers[0], denominator ?? 0), FigureStatus.Reported);
    })], [], Indicators.ToDictionary(i => i.Key, i => new ReadyIndicator(i.Value, null, null)));
}
