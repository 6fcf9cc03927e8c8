using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Figure = Shouwang.Modules.Insight.Contracts.Figure;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>The figures a county's bulletin is written from.</summary>
/// <param name="Now">Of the county on the day, by code.</param>
/// <param name="Month">Of the end of the month before; empty where nothing was worked out then.</param>
/// <param name="Year">Of the same month a year before.</param>
/// <param name="Below">Of the townships on the day.</param>
/// <param name="NameOf">Names of areas.</param>
internal sealed record CountyFigures(
    AreaCode County, DateOnly AsOf, BulletinPeriod Period, IReadOnlyDictionary<string, Figure> Now, IReadOnlyDictionary<string, Figure> Month, IReadOnlyDictionary<string, Figure> Year,
    IReadOnlyList<Figure> Below, Func<AreaCode, string> NameOf);

/// <summary>Fills the places of sentences, and says which sentences hold.</summary>
internal sealed class FilledPlaces(CountyFigures figures)
{
    /// <summary>What stands in a place; null where a figure for it is not there.</summary>
    public ContentField? Fill(BulletinPlace place) => place.Kind == PlaceKind.Word ? new(place.Text, Word(place.Text), null)
        : figures.Now.GetValueOrDefault(place.Code!) is { Value: not null } now && Shown(place.Kind, now) is { } shown ? new(place.Text, shown, LinkOf(now)) : null;

    /// <summary>False also where a figure of the condition is not there.</summary>
    public bool Holds(BulletinCondition? condition) => condition is null || condition.Clauses.All(c =>
        figures.Now.GetValueOrDefault(c.Code)?.Value is { } now && (c.Since switch
        {
            PlaceKind.Month => now - figures.Month.GetValueOrDefault(c.Code)?.Value,
            PlaceKind.Year => now - figures.Year.GetValueOrDefault(c.Code)?.Value,
            _ => now,
        }) is { } value && c.Holds(value));

    public static FigureLink LinkOf(Figure figure) => new(figure.Code, figure.Area.Digits, figure.AsOf);

    /// <summary>A value as texts show it, without its unit.</summary>
    public static string Number(Figure figure) => Screen.Number(figure.Value, figure.Definition.Decimals);

    private Text Word(string place) => place switch
    {
        "{day}" => BulletinDates.Of(figures.AsOf),
        "{month}" => figures.Period.Name,
        _ => figures.NameOf(figures.County) is var name ? new(name, name) : default,
    };

    private Text? Shown(PlaceKind kind, Figure now) => kind switch
    {
        PlaceKind.Value => Both(Number(now)),
        PlaceKind.Parts => now.Denominator is { } of ? Both($"{Screen.Number(now.Numerator)}/{Screen.Number(of)}") : null,
        PlaceKind.Month => Change(now, figures.Month.GetValueOrDefault(now.Code)),
        PlaceKind.Year => Change(now, figures.Year.GetValueOrDefault(now.Code)),
        PlaceKind.Most => Extreme(now, highest: true),
        PlaceKind.Least => Extreme(now, highest: false),
        PlaceKind.Word => null,
    };

    private static Text? Change(Figure now, Figure? before)
    {
        if (before?.Value is not { } then)
            return null;
        var (change, since) = (now.Value!.Value - then, Since(now, before.AsOf));
        var (by, unit) = (Screen.Number(Math.Abs(change), now.Definition.Decimals), now.Definition.Unit);
        return (now.Definition.Kind == IndicatorKind.Percent, Math.Sign(change)) switch
        {
            (_, 0) => new($"与{since.Zh}持平", $"as on {since.En}"),
            (true, > 0) => new($"比{since.Zh}上升{by}个百分点", $"{by} points above {since.En}"),
            (true, _) => new($"比{since.Zh}下降{by}个百分点", $"{by} points below {since.En}"),
            (_, > 0) => new($"比{since.Zh}增加{by}{unit.Zh}", $"{by} above {since.En}"),
            _ => new($"比{since.Zh}减少{by}{unit.Zh}", $"{by} below {since.En}"),
        };
    }

    // What is counted over a month is compared with a month; should that one not have been counted to its end, it says so.
    private static Text Since(Figure now, DateOnly then)
    {
        if (now.Definition.Period != IndicatorPeriod.Month)
            return BulletinDates.Of(then);
        var whole = then == BulletinPeriod.EndOf(then);
        return new($"{then.Year}年{then.Month}月{(whole ? "" : $"（截至{then.Day}日）")}", $"{then.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}{(whole ? "" : $" (to day {then.Day})")}");
    }

    private Text? Extreme(Figure now, bool highest)
    {
        var below = figures.Below.Where(f => f.Code == now.Code && f.Value is not null).OrderByDescending(f => highest ? f.Value : -f.Value).ThenBy(f => f.Area).ToList();
        // Where all are alike there is no highest.
        if (below.Count < 2 || below[0].Value == below[^1].Value)
            return null;
        var (first, alike) = (below[0], below.Count(f => f.Value == below[0].Value));
        var (name, value) = (figures.NameOf(first.Area), $"{Number(first)}");
        return alike == 1 ? new($"{name}（{value}{first.Definition.Unit.Zh}）", $"{name} ({value}{(first.Definition.Kind == IndicatorKind.Percent ? "%" : "")})")
            : new($"{name}等{alike}个（{value}{first.Definition.Unit.Zh}）", $"{name} and {alike - 1} more ({value}{(first.Definition.Kind == IndicatorKind.Percent ? "%" : "")})");
    }

    private static Text Both(string text) => new(text, text);
}

/// <summary>Days as official texts write them.</summary>
internal static class BulletinDates
{
    public static Text Of(DateOnly day) => new($"{day.Year}年{day.Month}月{day.Day}日", day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
}
