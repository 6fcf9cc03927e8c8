using System.Numerics;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Screening;

/// <summary>For which households a rule holds, and for which it is open.</summary>
internal sealed class RuleAnswers(ReadyRule rule)
{
    private readonly List<int> _holding = [], _open = [];

    public ReadyRule Rule => rule;

    public IReadOnlyList<Hit> Hits { get; private set; } = [];

    public RuleCount Count { get; private set; } = new(rule.Definition.Id, rule.Definition.State, 0, 0, null, []);

    public void Note(int household, bool? truth)
    {
        if (truth != false)
            (truth == true ? _holding : _open).Add(household);
    }

    /// <summary>Notes the households whose bits are set.</summary>
    public void Note(ulong[] bits, bool? truth)
    {
        for (var word = 0; word < bits.Length; word++)
            for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                Note(word * 64 + BitOperations.TrailingZeroCount(rest), truth);
    }

    /// <summary>Where the rules hold, in the households' order.</summary>
    public static IReadOnlyList<Hit> HitsOf(IReadOnlyList<RuleAnswers> answers, FeatureTable population)
    {
        Parallel.ForEach(answers, a => a.FindHits(population));
        return [.. answers.SelectMany(a => a.Hits).OrderBy(h => h.Index)];
    }

    /// <summary>The answers of all rules, those that could not run among them.</summary>
    public static Evaluated Together(IReadOnlyList<ReadyRule> rules, IReadOnlyList<RuleAnswers> answers, FeatureTable population)
    {
        var hits = HitsOf(answers, population);
        Parallel.ForEach(answers, a => a.CountMissing(population));
        var counts = answers.ToDictionary(a => a.Rule, a => a.Count);
        return new(hits, [.. rules.Select(r => counts.GetValueOrDefault(r) ?? new(r.Definition.Id, r.Definition.State, 0, 0, r.Blocked, []))]);
    }

    /// <summary>Asks the interpreter, household by household.</summary>
    public void Work(FeatureTable population)
    {
        var inputs = population.Inputs(rule.Constants);
        for (inputs.Index = 0; inputs.Index < population.Count; inputs.Index++)
            Note(inputs.Index, rule.When.Holds(inputs));
    }

    // Levels and categories are questions about few households.
    private void FindHits(FeatureTable population)
    {
        var inputs = population.Inputs(rule.Constants);
        var hits = new List<Hit>(_holding.Count);
        foreach (var household in _holding)
        {
            inputs.Index = household;
            hits.Add(new(household, rule, Evaluation.LevelOf(rule, inputs), Evaluation.CategoryOf(rule, inputs)));
        }
        (Hits, Count) = (hits, Count with { Hits = hits.Count });
    }

    private void CountMissing(FeatureTable population)
    {
        var inputs = population.Inputs(rule.Constants);
        var missing = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var household in _open)
        {
            inputs.Index = household;
            foreach (var symbol in Evaluation.Missing(rule.When, inputs))
                missing[symbol.Name] = missing.GetValueOrDefault(symbol.Name) + 1;
        }
        Count = Count with
        {
            Unknown = _open.Count,
            Missing = [.. missing.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => new MissingCount(m.Key, m.Value))],
        };
    }
}
