using System.Text;
using System.Text.RegularExpressions;
using Shouwang.Kernel;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>
/// A paragraph as people edit it: words as words, what comes from figures in brackets, <c>全县有监测对象⟦37⟧户</c>. Words may be changed at will and
/// numbers moved or left out with their sentence; a number that is no figure's cannot take the place of one.
/// </summary>
internal static partial class EditedText
{
    public const char Open = '⟦', Close = '⟧';

    /// <summary>The text for the form.</summary>
    public static string Shown(ContentParagraph paragraph, Language language) => Place().Replace(paragraph.Says.In(language), m =>
        paragraph.Fields.FirstOrDefault(f => f.Place == m.Value) is { } field ? $"{Open}{Mark(paragraph, field, language)}{Close}" : m.Value);

    /// <summary>The text with its places again, or why not.</summary>
    public static Outcome<string> Read(ContentParagraph paragraph, Language language, string typed)
    {
        var (parts, used, bare) = (new List<string>(), new HashSet<string>(), new List<int>());
        foreach (Match m in Piece().Matches(typed.Trim().Replace('{', '｛').Replace('}', '｝')))
        {
            if (m.Value[0] is Open or Close)
            {
                if (m.Groups[1].Success && paragraph.Fields.FirstOrDefault(f => Means(paragraph, f, language, m.Groups[1].Value.Trim())) is { } field)
                {
                    used.Add(field.Place);
                    parts.Add(field.Place);
                    continue;
                }
                return BulletinRefusals.Typed(m.Value.Trim(Open, Close), Numbers(paragraph, language));
            }
            if (char.IsDigit(m.Value[0]))
                bare.Add(parts.Count);
            parts.Add(m.Value);
        }
        // A number without brackets: one that stood there as a word, or a figure whose brackets were lost, or one that was typed over a figure.
        var words = Piece().Matches(Place().Replace(paragraph.Says.In(language), "")).Select(m => m.Value).Where(v => char.IsDigit(v[0])).ToList();
        var missing = paragraph.Fields.Where(f => !used.Contains(f.Place) && paragraph.Says.In(language).Contains(f.Place, StringComparison.Ordinal)).ToList();
        foreach (var at in bare)
        {
            if (words.Remove(parts[at]))
                continue;
            if (missing.Find(f => f.Shown.In(language) == parts[at]) is { } field)
                (parts[at], _) = (field.Place, missing.Remove(field));
            else if (missing.Exists(f => f.Link is not null))
                return BulletinRefusals.Typed(parts[at], Numbers(paragraph, language));
        }
        return string.Concat(parts);
    }

    /// <summary>The places that a text has, in an order that does not depend on its language.</summary>
    public static IReadOnlyList<string> PlacesOf(string text) => [.. Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    // Where two numbers of a paragraph look the same, the indicator's code tells which is meant.
    private static string Mark(ContentParagraph paragraph, ContentField field, Language language) =>
        paragraph.Fields.Count(f => f.Shown.In(language) == field.Shown.In(language)) == 1 ? field.Shown.In(language) : $"{field.Shown.In(language)}·{field.Place.Trim('{', '}')}";

    private static bool Means(ContentParagraph paragraph, ContentField field, Language language, string typed) => typed == Mark(paragraph, field, language);

    private static IEnumerable<string> Numbers(ContentParagraph paragraph, Language language) => paragraph.Fields.Where(f => f.Link is not null).Select(f => f.Shown.In(language));

    [GeneratedRegex(@"\{[A-Za-z0-9/:]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"⟦([^⟦⟧]*)⟧|[⟦⟧]|\d[\d,]*(?:\.\d+)?%?|[^⟦⟧\d]+", RegexOptions.Singleline)]
    private static partial Regex Piece();

    /// <summary>A paragraph's text cut into words and places, for whoever shows it.</summary>
    public static IEnumerable<(string Words, ContentField? Field)> Cut(ContentParagraph paragraph, Language language)
    {
        var (text, from) = (paragraph.Says.In(language), 0);
        foreach (Match m in Place().Matches(text))
        {
            if (paragraph.Fields.FirstOrDefault(f => f.Place == m.Value) is not { } field)
                continue;
            if (m.Index > from)
                yield return (text[from..m.Index], null);
            yield return (field.Shown.In(language), field);
            from = m.Index + m.Length;
        }
        if (from < text.Length)
            yield return (text[from..], null);
    }

    /// <summary>The text as it reads.</summary>
    public static string Plain(ContentParagraph paragraph, Language language)
    {
        var text = new StringBuilder();
        foreach (var (words, _) in Cut(paragraph, language))
            text.Append(words);
        return text.ToString();
    }
}
