using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>A rule that holds for a household.</summary>
/// <param name="Index">The household's position in the population.</param>
internal sealed record Hit(int Index, ReadyRule Rule, RuleLevel Level, string? Category);

/// <summary>What came out of all rules over a population.</summary>
internal sealed record Evaluated(IReadOnlyList<Hit> Hits, IReadOnlyList<RuleCount> Counts);

/// <summary>The straightforward engine: every rule over every household, both cores. The seam where the fast engines go.</summary>
internal static class Evaluation
{
    /// <summary>Runs the rules over the population.</summary>
    /// <remarks>An unknown result never warns; it is counted, with the features that were missing.</remarks>
    public static Evaluated Run(Population population, IReadOnlyList<ReadyRule> rules)
    {
        var results = new (List<Hit> Hits, RuleCount Count)[rules.Count];
        Parallel.For(0, rules.Count, i => results[i] = Evaluate(rules[i], population));
        return new([.. results.SelectMany(r => r.Hits).OrderBy(h => h.Index)], [.. results.Select(r => r.Count)]);
    }

    private static (List<Hit> Hits, RuleCount Count) Evaluate(ReadyRule rule, Population population)
    {
        var definition = rule.Definition;
        if (rule.Blocked is { } blocked)
            return ([], new(definition.Id, definition.State, 0, 0, blocked, []));

        var hits = new List<Hit>();
        var inputs = population.Inputs(rule.Constants);
        var missing = new Dictionary<string, int>(StringComparer.Ordinal);
        var unknown = 0;
        for (inputs.Index = 0; inputs.Index < population.Households.Count; inputs.Index++)
        {
            switch (rule.When.Holds(inputs))
            {
                case true:
                    hits.Add(new(inputs.Index, rule, LevelOf(rule, inputs), CategoryOf(rule, inputs)));
                    break;
                case null:
                    unknown++;
                    foreach (var symbol in Missing(rule.When, inputs))
                        missing[symbol.Name] = missing.GetValueOrDefault(symbol.Name) + 1;
                    break;
                case false:
                    break;
            }
        }
        return (hits, new(definition.Id, definition.State, hits.Count, unknown, null,
            [.. missing.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => new MissingCount(m.Key, m.Value))]));
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
