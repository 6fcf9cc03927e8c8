using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>The SQL engine: the features of a county in a table, all rules in one select. The same answers as every other engine.</summary>
internal sealed class SqlScreening(ShouwangDb db, IFeatures features)
{
    /// <summary>The table of features; it exists where this engine has run.</summary>
    public const string Table = "household_features";

    /// <summary>Whether this engine is to run: asked for, or nothing asked for and the database is a cluster.</summary>
    public async Task<bool> IsChosen(ScreeningEngine? engine, CancellationToken cancel) =>
        engine is { } asked ? asked == ScreeningEngine.Sql : await RuleTable.OnCluster(db, cancel);

    /// <summary>Runs the rules over the population of a county.</summary>
    public async Task<Evaluated> Run(FeatureTable population, IReadOnlyList<ReadyRule> rules, CancellationToken cancel)
    {
        var answers = rules.Where(r => r.Blocked is null).Select(r => new RuleAnswers(r)).ToList();
        var constants = answers.ConvertAll(a => population.Inputs(a.Rule.Constants));
        var table = new RuleTable(db, Table, features.All.Values.Select(f => f.Symbol));
        await table.Fit(cancel);
        var left = await table.Ask(
            population.Scope.County, population.Scope.Households, (household, symbol) => population.Value(household, symbol.Name),
            [.. answers.Select(a => a.Rule.When)], (rule, symbol) => constants[rule].Get(symbol),
            (household, rule, truth) => answers[rule].Note(household, truth), cancel);
        foreach (var rule in left)
            answers[rule].Work(population);

        return RuleAnswers.Together(rules, answers, population);
    }
}
