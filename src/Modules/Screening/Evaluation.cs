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
    /// <summary>For which of some households the rules hold, in the households' order.</summary>
    public static IReadOnlyList<Hit> Hits(FeatureTable population, IReadOnlyList<ReadyRule> rules)
    {
        var answers = Runnable(rules);
        Parallel.ForEach(answers, a => a.Work(population));
        return RuleAnswers.HitsOf(answers, population);
    }

    /// <summary>The same with how often each rule held, could not be decided, and why not.</summary>
    /// <remarks>An unknown result never warns; it is counted, with the features that were missing.</remarks>
    public static Evaluated Run(FeatureTable population, IReadOnlyList<ReadyRule> rules)
    {
        var answers = Runnable(rules);
        Parallel.ForEach(answers, a => a.Work(population));
        return RuleAnswers.Together(rules, answers, population);
    }

    /// <summary>Runs the rules over a whole county.</summary>
    /// <param name="table">The population's columns.</param>
    public static Evaluated Scan(FeatureTable population, ScanTable table, IReadOnlyList<ReadyRule> rules)
    {
        var answers = Runnable(rules);
        var scan = ScanProgram.Compile(table, [.. answers.Select(a => new ScanRule(a.Rule.When, PopulationConstants.Of(a.Rule.Constants, population.Scope.AsOf)))],
            ScanOutputs.Holding | ScanOutputs.Unknown).Run();
        foreach (var (rule, answer) in answers.Index())
        {
            answer.Note(scan.Holding![rule], true);
            answer.Note(scan.Unknown![rule], null);
        }
        return RuleAnswers.Together(rules, answers, population);
    }

    private static List<RuleAnswers> Runnable(IReadOnlyList<ReadyRule> rules) => [.. rules.Where(r => r.Blocked is null).Select(r => new RuleAnswers(r))];

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
