using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shouwang.Kernel;

namespace Shouwang.Modules.Screening;

/// <summary>What is worked out from a population once and kept with it: who lives in an area, what rules find there, which overlap.</summary>
internal sealed class AreaSets
{
    // Sets are large: a million bytes each for a province.
    private const int MostInside = 128, MostPairs = 2048, MostSides = 16;
    private static readonly ConditionalWeakTable<RuleSets, AreaSets> Kept = [];

    private readonly ConcurrentDictionary<string, (ulong[]? Set, int Count)> _areas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ulong[], ulong[]), ulong[]> _inside = new();
    private readonly ConcurrentDictionary<(ulong[], ulong[]), int> _both = new();
    private readonly ConcurrentDictionary<(IReadOnlyList<ReadyRule>, ulong[]?), Lazy<Side>> _sides = new();
    private readonly RuleSets _sets;

    private AreaSets(RuleSets sets) => _sets = sets;

    public static AreaSets Of(RuleSets sets) => Kept.GetValue(sets, s => new(s));

    /// <summary>The households of an area; null when that is all of them.</summary>
    public ulong[]? Within(AreaCode area) => Find(area).Set;

    /// <summary>How many households the area has.</summary>
    public int CountOf(AreaCode area) => Find(area).Count;

    private (ulong[]? Set, int Count) Find(AreaCode area) => _areas.GetOrAdd(area.Digits, _ =>
    {
        var inside = _sets.Areas.Select(a => a.StartsWith(area.Digits, StringComparison.Ordinal)).ToArray();
        if (inside.All(i => i))
            return (null, _sets.Count);
        var set = new ulong[_sets.Words];
        var areaOf = _sets.AreaOf;
        for (var i = 0; i < areaOf.Length; i++)
            if (inside[areaOf[i]])
                Bits.Put(set, i);
        return (set, Bits.Count(set));
    });

    /// <summary>A set cut down to an area. The same arrays give the same array.</summary>
    public ulong[] Inside(ulong[] set, ulong[]? within)
    {
        if (within is null)
            return set;
        if (_inside.Count >= MostInside)
            _inside.Clear();
        return _inside.GetOrAdd((set, within), key => Bits.Both(key.Item1, key.Item2));
    }

    /// <summary>How many are in both.</summary>
    public int Both(ulong[] a, ulong[] b)
    {
        if (_both.Count >= MostPairs)
            _both.Clear();
        return _both.GetOrAdd((a, b), key => Bits.CountBoth(key.Item1, key.Item2));
    }

    /// <summary>What the rules in force find; worked out once for a list of rules.</summary>
    public Side Baseline(IReadOnlyList<ReadyRule> rules, ulong[]? within)
    {
        if (_sides.Count >= MostSides)
            _sides.Clear();
        return _sides.GetOrAdd((rules, within), key => new(() => new(_sets, key.Item1, this, key.Item2))).Value;
    }
}
