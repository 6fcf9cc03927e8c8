using System.Text.Json.Nodes;

namespace Shouwang.Kernel.Rules;

/// <summary>
/// Checked rules as JSON, for evaluators that cannot read rules themselves: the phone's (<c>web/rules</c>), which answers as
/// <see cref="RuleExpression.Explain"/> does.
/// </summary>
/// <remarks>
/// <code>
/// income.net_per_capita &lt; 1.5 * line.monitoring
/// { "type": "bool", "unit": "None",
///   "symbols": [["income.net_per_capita", "decimal", "YuanPerHead"], ["line.monitoring", "decimal", "YuanPerHead"]],
///   "tree": ["&lt; YuanPerHead", 0, "* decimal", "decimal", "1.5", 1] }
/// </code>
/// <para>
/// The tree is in Polish notation, every operator before its operands, so that a rule of 64 levels is JSON of three. A number stands
/// for the symbol of that place, <c>true</c> and <c>false</c> for themselves, and a type for the value that follows it. Behind an
/// operator stands what the checker found out and the values do not tell: the type of a calculation, or the unit in which two sides are
/// compared. Behind functions, lists, <c>&amp;&amp;</c> and <c>||</c> the number of their operands follows.
/// </para>
/// <para>Lines and parameters are symbols like all others; <see cref="Of(RuleValue)"/> writes their values beside the rule.</para>
/// </remarks>
public static class RuleJson
{
    /// <summary>A rule that is only to be answered.</summary>
    public static JsonObject Of(RuleExpression rule) => Written(rule, titles: false);

    /// <summary>A rule that is to be explained as well: its symbols with titles, and its plain words in pieces.</summary>
    /// <param name="settled">Values that the words say in place of names, as in <see cref="RuleWords.Of"/>.</param>
    public static JsonObject WithWords(RuleExpression rule, Func<Symbol, RuleValue>? settled = null)
    {
        var symbols = RuleTokens.Symbols(rule);
        var written = Written(rule, titles: true);
        written.Add("zh", Words(Language.Zh));
        written.Add("en", Words(Language.En));
        return written;

        // A text, the place of the symbol whose value may be shown after it, a text, and so on.
        JsonArray Words(Language language) => [.. RuleWords.Pieces(rule.Root, language, settled)
            .SelectMany<(string Piece, Symbol? Then), JsonNode?>(p => p.Then is null ? [p.Piece] : [p.Piece, symbols[p.Then]])];
    }

    /// <summary>A value as the evaluator takes it: true and false as such, a list as one, everything else as text, unknown as null.</summary>
    public static JsonNode? Of(RuleValue value) =>
        value.AsBool is { } truth ? truth
        : value.AsList is { } items ? new JsonArray([.. items.Select(Of)])
        : value.IsKnown ? value.ToString()
        : null;

    private static JsonObject Written(RuleExpression rule, bool titles) => new()
    {
        ["type"] = Name(rule.Type),
        ["unit"] = rule.Unit.ToString(),
        ["symbols"] = new JsonArray([.. rule.Symbols.Select(s => new JsonArray(titles
            ? [s.Name, Name(s.Type), s.Unit.ToString(), s.Title.Zh, s.Title.En]
            : [s.Name, Name(s.Type), s.Unit.ToString()]))]),
        ["tree"] = new JsonArray([.. RuleTokens.Of(rule).All]),
    };

    internal static string Name(RuleType type) => type switch
    {
        RuleType.Bool => "bool",
        RuleType.Int => "int",
        RuleType.Decimal => "decimal",
        RuleType.Text => "text",
        RuleType.Date => "date",
        RuleType.Duration => "duration",
        RuleType.List => "list",
    };
}
