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
    private const int BlockWords = 2048;

    /// <param name="True">The households of the area for which it holds.</param>
    /// <param name="Unknown">How many it cannot be told for, in the whole county.</param>
    public sealed record Found(ReadyRule Rule, ulong[] True, int Count, int Unknown);

    // For whom a rule suggests which category, if its level is the one whose turn it is.
    private sealed record Suggestion(ulong[] When, ulong[]? Level, ulong[][] Higher, (int Category, ulong[]? When)[] Choices);

    public Side(RuleSets sets, IReadOnlyList<ReadyRule> rules, AreaSets areas, ulong[]? within)
    {
        var open = rules.Where(Opens).ToList();
        sets.Prepare(open.SelectMany(r => r.Levels.Select(l => l.When).Concat(r.Categories.Select(c => c.When)).OfType<RuleExpression>().Prepend(r.When)
            .Select(when => (when, r.Constants))));
        Rules = [.. open.OrderBy(r => r.Definition.Id, StringComparer.Ordinal).Select(r => Find(sets, r, areas, within))];
        ByRule = Rules.ToDictionary(r => r.Rule.Definition.Id, StringComparer.Ordinal);
        CategoryCodes = [.. Rules.SelectMany(r => r.Rule.Categories.Select(c => c.Category)).Distinct().Order(StringComparer.Ordinal), None];
        CauseCodes = [.. Rules.Select(r => r.Rule.Definition.Cause ?? None).Distinct().Order(StringComparer.Ordinal)];
        (All, Several) = (Bits.Empty(sets.Words), Bits.Empty(sets.Words));
        Categories = [.. CategoryCodes.Select(_ => Bits.Empty(sets.Words))];
        Causes = [.. CauseCodes.Select(_ => Bits.Empty(sets.Words))];

        var causes = Rules.Select(r => Causes[CauseCodes.IndexOf(r.Rule.Definition.Cause ?? None)]).ToArray();
        var found = Rules.Select(r => r.True).ToArray();
        var suggestions = Suggestions(sets).ToArray();
        Parallel.For(0, (sets.Words + BlockWords - 1) / BlockWords, block =>
        {
            for (var at = block * BlockWords; at < Math.Min((block + 1) * BlockWords, sets.Words); at++)
                Word(at, found, causes, suggestions);
        });

        Count = Bits.Count(All);
        CategoryCounts = [.. Categories.Select(c => Bits.Count(c))];
        CauseCounts = [.. Causes.Select(c => Bits.Count(c))];
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
    public ulong[][] Categories { get; }

    public List<string> CategoryCodes { get; }
    public int[] CategoryCounts { get; }

    /// <summary>A household is in each cause that one of its rules points at.</summary>
    public ulong[][] Causes { get; }

    public List<string> CauseCodes { get; }
    public int[] CauseCounts { get; }

    /// <summary>The households of a category; none where no rule suggests it.</summary>
    public ulong[] Category(string code) => CategoryCodes.IndexOf(code) is >= 0 and var at ? Categories[at] : new ulong[All.Length];

    /// <inheritdoc cref="Category"/>
    public ulong[] Cause(string code) => CauseCodes.IndexOf(code) is >= 0 and var at ? Causes[at] : new ulong[All.Length];

    /// <summary>The rule opens leads by itself.</summary>
    public static bool Opens(ReadyRule rule) => rule is { Blocked: null, Definition: { State: RuleState.Live, OnlyJoins: false } };

    private static Found Find(RuleSets sets, ReadyRule rule, AreaSets areas, ulong[]? within)
    {
        var set = sets.Evaluate(rule.When, rule.Constants);
        var holds = areas.Inside(set.True, within);
        return new(rule, holds, within is null ? set.TrueCount : Bits.Count(holds), set.UnknownCount);
    }

    private IEnumerable<Suggestion> Suggestions(RuleSets sets)
    {
        foreach (var level in Enum.GetValues<RuleLevel>().OrderDescending())
            foreach (var (rule, holds, _, _) in Rules)
                for (var i = 0; rule.Categories.Count > 0 && i < rule.Levels.Count; i++)
                    if (rule.Levels[i].Level == level)
                        yield return new(holds, Set(rule, rule.Levels[i].When), [.. rule.Levels.Take(i).Select(l => Set(rule, l.When)).OfType<ulong[]>()],
                            [.. rule.Categories.Select(c => (CategoryCodes.IndexOf(c.Category), Set(rule, c.When)))]);

        ulong[]? Set(ReadyRule rule, RuleExpression? when) => when is null ? null : sets.Evaluate(when, rule.Constants).True;
    }

    private void Word(int at, ulong[][] found, ulong[][] causes, Suggestion[] suggestions)
    {
        ulong all = 0, several = 0;
        for (var r = 0; r < found.Length; r++)
        {
            var word = found[r][at];
            if (word == 0)
                continue;
            several |= all & word;
            all |= word;
            causes[r][at] |= word;
        }
        (All[at], Several[at]) = (all, several);
        var open = all;
        foreach (var suggestion in suggestions)
        {
            if (open == 0)
                break;
            var mine = suggestion.When[at] & open;
            if (mine == 0)
                continue;
            if (suggestion.Level is { } level)
                mine &= level[at];
            foreach (var higher in suggestion.Higher)
                mine &= ~higher[at];
            foreach (var (category, when) in suggestion.Choices)
            {
                var chosen = when is null ? mine : mine & when[at];
                Categories[category][at] |= chosen;
                mine &= ~chosen;
                open &= ~chosen;
            }
        }
        Categories[^1][at] = open;
    }
}
