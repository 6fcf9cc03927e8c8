using System.Collections.Concurrent;
using System.Collections.Frozen;
using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>An administrative division with its names.</summary>
/// <param name="Name">As published: 金钱村村民委员会.</param>
/// <param name="ShortName">As people say it: 金钱村.</param>
public sealed record Area(AreaCode Code, string Name, string ShortName)
{
    public AreaLevel Level => Code.Level;
}

/// <summary>The divisions of the counties whose tables are at hand, found by code or by name however it is written.</summary>
public sealed class AreaTable
{
    private const int MostSpellings = 20_000;

    private readonly ConcurrentDictionary<(string Spelling, AreaCode Within, AreaLevel Level), IReadOnlyList<Area>> _spellings = new();
    private readonly FrozenDictionary<AreaCode, Area> _byCode;
    private readonly ILookup<AreaCode, Area> _children;
    private readonly ILookup<string, Area> _byName;

    /// <exception cref="ArgumentException">A code comes twice with different names.</exception>
    public AreaTable(IEnumerable<Area> areas)
    {
        var distinct = areas.Distinct().ToList();
        _byCode = distinct.ToFrozenDictionary(a => a.Code);
        _children = distinct.OrderBy(a => a.Code).ToLookup(a => a.Code.Parent);
        _byName = distinct.SelectMany(a => AreaNames.Keys(a.Name).Select(k => (Key: k, Area: a))).ToLookup(k => k.Key, k => k.Area);
    }

    /// <summary>Reads every table <c>areas/*.csv</c> of the folder of packs: code, name, level.</summary>
    /// <exception cref="InvalidDataException">A line is not a code and a name; the message says which.</exception>
    public static AreaTable Load(string policyFolder)
    {
        var folder = Path.Combine(policyFolder, "areas");
        return new(Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).SelectMany(Read)
            : []);
    }

    private static IEnumerable<Area> Read(string path)
    {
        var line = 1;
        foreach (var text in File.ReadLines(path).Skip(1))
        {
            line++;
            var cells = text.Split(',');
            if (cells.Length < 2 || cells[1].Length == 0 || !AreaCode.TryParse(cells[0], out var code))
                throw new InvalidDataException($"{Path.GetFileName(path)}, line {line}: '{text}' has no area code and name.");
            yield return new(code, cells[1], AreaNames.Short(cells[1]));
        }
    }

    public IEnumerable<Area> All => _byCode.Values.OrderBy(a => a.Code);

    /// <summary>The counties of the table.</summary>
    public IEnumerable<Area> Counties => All.Where(a => a.Level == AreaLevel.County);

    public Area? Find(AreaCode code) => _byCode.GetValueOrDefault(code);

    /// <summary>The areas one level down, by code.</summary>
    public IEnumerable<Area> Children(AreaCode of) => _children[of];

    /// <summary>All areas of one level inside another, by code.</summary>
    public IEnumerable<Area> Inside(AreaCode of, AreaLevel level) =>
        _byCode.Values.Where(a => a.Level == level && of.Contains(a.Code)).OrderBy(a => a.Code);

    /// <summary>The short names from the county (or higher, for a higher area) down to the area, joined: 垫江县鹤游镇金钱村.</summary>
    public string FullName(AreaCode code)
    {
        var names = new List<string>();
        for (var at = code; at.Level >= AreaLevel.County || at == code; at = at.Parent)
        {
            names.Insert(0, Find(at)?.ShortName ?? at.Digits);
            if (at.Level == AreaLevel.Nation)
                break;
        }
        return string.Concat(names);
    }

    /// <summary>The village that a cell means, or null when none or several fit.</summary>
    /// <param name="spelling">
    /// With or without the names of province, county and township in front, the committee and a village group behind, blanks
    /// anywhere; or the code itself.
    /// </param>
    /// <param name="within">The township, county or other area in which to look.</param>
    public Area? Village(string? spelling, AreaCode within) => Only(Villages(spelling, within));

    /// <summary>Every village that a cell may mean.</summary>
    public IReadOnlyList<Area> Villages(string? spelling, AreaCode within) => Matching(spelling, within, AreaLevel.Village);

    /// <summary>The township that a cell means, or null when none or several fit.</summary>
    public Area? Township(string? spelling, AreaCode within) => Only(Matching(spelling, within, AreaLevel.Township));

    private static Area? Only(IReadOnlyList<Area> found) => found.Count == 1 ? found[0] : null;

    // Files repeat a few spellings over hundreds of thousands of rows.
    private IReadOnlyList<Area> Matching(string? spelling, AreaCode within, AreaLevel level)
    {
        var key = (spelling ?? "", within, level);
        if (_spellings.TryGetValue(key, out var known))
            return known;
        var found = Search(spelling, within, level);
        if (_spellings.Count < MostSpellings)
            _spellings[key] = found;
        return found;
    }

    private List<Area> Search(string? spelling, AreaCode within, AreaLevel level)
    {
        var word = AreaNames.Normal(spelling);
        if (AreaCode.TryParse(word, out var code))
            return Find(code) is { } area && area.Level == level && within.Contains(code) ? [area] : [];
        if (word.Length == 0)
            return [];
        var (bare, inside) = WithoutParents(word, within, level);
        // A word without its township is looked for in all of the area; one with it, in that township alone.
        foreach (var (text, area) in bare == word ? new[] { (word, within) } : [(word, within), (bare, inside)])
            foreach (var key in AreaNames.Keys(text))
                if (_byName[key].Where(a => a.Level == level && area.Contains(a.Code)).ToList() is { Count: > 0 } found)
                    return found;
        return [];
    }

    private (string Bare, AreaCode Inside) WithoutParents(string word, AreaCode within, AreaLevel level)
    {
        var parents = _byCode.Values.Where(a => a.Level < level && (within.Contains(a.Code) || a.Code.Contains(within)));
        var inside = within;
        foreach (var parent in parents.OrderBy(a => a.Level).ThenByDescending(a => a.Name.Length))
            foreach (var name in new[] { parent.Name, AreaNames.WithoutNation(parent.Name) })
                if (word.Length > name.Length && word.StartsWith(name, StringComparison.Ordinal))
                {
                    word = word[name.Length..];
                    inside = parent.Code.Level > inside.Level ? parent.Code : inside;
                    break;
                }
        return (word, inside);
    }
}
