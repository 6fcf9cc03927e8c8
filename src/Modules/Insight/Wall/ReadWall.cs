using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>Reads what the wall shows: nothing is worked out here, only figures that are kept.</summary>
internal sealed class ReadWall(ShouwangDb db, IFigures figures)
{
    public static readonly IReadOnlyList<string> Headlines = ["M01h", "M01p", "M08h", "M09r", "M12n", "I21"], Late = ["M12o", "M13o", "M16o", "M19o", "C03"], Trends = ["M01h", "M16m", "M19t", "I20"];

    // What a place on the map needs; R07 divides by everybody, R14 is about registered households only, so households come from G22, which divides by all.
    private static readonly string[] OfPlaces = ["M01h", "M01p", "R07", "G22", .. Late];

    private const int Week = 7;

    /// <returns>Null when nothing was worked out yet, or the actor may not see the area.</returns>
    public async Task<WallView?> Of(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsRead) || !actor.Sees(area) || area.Level < AreaLevel.County || await figures.LastBefore(area, day.AddDays(1), cancel) is not { } asOf)
            return null;
        var now = (await figures.Of(actor, area, asOf, cancel)).ToDictionary(f => f.Code);
        var lastWeek = await figures.LastBefore(area, asOf.AddDays(1 - Week), cancel);
        var before = lastWeek is { } then ? (await figures.Of(actor, area, then, cancel)).ToDictionary(f => f.Code) : [];
        var places = await Places(actor, area, asOf, lastWeek, cancel);
        var course = (await figures.Course(actor, area, Trends, cancel)).Where(f => f.AsOf <= asOf && f.Value is not null).ToLookup(f => f.Code);
        var county = area.County.Digits;
        var computed = await db.Set<IndicatorRun>().AsNoTracking().Where(r => r.County == county && r.AsOf == asOf).Select(r => r.ComputedAt).SingleAsync(cancel);
        WallFigure? Figure(string code) => now.GetValueOrDefault(code) is { } figure ? new(figure, lastWeek is { } since && IsOfOnePeriod(figure.Definition.Period, since, asOf) ? before.GetValueOrDefault(code)?.Value : null) : null;
        return new(area, asOf, computed, lastWeek, [.. Headlines.Select(Figure).OfType<WallFigure>()], [.. Late.Select(Figure).OfType<WallFigure>()], [.. Funnel(now)],
            [.. now.Values.Where(f => f.Code.StartsWith("R18/", StringComparison.Ordinal)).OrderByDescending(f => f.Numerator).Select(f => new WallCause(CauseOf(f), f))],
            [.. Trends.Select(code => course[code].OrderBy(f => f.AsOf).ToList()).Where(c => c.Count > 0)],
            [.. places.Where(p => p.Area.Parent == area)], area.Level == AreaLevel.County ? [.. places.Where(p => p.Area.Level == AreaLevel.Village)] : []);
    }

    // What counts anew with every month says nothing about a week in which one began.
    private static bool IsOfOnePeriod(IndicatorPeriod period, DateOnly then, DateOnly now) => period switch
    {
        IndicatorPeriod.Month => (then.Year, then.Month) == (now.Year, now.Month),
        IndicatorPeriod.Quarter => (then.Year, (then.Month - 1) / 3) == (now.Year, (now.Month - 1) / 3),
        IndicatorPeriod.Year => then.Year == now.Year,
        IndicatorPeriod.Stock or IndicatorPeriod.Cumulative => true,
    };

    private async Task<IReadOnlyList<WallPlace>> Places(Actor actor, AreaCode area, DateOnly asOf, DateOnly? lastWeek, CancellationToken cancel)
    {
        if (area.Level == AreaLevel.Village)
            return [];
        var before = lastWeek is { } day ? (await figures.Below(actor, area, ["M01h"], day, true, cancel)).ToDictionary(f => f.Area, f => f.Numerator) : null;
        return [.. (await figures.Below(actor, area, OfPlaces, asOf, true, cancel)).GroupBy(f => f.Area).Select(place =>
        {
            var of = place.ToDictionary(f => f.Code);
            decimal Number(string code) => of.GetValueOrDefault(code)?.Numerator ?? 0;
            var people = of.GetValueOrDefault("R07")?.Denominator ?? 0;
            return new WallPlace(place.Key, of.GetValueOrDefault("G22")?.Denominator ?? 0, Number("M01h"), people == 0 ? null : decimal.Round(1000 * Number("M01p") / people, 1, MidpointRounding.AwayFromZero),
                Late.Sum(Number), before is null ? null : Number("M01h") - before.GetValueOrDefault(place.Key));
        })];
    }

    private static IEnumerable<FunnelStep> Funnel(Dictionary<string, Figure> now)
    {
        (Text Title, string Code, string? Days)[] steps =
        [
            (new("本年线索", "Leads of the year"), "M12y", null), (new("已核查", "Verified"), "M12v", "M12vd"), (new("识别认定", "Cases"), "M12c", null), (new("纳入监测", "Registered"), "M12k", "M12kd"),
            (new("有计划", "With a plan"), "M12p", null), (new("措施已开始", "Help began"), "M12m", "M12md"), (new("风险消除", "Eliminated"), "M12e", "M12ed"),
        ];
        foreach (var (title, code, days) in steps)
        {
            if (now.GetValueOrDefault(code) is { } figure)
                yield return new(title, figure, figure.Numerator, days is null ? null : now.GetValueOrDefault(days)?.Value);
        }
    }

    // The title of a part is that of the whole and its own.
    private static Text CauseOf(Figure figure) => new(figure.Definition.Title.Zh.Split('：')[^1], figure.Definition.Title.En.Split(": ")[^1]);
}
