using System.Runtime.InteropServices;
using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Insight;

/// <summary>Where something is counted: a household in its village, or a village where it is not about one (<see cref="Guid.Empty"/>).</summary>
internal readonly record struct ContentPlace(string Village, Guid Household);

/// <summary>The households behind every figure of a day, as they were counted: enough to add the figures up again and to open them.</summary>
/// <param name="places">Every place once.</param>
/// <param name="codes">By code, what each place adds; places by their number.</param>
internal sealed class SetContents(List<ContentPlace> places, SortedDictionary<string, Contributions> codes)
{
    public IReadOnlyList<ContentPlace> Places => places;

    public IReadOnlyDictionary<string, Contributions> Codes => codes;

    /// <summary>Collects parts; what one place adds to one code is added up.</summary>
    public static async Task<SetContents> Collect(Func<Action<IndicatorPart>, Task> each)
    {
        var collector = new Collector();
        await each(collector.Take);
        return collector.Collected();
    }

    /// <summary>Every part of some codes.</summary>
    /// <param name="wanted">Null for all.</param>
    public void Each(IReadOnlyCollection<string>? wanted, Action<IndicatorPart> part)
    {
        foreach (var (code, contributions) in codes.Where(c => wanted is null || wanted.Contains(c.Key)))
        {
            foreach (var (place, adds) in contributions.All)
                part(new(code, places[place].Village, places[place].Household is var id && id == Guid.Empty ? null : id, adds.Numerator, adds.Denominator));
        }
    }

    /// <summary>What all of it adds up to, by area and code.</summary>
    public AreaSums Sums(AreaCode county)
    {
        // By village first: there are hundreds of households for each, and areas above are many steps away.
        var villages = places.Select(p => p.Village).Distinct().ToList();
        var number = villages.Index().ToDictionary(v => v.Item, v => v.Index);
        var (of, sums) = (places.Select(p => number[p.Village]).ToArray(), new AreaSums(county));
        foreach (var (code, contributions) in codes)
        {
            var (found, has) = (new Sums[villages.Count], new bool[villages.Count]);
            foreach (var (place, adds) in contributions.All)
                (found[of[place]], has[of[place]]) = (found[of[place]].Plus(adds.Numerator, adds.Denominator), true);
            foreach (var (village, _) in has.Index().Where(h => h.Item))
                sums.Add(villages[village], code, found[village].Numerator, found[village].Denominator);
        }
        return sums;
    }

    /// <summary>Takes parts as they are counted: tens of millions in a large county, most of them about the household after the last one.</summary>
    private sealed class Collector
    {
        private readonly List<ContentPlace> _places = [];
        private readonly Dictionary<ContentPlace, int> _numbers = [];
        private readonly Dictionary<string, Contributions> _codes = new(StringComparer.Ordinal);

        // A figure and its part come in turns.
        private (string? Code, Contributions To) _last, _lastButOne;
        private int _at;

        public void Take(IndicatorPart part) => To(part.Code).Add(_at = NumberOf(new(part.Village, part.Household ?? Guid.Empty)), new(part.Numerator, part.Denominator));

        public SetContents Collected()
        {
            foreach (var contributions in _codes.Values)
                contributions.Order();
            return new(_places, new(_codes, StringComparer.Ordinal));
        }

        private int NumberOf(ContentPlace place)
        {
            for (var guess = _at; guess < _places.Count && guess <= _at + 1; guess++)
            {
                if (_places[guess] == place)
                    return guess;
            }
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, place, out var known);
            if (!known)
            {
                number = _places.Count;
                _places.Add(place);
            }
            return number;
        }

        private Contributions To(string code)
        {
            if (ReferenceEquals(code, _last.Code))
                return _last.To;
            if (!ReferenceEquals(code, _lastButOne.Code))
            {
                if (!_codes.TryGetValue(code, out var to))
                    _codes.Add(code, to = new());
                _lastButOne = (code, to);
            }
            (_last, _lastButOne) = (_lastButOne, _last);
            return _last.To;
        }
    }
}
