using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Collects the columns of every module.</summary>
internal sealed class FeatureStore(IEnumerable<IFeatureSource> sources, IHouseholds households, Policies policies, ShouwangDb db, IServiceScopeFactory scopes) : IFeatures
{
    public IReadOnlyDictionary<string, Feature> All { get; } =
        sources.SelectMany(s => s.Features).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public Task<Population> Load(AreaCode county, DateOnly asOf, IReadOnlyCollection<Guid>? only, CancellationToken cancel) => Load(county, asOf, only, true, cancel);

    public Task<Population> LoadValues(AreaCode county, DateOnly asOf, CancellationToken cancel) => Load(county, asOf, null, false, cancel);

    private async Task<Population> Load(AreaCode county, DateOnly asOf, IReadOnlyCollection<Guid>? only, bool withSources, CancellationToken cancel)
    {
        var who = only is null
            ? await households.All(county.Digits, cancel)
            : [.. (await households.Refs(county.Digits, only, cancel)).Values.OrderBy(h => h.Code, StringComparer.Ordinal)];
        var policy = await policies.For(county, asOf, cancel);
        var scope = new FeatureScope(county, asOf, [.. who.Select(h => h.Id)], only is null, policy) { WithSources = withSources };

        var columns = All.Values.ToFrozenDictionary(f => f.Name, f => new FeatureColumn(f, who.Count, withSources), StringComparer.Ordinal);
        if (db.Database.CurrentTransaction is null)
        {
            // Two cores and two connections. Inside a transaction there is one connection that sees what it did.
            await using var second = scopes.CreateAsyncScope();
            // Whoever is free takes the next; those that bring most, and so take longest, come first.
            var order = new ConcurrentQueue<int>(sources.Index().OrderByDescending(s => s.Item.Features.Count).Select(s => s.Index));
            await Task.WhenAll(new[] { sources, second.ServiceProvider.GetServices<IFeatureSource>() }.Select(all => Task.Run(async () =>
            {
                var own = all.ToList();
                while (order.TryDequeue(out var next))
                    await Fill([own[next]], scope, columns, cancel);
            }, cancel)));
        }
        else
        {
            await Fill(sources, scope, columns, cancel);
        }
        return new(who, scope, columns);
    }

    private static async Task Fill(IEnumerable<IFeatureSource> sources, FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        foreach (var source in sources)
            await source.Load(scope, source.Features.ToFrozenDictionary(f => f.Name, f => columns[f.Name], StringComparer.Ordinal), cancel);
    }
}
