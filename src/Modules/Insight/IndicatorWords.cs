using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Figure = Shouwang.Modules.Insight.Contracts.Figure;

namespace Shouwang.Modules.Insight;

/// <summary>What is said about indicators on every page.</summary>
internal static class IndicatorWords
{
    public static Text Of(IndicatorGroup group) => group switch
    {
        IndicatorGroup.Registry => new("台账与发生率", "Register and incidence"),
        IndicatorGroup.Monitoring => new("监测预警", "Monitoring"),
        IndicatorGroup.Work => new("问题与队伍", "Problems and people at work"),
        IndicatorGroup.Guarantees => new("保障与健康", "Guarantees and health"),
        IndicatorGroup.Development => new("搬迁产业就业", "Relocation, industry, work"),
        IndicatorGroup.Money => new("资金", "Money"),
        IndicatorGroup.Society => new("社会帮扶", "Social help"),
    };

    public static Text Of(IndicatorPeriod period) => period switch
    {
        IndicatorPeriod.Stock => new("时点", "on the day"),
        IndicatorPeriod.Month => new("月", "month"),
        IndicatorPeriod.Quarter => new("季", "quarter"),
        IndicatorPeriod.Year => new("年", "year"),
        IndicatorPeriod.Cumulative => new("累计", "since the beginning"),
    };

    public static Text Of(Figure? figure, IndicatorDefinition definition) =>
        figure is not null ? Of(figure.Status) : definition.WaitsFor is null ? new("未统计", "not worked out") : new("待数据", "waiting");

    public static Text Of(FigureStatus status) => status switch
    {
        FigureStatus.Computed => new("系统计算", "computed"),
        FigureStatus.Undefined => new("无可比基数", "nothing to divide by"),
        FigureStatus.Reported => new("人工上报", "reported"),
        FigureStatus.Adjusted => new("人工调整", "adjusted"),
    };

    public static Tone ToneOf(Figure? figure) => figure?.Status switch
    {
        FigureStatus.Computed => Tone.Good,
        FigureStatus.Reported => Tone.Note,
        FigureStatus.Adjusted => Tone.Warn,
        _ => Tone.Plain,
    };

    /// <summary>A day in an address; null where there is none.</summary>
    public static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
