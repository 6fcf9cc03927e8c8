using System.Numerics;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>A rule that holds for a household.</summary>
/// <param name="Index">The household's position in the population.</param>
internal sealed record Hit(int Index, ReadyRule Rule, RuleLevel Level, string? Category);

/// <summary>What came out of all rules over a population.</summary>
internal sealed record Evaluated(IReadOnlyList<Hit> Hits, IReadOnlyList<RuleCount> Counts);

/// <summary>Every rule over every household: by scans over the columns of a population, or household by household where there are few.</summary>
internal static class Evaluation
{
    /// <summary>Runs the rules over some households.</summary>
    /// <remarks>An unknown result never warns; it is counted, with the features that were missing.</remarks>
    public static Evaluated Run(Population population, IReadOnlyList<ReadyRule> rules) => Run(rules, rule =>
    {
        var found = new Found(rule, population);
        for (var i = 0; i < population.Households.Count; i++)
            found.Add(i, rule.When.Holds(found.At(i)));
        return found;
    });

    /// <summary>Runs the rules over a whole county.</summary>
    /// <param name="table">The population's columns; the explanations are read from <paramref name="population"/> itself.</param>
    public static Evaluated Scan(Population population, ScanTable table, IReadOnlyList<ReadyRule> rules)
    {
        var ready = rules.Where(r => r.Blocked is null).ToList();
        var scan = ScanProgram.Compile(table, [.. ready.Select(r => new ScanRule(r.When, PopulationConstants.Of(r.Constants, population.Scope.AsOf)))],
            ScanOutputs.Holding | ScanOutputs.Unknown).Run();
        var places = ready.Index().ToDictionary(r => r.Item, r => r.Index);
        return Run(rules, rule =>
        {
            var found = new Found(rule, population);
            foreach (var i in Places(scan.Holding![places[rule]]))
                found.Add(i, true);
            foreach (var i in Places(scan.Unknown![places[rule]]))
                found.Add(i, null);
            return found;
        });
    }

    private static Evaluated Run(IReadOnlyList<ReadyRule> rules, Func<ReadyRule, Found> evaluate)
    {
        var results = new (IReadOnlyList<Hit> Hits, RuleCount Count)[rules.Count];
        Parallel.For(0, rules.Count, i => results[i] = rules[i].Blocked is { } blocked
            ? ([], new(rules[i].Definition.Id, rules[i].Definition.State, 0, 0, blocked, []))
            : evaluate(rules[i]).Result);
        return new([.. results.SelectMany(r => r.Hits).OrderBy(h => h.Index)], [.. results.Select(r => r.Count)]);
    }

    private static IEnumerable<int> Places(ulong[] bits)
    {
        for (var word = 0; word < bits.Length; word++)
            for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                yield return word * 64 + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>What one rule finds, household by household.</summary>
    private sealed class Found(ReadyRule rule, Population population)
    {
        private readonly List<Hit> _hits = [];
        private readonly HouseholdInputs _inputs = population.Inputs(rule.Constants);
        private readonly Dictionary<string, int> _missing = new(StringComparer.Ordinal);
        private int _unknown;

        public IRuleInputs At(int index)
        {
            _inputs.Index = index;
            return _inputs;
        }

        public void Add(int index, bool? holds)
        {
            if (holds is false)
                return;
            var inputs = At(index);
            if (holds is true)
            {
                _hits.Add(new(index, rule, LevelOf(rule, inputs), CategoryOf(rule, inputs)));
                return;
            }
            _unknown++;
            foreach (var symbol in Missing(rule.When, inputs))
                _missing[symbol.Name] = _missing.GetValueOrDefault(symbol.Name) + 1;
        }

        public (IReadOnlyList<Hit>, RuleCount) Result => (_hits, new(rule.Definition.Id, rule.Definition.State, _hits.Count, _unknown, null,
            [.. _missing.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => new MissingCount(m.Key, m.Value))]));
    }

    // A trace is costly. Where just one value is unknown, and no division by zero can be to blame, that value is what is missing.
    internal static IReadOnlyList<Symbol> Missing(RuleExpression rule, IRuleInputs inputs)
    {
        if (rule.Source.AsSpan().ContainsAny('/', '%'))
            return rule.Explain(inputs).Missing;
        Symbol? only = null;
        foreach (var symbol in rule.Symbols)
        {
            if (inputs.Get(symbol).IsKnown)
                continue;
            if (only is not null)
                return rule.Explain(inputs).Missing;
            only = symbol;
        }
        return only is null ? rule.Explain(inputs).Missing : [only];
    }

    /// <summary>The first level whose condition holds; one without a condition always does.</summary>
    public static RuleLevel LevelOf(ReadyRule rule, IRuleInputs inputs) =>
        rule.Levels.Where(l => l.When is null || l.When.Holds(inputs) == true).Select(l => l.Level).FirstOrDefault(RuleLevel.Green);

    /// <summary>The first category whose condition holds, or none.</summary>
    public static string? CategoryOf(ReadyRule rule, IRuleInputs inputs) =>
        rule.Categories.Where(c => c.When is null || c.When.Holds(inputs) == true).Select(c => c.Category).FirstOrDefault();
}
