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
    private readonly Dictionary<string, Dictionary<string, Sums>> _places = new(StringComparer.Ordinal);
    private Dictionary<(string Area, string Code), Sums>? _sums;

    /// <summary>The county, and every area below it in which something was counted.</summary>
    public IReadOnlyList<string> Areas => [.. _places.Keys.SelectMany(p => Upward(new(p))).Select(a => a.Digits).Append(county.Digits).Distinct().Order(StringComparer.Ordinal)];

    public Sums this[string area, string code] => Rolled.GetValueOrDefault((area, code));

    /// <summary>Adds to a place, and so to every area above it, up to the county.</summary>
    public void Add(string place, string code, decimal numerator, decimal denominator)
    {
        if (!_places.TryGetValue(place, out var codes))
            _places.Add(place, codes = new(StringComparer.Ordinal));
        codes[code] = codes.GetValueOrDefault(code).Plus(numerator, denominator);
        _sums = null;
    }

    /// <summary>The parts of indicators with their codes, <c>R18/01</c>. One to which nobody added a denominator anywhere divides by what the whole divides by.</summary>
    public IEnumerable<(string Area, string Code, Sums Sums)> Parts()
    {
        var parts = Rolled.Where(s => s.Key.Code.Contains('/', StringComparison.Ordinal)).ToList();
        var own = parts.Where(s => s.Value.Denominator != 0).Select(s => s.Key.Code).ToHashSet(StringComparer.Ordinal);
        return parts.Where(s => s.Value != default).Select(s => (s.Key.Area, s.Key.Code, own.Contains(s.Key.Code) ? s.Value
            : s.Value with { Denominator = this[s.Key.Area, IndicatorCatalogue.Split(s.Key.Code).Whole].Denominator }));
    }

    // Added up once, when everything is there: much is added to few places.
    private Dictionary<(string Area, string Code), Sums> Rolled => _sums ??= RollUp();

    private Dictionary<(string, string), Sums> RollUp()
    {
        var rolled = new Dictionary<(string, string), Sums>();
        foreach (var (place, codes) in _places)
        {
            foreach (var area in Upward(new(place)))
                foreach (var (code, sums) in codes)
                    rolled[(area.Digits, code)] = rolled.GetValueOrDefault((area.Digits, code)).Plus(sums.Numerator, sums.Denominator);
        }
        return rolled;
    }

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
        var asked = ready.Values.SelectMany(r => r.Terms).ToList();
        foreach (var (term, places) in asked.Zip(await sums.ByArea(county, asOf, [.. asked.Select(a => a.Sum)], cancel)))
        {
            foreach (var place in places)
            {
                var (numerator, denominator) = term.IsNumerator ? (place.Sum, 0m) : (0m, place.Sum);
                if (term.IsWhole)
                    found.Add(place.Area, term.Code, numerator, denominator);
                if (term.PartOf(place.Value) is { } one)
                    found.Add(place.Area, one, numerator, denominator);
            }
        }
        foreach (var source in sources)
            await source.Compute(county, asOf, policy, part => Spread(ready, part, one => found.Add(one.Village, one.Code, one.Numerator, one.Denominator)), cancel);
        return found;
    }

    /// <summary>What every household adds, and what is counted without one; a household may come several times for a code.</summary>
    /// <param name="within">The county or an area in it.</param>
    /// <param name="code">One indicator, or a part of one; null for all. Parts come with codes of their own.</param>
    public async Task Each(AreaCode within, DateOnly asOf, string? code, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var policy = await policies.For(within.County, asOf, cancel);
        var ready = catalogue.For(policy);
        var whole = code is null ? null : IndicatorCatalogue.Split(code).Whole;
        var asked = (whole is null ? ready.Values : ready.TryGetValue(whole, out var only) ? [only] : []).SelectMany(r => r.Terms).ToList();
        await sums.Each(within, asOf, [.. asked.Select(a => a.Sum)], found =>
        {
            var term = asked[found.Sum];
            var (numerator, denominator) = term.IsNumerator ? (found.Adds, 0m) : (0m, found.Adds);
            if (term.IsWhole)
                part(new(term.Code, found.Area, found.Household, numerator, denominator));
            if (term.PartOf(found.Value) is { } one)
                part(new(one, found.Area, found.Household, numerator, denominator));
        }, cancel);
        foreach (var source in sources.Where(s => whole is null || s.Codes.Contains(whole)))
        {
            await source.Compute(within.County, asOf, policy, found =>
            {
                if ((whole is null || found.Code == whole) && found.Village.StartsWith(within.Digits, StringComparison.Ordinal))
                    Spread(ready, found, part);
            }, cancel);
        }
    }

    /// <summary>What a module counted, for the figure itself and for each of its dimensions.</summary>
    private static void Spread(IReadOnlyDictionary<string, ReadyIndicator> ready, IndicatorPart found, Action<IndicatorPart> take)
    {
        take(found);
        if (ready.GetValueOrDefault(found.Code)?.Definition is not { By.Count: > 0 } indicator)
            return;
        for (var at = 0; at < indicator.By.Count; at++)
        {
            var value = "";
            foreach (var (dimension, said) in found.By)
                value = dimension == indicator.By[at] ? said : value;
            take(found with { Code = IndicatorCatalogue.PartCode(indicator, at, value), Denominator = indicator.OfWhole ? 0 : found.Denominator });
        }
    }
}
