using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.Platform.Policy;

/// <summary>Brings words that offices write differently to one form, so that they can be compared.</summary>
public static partial class Spelling
{
    /// <summary>
    /// The form of a column's heading by which it is compared: as <see cref="Normal"/>, without leading numbering (一、 (二) 3.)
    /// and without units and remarks in brackets at the end.
    /// </summary>
    public static string Heading(string heading)
    {
        var text = Normal(heading);
        var bare = Trailing().Replace(Leading().Replace(text, ""), "");
        return bare.Length == 0 ? text : bare;
    }

    [GeneratedRegex(@"^(?:\(?(?:[一二三四五六七八九十]+|\d+)(?:[、.\)]|\)[、.]?))+(?=\D)")]
    private static partial Regex Leading();

    [GeneratedRegex(@"(?:\([^()]*\))+$")]
    private static partial Regex Trailing();

    /// <summary>
    /// Half-width, lower case, without blanks, line breaks and the marks with which forms decorate headings (brackets
    /// become one kind, colons, asterisks and numbering signs go).
    /// </summary>
    public static string Normal(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var narrow = letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter;
            switch (narrow)
            {
                case '㎡': text.Append("m2"); break;
                case '【' or '〔' or '[' or '『' or '「': text.Append('('); break;
                case '】' or '〕' or ']' or '』' or '」': text.Append(')'); break;
                case ':' or '*' or '※' or '★' or '_' or '\uFEFF' or '\u200B': break;
                case var plain when char.IsWhiteSpace(plain) || char.IsControl(plain): break;
                default: text.Append(char.ToLowerInvariant(narrow)); break;
            }
        }
        return text.ToString();
    }
}
