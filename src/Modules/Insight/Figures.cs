using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>Works figures out and shows them.</summary>
internal sealed class Figures(ShouwangDb db, WorkOut work, IndicatorCatalogue catalogue, Policies policies, PublishedSets sets, Today today) : IFigures
{
    // What these modules write changes no figure.
    private static readonly string[] Harmless = ["insight.", "quality.", "access.", "lists.", "backup."];

    public async Task<IReadOnlyList<IndicatorDefinition>> Indicators(AreaCode county, DateOnly asOf, CancellationToken cancel) =>
        [.. catalogue.For(await policies.For(county.County, asOf, cancel)).Values.Select(i => i.Definition)];

    public async Task Compute(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        county = county.County;
        if (await sets.Has(county, asOf, cancel))
            return;
        var seq = await db.Set<Event>().Where(e => e.County == county.Digits).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
        // The end of a month is what bulletins, rankings and appraisals are about: its households stay known.
        var contents = IsMonthEnd(asOf) ? await SetContents.Collect(part => work.Each(county, asOf, null, part, cancel)) : null;
        await Keep(county, asOf, seq, contents?.Sums(county) ?? await work.ByArea(county, asOf, cancel), contents, cancel);
    }

    /// <summary>Whether a day ends its month.</summary>
    internal static bool IsMonthEnd(DateOnly day) => day.AddDays(1).Day == 1;

    private async Task Keep(AreaCode county, DateOnly asOf, long seq, AreaSums sums, SetContents? contents, CancellationToken cancel)
    {
        var policy = await policies.For(county, asOf, cancel);
        var computed = catalogue.For(policy).Values.Select(i => i.Definition).Where(d => d.WaitsFor is null).ToList();
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var (now, areas) = (today.Clock.GetUtcNow().ToUnixTimeMilliseconds(), sums.Areas);

        // The run comes first: its row holds the day, so that two computations take turns.
        await new BulkUpsert(db, "indicator_runs", ["county", "as_of"], ("county", ColumnType.Text), ("as_of", ColumnType.Date), ("computed_at", ColumnType.BigInt), ("seq", ColumnType.BigInt))
            .Write([[county.Digits, asOf, now, seq]], cancel);

        // Every area has every figure, so that what is missing from the table is what was not computed; of parts only those that are there.
        var versions = computed.ToDictionary(d => d.Code, d => d.Version);
        var before = await Kept(county, asOf, cancel);
        var rows = areas.SelectMany(area => computed.Select(d => (Area: area, d.Code, Sums: sums[area, d.Code]))).Concat(sums.Parts())
            .Select(r => (r.Area, r.Code, r.Sums, Version: versions.GetValueOrDefault(IndicatorCatalogue.Split(r.Code).Whole))).Where(r => r.Version > 0).ToList();
        var changed = rows.Where(r => !before.Remove((r.Area, r.Code), out var kept) || kept != (Exact.Text(r.Sums.Numerator), Exact.Text(r.Sums.Denominator), r.Version)).ToList();
        // What is left of those before is not there any more. Where nothing changed there is nothing to write and nothing to tell.
        if (changed.Count + before.Count > 0)
        {
            db.Log("insight.computed", county, county.Digits, "system", today.Clock, new { asOf, areas = areas.Count, indicators = computed.Count, changed = changed.Count, gone = before.Count });
            await db.SaveChangesAsync(cancel);
            foreach (var gone in before.Keys.GroupBy(k => k.Area))
                await db.Execute($"delete from indicator_values where county = @county and as_of = @asOf and area = @area and {db.Among("code", "@codes")}", cancel,
                    ("@county", county.Digits), ("@asOf", asOf), ("@area", gone.Key), ("@codes", db.KeysOf(gone.Select(k => k.Code))));
            await Write(county, asOf, [.. changed.Select(r => new object?[] { county.Digits, asOf, r.Area, r.Code, Exact.Text(r.Sums.Numerator), Exact.Text(r.Sums.Denominator), now, seq, r.Version })], changed.Count == rows.Count, cancel);
        }
        if (contents is not null)
            await sets.Keep(county, asOf, contents, cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }

    private async Task Write(AreaCode county, DateOnly asOf, List<object?[]> rows, bool all, CancellationToken cancel)
    {
        (string, ColumnType)[] columns =
        [
            ("county", ColumnType.Text), ("as_of", ColumnType.Date), ("area", ColumnType.Text), ("code", ColumnType.Text), ("numerator", ColumnType.Text),
            ("denominator", ColumnType.Text), ("computed_at", ColumnType.BigInt), ("seq", ColumnType.BigInt), ("version", ColumnType.Integer),
        ];
        if (!all)
        {
            await new BulkUpsert(db, "indicator_values", ["county", "as_of", "area", "code"], columns).Write(rows, cancel);
            return;
        }
        // A new day, or a day of which everything changed.
        await db.Execute("delete from indicator_values where county = @county and as_of = @asOf", cancel, ("@county", county.Digits), ("@asOf", asOf));
        await new BulkInsert(db, "indicator_values", columns).Write(rows, cancel);
    }

    private async Task<Dictionary<(string Area, string Code), (string Numerator, string Denominator, int Version)>> Kept(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var kept = new Dictionary<(string, string), (string, string, int)>();
        await db.Read("select area, code, numerator, denominator, version from indicator_values where county = @county and as_of = @asOf", row =>
            kept[(row.GetString(0), row.GetString(1))] = (row.GetString(2), row.GetString(3), row.GetInt32(4)), cancel, ("@county", county.Digits), ("@asOf", asOf));
        return kept;
    }

    public async Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var digits = county.County.Digits;
        if (await sets.Has(county.County, asOf, cancel))
            return false;
        var seen = await db.Set<IndicatorRun>().AsNoTracking().Where(r => r.County == digits && r.AsOf == asOf).Select(r => (long?)r.Seq).SingleOrDefaultAsync(cancel);
        return seen is not { } seq || await AnythingSince(db, county.County, seq, [], cancel);
    }

    /// <summary>Whether something that figures may follow from happened in a county after one of its events.</summary>
    /// <param name="but">Beginnings of the names of events that do not count either.</param>
    internal static async Task<bool> AnythingSince(ShouwangDb db, AreaCode county, long seq, IReadOnlyCollection<string> but, CancellationToken cancel)
    {
        var digits = county.Digits;
        var since = await db.Set<Event>().AsNoTracking().Where(e => e.County == digits && e.Seq > seq).Select(e => e.Name).Distinct().ToListAsync(cancel);
        return since.Exists(name => !Harmless.Concat(but).Any(h => name.StartsWith(h, StringComparison.Ordinal)));
    }

    public async Task<IReadOnlyList<Figure>> Of(Actor actor, AreaCode area, DateOnly asOf, CancellationToken cancel)
    {
        var digits = area.Digits;
        var values = await Visible(actor).Where(v => v.Area == digits && v.AsOf == asOf).ToListAsync(cancel);
        var entries = await db.Set<IndicatorEntry>().AsNoTracking().VisibleTo(actor, Permissions.IndicatorsRead).Where(e => e.Area == digits && e.AsOf <= asOf).ToListAsync(cancel);
        return [.. await Shown(area, values, entries, cancel)];
    }

    public async Task<IReadOnlyList<Figure>> Below(Actor actor, AreaCode area, IReadOnlyList<string> codes, DateOnly asOf, bool all, CancellationToken cancel)
    {
        var (from, to, wanted) = (area.Digits, area.RangeEnd, codes.ToList());
        var values = await Visible(actor).Where(v => v.AsOf == asOf && wanted.Contains(v.Code) && string.Compare(v.Area, from) > 0 && string.Compare(v.Area, to) < 0).ToListAsync(cancel);
        var entries = await db.Set<IndicatorEntry>().AsNoTracking().VisibleTo(actor, Permissions.IndicatorsRead)
            .Where(e => e.AsOf <= asOf && wanted.Contains(e.Code) && string.Compare(e.Area, from) > 0 && string.Compare(e.Area, to) < 0).ToListAsync(cancel);
        bool IsWanted(string below) => all || new AreaCode(below).Parent == area;
        return [.. await Shown(area, values.Where(v => IsWanted(v.Area)), entries.Where(e => IsWanted(e.Area)), cancel)];
    }

    public async Task<IReadOnlyList<Figure>> Course(Actor actor, AreaCode area, IReadOnlyList<string> codes, CancellationToken cancel)
    {
        var (digits, wanted) = (area.Digits, codes.ToList());
        var values = await Visible(actor).Where(v => v.Area == digits && wanted.Contains(v.Code)).ToListAsync(cancel);
        var entries = await db.Set<IndicatorEntry>().AsNoTracking().VisibleTo(actor, Permissions.IndicatorsRead).Where(e => e.Area == digits && wanted.Contains(e.Code)).ToListAsync(cancel);
        var days = values.Select(v => v.AsOf).Concat(entries.Select(e => e.AsOf)).Distinct().Order().ToList();
        var course = new List<Figure>();
        foreach (var day in days)
            course.AddRange(await Shown(area, values.Where(v => v.AsOf == day), entries.Where(e => e.AsOf == day), cancel));
        return course;
    }

    public Task<DateOnly?> LastBefore(AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var (county, digits) = (area.County.Digits, area.Digits);
        return db.Set<IndicatorValue>().AsNoTracking().Where(v => v.County == county && v.Area == digits && v.Code == "R01" && v.AsOf < day).MaxAsync(v => (DateOnly?)v.AsOf, cancel);
    }

    public async Task<IReadOnlyList<Contribution>?> Behind(Actor actor, AreaCode area, string code, DateOnly asOf, bool? counted, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsRead) || actor.ReachOf(Permissions.HouseholdsRead) is not { } reach || reach.HasFlag(Reach.Aggregate) || !actor.Sees(area))
            return [];
        var assigned = reach.HasFlag(Reach.Assigned) ? actor.Households.ToHashSet() : null;
        var (homes, below, whole) = (new Dictionary<Guid, Contribution>(), new Dictionary<Guid, Contribution>(), IndicatorCatalogue.Split(code).Whole);
        void Take(IndicatorPart part)
        {
            if (part.Household is not { } household || !part.Village.StartsWith(area.Digits, StringComparison.Ordinal) || assigned?.Contains(household) == false)
                return;
            if (part.Code == code)
                Add(homes, household, part.Village, part.Numerator, part.Denominator);
            else if (part.Code == whole && part.Denominator != 0)
                Add(below, household, part.Village, 0, part.Denominator);
        }
        string[] codes = code == whole ? [code] : [code, whole];
        if (await sets.Contents(area.County, asOf, codes, cancel) is { } contents)
            contents.Each(codes, Take);
        else if (asOf == today.Day)
            await work.Each(area, asOf, code, Take, cancel);
        else
            return null;
        // As in AreaSums: a part without denominators of its own divides by what the whole divides by.
        if (homes.Values.All(h => h.Denominator == 0))
        {
            foreach (var (household, home) in below)
                Add(homes, household, home.Village, 0, home.Denominator);
        }
        // Few villages, many households: those of a village together is quicker than sorting all of them.
        return [.. homes.Values.Where(h => counted is not { } wanted || h.Numerator != 0 == wanted).GroupBy(h => h.Village).OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => v)];
    }

    public async Task<IReadOnlyList<(AreaCode Village, int Households)>?> Villages(Actor actor, AreaCode area, string code, DateOnly asOf, CancellationToken cancel) =>
        !actor.May(Permissions.IndicatorsRead) || !actor.Sees(area) ? []
        : await Behind(Actor.System(area.County), area, code, asOf, true, cancel) is { } behind ? [.. behind.CountBy(b => b.Village).Select(v => (new AreaCode(v.Key), v.Value))] : null;

    private static void Add(Dictionary<Guid, Contribution> to, Guid household, string village, decimal numerator, decimal denominator)
    {
        ref var sofar = ref CollectionsMarshal.GetValueRefOrAddDefault(to, household, out _);
        sofar = sofar is null ? new(household, village, numerator, denominator) : sofar with { Numerator = sofar.Numerator + numerator, Denominator = sofar.Denominator + denominator };
    }

    private IQueryable<IndicatorValue> Visible(Actor actor) => db.Set<IndicatorValue>().AsNoTracking().VisibleTo(actor, Permissions.IndicatorsRead);

    /// <summary>Computed values with what people entered laid over them, in the order of area and code.</summary>
    private async Task<IEnumerable<Figure>> Shown(AreaCode within, IEnumerable<IndicatorValue> values, IEnumerable<IndicatorEntry> entries, CancellationToken cancel)
    {
        var figures = new Dictionary<(string Area, string Code), Figure>();
        var (byDay, named) = (new Dictionary<DateOnly, Policy>(), new Dictionary<(DateOnly, string), (IndicatorDefinition? Definition, FigurePart? Part)>());
        foreach (var value in values)
        {
            // An indicator that is no longer defined leaves its old values behind.
            var policy = await On(value.AsOf);
            if (Named(policy, value.AsOf, value.Code) is { Definition: { } definition, Part: var part })
                figures[(value.Area, value.Code)] = FigureOf(definition, new(value.Area), value.AsOf, Exact.Value(value.Numerator), Exact.Value(value.Denominator), policy) with { Part = part };
        }
        foreach (var entry in entries.OrderBy(e => (e.AsOf, e.EnteredAt)))
        {
            if (Named(await On(entry.AsOf), entry.AsOf, entry.Code).Definition is not { } definition)
                continue;
            var computed = figures.GetValueOrDefault((entry.Area, entry.Code));
            // An adjustment is about one day; what was reported holds until it is reported anew, or worked out.
            if (entry.Adjusts ? computed?.AsOf == entry.AsOf : computed is not { Status: FigureStatus.Computed or FigureStatus.Undefined } || computed.AsOf <= entry.AsOf)
                figures[(entry.Area, entry.Code)] = FigureOf(definition, entry, entry.Adjusts ? computed?.Replaced ?? computed?.Value : null);
        }
        return figures.Values.OrderBy(f => f.Area).ThenBy(f => f.Code, StringComparer.Ordinal);

        async Task<Policy> On(DateOnly day) => byDay.TryGetValue(day, out var policy) ? policy : byDay[day] = await policies.For(within.County, day, cancel);

        (IndicatorDefinition? Definition, FigurePart? Part) Named(Policy policy, DateOnly day, string code) =>
            named.TryGetValue((day, code), out var known) ? known : named[(day, code)] = (catalogue.Find(policy, code), catalogue.PartOf(policy, code));
    }

    /// <param name="denominator">Zero for counts.</param>
    internal static Figure FigureOf(IndicatorDefinition definition, AreaCode area, DateOnly asOf, decimal numerator, decimal denominator, Policy policy)
    {
        var lacksLine = (definition.NeedsMonitoringLine && policy.MonitoringLine is null) || (definition.NeedsPovertyLine && policy.PovertyLine is null);
        var value = lacksLine ? null : ValueOf(definition, numerator, denominator);
        return new(definition, area, asOf, numerator, definition.Kind == IndicatorKind.Count ? null : denominator, value, value is null ? FigureStatus.Undefined : FigureStatus.Computed);
    }

    /// <param name="replaced">What was worked out, where the entry stands in its place.</param>
    internal static Figure FigureOf(IndicatorDefinition definition, IndicatorEntry entry, decimal? replaced)
    {
        decimal? denominator = definition.Kind == IndicatorKind.Count || entry.Denominator is null ? null : Exact.Value(entry.Denominator);
        var numerator = Exact.Value(entry.Numerator);
        return new(definition, new(entry.Area), entry.AsOf, numerator, denominator, ValueOf(definition, numerator, denominator ?? 0), entry.Adjusts ? FigureStatus.Adjusted : FigureStatus.Reported)
        {
            Entry = new(entry.Reason, entry.EnteredBy, entry.EnteredAt), Replaced = replaced,
        };
    }

    /// <summary>Rounded half away from zero; null where there is nothing to divide by.</summary>
    internal static decimal? ValueOf(IndicatorDefinition definition, decimal numerator, decimal denominator)
    {
        decimal? exact = definition.Kind switch
        {
            IndicatorKind.Count => numerator,
            IndicatorKind.Percent => denominator == 0 ? null : 100 * numerator / denominator,
            IndicatorKind.Ratio => denominator == 0 ? null : numerator / denominator,
        };
        return exact is { } value ? decimal.Round(value, definition.Decimals, MidpointRounding.AwayFromZero) : null;
    }
}
