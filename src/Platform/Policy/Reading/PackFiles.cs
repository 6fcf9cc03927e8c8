using Shouwang.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>A place in a file.</summary>
internal readonly record struct Spot(string File, int Line, int Column);

/// <summary>What was found in a pack, with the place and path by which a problem names it.</summary>
internal sealed record Located<T>(T Value, Spot At, string Path);

/// <summary>Collects what is wrong, each finding once.</summary>
internal sealed class Findings
{
    private readonly HashSet<PolicyProblem> _seen = [];
    private readonly List<PolicyProblem> _problems = [];

    public IReadOnlyList<PolicyProblem> All => _problems;

    public void Add(Spot at, string key, Text what, Text remedy)
    {
        var problem = new PolicyProblem(at.File, at.Line, at.Column, key, what, remedy);
        if (_seen.Add(problem))
            _problems.Add(problem);
    }
}

/// <summary>Finds and parses the files; knows nothing of what they mean.</summary>
internal static class PackFiles
{
    /// <summary>The folders that hold a pack: those directly below the root with a <c>pack.yaml</c>.</summary>
    public static IEnumerable<string> Folders(string root) => Directory.EnumerateDirectories(root)
        .Where(d => File.Exists(Path.Combine(d, "pack.yaml"))).Order(StringComparer.Ordinal);

    /// <summary>Every document of every file of a pack.</summary>
    public static IEnumerable<Section> Sections(string root, string folder, Findings findings)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            using var reader = new StreamReader(path);
            foreach (var section in Sections(reader, name, findings))
                yield return section;
        }
    }

    /// <summary>Every document of one file.</summary>
    /// <param name="name">How problems call it.</param>
    public static IReadOnlyList<Section> Sections(TextReader text, string name, Findings findings)
    {
        var found = new List<Section>();
        foreach (var node in Parse(text, name, findings))
            if (node is YamlMappingNode map)
                found.Add(new(findings, name, map, ""));
            else
                findings.Add(new(name, (int)node.Start.Line, (int)node.Start.Column), "",
                    new("文件最外层必须是“键: 值”。", "The top of the file has to be 'key: value' pairs."),
                    new("请参照同目录其他文件的写法。", "See the other files of the pack."));
        return found;
    }

    private static List<YamlNode> Parse(TextReader text, string name, Findings findings)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
            return stream.Documents.Select(d => d.RootNode).ToList();
        }
        catch (YamlException e)
        {
            findings.Add(new(name, (int)e.Start.Line, (int)e.Start.Column), "",
                new($"不是合法的 YAML：{e.Message}", $"This is not valid YAML: {e.Message}"),
                new("检查缩进、引号、括号以及重复的键。", "Check indentation, quotes, brackets and repeated keys."));
            return [];
        }
    }
}
