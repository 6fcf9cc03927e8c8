using System.Runtime.CompilerServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Screening.Populations;

namespace Shouwang.Modules.Screening;

/// <summary>Sets from the population of a county, worked out by scans.</summary>
internal sealed class ScannedRuleSets(PopulationStore store, PopulationVersions versions) : IRuleSets
{
    // One for each population; another one when households of it changed, so that what is kept with it stays true.
    private static readonly ConditionalWeakTable<CountyPopulation, StrongBox<PopulationSets?>> Latest = [];

    public async Task<IReadOnlyList<RuleSets>> For(IReadOnlyList<AreaCode> counties, DateOnly asOf, CancellationToken cancel)
    {
        var now = await versions.All(counties, cancel);
        var sets = new List<RuleSets>();
        foreach (var county in counties)
        {
            // What is at hand and current needs no further question; a slider moves often.
            var held = store.InMemory(county);
            sets.Add(SetsOf(held is not null && held.AsOf == asOf && held.Version == now.GetValueOrDefault(county) ? held : await store.For(county, asOf, cancel)));
        }
        return sets;
    }

    private static PopulationSets SetsOf(CountyPopulation population)
    {
        var latest = Latest.GetOrCreateValue(population);
        if (latest.Value is { } sets && sets.Edition == population.Edition)
            return sets;
        return latest.Value = population.Read(p => new PopulationSets(p));
    }
}

/// <summary>One county's population as sets.</summary>
internal sealed class PopulationSets : RuleSets
{
    // For those in force and the values that a slider passed over last.
    private const int MostKept = 128;

    private readonly CountyPopulation _population;
    private readonly int[] _areaOf;
    private readonly byte[] _persons;
    private readonly Recent<string, RuleSet> _evaluated = new(MostKept);

    /// <param name="population">Nobody may change it meanwhile.</param>
    public PopulationSets(CountyPopulation population)
    {
        (_population, Edition, _areaOf) = (population, population.Edition, population.AreaOf.ToArray());
        _persons = new byte[population.Count];
        if (population.Table.Columns.TryGetValue("registry.size", out var size))
            for (var i = 0; i < _persons.Length; i++)
                _persons[i] = (byte)Math.Clamp(size[i].AsInt ?? 0, 0, 255);
    }

    /// <summary>See <see cref="CountyPopulation.Edition"/>.</summary>
    public long Edition { get; }

    public override int Count => _population.Count;

    public override IReadOnlyList<string> Areas => _population.AreaCodes;

    public override ReadOnlySpan<int> AreaOf => _areaOf;

    public override ReadOnlySpan<byte> Persons => _persons;

    public override DateTimeOffset ReadAt => _population.ChangedAt;

    public override Guid IdOf(int index) => _population.Ids[index];

    public override RuleValue Value(int index, string feature) => _population.Read(p => p.Table.Columns[feature][index]);

    public override RuleSet Evaluate(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants) =>
        _evaluated.Get(KeyOf(rule, constants), (Sets: this, rule, constants), static (_, asked) => asked.Sets.Work([(asked.rule, asked.constants)])[0]);

    public override void Prepare(IEnumerable<(RuleExpression Rule, IReadOnlyDictionary<string, RuleValue> Constants)> asked)
    {
        // One pass over the columns for all of them: what several rules read is read once.
        var missing = asked.Select(a => (Key: KeyOf(a.Rule, a.Constants), Asked: a)).DistinctBy(a => a.Key).Where(a => !_evaluated.Has(a.Key)).ToList();
        if (missing.Count == 0)
            return;
        foreach (var (one, found) in missing.Zip(Work([.. missing.Select(m => m.Asked)])))
            _evaluated.Get(one.Key, found, static (_, set) => set);
    }

    private RuleSet[] Work(IReadOnlyList<(RuleExpression Rule, IReadOnlyDictionary<string, RuleValue> Constants)> asked)
    {
        var rules = asked.Select(a => new ScanRule(a.Rule, PopulationConstants.Of(a.Constants, _population.AsOf))).ToList();
        var found = _population.Read(p => ScanProgram.Compile(p.Table, rules, ScanOutputs.Holding).Run());
        return [.. rules.Select((_, i) => new RuleSet(found.Holding![i], (int)found.HoldingCounts[i], (int)found.UnknownCounts![i]))];
    }

    private static string KeyOf(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants) =>
        string.Join('\n', rule.Symbols.Where(s => constants.ContainsKey(s.Name)).Select(s => $"{s.Name}={constants[s.Name]}").Prepend(rule.Source));
}
