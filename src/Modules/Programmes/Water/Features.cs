using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>What the latest survey by the as-of day found about a household's drinking water; where it is silent or has aged, what a visit saw.</summary>
/// <remarks>A test of the water is the department's alone: nobody sees at a visit whether it would pass.</remarks>
internal sealed class WaterFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("water.litres", RuleType.Decimal, Unit.Litres, new("人均日用水量", "water a head and day"),
            new("最近一次调查的人均日用水量",
                "Litres a head and day of the latest survey")).SaidAs("household.water_litres", RecordRule.Ages),
        Feature("water.short_area", RuleType.Bool, Unit.None, new("缺水地区", "water-short area"),
            new("最近一次调查：是否缺水地区",
                "Latest survey: in a water-short area")).SaidAs("household.water_short", RecordRule.Ages),
        Feature("water.quality_ok", RuleType.Bool, Unit.None, new("水质检测合格", "water passed its test"),
            new("最近一次调查的检测结果为合格；未检测不算合格",
                "The test of the latest survey was passed; no test is not a pass")),
        Feature("water.tested_on", RuleType.Date, Unit.None, new("水质检测日期", "day of the water test"),
            new("最近一次调查所载检测日期",
                "Day of the water test in the latest survey")),
        Feature("water.piped", RuleType.Bool, Unit.None, new("供水入户", "water piped home"),
            new("最近一次调查：是否入户",
                "Latest survey: piped home")).SaidAs("household.water_piped", RecordRule.Ages),
        Feature("water.trip_minutes", RuleType.Int, Unit.Minutes, new("取水往返时间", "trip to fetch water"),
            new("最近一次调查的取水往返时间，不足一分钟的按一分钟计",
                "Trip to fetch water in the latest survey, fractions counted up")).SaidAs("household.water_minutes", RecordRule.Ages),
        Feature("water.horizontal", RuleType.Int, Unit.Metres, new("取水水平距离", "horizontal distance to water"),
            new("最近一次调查的取水水平距离",
                "Horizontal distance to water in the latest survey")).SaidAs("household.water_horizontal", RecordRule.Ages),
        Feature("water.vertical", RuleType.Int, Unit.Metres, new("取水垂直距离", "vertical distance to water"),
            new("最近一次调查的取水垂直距离",
                "Vertical distance to water in the latest survey")).SaidAs("household.water_vertical", RecordRule.Ages),
        Feature("water.days_short", RuleType.Int, Unit.Days, new("年缺水天数", "days short of water a year"),
            new("最近一次调查的年缺水天数",
                "Days short of water a year in the latest survey")).SaidAs("household.water_days_short", RecordRule.Ages),
        Feature("water.seasonal_shortage", RuleType.Bool, Unit.None, new("季节性缺水", "seasonal shortage of water"),
            new("最近一次调查：是否季节性缺水",
                "Latest survey: short of water in a season")).SaidAs("household.water_seasonal", RecordRule.Ages),
        Feature("water.guaranteed", RuleType.Bool, Unit.None, new("饮水安全有保障", "safe drinking water guaranteed"),
            new("水量、水质、方便程度、保证率四项全部达标（ST6–ST9）；没有不达标项而有未知项时未知",
                "Quantity, quality, distance and assurance all meet ST6–ST9; unknown when none fails and one is not known")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var homes = await register.Homes(scope, cancel);
        var surveys = await LatestSurveys.Load(db, scope, cancel);
        var answers = new WaterAnswers(columns, new(scope, homes, Sources.Water));
        for (var i = 0; i < surveys.Length; i++)
        {
            var survey = surveys[i];
            if (survey is null && homes.Seen(i) is null)
                continue;
            var (found, source) = (survey?.Found ?? default, survey is { } known ? new FeatureSource(Sources.Water, known.Day) : null);
            columns["water.quality_ok"].Set(i, found.Passed, source);
            columns["water.tested_on"].Set(i, found.TestedOn, source);
            var all = answers.Write(i, found, survey?.Seasonal, source);
            // A visit can tell that water is not safe; that it is, surveys and tests alone.
            columns["water.guaranteed"].Set(i, all.IsSafe(scope.AsOf) is false ? false : found.IsSafe(scope.AsOf), source);
        }
    }
}

/// <param name="Day">The day of the survey, or the as-of day of its file.</param>
internal readonly record struct LatestSurvey(DateOnly Day, DateOnly AsOfOn, bool? Seasonal, WaterFindings Found);

internal static class LatestSurveys
{
    /// <summary>One for each place of the scope; null for a household that was not surveyed by the as-of day.</summary>
    public static async Task<LatestSurvey?[]> Load(ShouwangDb db, FeatureScope scope, CancellationToken cancel)
    {
        var latest = new LatestSurvey?[scope.Households.Count];
        await WaterSurvey.Table.Read(db, scope, """
            surveyed_on, as_of_on, seasonal_shortage, litres, short_area, quality, tested_on, piped, trip_minutes, horizontal_metres,
            vertical_metres, days_short
            """, "coalesce(surveyed_on, as_of_on) <= @to", (place, row) =>
            {
                var asOfOn = row.Date(2)!.Value;
                var survey = new LatestSurvey(row.Date(1) ?? asOfOn, asOfOn, row.Flag(3), new(
                    row.Exact(4), row.Flag(5), row.Text(6), row.Date(7), row.Flag(8), row.Whole(9), row.Whole(10), row.Whole(11), row.Whole(12)));
                if (latest[place] is not { } other || (survey.Day, survey.AsOfOn).CompareTo((other.Day, other.AsOfOn)) > 0)
                    latest[place] = survey;
            }, cancel, ("@to", scope.AsOf));
        return latest;
    }
}
