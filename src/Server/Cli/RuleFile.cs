using Shouwang.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Shouwang.Server.Cli;

/// <summary>New rules to rehearse, from a file: <c>rules:</c> with a list of <c>when</c>, <c>title</c>, <c>category</c>, <c>cause</c>.</summary>
internal static class RuleFile
{
    public sealed record Entry(string When, string Title, string Category, string Cause);

    /// <returns>The rules, or what is wrong with the file and where.</returns>
    public static Outcome<IReadOnlyList<Entry>> Read(FileInfo file)
    {
        if (!file.Exists)
            return new Problem("cli.no-file", 422, new($"没有文件“{file.Name}”。", $"There is no file '{file.Name}'."), new("请核对文件名。", "Check the name."));
        try
        {
            using var reader = file.OpenText();
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }] && root.Children.TryGetValue(new YamlScalarNode("rules"), out var list) && list is YamlSequenceNode rules
                ? Entries(file, rules)
                : Wrong(file, null, new("没有 rules 列表。", "There is no list 'rules'."));
        }
        catch (YamlException e)
        {
            return Wrong(file, e.Start.Line, new($"不是合格的 YAML：{e.Message}", $"It is no valid YAML: {e.Message}"));
        }
    }

    private static Outcome<IReadOnlyList<Entry>> Entries(FileInfo file, YamlSequenceNode rules)
    {
        var (found, problems) = (new List<Entry>(), new List<Problem>());
        foreach (var node in rules)
        {
            if (node is YamlMappingNode rule && Word(rule, "when") is { Length: > 0 } when)
                found.Add(new(when, Title(rule), Word(rule, "category"), Word(rule, "cause")));
            else
                problems.Add(Wrong(file, node.Start.Line, new("规则缺少 when。", "The rule has no 'when'.")));
        }
        return problems.Count > 0 ? problems : found;
    }

    // A text, or one of each language as in the packs.
    private static string Title(YamlMappingNode rule) =>
        rule.Children.TryGetValue(new YamlScalarNode("title"), out var title) && title is YamlMappingNode both ? Word(both, "zh") : Word(rule, "title");

    private static string Word(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode { Value: { } text } ? text.Trim() : "";

    private static Problem Wrong(FileInfo file, long? line, Text what) => new("cli.bad-rules", 422,
        line is { } at ? new($"{file.Name} 第{at}行：{what.Zh}", $"{file.Name}, line {at}: {what.En}") : new($"{file.Name}：{what.Zh}", $"{file.Name}: {what.En}"),
        new("每条规则写 when，可另写 title、category、cause。", "Give each rule a 'when'; title, category and cause are optional."));
}
