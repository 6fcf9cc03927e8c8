using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>What a list of rules finds: every set that a comparison counts with. Immutable once made.</summary>
/// <remarks>
/// Only rules that open leads by themselves are in it: live, not blocked, and not <see cref="RuleDefinition.OnlyJoins"/>. The category of a
/// household is the one its lead would suggest: that of the most urgent rule that suggests one, rules of one level in the order of their ids.
/// </remarks>
internal sealed class Side
{
    // Small enough for the sets of all rules to stay near while they are gone through.
    private const int BlockWords = 1024;

    /// <param name="True">The households of the area for which it holds.</param>
    /// <param name="Unknown">How many it cannot be told for, in the whole county.</param>
    /// <param name="Levels">Of each level of the rule, for whom its condition holds; null where there is none.</param>
    /// <param name="Choices">Likewise of each category it may suggest.</param>
    public sealed record Found(ReadyRule Rule, ulong[] True, int Count, int Unknown, IReadOnlyList<ulong[]?> Levels, IReadOnlyList<ulong[]?> Choices);

    /// <param name="Count">How many are in it.</param>
    public sealed record Group(string Code, ulong[] Set, int Count);

    // For whom a rule suggests which category, if its level is the one whose turn it is.
    private sealed record Suggestion(ulong[] When, ulong[]? Level, ulong[][] Higher, (int Category, ulong[]? When)[] Choices);

    // Of every pair of rules, how many households both find; by their places in Rules, the smaller one first.
    private readonly int[,] _both;

    /// <param name="known">What other rules find there; of rules that are the same here nothing is worked out again.</param>
    /// <param name="borrowed">Memory for the sets; null to make them for good.</param>
    public Side(RuleSets sets, IReadOnlyList<ReadyRule> rules, AreaSets areas, ulong[]? within, Side? known = null, BorrowedSets? borrowed = null)
    {
        var open = rules.Where(Opens).OrderBy(r => r.Definition.Id, StringComparer.Ordinal).ToList();
        var same = open.Select(r => known?.ByRule.GetValueOrDefault(r.Definition.Id) is { } found && ReferenceEquals(found.Rule, r) ? found : null).ToList();
        sets.Prepare(open.Where((_, i) => same[i] is null).SelectMany(r => r.Levels.Select(l => l.When).Concat(r.Categories.Select(c => c.When)).OfType<RuleExpression>().Prepend(r.When)
            .Select(when => (when, r.Constants))));
        Rules = [.. open.Select((r, i) => same[i] ?? Find(sets, r, areas, within))];
        ByRule = Rules.ToDictionary(r => r.Rule.Definition.Id, StringComparer.Ordinal);
        List<string> categories = [.. Rules.SelectMany(r => r.Rule.Categories.Select(c => c.Category)).Distinct().Order(StringComparer.Ordinal), None];
        List<string> causes = [.. Rules.Select(r => r.Rule.Definition.Cause ?? None).Distinct().Order(StringComparer.Ordinal)];
        (All, Several) = (Empty(), Empty());
        ulong[][] ofCategory = [.. categories.Select(_ => Empty())], ofCause = [.. causes.Select(_ => Empty())];

        var ofRule = Rules.Select(r => ofCause[causes.IndexOf(r.Rule.Definition.Cause ?? None)]).ToArray();
        var suggestions = Suggestions(categories).ToArray();
        Parallel.For(0, (sets.Words + BlockWords - 1) / BlockWords, block =>
        {
            var words = new Range(block * BlockWords, Math.Min((block + 1) * BlockWords, sets.Words));
            Together(words, ofRule);
            Suggest(words, suggestions, ofCategory);
        });

        Count = Bits.Count(All);
        Categories = [.. categories.Zip(ofCategory, (code, set) => new Group(code, set, Bits.Count(set)))];
        Causes = [.. causes.Zip(ofCause, (code, set) => new Group(code, set, Bits.Count(set)))];
        _both = Pairs(known);

        ulong[] Empty() => borrowed?.Empty(sets.Words) ?? Bits.Empty(sets.Words);
    }

    /// <summary>The code of households whose rules suggest nothing.</summary>
    public const string None = "";

    public IReadOnlyList<Found> Rules { get; }
    public IReadOnlyDictionary<string, Found> ByRule { get; }

    /// <summary>Households that any rule speaks for.</summary>
    public ulong[] All { get; }

    /// <summary>Those of them that more than one speaks for.</summary>
    public ulong[] Several { get; }

    public int Count { get; }

    /// <summary>Each household of <see cref="All"/> is in exactly one.</summary>
    public IReadOnlyList<Group> Categories { get; }

    /// <summary>A household is in each cause that one of its rules points at.</summary>
    public IReadOnlyList<Group> Causes { get; }

    /// <summary>The households of a category; none where no rule suggests it.</summary>
    public ulong[] Category(string code) => Categories.FirstOrDefault(g => g.Code == code)?.Set ?? new ulong[All.Length];

    /// <inheritdoc cref="Category"/>
    public ulong[] Cause(string code) => Causes.FirstOrDefault(g => g.Code == code)?.Set ?? new ulong[All.Length];

    /// <summary>How many households two of <see cref="Rules"/> both find, by their places, the smaller one first.</summary>
    public int Both(int first, int second) => _both[first, second];

    /// <summary>The rule opens leads by itself.</summary>
    public static bool Opens(ReadyRule rule) => rule is { Blocked: null, Definition: { State: RuleState.Live, OnlyJoins: false } };

    private static Found Find(RuleSets sets, ReadyRule rule, AreaSets areas, ulong[]? within)
    {
        var set = sets.Evaluate(rule.When, rule.Constants);
        var holds = areas.Inside(set.True, within);
        return new(rule, holds, within is null ? set.TrueCount : Bits.Count(holds), set.UnknownCount,
            [.. rule.Levels.Select(l => Set(l.When))], [.. rule.Categories.Select(c => Set(c.When))]);

        ulong[]? Set(RuleExpression? when) => when is null ? null : sets.Evaluate(when, rule.Constants).True;
    }

    private IEnumerable<Suggestion> Suggestions(List<string> categories)
    {
        foreach (var level in Enum.GetValues<RuleLevel>().OrderDescending())
            foreach (var found in Rules)
                for (var i = 0; found.Choices.Count > 0 && i < found.Levels.Count; i++)
                    if (found.Rule.Levels[i].Level == level)
                        yield return new(found.True, found.Levels[i], [.. found.Levels.Take(i).OfType<ulong[]>()],
                            [.. found.Rule.Categories.Zip(found.Choices, (c, set) => (categories.IndexOf(c.Category), set))]);
    }

    private int[,] Pairs(Side? known)
    {
        var both = new int[Rules.Count, Rules.Count];
        // Whoever two rules find is found by several, and those are few.
        var few = Bits.Among([.. Rules.Select(r => r.True)], Several);
        var places = Rules.Select(r => known?.PlaceOf(r) ?? -1).ToArray();
        Parallel.For(0, Rules.Count, a =>
        {
            for (var b = a + 1; b < Rules.Count; b++)
                both[a, b] = places[a] >= 0 && places[b] >= 0 ? known!._both[places[a], places[b]] : Bits.CountBoth(few[a], few[b]);
        });
        return both;
    }

    private int? PlaceOf(Found found) => Rules.Index().Where(r => ReferenceEquals(r.Item, found)).Select(r => (int?)r.Index).FirstOrDefault();

    private void Together(Range words, ulong[][] causes)
    {
        var all = All.AsSpan(words);
        var several = Several.AsSpan(words);
        Span<ulong> again = stackalloc ulong[all.Length];
        for (var r = 0; r < Rules.Count; r++)
        {
            var found = Rules[r].True.AsSpan(words);
            found.CopyTo(again);
            Bits.Keep(again, all);
            Bits.Join(several, again);
            Bits.Join(all, found);
            Bits.Join(causes[r].AsSpan(words), found);
        }
    }

    private void Suggest(Range words, Suggestion[] suggestions, ulong[][] categories)
    {
        // Whoever has no category yet, and those of them whose turn it is.
        var open = categories[^1].AsSpan(words);
        Span<ulong> mine = stackalloc ulong[open.Length], chosen = stackalloc ulong[open.Length];
        All.AsSpan(words).CopyTo(open);
        foreach (var suggestion in suggestions)
        {
            suggestion.When.AsSpan(words).CopyTo(mine);
            Bits.Keep(mine, open);
            if (!mine.ContainsAnyExcept(0ul))
                continue;
            if (suggestion.Level is { } level)
                Bits.Keep(mine, level.AsSpan(words));
            foreach (var higher in suggestion.Higher)
                Bits.Drop(mine, higher.AsSpan(words));
            foreach (var (category, when) in suggestion.Choices)
            {
                mine.CopyTo(chosen);
                if (when is not null)
                    Bits.Keep(chosen, when.AsSpan(words));
                Bits.Join(categories[category].AsSpan(words), chosen);
                Bits.Drop(mine, chosen);
                Bits.Drop(open, chosen);
            }
        }
    }
}
