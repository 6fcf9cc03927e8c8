using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Imports.Matching;

/// <summary>Finds villages by the names offices write: with the township in front, with 村民委员会, 村委会 or 居委会 behind.</summary>
internal sealed partial class VillageNames
{
    private readonly AreaCode _within;
    private readonly Dictionary<AreaCode, string> _names;
    private readonly ILookup<string, AreaCode> _byStem;
    private readonly Dictionary<string, AreaCode?> _seen = new(StringComparer.Ordinal);

    /// <param name="within">The area a file is about: a name that several villages bear means the one in there.</param>
    public VillageNames(AreaTree tree, AreaCode within)
    {
        _within = within;
        _names = tree.All.ToDictionary(a => a.Code, a => a.Name);
        _byStem = tree.All.Where(a => a.Code.Level == AreaLevel.Village).ToLookup(a => Stem(a.Name), a => a.Code);
    }

    /// <param name="town">The township as the row names it, or null.</param>
    /// <returns>The village, or null for a name that means none, or several.</returns>
    public AreaCode? Find(string text, string? town = null)
    {
        var key = town is null ? text : $"{text}\n{town}";
        if (!_seen.TryGetValue(key, out var found))
        {
            // A column of addresses would fill memory with texts that come once.
            if (_seen.Count > 50_000)
                _seen.Clear();
            _seen[key] = found = Look(CellText.Code(text), town);
        }
        return found;
    }

    /// <summary>Puts the code of the village in the place of its name, where it is known.</summary>
    public void Place(FeedRow row, FeedShape shape)
    {
        if (shape.Village >= 0 && row.Values[shape.Village] is string name && Find(name, shape.Town < 0 ? null : row.Values[shape.Town] as string) is { } village)
            row.Values[shape.Village] = village;
    }

    private AreaCode? Look(string text, string? town)
    {
        if (AreaCode.TryParse(text, out var code) && code.Level == AreaLevel.Village)
            return code;
        var stem = Stem(text);
        var exact = Narrow(_byStem[stem], text, town);
        if (exact is not null || stem.Length < 3)
            return exact;
        // An address, or a name with what lies above it in front: the longest village name in it.
        var inside = _byStem.Where(g => g.Key.Length >= 2 && stem.Contains(g.Key, StringComparison.Ordinal)).OrderByDescending(g => g.Key.Length).ToList();
        return inside.Count == 0 ? null : Narrow(inside.Where(g => g.Key.Length == inside[0].Key.Length).SelectMany(g => g), text, town);
    }

    private AreaCode? Narrow(IEnumerable<AreaCode> villages, string text, string? town)
    {
        var found = villages.ToList();
        if (found.Count > 1 && found.Where(_within.Contains).ToList() is { Count: > 0 } near)
            found = near;
        if (found.Count > 1)
        {
            var named = found.Where(v => _names.GetValueOrDefault(v.Parent) is { Length: > 0 } above
                && (text.Contains(above, StringComparison.Ordinal) || town is not null && CellText.Code(town).Contains(above, StringComparison.Ordinal))).ToList();
            if (named.Count > 0)
                found = named;
        }
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The name without what its committee is called: 金钱村村民委员会 → 金钱村, 石鼓社区居委会 → 石鼓社区.</summary>
    internal static string Stem(string name)
    {
        var stem = Committee().Replace(CellText.Code(name), "");
        return VillageCommittee().Replace(stem, "村");
    }

    [GeneratedRegex(@"(?:(?<=村)村民委员会|(?<=村)村委会|(?<=村)委会|(?<=村)民委员会|(?<=社区)居民委员会|(?<=社区)居委会|居民委员会|居委会)$")]
    private static partial Regex Committee();

    [GeneratedRegex(@"(?:村民委员会|村委会)$")]
    private static partial Regex VillageCommittee();
}
