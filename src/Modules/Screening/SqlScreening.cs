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
    public async Task<Evaluated> Run(Population population, IReadOnlyList<ReadyRule> rules, CancellationToken cancel)
    {
        var answers = rules.Where(r => r.Blocked is null).Select(r => new Answers(r)).ToList();
        var constants = answers.ConvertAll(a => population.Inputs(a.Rule.Constants));
        var table = new RuleTable(db, Table, features.All.Values.Select(f => f.Symbol));
        await table.Fit(cancel);
        var left = await table.Ask(
            population.Scope.County, population.Scope.Households, (household, symbol) => population.Value(household, symbol.Name),
            [.. answers.Select(a => a.Rule.When)], (rule, symbol) => constants[rule].Get(symbol),
            (household, rule, truth) => answers[rule].Note(household, truth), cancel);
        foreach (var rule in left)
            answers[rule].Work(population);

        Parallel.ForEach(answers, a => a.Finish(population));
        var counts = answers.ToDictionary(a => a.Rule, a => a.Count);
        return new(
            [.. answers.SelectMany(a => a.Hits).OrderBy(h => h.Index)],
            [.. rules.Select(r => counts.GetValueOrDefault(r) ?? new(r.Definition.Id, r.Definition.State, 0, 0, r.Blocked, []))]);
    }

    /// <summary>For which households a rule holds, and for which it is open.</summary>
    private sealed class Answers(ReadyRule rule)
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

        /// <summary>Asks the interpreter instead of the database.</summary>
        public void Work(Population population)
        {
            var inputs = population.Inputs(rule.Constants);
            for (inputs.Index = 0; inputs.Index < population.Households.Count; inputs.Index++)
                Note(inputs.Index, rule.When.Holds(inputs));
        }

        /// <summary>Levels and categories of the hits, and what the open ones lack: questions about few households, or about one each.</summary>
        public void Finish(Population population)
        {
            var inputs = population.Inputs(rule.Constants);
            var hits = new List<Hit>(_holding.Count);
            foreach (var household in _holding)
            {
                inputs.Index = household;
                hits.Add(new(household, rule, Evaluation.LevelOf(rule, inputs), Evaluation.CategoryOf(rule, inputs)));
            }
            var missing = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var household in _open)
            {
                inputs.Index = household;
                foreach (var symbol in Evaluation.Missing(rule.When, inputs))
                    missing[symbol.Name] = missing.GetValueOrDefault(symbol.Name) + 1;
            }
            (Hits, Count) = (hits, Count with
            {
                Hits = hits.Count, Unknown = _open.Count,
                Missing = [.. missing.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => new MissingCount(m.Key, m.Value))],
            });
        }
    }
}
