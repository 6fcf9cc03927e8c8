using System.Collections.Frozen;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Screening;

/// <summary>Collects the columns of every module. The fast engines will keep them; this one loads them for each run.</summary>
internal sealed class FeatureStore(IEnumerable<IFeatureSource> sources, IHouseholds households, Policies policies) : IFeatures
{
    public IReadOnlyDictionary<string, Feature> All { get; } =
        sources.SelectMany(s => s.Features).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public async Task<Population> Load(AreaCode county, DateOnly asOf, IReadOnlyCollection<Guid>? only, CancellationToken cancel)
    {
        var who = only is null
            ? await households.All(county.Digits, cancel)
            : [.. (await households.Refs(county.Digits, only, cancel)).Values.OrderBy(h => h.Code, StringComparer.Ordinal)];
        var policy = await policies.For(county, asOf, cancel);
        var scope = new FeatureScope(county, asOf, [.. who.Select(h => h.Id)], only is null, policy);

        var columns = All.Values.ToFrozenDictionary(f => f.Name, f => new FeatureColumn(f, who.Count), StringComparer.Ordinal);
        foreach (var source in sources)
            await source.Load(scope, source.Features.ToFrozenDictionary(f => f.Name, f => columns[f.Name], StringComparer.Ordinal), cancel);
        return new(who, scope, columns);
    }
}
