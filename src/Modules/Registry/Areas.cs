using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class Areas(ShouwangDb db, AreaTable table) : IAreas
{
    // Reading hundreds of names for every page costs more than the page. Areas are only ever added, so their number tells whether any are new.
    private static readonly ConditionalWeakTable<AreaTable, ConcurrentDictionary<string, (long Kept, long Learnt, AreaTree Tree)>> Trees = [];

    public async Task<AreaTree> Of(string county, CancellationToken cancel)
    {
        var (kept, learnt) = (0L, 0L);
        await db.Read("select count(*), coalesce(sum(case when learnt then 1 else 0 end), 0) from areas where county = @county",
            row => (kept, learnt) = (row.GetInt64(0), row.GetInt64(1)), cancel, ("@county", county));
        var trees = Trees.GetOrCreateValue(table);
        if (trees.TryGetValue(county, out var last) && last.Kept == kept && last.Learnt == learnt)
            return last.Tree;
        var tree = await Read(county, cancel);
        // What an open transaction added may yet be rolled back, and others may then add as many.
        if (db.Database.CurrentTransaction is null)
            trees[county] = (kept, learnt, tree);
        return tree;
    }

    private async Task<AreaTree> Read(string county, CancellationToken cancel)
    {
        var known = Published(county).ToDictionary(a => a.Code);
        await db.Read("select code, name, learnt from areas where county = @county", row =>
        {
            var code = new AreaCode(row.GetString(0));
            known.TryAdd(code, new(code, row.GetString(1), row.GetBoolean(2)));
        }, cancel, ("@county", county));
        return new(known.Values);
    }

    /// <summary>Keeps the policy's areas of a county beside the households, for lists and for places without the policy at hand.</summary>
    public async Task Keep(string county, CancellationToken cancel)
    {
        var kept = new Dictionary<string, string>();
        await db.Read("select code, name from areas where county = @county and not learnt", row => kept.Add(row.GetString(0), row.GetString(1)), cancel, ("@county", county));
        var missing = Published(county).Where(a => kept.GetValueOrDefault(a.Code.Digits) != a.Name).ToList();
        if (missing.Count > 0)
            await Write(county, missing, cancel);
    }

    public Task Learn(string county, IEnumerable<AreaName> areas, CancellationToken cancel) => Write(county, areas, cancel);

    private IEnumerable<AreaName> Published(string county) => table.Find(new(county)) is not { } root ? []
        : new[] { root }.Concat(table.Inside(root.Code, AreaLevel.Township)).Concat(table.Inside(root.Code, AreaLevel.Village))
            .Select(a => new AreaName(a.Code, a.ShortName, false));

    private Task Write(string county, IEnumerable<AreaName> areas, CancellationToken cancel) =>
        new BulkUpsert(db, "areas", ["county", "code"],
            ("county", ColumnType.Text), ("code", ColumnType.Text), ("name", ColumnType.Text), ("level", ColumnType.Integer), ("learnt", ColumnType.Boolean))
        .Write(areas.Select(a => new object?[] { county, a.Code.Digits, a.Name, (int)a.Code.Level, a.Learnt }), cancel);
}

/// <summary>Which village a household lies in, from the name and the code its row states.</summary>
/// <remarks>
/// The name decides, since it is what people read; the code helps where townships have villages of the same name, and stands
/// in where the name is unknown. A county without an area table learns its villages from the rows.
/// </remarks>
internal sealed class VillageFinder(AreaTree tree)
{
    private readonly AreaTable _table = new(tree.All.Select(a => new Area(a.Code, a.Name, a.Name)));
    private readonly HashSet<AreaCode> _known = [.. tree.All.Select(a => a.Code)];
    private readonly bool _learns = !tree.All.Any(a => a.Code.Level == AreaLevel.Village && !a.Learnt);

    /// <summary>Villages that were not known before.</summary>
    public List<AreaName> Learnt { get; } = [];

    /// <param name="name">As stated, or the code of a village that was recognised already.</param>
    /// <param name="code">The area code as stated, right or wrong.</param>
    /// <param name="town">The township's name, where the row states it.</param>
    /// <param name="fallback">The area the row was reported for.</param>
    public AreaCode Find(string? name, string? code, string? town, AreaCode fallback)
    {
        var county = fallback.County;
        if (AreaCode.TryParse(name, out var read) && read.Level == AreaLevel.Village && county.Contains(read))
            return read;
        AreaCode? coded = AreaCode.TryParse(code, out var parsed) && county.Contains(parsed) ? parsed : null;
        if (Narrowed(_table.Villages(name, county), coded, town, fallback) is { } village)
            return village;
        if (coded is not { } stated)
            return fallback;
        if (_known.Contains(stated))
            return stated;
        if (!_learns || stated.Level != AreaLevel.Village || string.IsNullOrWhiteSpace(name))
            return _known.Contains(stated.Parent) ? stated.Parent : fallback;
        _known.Add(stated);
        Learnt.Add(new(stated, name, true));
        return stated;
    }

    /// <summary>The one village that fits, by whatever else is known; null when none or several do.</summary>
    private AreaCode? Narrowed(IReadOnlyList<Area> named, AreaCode? coded, string? town, AreaCode fallback)
    {
        if (named.Count <= 1)
            return named.Count == 1 ? named[0].Code : null;
        AreaCode?[] hints = [coded, coded?.Level == AreaLevel.Village ? coded.Value.Parent : null, _table.Township(town, fallback.County)?.Code, fallback];
        foreach (var hint in hints.OfType<AreaCode>())
        {
            if (named.Where(v => hint.Contains(v.Code)).ToList() is [var only])
                return only.Code;
        }
        return null;
    }
}
