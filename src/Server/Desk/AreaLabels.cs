using System.Collections.Concurrent;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Server.Desk;

/// <summary>Area names for screens, read once per county and then every few minutes, since every page needs many of them.</summary>
internal sealed class AreaLabels(IServiceScopeFactory scopes, AreaTable table, TimeProvider clock) : IAreaLabels
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, AreaTree Tree)> _trees = new();

    public async Task Prepare(string county, CancellationToken cancel)
    {
        if (_trees.TryGetValue(county, out var known) && clock.GetUtcNow() - known.Read < Fresh)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var tree = await scope.ServiceProvider.GetRequiredService<IAreas>().Of(county, cancel);
        _trees[county] = (clock.GetUtcNow(), tree);
    }

    public string Of(AreaCode area) => (Tree(area)?.Find(area)?.Name ?? table.Find(area)?.ShortName) ?? area.Digits;

    public IReadOnlyList<AreaCode> Below(AreaCode area) => [.. Tree(area)?.Children(area).Select(a => a.Code) ?? []];

    private AreaTree? Tree(AreaCode area) =>
        area.Level >= AreaLevel.County && _trees.TryGetValue(area.County.Digits, out var known) ? known.Tree : null;
}
