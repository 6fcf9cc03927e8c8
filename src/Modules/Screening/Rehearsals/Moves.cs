using System.Runtime.InteropServices;
using Shouwang.Kernel;

namespace Shouwang.Modules.Screening;

/// <summary>What would change if other rules were live, in figures: of a county, or of several together.</summary>
internal record Moves(
    int Population, Heads Now, Heads Then, Heads Entering, Heads Leaving,
    IReadOnlyList<RuleMove> Rules, IReadOnlyList<Move> Townships, IReadOnlyList<Move> Categories, IReadOnlyList<Move> Causes, IReadOnlyList<Overlap> Overlaps)
{
    private const int MostOverlaps = 40;

    /// <summary>The figures of several counties together; of one, its own. Of the pairs of rules, those that overlap most.</summary>
    /// <remarks>Rules that a county wrote itself may have the same id in several: here they go by <see cref="CodeOf"/>.</remarks>
    public static Moves Together(IReadOnlyList<(AreaCode County, Moves Moves)> parts)
    {
        var rules = RulesOf(parts);
        return new(
            parts.Sum(p => p.Moves.Population), Sum(parts, m => m.Now), Sum(parts, m => m.Then), Sum(parts, m => m.Entering), Sum(parts, m => m.Leaving), rules,
            Sum(parts, m => m.Townships), Sum(parts, m => m.Categories), Sum(parts, m => m.Causes), OverlapsOf(parts, rules));
    }

    /// <summary>How a rule is called where several counties are rehearsed: <c>W14</c>, and <c>C01@500236</c> for one of a county's own.</summary>
    public static string CodeOf(ReadyRule rule, AreaCode county, bool several) =>
        several && RehearsedPolicy.IsOwn(rule.Definition) ? $"{rule.Definition.Id}@{county}" : rule.Definition.Id;

    private static Heads Sum(IReadOnlyList<(AreaCode County, Moves Moves)> parts, Func<Moves, Heads> of) =>
        new(parts.Sum(p => of(p.Moves).Households), parts.Sum(p => of(p.Moves).Persons));

    private static List<Move> Sum(IReadOnlyList<(AreaCode County, Moves Moves)> parts, Func<Moves, IReadOnlyList<Move>> of) =>
        [.. parts.SelectMany(p => of(p.Moves)).GroupBy(m => m.Code).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Sum(g.Key, g))];

    private static Move Sum(string code, IEnumerable<Move> moves)
    {
        var (before, after, entering, leaving) = (0, 0, 0, 0);
        foreach (var move in moves)
            (before, after, entering, leaving) = (before + move.Before, after + move.After, entering + move.Entering, leaving + move.Leaving);
        return new(code, before, after, entering, leaving);
    }

    private static List<RuleMove> RulesOf(IReadOnlyList<(AreaCode County, Moves Moves)> parts) =>
        [.. parts.SelectMany(p => p.Moves.Rules.Select(r => (Code: CodeOf(r.Rule, p.County, parts.Count > 1), Move: r))).GroupBy(r => r.Code, r => r.Move)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new RuleMove(g.First().Rule, g.Any(r => r.WasLive), g.Any(r => r.IsLive), Sum(g.Key, g.Select(r => r.Households)), g.Sum(r => r.Unknown), g.Sum(r => r.Alone)))];

    private static List<Overlap> OverlapsOf(IReadOnlyList<(AreaCode County, Moves Moves)> parts, List<RuleMove> rules)
    {
        var both = new Dictionary<(string First, string Second), int>();
        foreach (var (county, moves) in parts)
        {
            var codes = moves.Rules.ToDictionary(r => r.Rule.Definition.Id, r => CodeOf(r.Rule, county, parts.Count > 1));
            foreach (var pair in moves.Overlaps)
                CollectionsMarshal.GetValueRefOrAddDefault(both, (codes[pair.First], codes[pair.Second]), out _) += pair.Both;
        }
        var found = rules.ToDictionary(r => r.Households.Code, r => r.Households.After);
        return [.. both.OrderByDescending(o => o.Value).ThenBy(o => o.Key.First, StringComparer.Ordinal).ThenBy(o => o.Key.Second, StringComparer.Ordinal).Take(MostOverlaps)
            .Select(o => new Overlap(o.Key.First, o.Key.Second, o.Value, found[o.Key.First], found[o.Key.Second]))];
    }
}
