using System.Runtime.CompilerServices;
using Shouwang.Kernel;

namespace Shouwang.Modules.Screening;

/// <summary>What is worked out from a population once and kept with it: who lives in an area, what rules find there, which overlap.</summary>
internal sealed class AreaSets
{
    // Sets are large: a million bytes each for a province.
    private const int MostAreas = 64, MostInside = 128, MostSides = 16;
    private static readonly ConditionalWeakTable<RuleSets, AreaSets> Kept = [];

    private readonly Recent<string, (ulong[]? Set, int Count)> _areas = new(MostAreas);
    private readonly Recent<(ulong[], ulong[]), ulong[]> _inside = new(MostInside);
    private readonly Recent<(IReadOnlyList<ReadyRule>, ulong[]?), Side> _sides = new(MostSides);
    private readonly RuleSets _sets;

    private AreaSets(RuleSets sets) => _sets = sets;

    public static AreaSets Of(RuleSets sets) => Kept.GetValue(sets, s => new(s));

    /// <summary>The households of an area, or of several; null when that is all of them. The same areas give the same array.</summary>
    public ulong[]? Within(params IReadOnlyList<AreaCode> areas) => Find(areas).Set;

    /// <summary>How many households the area has.</summary>
    public int CountOf(params IReadOnlyList<AreaCode> areas) => Find(areas).Count;

    private (ulong[]? Set, int Count) Find(IReadOnlyList<AreaCode> areas) => _areas.Get(string.Join(' ', areas.Select(a => a.Digits)), this, static (codes, self) =>
    {
        var wanted = codes.Split(' ');
        var inside = self._sets.Areas.Select(a => Array.Exists(wanted, w => a.StartsWith(w, StringComparison.Ordinal))).ToArray();
        if (inside.All(i => i))
            return (null, self._sets.Count);
        var set = new ulong[self._sets.Words];
        var areaOf = self._sets.AreaOf;
        for (var i = 0; i < areaOf.Length; i++)
            if (inside[areaOf[i]])
                Bits.Put(set, i);
        return (set, Bits.Count(set));
    });

    /// <summary>A set cut down to an area. The same arrays give the same array.</summary>
    public ulong[] Inside(ulong[] set, ulong[]? within) =>
        within is null ? set : _inside.Get((set, within), this, static (key, _) => Bits.Both(key.Item1, key.Item2));

    /// <summary>What the rules in force find; worked out once for a list of rules.</summary>
    public Side Baseline(IReadOnlyList<ReadyRule> rules, ulong[]? within) =>
        _sides.Get((rules, within), this, static (key, self) => new(self._sets, key.Item1, self, key.Item2));
}
