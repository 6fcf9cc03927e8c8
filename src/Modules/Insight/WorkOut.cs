using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Insight;

/// <summary>What the households of an area come to for one indicator.</summary>
internal readonly record struct Sums(decimal Numerator, decimal Denominator)
{
    public Sums Plus(decimal numerator, decimal denominator) => new(Numerator + numerator, Denominator + denominator);
}

/// <summary>Figures by area and code, of every area in which anybody counts.</summary>
internal sealed class AreaSums(AreaCode county)
{
    private readonly Dictionary<(string Area, string Code), Sums> _sums = [];
    private readonly Dictionary<string, string[]> _above = new(StringComparer.Ordinal);

    /// <summary>The county, and every area below it in which something was counted.</summary>
    public IReadOnlyList<string> Areas => [.. _above.Values.SelectMany(a => a).Append(county.Digits).Distinct().Order(StringComparer.Ordinal)];

    public Sums this[string area, string code] => _sums.GetValueOrDefault((area, code));

    /// <summary>Adds to a place and every area above it, up to the county.</summary>
    public void Add(string place, string code, decimal numerator, decimal denominator)
    {
        if (!_above.TryGetValue(place, out var areas))
            _above.Add(place, areas = [.. Upward(new(place)).Select(a => a.Digits)]);
        foreach (var area in areas)
            _sums[(area, code)] = _sums.GetValueOrDefault((area, code)).Plus(numerator, denominator);
    }

    /// <summary>The parts of an indicator that were counted apart, with their codes: <c>R18/01</c>. They divide by what the whole divides by.</summary>
    public IEnumerable<(string Area, string Code, Sums Sums)> Parts() => _sums
        .Where(s => s.Key.Code.Contains('/', StringComparison.Ordinal) && s.Value.Numerator != 0)
        .Select(s => (s.Key.Area, s.Key.Code, s.Value with { Denominator = this[s.Key.Area, IndicatorCatalogue.Split(s.Key.Code).Whole].Denominator }));

    private static IEnumerable<AreaCode> Upward(AreaCode place)
    {
        for (var area = place; ; area = area.Parent)
        {
            yield return area;
            if (area.Level <= AreaLevel.County)
                yield break;
        }
    }
}

/// <summary>Works indicators out: those over households in one scan, the rest by the modules that have what they count.</summary>
internal sealed class WorkOut(IHouseholdSums sums, IEnumerable<IIndicatorSource> sources, IndicatorCatalogue catalogue, Policies policies)
{
    /// <summary>Every indicator for every area of a county.</summary>
    public async Task<AreaSums> ByArea(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var policy = await policies.For(county, asOf, cancel);
        var (ready, found) = (catalogue.For(policy), new AreaSums(county));
        var asked = Asked(ready.Values);
        foreach (var (term, places) in asked.Zip(await sums.ByArea(county, asOf, [.. asked.Select(a => a.Sum)], cancel)))
        {
            foreach (var place in places)
            {
                found.Add(place.Area, term.Code, term.IsNumerator ? place.Sum : 0, term.IsNumerator ? 0 : place.Sum);
                if (term.Sum.By is not null)
                    found.Add(place.Area, $"{term.Code}/{place.Value}", place.Sum, 0);
            }
        }
        foreach (var source in sources)
            await source.Compute(county, asOf, policy, part => found.Add(part.Village, part.Code, part.Numerator, part.Denominator), cancel);
        return found;
    }

    /// <summary>What every household adds, and what is counted without one; a household may come several times for a code.</summary>
    /// <param name="within">The county or an area in it.</param>
    /// <param name="code">One indicator, or a part of one; null for all. Parts counted apart come with numerators only.</param>
    public async Task Each(AreaCode within, DateOnly asOf, string? code, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var policy = await policies.For(within.County, asOf, cancel);
        var ready = catalogue.For(policy);
        var whole = code is null ? null : IndicatorCatalogue.Split(code).Whole;
        var asked = Asked(whole is null ? ready.Values : ready.TryGetValue(whole, out var one) ? [one] : []);
        await sums.Each(within, asOf, [.. asked.Select(a => a.Sum)], found =>
        {
            var term = asked[found.Sum];
            part(new(term.Code, found.Area, found.Household, term.IsNumerator ? found.Adds : 0, term.IsNumerator ? 0 : found.Adds));
            if (term.Sum.By is not null)
                part(new($"{term.Code}/{found.Value}", found.Area, found.Household, found.Adds, 0));
        }, cancel);
        foreach (var source in sources.Where(s => whole is null || s.Codes.Contains(whole)))
        {
            await source.Compute(within.County, asOf, policy, found =>
            {
                if ((whole is null || found.Code == whole) && found.Village.StartsWith(within.Digits, StringComparison.Ordinal))
                    part(found);
            }, cancel);
        }
    }

    private static List<(string Code, bool IsNumerator, HouseholdSum Sum)> Asked(IEnumerable<ReadyIndicator> indicators) =>
        [.. indicators.SelectMany(i => new[] { (i.Definition.Code, true, i.Of), (i.Definition.Code, false, i.Per) }).Where(t => t.Item3 is not null).Select(t => (t.Code, t.Item2, t.Item3!))];
}
