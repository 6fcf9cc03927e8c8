using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>Works figures out and shows them.</summary>
internal sealed class Figures(ShouwangDb db, IEnumerable<IIndicatorSource> sources, Policies policies, TimeProvider clock) : IFigures
{
    // What these modules write changes no figure.
    private static readonly string[] Harmless = ["insight.", "quality.", "access.", "screening.", "backup."];

    private readonly Dictionary<string, IndicatorDefinition> _indicators = sources.SelectMany(s => s.Indicators).ToDictionary(i => i.Code);

    public IReadOnlyList<IndicatorDefinition> Indicators => [.. _indicators.Values.OrderBy(i => i.Code, StringComparer.Ordinal)];

    public async Task Compute(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        county = county.County;
        var seq = await db.Set<Event>().Where(e => e.County == county.Digits).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
        var policy = await policies.For(county, asOf, cancel);
        var sums = new Dictionary<(string Area, string Code), (decimal Numerator, decimal Denominator)>();
        foreach (var code in _indicators.Keys)
            sums[(county.Digits, code)] = default;
        foreach (var source in sources)
        {
            await source.Compute(county, asOf, policy, part =>
            {
                for (var area = new AreaCode(part.Village); ; area = area.Parent)
                {
                    var (numerator, denominator) = sums.GetValueOrDefault((area.Digits, part.Code));
                    sums[(area.Digits, part.Code)] = (numerator + part.Numerator, denominator + part.Denominator);
                    if (area.Level <= AreaLevel.County)
                        break;
                }
            }, cancel);
        }
        await Keep(county, asOf, seq, sums, cancel);
    }

    private async Task Keep(
        AreaCode county, DateOnly asOf, long seq, Dictionary<(string Area, string Code), (decimal Numerator, decimal Denominator)> sums, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var (now, areas) = (clock.GetUtcNow(), sums.Keys.Select(k => k.Area).Distinct().ToList());

        // The event comes first: it holds the county's event head, so that two computations take turns.
        db.Log("insight.computed", county, county.Digits, "system", clock, new { asOf, areas = areas.Count, indicators = _indicators.Count });
        await db.SaveChangesAsync(cancel);
        await db.Execute("delete from indicator_values where county = @county and as_of = @asOf", cancel, ("@county", county.Digits), ("@asOf", asOf));

        // Every area has every figure, so that what is missing from the table is what was not computed.
        var rows = from area in areas
                   from code in _indicators.Keys
                   let sum = sums.GetValueOrDefault((area, code))
                   select new object?[] { county.Digits, asOf, area, code, Exact(sum.Numerator), Exact(sum.Denominator), now.ToUnixTimeMilliseconds(), seq };
        await new BulkInsert(db, "indicator_values",
            ("county", ColumnType.Text), ("as_of", ColumnType.Date), ("area", ColumnType.Text), ("code", ColumnType.Text), ("numerator", ColumnType.Text),
            ("denominator", ColumnType.Text), ("computed_at", ColumnType.BigInt), ("seq", ColumnType.BigInt)).Write(rows, cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }

    public async Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        var seen = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == digits && v.AsOf == asOf).MaxAsync(v => (long?)v.Seq, cancel);
        if (seen is not { } seq)
            return true;
        return await AnythingSince(db, county.County, seq, cancel);
    }

    /// <summary>Whether something that figures may follow from happened in a county after one of its events.</summary>
    internal static async Task<bool> AnythingSince(ShouwangDb db, AreaCode county, long seq, CancellationToken cancel)
    {
        var digits = county.Digits;
        var since = await db.Set<Event>().AsNoTracking().Where(e => e.County == digits && e.Seq > seq).Select(e => e.Name).Distinct().ToListAsync(cancel);
        return since.Exists(name => !Harmless.Any(h => name.StartsWith(h, StringComparison.Ordinal)));
    }

    public async Task<IReadOnlyList<Figure>> Of(Actor actor, AreaCode area, DateOnly asOf, CancellationToken cancel)
    {
        var digits = area.Digits;
        var values = await Visible(actor).Where(v => v.Area == digits && v.AsOf == asOf).ToListAsync(cancel);
        return await Shown(values, cancel);
    }

    public async Task<IReadOnlyList<Figure>> Below(Actor actor, AreaCode area, string code, DateOnly asOf, CancellationToken cancel)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        var values = await Visible(actor).Where(v => v.AsOf == asOf && v.Code == code && string.Compare(v.Area, from) > 0 && string.Compare(v.Area, to) < 0)
            .ToListAsync(cancel);
        return await Shown(values.Where(v => new AreaCode(v.Area).Parent == area), cancel);
    }

    public async Task<IReadOnlyList<Figure>> Course(Actor actor, AreaCode area, string code, CancellationToken cancel)
    {
        var digits = area.Digits;
        return await Shown(await Visible(actor).Where(v => v.Area == digits && v.Code == code).ToListAsync(cancel), cancel);
    }

    public async Task<IReadOnlyList<Contribution>> Behind(
        Actor actor, AreaCode area, string code, DateOnly asOf, bool? counted, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsRead) || actor.ReachOf(Permissions.HouseholdsRead) is not { } reach || reach.HasFlag(Reach.Aggregate))
            return [];
        var source = sources.FirstOrDefault(s => s.Indicators.Any(i => i.Code == code));
        if (source is null || !actor.Sees(area))
            return [];
        var assigned = reach.HasFlag(Reach.Assigned) ? actor.Households.ToHashSet() : null;
        var homes = new Dictionary<Guid, Contribution>();
        await source.Compute(area.County, asOf, await policies.For(area.County, asOf, cancel), part =>
        {
            if (part.Code != code || part.Household is not { } household || !part.Village.StartsWith(area.Digits, StringComparison.Ordinal)
                || assigned?.Contains(household) == false)
                return;
            var sofar = homes.GetValueOrDefault(household) ?? new(household, part.Village, 0, 0);
            homes[household] = sofar with { Numerator = sofar.Numerator + part.Numerator, Denominator = sofar.Denominator + part.Denominator };
        }, cancel);
        return [.. homes.Values.Where(h => counted is not { } wanted || h.Numerator != 0 == wanted).OrderBy(h => h.Village, StringComparer.Ordinal)];
    }

    private IQueryable<IndicatorValue> Visible(Actor actor) => db.Set<IndicatorValue>().AsNoTracking().VisibleTo(actor, Permissions.IndicatorsRead);

    private async Task<IReadOnlyList<Figure>> Shown(IEnumerable<IndicatorValue> values, CancellationToken cancel)
    {
        var (figures, lines) = (new List<Figure>(), new Dictionary<DateOnly, bool>());
        foreach (var value in values.OrderBy(v => v.AsOf).ThenBy(v => v.Area, StringComparer.Ordinal).ThenBy(v => v.Code, StringComparer.Ordinal))
        {
            // An indicator that is no longer defined leaves its old values behind.
            if (!_indicators.TryGetValue(value.Code, out var definition))
                continue;
            var area = new AreaCode(value.Area);
            if (!lines.TryGetValue(value.AsOf, out var hasLine))
                lines[value.AsOf] = hasLine = (await policies.For(area.County, value.AsOf, cancel)).MonitoringLine is not null;
            figures.Add(FigureOf(definition, area, value.AsOf, Exact(value.Numerator), Exact(value.Denominator), hasLine));
        }
        return figures;
    }

    /// <param name="hasLine">Whether there is a monitoring line; figures about it say nothing without.</param>
    internal static Figure FigureOf(IndicatorDefinition definition, AreaCode area, DateOnly asOf, decimal numerator, decimal denominator, bool hasLine)
    {
        var (parts, value) = definition.Kind switch
        {
            IndicatorKind.Count => ((decimal?)null, definition.Code != BelowTheLine || hasLine ? numerator : (decimal?)null),
            IndicatorKind.Percent => (denominator, denominator == 0 ? null : 100 * numerator / denominator),
            IndicatorKind.Ratio => (denominator, denominator == 0 ? null : numerator / denominator),
        };
        return new(definition, area, asOf, numerator, parts, value is { } exact ? decimal.Round(exact, definition.Decimals, MidpointRounding.AwayFromZero) : null,
            value is null ? FigureStatus.Undefined : FigureStatus.Computed);
    }

    private const string BelowTheLine = "I21";

    private static string Exact(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static decimal Exact(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
