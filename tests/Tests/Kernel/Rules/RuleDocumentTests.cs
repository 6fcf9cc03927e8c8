using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>The two documents of the rule language tell the same, and what they show can be written.</summary>
public partial class RuleDocumentTests
{
    public static TheoryData<string> Documents => ["rules.md", "rules.zh-CN.md"];

    [Theory, MemberData(nameof(Documents))]
    public void Every_example_is_a_rule(string document)
    {
        // In a table, Markdown wants its bars escaped.
        var examples = Section(document, 6).Split('\n').Select(l => Code().Match(l)).Where(m => m.Success)
            .Select(m => m.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)).ToList();
        Assert.True(examples.Count >= 8);
        Assert.All(examples, e => Assert.True(RuleExpression.Parse(e).Succeeded, e));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_error_is_listed(string document)
    {
        string[] faulty = ["", new(' ', 70_000), new('(', 70), "#", ")", "1x", "\"", "\"\\q\"", "date(1)", "null", "x", "f(1)", "min(1)", "!1", "yuan.s1 < people.s1"];
        var section = Section(document, 7);
        var codes = faulty.Select(f => Assert.Single(RuleExpression.Compile(f, RuleGenerators.Table).Errors).Code).ToHashSet();
        Assert.Equal(faulty.Length, codes.Count);
        Assert.Equal(codes.Order(), Code().Matches(section).Select(m => m.Groups[1].Value).Where(c => c.StartsWith("rule.", StringComparison.Ordinal)).Order());
    }

    private static string Section(string document, int index) => Text(document).Split("\n## ")[index];

    private static string Text(string document, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs", document));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
