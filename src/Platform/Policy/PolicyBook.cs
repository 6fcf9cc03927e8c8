using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy.Reading;

namespace Shouwang.Platform.Policy;

/// <summary>
/// All policy packs of a folder. A pack is a folder of YAML files with an area and a period; for each key the nearest area
/// decides: a village's pack counts before the county's, the county's before the province's, and that before the nation's.
/// </summary>
/// <remarks>Immutable and safe to share; the policies it gives are cached.</remarks>
public sealed class PolicyBook
{
    private readonly IReadOnlyList<Pack> _packs;
    private readonly IReadOnlyList<LineEntry> _entries;
    private readonly ConcurrentDictionary<(AreaCode, DateOnly), Policy> _cache = new();
    private readonly ConcurrentDictionary<(string, DateOnly), Policy> _merged;

    private PolicyBook(IReadOnlyList<Pack> packs, IReadOnlyList<LineEntry> entries,
        ConcurrentDictionary<(string, DateOnly), Policy>? merged = null) =>
        (_packs, _entries, _merged) = (packs, entries, merged ?? new());

    /// <summary>Reads every pack below <paramref name="folder"/>: each subfolder with a <c>pack.yaml</c>.</summary>
    /// <param name="features">
    /// The modules' features, against which every condition is compiled; without them only its form is checked.
    /// </param>
    /// <returns>The book, or every problem of every file.</returns>
    public static PolicyLoad Load(string folder, ISymbols? features = null)
    {
        var findings = new Findings();
        var packs = Read(folder, findings);
        if (findings.All.Count == 0)
            Checks.Run(packs, features, findings);
        return findings.All.Count == 0 ? new(new(packs, []) { Digest = DigestOf(folder) }, []) : new(null, findings.All);
    }

    /// <summary>Stands for the content of all packs: another one where a file changed, came or went.</summary>
    public string Digest { get; private init; } = "";

    private static string DigestOf(string folder)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            all.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static List<Pack> Read(string folder, Findings findings)
    {
        var found = new List<(Pack Pack, List<Section> Files)>();
        foreach (var path in Directory.Exists(folder) ? PackFiles.Folders(folder) : [])
        {
            var files = PackFiles.Sections(folder, path, findings).ToList();
            if (PackReader.Header(files) is { } pack)
                found.Add((pack, files));
        }
        if (found.Count == 0)
            findings.Add(new(folder, 1, 1), "", new("这里没有政策包。", "There is no policy pack here."),
                new("每个政策包是一个含 pack.yaml 的子目录。", "Each pack is a subfolder with a pack.yaml."));
        foreach (var (pack, files) in found)
            PackReader.Citations(files, pack);
        var citations = found.SelectMany(f => f.Pack.Citations.All).GroupBy(c => c.Key)
            .ToDictionary(g => g.Key, g => g.First().Entry.Value);
        foreach (var (pack, files) in found)
            foreach (var file in files)
                new PackReader(findings, citations, pack).Read(file);
        return found.Select(f => f.Pack).ToList();
    }

    /// <summary>The packs, by area and then by date.</summary>
    public IReadOnlyList<PackTitle> Packs =>
        _packs.Select(p => p.Title).OrderBy(p => p.Area).ThenBy(p => p.From).ToList();

    /// <summary>What holds for the area on that day.</summary>
    public Policy For(AreaCode area, DateOnly date) => _cache.GetOrAdd((area, date), key =>
    {
        var layers = Layers.Of(_packs, key.Item1, key.Item2);
        var merged = _merged.GetOrAdd((string.Join('|', layers.Packs.Select(p => p.Title.Id)), key.Item2), _ => layers.Merge(key.Item1));
        return (merged with { Area = key.Item1 }).WithLines(_entries);
    });

    /// <summary>Reads forms that come on top of what holds for a county on a day, as a pack of its own would.</summary>
    /// <param name="yaml">The keys <c>visit_forms</c>, <c>forms</c> and <c>codes</c> of a pack, nothing else.</param>
    /// <param name="name">How problems call the text.</param>
    /// <param name="features">As in <see cref="Load"/>.</param>
    public FormsLoad ReadForms(AreaCode county, DateOnly date, string yaml, string name, ISymbols? features = null)
    {
        var findings = new Findings();
        var own = new Pack { Title = new("county-forms", default, county, date, null), At = new(name, 1, 1) };
        var citations = _packs.SelectMany(p => p.Citations.All).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.First().Entry.Value);
        using (var text = new StringReader(yaml))
            foreach (var section in PackFiles.Sections(text, name, findings))
                new PackReader(findings, citations, own).ReadForms(section);
        if (findings.All.Count == 0)
            Checks.Forms(own, Layers.Of([.. _packs, own], county, date), features, findings);
        return findings.All.Count > 0 ? new(null, findings.All) : new(new(
            [.. own.VisitForms.All.Select(f => f.Entry.Value).Where(f => !f.Off).Select(f => f.Form)], [.. own.VisitForms.All.Where(f => f.Entry.Value.Off).Select(f => f.Key)],
            [.. own.Forms.All.Select(f => f.Entry.Value)], own.Codes.All.ToDictionary(c => c.Key, c => c.Entry.Value)), []);
    }

    /// <summary>The same book with the lines that county offices entered, instead of those it had.</summary>
    public PolicyBook WithLines(IEnumerable<LineEntry> entries) => new(_packs, entries.ToList(), _merged);
}
