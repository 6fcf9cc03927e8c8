using System.Numerics;

namespace Shouwang.Modules.Screening;

/// <param name="Households">Each counted once, however many rules speak for it.</param>
/// <param name="Persons">Their members of state normal.</param>
internal readonly record struct Heads(int Households, long Persons);

/// <summary>How many households something has before and after, how many come and how many go.</summary>
/// <param name="Code">Of the rule, township, category or cause.</param>
internal sealed record Move(string Code, int Before, int After, int Entering, int Leaving);

/// <param name="Rule">As rehearsed; as it is where the rehearsal has it no more.</param>
/// <param name="WasLive">It opens leads now.</param>
/// <param name="IsLive">It would open leads.</param>
/// <param name="Unknown">Households of the county for which it could not be told.</param>
/// <param name="Alone">Households that no other rule would find.</param>
internal sealed record RuleMove(ReadyRule Rule, bool WasLive, bool IsLive, Move Households, int Unknown, int Alone);

/// <param name="Both">Households both rules would find.</param>
/// <param name="OfFirst">Households the first would find.</param>
/// <param name="OfSecond">Households the second would find.</param>
internal sealed record Overlap(string First, string Second, int Both, int OfFirst, int OfSecond)
{
    /// <summary>How much of the smaller one the larger one finds as well.</summary>
    public decimal ShareOfSmaller => (decimal)Both / Math.Min(OfFirst, OfSecond);
}

/// <summary>What would change if other rules were live, in one county, with the sets behind every figure.</summary>
internal sealed record Comparison(
    Side Before, Side After, ulong[] EnteringSet, ulong[] LeavingSet, int Population, Heads Now, Heads Then, Heads Entering, Heads Leaving,
    IReadOnlyList<RuleMove> Rules, IReadOnlyList<Move> Townships, IReadOnlyList<Move> Categories, IReadOnlyList<Move> Causes, IReadOnlyList<Overlap> Overlaps)
    : Moves(Population, Now, Then, Entering, Leaving, Rules, Townships, Categories, Causes, Overlaps);

/// <summary>The arithmetic of rehearsal: whole sets of households, 64 at a time, and never one household after the other.</summary>
/// <remarks>What the rules in force find is kept with the population, so that a request pays for what it changes.</remarks>
internal static class Rehearsal
{
    private const int TownshipDigits = 9;

    /// <summary>Compares two lists of rules over a population.</summary>
    /// <param name="before">The rules in force; ask with the same list again and it costs nothing.</param>
    /// <param name="after">The rules to rehearse.</param>
    /// <param name="within">The households to count, from <see cref="AreaSets.Within"/>; null for all.</param>
    /// <param name="borrowed">Memory for the sets of the answer; null to make them for good.</param>
    public static Comparison Compare(RuleSets sets, IReadOnlyList<ReadyRule> before, IReadOnlyList<ReadyRule> after, ulong[]? within, BorrowedSets? borrowed = null)
    {
        var areas = AreaSets.Of(sets);
        var was = areas.Baseline(before, within);
        var will = new Side(sets, after, areas, within, was, borrowed);
        var (entering, leaving) = (Bits.Without(will.All, was.All, borrowed?.Take(sets.Words)), Bits.Without(was.All, will.All, borrowed?.Take(sets.Words)));
        var (stay, come, go) = (Totals.Of(sets, was), Totals.Count(sets, entering), Totals.Count(sets, leaving));
        return new(
            was, will, entering, leaving, within is null ? sets.Count : Bits.Count(within), stay.Heads,
            new(will.Count, stay.Persons - go.Persons + come.Persons), come.Heads, go.Heads, Rules(was, will, before, after), Townships(sets, stay, come, go),
            Groups(was.Categories, will.Categories, entering, leaving), Groups(was.Causes, will.Causes, entering, leaving), Overlaps(will));
    }

    private static List<RuleMove> Rules(Side was, Side will, IReadOnlyList<ReadyRule> before, IReadOnlyList<ReadyRule> after)
    {
        var ids = was.ByRule.Keys.Union(will.ByRule.Keys).Order(StringComparer.Ordinal);
        return [.. ids.Select(id =>
        {
            var (a, b) = (was.ByRule.GetValueOrDefault(id), will.ByRule.GetValueOrDefault(id));
            var rule = after.FirstOrDefault(r => r.Definition.Id == id) ?? before.First(r => r.Definition.Id == id);
            var (come, go) = a is null ? (b!.Count, 0) : b is null ? (0, a.Count)
                : ReferenceEquals(a.True, b.True) ? (0, 0) : (Bits.CountWithout(b.True, a.True), Bits.CountWithout(a.True, b.True));
            return new RuleMove(rule, a is not null, b is not null, new(id, a?.Count ?? 0, b?.Count ?? 0, come, go), (b ?? a)!.Unknown,
                b is null ? 0 : Bits.CountWithout(b.True, will.Several));
        })];
    }

    private static List<Move> Townships(RuleSets sets, Totals stay, Totals come, Totals go)
    {
        var found = new SortedDictionary<string, (int Stay, int Come, int Go)>(StringComparer.Ordinal);
        for (var i = 0; i < sets.Areas.Count; i++)
        {
            if (stay.ByArea[i] + come.ByArea[i] == 0)
                continue;
            var town = sets.Areas[i] is { Length: > TownshipDigits } village ? village[..TownshipDigits] : sets.Areas[i];
            var (a, b, c) = found.GetValueOrDefault(town);
            found[town] = (a + stay.ByArea[i], b + come.ByArea[i], c + go.ByArea[i]);
        }
        return [.. found.Select(t => new Move(t.Key, t.Value.Stay, t.Value.Stay + t.Value.Come - t.Value.Go, t.Value.Come, t.Value.Go))];
    }

    private static List<Move> Groups(IReadOnlyList<Side.Group> was, IReadOnlyList<Side.Group> will, ulong[] entering, ulong[] leaving) =>
        [.. was.Concat(will).Select(g => g.Code).Distinct().Order(StringComparer.Ordinal)
            .Select(code => (code, was: was.FirstOrDefault(g => g.Code == code), will: will.FirstOrDefault(g => g.Code == code)))
            .Select(g => new Move(g.code, g.was?.Count ?? 0, g.will?.Count ?? 0, g.will is { } come ? Bits.CountBoth(come.Set, entering) : 0, g.was is { } go ? Bits.CountBoth(go.Set, leaving) : 0))
            .Where(m => m.Before + m.After > 0)];

    private static List<Overlap> Overlaps(Side will)
    {
        var found = new List<Overlap>();
        for (var a = 0; a < will.Rules.Count; a++)
            for (var b = a + 1; b < will.Rules.Count; b++)
                if (will.Both(a, b) is > 0 and var both)
                    found.Add(new(will.Rules[a].Rule.Definition.Id, will.Rules[b].Rule.Definition.Id, both, will.Rules[a].Count, will.Rules[b].Count));
        return found;
    }

    // Members and areas of a set. Walks over its members only, which are few in what comes and goes.
    private sealed record Totals(int Households, long Persons, int[] ByArea)
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Side, Totals> Kept = [];

        public Heads Heads => new(Households, Persons);

        /// <summary>Of everybody whom the rules in force find; worked out once.</summary>
        public static Totals Of(RuleSets sets, Side was) => Kept.GetValue(was, s => Count(sets, s.All));

        public static Totals Count(RuleSets sets, ulong[] set)
        {
            var persons = sets.Persons;
            var areaOf = sets.AreaOf;
            var byArea = new int[sets.Areas.Count];
            var (households, members) = (0, 0L);
            for (var i = 0; i < set.Length; i++)
                for (var word = set[i]; word != 0; word &= word - 1)
                {
                    var at = (i << 6) + BitOperations.TrailingZeroCount(word);
                    households++;
                    members += persons[at];
                    byArea[areaOf[at]]++;
                }
            return new(households, members, byArea);
        }
    }
}
