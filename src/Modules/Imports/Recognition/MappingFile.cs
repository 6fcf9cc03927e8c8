using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>
/// What somebody wrote about files: <c>kind</c>, <c>sheet</c>, <c>header</c> (rows, <c>3-4</c>) and <c>columns</c> (letter or heading →
/// field, <c>-</c> to leave one out), for all files or, under <c>files</c>, for those that <c>file</c> names (<c>*</c> stands for anything).
/// YAML, of which JSON is a part.
/// </summary>
internal sealed partial record MappingFile(IReadOnlyList<(string? File, MappingWish Wish)> Parts)
{
    private const int MostCharacters = 1 << 20;

    /// <summary>The first part that is about a file of that name, or null.</summary>
    public MappingWish? For(string fileName) =>
        Parts.FirstOrDefault(p => p.File is null || Regex.IsMatch(fileName, $"^{Regex.Escape(p.File).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase)).Wish;

    /// <param name="policy">Whose kinds and fields it may name.</param>
    public static Outcome<MappingFile> Parse(string text, Policy policy)
    {
        if (text.Length > MostCharacters)
            return Problems.BadMapping(1, 1, new("文件过大。", "the file is too large."));
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            return Problems.BadMapping((int)e.Start.Line, (int)e.Start.Column, new("不是有效的 YAML 或 JSON。", "this is neither YAML nor JSON."));
        }
        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            return Problems.BadMapping(1, 1, new("应为“键: 值”的形式。", "keys with values are expected."));
        var problems = new List<Problem>();
        var parts = root.Children.TryGetValue("files", out var files) && files is YamlSequenceNode list
            ? list.OfType<YamlMappingNode>().Select(n => (Word(n, "file"), Wish(n, policy, problems))).ToList()
            : [(Word(root, "file"), Wish(root, policy, problems))];
        return problems.Count > 0 ? problems : new MappingFile(parts);
    }

    private static MappingWish Wish(YamlMappingNode node, Policy policy, List<Problem> problems)
    {
        var kind = Word(node, "kind");
        var feed = policy.Feeds.FirstOrDefault(f => f.Kind == kind);
        if (kind is not null && feed is null)
            problems.Add(At(node.Children["kind"], new($"没有类别“{kind}”；可用：{string.Join("、", policy.Feeds.Select(f => f.Kind))}。",
                $"there is no kind '{kind}'; there are: {string.Join(", ", policy.Feeds.Select(f => f.Kind))}.")));
        var (top, bottom) = Header(node, problems);
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (node.Children.TryGetValue("columns", out var given) && given is YamlMappingNode map)
        {
            foreach (var (column, field) in map.Children)
            {
                var name = (field as YamlScalarNode)?.Value?.Trim();
                if (name is null or "" or "-" or "null" or "~")
                    columns[column.ToString()] = null;
                else if (feed is not null ? feed.Field(name) is null : policy.Feeds.All(f => f.Field(name) is null))
                    problems.Add(At(field, new($"没有字段“{name}”{(feed is null ? "" : $"；可用：{string.Join("、", feed.Fields.Select(f => f.Name))}")}。",
                        $"there is no field '{name}'{(feed is null ? "" : $"; there are: {string.Join(", ", feed.Fields.Select(f => f.Name))}")}.")));
                else
                    columns[column.ToString()] = name;
            }
        }
        return new(kind, Word(node, "sheet"), top, bottom, columns);
    }

    private static (int? Top, int? Bottom) Header(YamlMappingNode node, List<Problem> problems)
    {
        if (!node.Children.TryGetValue("header", out var given))
            return (null, null);
        var text = given is YamlSequenceNode list ? string.Join('-', list.Children) : given.ToString();
        if (Rows().Match(text) is { Success: true } rows)
        {
            var top = int.Parse(rows.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var bottom = rows.Groups[2].Success ? int.Parse(rows.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : top;
            if (top >= 1 && bottom >= top)
                return (top, bottom);
        }
        problems.Add(At(given, new("表头行应写作 3 或 3-4。", "heading rows are written 3 or 3-4.")));
        return (null, null);
    }

    private static string? Word(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } word } ? word.Trim() : null;

    private static Problem At(YamlNode node, Text what) => Problems.BadMapping((int)node.Start.Line, (int)node.Start.Column, what);

    [GeneratedRegex(@"^\s*(\d{1,6})\s*(?:[-–~]\s*(\d{1,6})\s*)?$")]
    private static partial Regex Rows();
}
