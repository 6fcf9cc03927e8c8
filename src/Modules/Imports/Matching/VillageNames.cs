using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Matching;

/// <summary>Finds the villages of a county by the names that departments write, addresses included.</summary>
internal sealed class VillageNames
{
    private const int MostSeen = 50_000;

    private readonly AreaCode _within;
    private readonly AreaTable _areas;
    private readonly List<Area> _villages;
    private readonly Dictionary<(string, string?), AreaCode?> _seen = [];

    /// <param name="within">The area a file is about: a name that several villages bear means the one in there.</param>
    public VillageNames(AreaTree tree, AreaCode within)
    {
        _within = within;
        _areas = new(tree.All.Select(a => new Area(a.Code, a.Name, a.Name)));
        _villages = [.. _areas.Inside(within.County, AreaLevel.Village)];
    }

    /// <summary>Puts the code of the village in the place of its name, where it is known.</summary>
    public void Place(FeedRow row, FeedShape shape)
    {
        if (shape.Village >= 0 && row.Values[shape.Village] is string name && Find(name, shape.Town < 0 ? null : row.Values[shape.Town] as string) is { } village)
            row.Values[shape.Village] = village;
    }

    /// <param name="town">The township as the row names it, or null.</param>
    /// <returns>The village, or null for a name that means none, or several.</returns>
    public AreaCode? Find(string text, string? town = null)
    {
        if (!_seen.TryGetValue((text, town), out var found))
        {
            // A column of addresses would fill memory with texts that come once.
            if (_seen.Count >= MostSeen)
                _seen.Clear();
            _seen[(text, town)] = found = Look(CellText.Code(text), town);
        }
        return found;
    }

    private AreaCode? Look(string text, string? town)
    {
        var named = _areas.Villages(text, _within.County);
        return Narrow(named.Count > 0 ? named : InAddress(text), town)?.Code;
    }

    // 鹤游镇金钱村3组12号: the longest village name in it, of the township in it where that is named.
    private List<Area> InAddress(string text)
    {
        var inside = _villages.Where(v => Plain(v) is { Length: >= 3 } name && text.Contains(name, StringComparison.Ordinal)).ToList();
        if (inside.Count == 0)
            return inside;
        var longest = inside.Max(v => Plain(v).Length);
        inside.RemoveAll(v => Plain(v).Length < longest);
        var inTown = inside.Where(v => _areas.Find(v.Code.Parent) is { } above && text.Contains(above.Name, StringComparison.Ordinal)).ToList();
        return inTown.Count > 0 ? inTown : inside;
    }

    private static string Plain(Area village) => village.Name.Replace("村民委员会", "", StringComparison.Ordinal).Replace("居民委员会", "", StringComparison.Ordinal);

    private Area? Narrow(IReadOnlyList<Area> found, string? town)
    {
        if (found.Count > 1 && found.Where(v => _within.Contains(v.Code)).ToList() is { Count: > 0 } near)
            found = near;
        if (found.Count > 1 && _areas.Township(town, _within.County) is { } named && found.Where(v => named.Code.Contains(v.Code)).ToList() is { Count: > 0 } there)
            found = there;
        return found.Count == 1 ? found[0] : null;
    }
}
