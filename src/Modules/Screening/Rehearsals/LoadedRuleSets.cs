using System.Collections.Concurrent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Screening;

/// <summary>Sets from the columns that screening loads, rule by rule and household by household.</summary>
internal sealed class LoadedRuleSets(IFeatures features, LoadedPopulations populations, TimeProvider clock) : IRuleSets
{
    public Task<RuleSets> For(AreaCode county, DateOnly asOf, CancellationToken cancel) =>
        populations.Of((county, asOf), async () => new PopulationSets(await features.Load(county, asOf, null, cancel), clock.GetUtcNow()));
}

/// <summary>Keeps what was loaded for a few minutes, so that a slider does not read a county anew with every move.</summary>
internal sealed class LoadedPopulations
{
    private const int Most = 4;
    private static readonly long Fresh = (long)TimeSpan.FromMinutes(3).TotalMilliseconds;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<(AreaCode, DateOnly), (RuleSets Sets, long At)> _kept = [];

    public async Task<RuleSets> Of((AreaCode, DateOnly) key, Func<Task<RuleSets>> load)
    {
        await _turn.WaitAsync();
        try
        {
            var now = Environment.TickCount64;
            if (_kept.TryGetValue(key, out var found) && now - found.At < Fresh)
                return found.Sets;
            if (_kept.Count >= Most)
                _kept.Remove(_kept.MinBy(k => k.Value.At).Key);
            var sets = await load();
            _kept[key] = (sets, Environment.TickCount64);
            return sets;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>One loaded county.</summary>
internal sealed class PopulationSets : RuleSets
{
    private const int MostKept = 512;

    private readonly Population _population;
    private readonly int[] _areaOf;
    private readonly byte[] _persons;
    private readonly ConcurrentDictionary<string, RuleSet> _evaluated = new(StringComparer.Ordinal);

    public PopulationSets(Population population, DateTimeOffset readAt)
    {
        (_population, ReadAt) = (population, readAt);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        _areaOf = [.. population.Households.Select(h => places.TryGetValue(h.Area.Digits, out var at) ? at : places[h.Area.Digits] = places.Count)];
        Areas = [.. places.Keys];
        _persons = [.. Enumerable.Range(0, Count).Select(i => (byte)Math.Clamp(population.Value(i, "registry.size").AsInt ?? 0, 0, 255))];
    }

    public override int Count => _population.Households.Count;

    public override IReadOnlyList<string> Areas { get; }

    public override ReadOnlySpan<int> AreaOf => _areaOf;

    public override ReadOnlySpan<byte> Persons => _persons;

    public override DateTimeOffset ReadAt { get; }

    public override Guid IdOf(int index) => _population.Households[index].Id;

    public override RuleValue Value(int index, string feature) => _population.Value(index, feature);

    public override RuleSet Evaluate(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants)
    {
        var key = string.Join('\n', rule.Symbols.Where(s => constants.ContainsKey(s.Name)).Select(s => $"{s.Name}={constants[s.Name]}").Prepend(rule.Source));
        if (_evaluated.TryGetValue(key, out var known))
            return known;
        if (_evaluated.Count >= MostKept)
            _evaluated.Clear();
        return _evaluated.GetOrAdd(key, _ => Work(rule, constants));
    }

    private RuleSet Work(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants)
    {
        var (holds, unknown) = (new ulong[Words], new ulong[Words]);
        Parallel.ForEach(Partitioner.Create(0, Math.Max(Words, 1), Math.Max(64, Words / 8 + 1)), part =>
        {
            var inputs = _population.Inputs(constants);
            for (inputs.Index = part.Item1 * 64; inputs.Index < Math.Min(part.Item2 * 64, Count); inputs.Index++)
            {
                var result = rule.Holds(inputs);
                if (result == true)
                    Bits.Put(holds, inputs.Index);
                else if (result is null)
                    Bits.Put(unknown, inputs.Index);
            }
        });
        return new(holds, unknown, Bits.Count(holds), Bits.Count(unknown));
    }
}
