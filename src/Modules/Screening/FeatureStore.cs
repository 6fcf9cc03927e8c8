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
internal sealed class FeatureStore(
    IEnumerable<IFeatureSource> sources, IHouseholds households, IRegisterInScope register, Policies policies, ShouwangDb db, IServiceScopeFactory scopes) : IFeatures
{
    public IReadOnlyDictionary<string, Feature> All { get; } =
        sources.SelectMany(s => s.Features).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public async Task<Population> Load(AreaCode county, DateOnly asOf, IReadOnlyCollection<Guid>? only, CancellationToken cancel)
    {
        var who = only is null
            ? await households.All(county.Digits, cancel)
            : [.. (await households.Refs(county.Digits, only, cancel)).Values.OrderBy(h => h.Code, StringComparer.Ordinal)];
        var scope = new FeatureScope(county, asOf, [.. who.Select(h => h.Id)], only is null, await policies.For(county, asOf, cancel));
        return new(who, scope, await Columns(scope, cancel));
    }

    public async Task<CountyValues> LoadValues(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var who = await households.Ids(county.Digits, cancel);
        var scope = new FeatureScope(county, asOf, who, true, await policies.For(county, asOf, cancel)) { WithSources = false };
        var columns = await Columns(scope, cancel);
        return new(await register.Homes(scope, cancel), scope, columns);
    }

    private async Task<IReadOnlyDictionary<string, FeatureColumn>> Columns(FeatureScope scope, CancellationToken cancel)
    {
        var columns = All.Values.ToFrozenDictionary(f => f.Name, f => new FeatureColumn(f, scope.Households.Count, scope.WithSources), StringComparer.Ordinal);
        if (db.Database.CurrentTransaction is null)
        {
            // Two cores and two connections. Inside a transaction there is one connection that sees what it did.
            await using var second = scopes.CreateAsyncScope();
            // Whoever is free takes the next.
            var order = new ConcurrentQueue<int>(sources.Index().OrderByDescending(s => s.Item.Weight).Select(s => s.Index));
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
        return columns;
    }

    private static async Task Fill(IEnumerable<IFeatureSource> sources, FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        foreach (var source in sources)
            await source.Load(scope, source.Features.ToFrozenDictionary(f => f.Name, f => columns[f.Name], StringComparer.Ordinal), cancel);
    }
}
