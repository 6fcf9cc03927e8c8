using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>
/// The public test cases of CEL. Every case of a claimed group means here what it means there, or <c>docs/rules.md</c>
/// lists it with its reason: an unlisted failure fails, and so does a listed case that passes.
/// </summary>
public partial class CelConformanceTests(ITestOutputHelper output)
{
    private static readonly Lazy<List<Case>> All = new(Load);

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Documents => ["rules.md", "rules.zh-CN.md"];

    [Fact]
    public void Every_case_of_a_claimed_group_passes_or_is_listed_with_its_reason()
    {
        var listed = Exceptions("rules.md");
        List<string> faults = [];
        foreach (var (one, verdict) in Claimed("rules.md"))
        {
            var reasons = listed.Where(e => e.Covers(one)).ToList();
            if (verdict == Verdict.Differs && reasons.Count == 0)
                faults.Add($"not listed: {one.Path}  {one.Expression}  {Outcome(one)}");
            if (verdict == Verdict.Passes && reasons.Count > 0)
                faults.Add($"listed but passes: {one.Path}  {one.Expression}  ({reasons[0].Title})");
        }
        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults)}");
    }

    [Theory, MemberData(nameof(Documents))]
    public void The_documents_tell_how_many(string document)
    {
        var results = Claimed(document);
        List<string> expected = [];
        foreach (var group in Groups(document))
            expected.Add(Row(group, results.Where(r => r.Case.IsIn(group))));
        var reasons = Exceptions(document);
        expected.Add(Row(document == "rules.md" ? "all" : "合计", results));
        expected.Add(Row(document == "rules.md" ? "all of our types" : "合计（只计本语言有的类型）",
            results.Where(r => !reasons.Exists(e => e.IsAboutAType && e.Covers(r.Case)))));
        var differing = results.Where(r => r.Verdict == Verdict.Differs).Select(r => r.Case).ToList();
        // The first reason that fits counts.
        foreach (var (i, reason) in reasons.Index())
            expected.Add($"{reason.Title}: {differing.Count(c => reason.Covers(c) && !reasons.Take(i).Any(r => r.Covers(c)))}");
        foreach (var line in expected)
            output.WriteLine(line);

        var found = Tables(document).Select(t => t.Count == 5 ? $"| {string.Join(" | ", t)} |" : $"{t[0]}: {t[3]}").ToList();
        Assert.Equal(expected, found);
        Assert.DoesNotContain(expected, e => e.EndsWith(": 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_documents_claim_and_except_the_same()
    {
        Assert.Equal(Groups("rules.md"), Groups("rules.zh-CN.md"));
        Assert.Equal(Exceptions("rules.md").Select(e => string.Join(' ', e.Patterns)), Exceptions("rules.zh-CN.md").Select(e => string.Join(' ', e.Patterns)));
    }

    private enum Verdict { Passes, Refused, Differs }

    private sealed record Case(string Path, string Expression, JsonElement Test)
    {
        public bool IsIn(string group) => Path.StartsWith($"{group}/", StringComparison.Ordinal);
    }

    private sealed record Exception(string Title, IReadOnlyList<string> Patterns)
    {
        /// <summary>A type that the language does not have at all.</summary>
        public bool IsAboutAType => Title.StartsWith("type: ", StringComparison.Ordinal) || Title.StartsWith("类型：", StringComparison.Ordinal);

        public bool Covers(Case one) => Patterns.Any(p => Regex.IsMatch($"{one.Path} {one.Expression}", p, RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
    }

    private static string Row(string group, IEnumerable<(Case Case, Verdict Verdict)> results)
    {
        var counts = results.CountBy(r => r.Verdict).ToDictionary();
        var (passes, refused, differs) = (counts.GetValueOrDefault(Verdict.Passes), counts.GetValueOrDefault(Verdict.Refused), counts.GetValueOrDefault(Verdict.Differs));
        return string.Create(CultureInfo.InvariantCulture, $"| {group} | {passes} | {refused} | {differs} | {100.0 * (passes + refused) / (passes + refused + differs):0}% |");
    }

    private static List<(Case Case, Verdict Verdict)> Claimed(string document)
    {
        var groups = Groups(document);
        Assert.All(groups, g => Assert.Contains(All.Value, c => c.IsIn(g)));
        return [.. All.Value.Where(c => groups.Exists(c.IsIn)).Select(c => (c, Of(c)))];
    }

    /// <summary>What CEL reports as an error is here refused before it runs, or unknown.</summary>
    private static Verdict Of(Case one)
    {
        var (symbols, values) = Bound(one);
        var compiled = RuleExpression.Compile(one.Expression, symbols);
        if (one.Test.TryGetProperty("evalError", out _))
            return !compiled.Succeeded || !compiled.Expression.Evaluate(values).IsKnown ? Verdict.Refused : Verdict.Differs;
        if (!compiled.Succeeded)
            return Verdict.Differs;
        var value = compiled.Expression.Evaluate(values);
        return (one.Test.TryGetProperty("value", out var expected) ? Same(value, expected) : value.AsBool == true) ? Verdict.Passes : Verdict.Differs;
    }

    private static bool Same(RuleValue value, JsonElement expected)
    {
        var field = expected.EnumerateObject().Single();
        return field.Name switch
        {
            "boolValue" => value.AsBool == field.Value.GetBoolean(),
            "int64Value" => value.AsInt == long.Parse(field.Value.GetString()!, CultureInfo.InvariantCulture),
            // Ours is exact, CEL's the nearest binary number: to 15 digits they are the same.
            "doubleValue" => value.Type == RuleType.Decimal && field.Value.ValueKind == JsonValueKind.Number
                && Math.Abs((double)value.AsDecimal! - field.Value.GetDouble()) <= 1e-15 * Math.Abs(field.Value.GetDouble()),
            "stringValue" => value.AsText == field.Value.GetString(),
            "listValue" => value.AsList is { } items && items.Count == Items(field.Value).Count && items.Zip(Items(field.Value)).All(p => Same(p.First, p.Second)),
            _ => false,
        };
    }

    private static List<JsonElement> Items(JsonElement list) => list.TryGetProperty("values", out var values) ? [.. values.EnumerateArray()] : [];

    private static (SymbolTable, RuleInputs) Bound(Case one)
    {
        if (!one.Test.TryGetProperty("bindings", out var bindings))
            return (new(), new());
        var values = bindings.EnumerateObject().Select(b => (b.Name, Value: Value(b.Value.GetProperty("value")))).Where(b => b.Value.IsKnown).ToList();
        return (new(values.Select(b => new Symbol(b.Name, b.Value.Type!.Value, Unit.None, new(b.Name, b.Name)))), new(values));
    }

    private static RuleValue Value(JsonElement given)
    {
        var field = given.EnumerateObject().Single();
        return field.Name switch
        {
            "boolValue" => RuleValue.Bool(field.Value.GetBoolean()),
            "int64Value" => RuleValue.Int(long.Parse(field.Value.GetString()!, CultureInfo.InvariantCulture)),
            "doubleValue" => RuleValue.Decimal(field.Value.GetDecimal()),
            "stringValue" => RuleValue.Text(field.Value.GetString()),
            _ => RuleValue.Unknown,
        };
    }

    private static string Outcome(Case one)
    {
        var (symbols, values) = Bound(one);
        var compiled = RuleExpression.Compile(one.Expression, symbols);
        return compiled.Succeeded ? compiled.Expression.Evaluate(values).ToString() : compiled.Errors[0].In(Shouwang.Kernel.Language.En);
    }

    private static List<string> Groups(string document) => [.. Tables(document).Where(t => t.Count == 5).Select(t => t[0]).SkipLast(2)];

    private static List<Exception> Exceptions(string document) => [.. Tables(document).Where(t => t.Count == 4)
        .Select(t => new Exception(t[0], [.. Code().Matches(t[2]).Select(m => m.Groups[1].Value)]))];

    /// <summary>The cells of the section's rows: of five the groups, of four the exceptions.</summary>
    private static IEnumerable<List<string>> Tables(string document) =>
        File.ReadAllText(Path.Combine(Root, "docs", document)).Split("\n## ")[^1].Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => Bar().Split(l.Trim()[1..^1]).Select(c => c.Trim().Replace("\\|", "|", StringComparison.Ordinal)).ToList())
            .Where(cells => cells.Count is 4 or 5 && cells[3].All(char.IsAsciiDigit));

    private static List<Case> Load()
    {
        var folder = Path.Combine(Root, "tests", "cel");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@bufbuild")))
            Run(folder, "ci", "--no-audit", "--no-fund", "--silent");
        using var cases = JsonDocument.Parse(Run(folder, "run", "--silent", "cases"));
        List<Case> all = [];
        Collect(cases.RootElement.Clone(), "", all);
        return all;
    }

    private static void Collect(JsonElement suite, string path, List<Case> into)
    {
        if (suite.TryGetProperty("suites", out var suites))
        {
            foreach (var inner in suites.EnumerateArray())
                Collect(inner, $"{path}{inner.GetProperty("name").GetString()}/", into);
        }
        if (!suite.TryGetProperty("tests", out var tests))
            return;
        foreach (var test in tests.EnumerateArray().Select(t => t.GetProperty("original")))
            into.Add(new($"{path}{test.GetProperty("name").GetString()}", test.GetProperty("expr").GetString()!, test));
    }

    private static string Run(string folder, params string[] words)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", words) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var text = npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        Assert.True(npm.ExitCode == 0, $"npm {string.Join(' ', words)} in tests/cel ended with {npm.ExitCode}; ./shouwang test brings what it needs.");
        return text;
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../.."));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
