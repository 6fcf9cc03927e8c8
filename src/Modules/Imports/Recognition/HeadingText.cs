using System.Text.RegularExpressions;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>Headings as they are compared: what an office decorates them with does not count.</summary>
internal static partial class HeadingText
{
    /// <summary>Words that stand for the whole of the group above them.</summary>
    private static readonly HashSet<string> Totals = ["小计", "合计", "总计", "计"];

    /// <summary>Half-width, lower case, without blanks and marks; brackets stay.</summary>
    public static string Normal(string heading) => Spelling.Normal(heading);

    /// <summary>
    /// The normal form without numbering in front (一、 (1) 1.) and without the brackets at the end that give a unit or a remark.
    /// </summary>
    public static string Bare(string normal)
    {
        var text = Numbering().Replace(normal, "");
        while (TrailingBracket().Match(text) is { Success: true, Index: > 0 } bracket)
            text = text[..bracket.Index];
        return text.Length == 0 ? normal : text;
    }

    /// <summary>What a group says about the columns under it: 户主信息 → 户主.</summary>
    public static string Stem(string bare)
    {
        foreach (var ending in (ReadOnlySpan<string>)["基本信息", "基本情况", "信息", "情况", "资料", "状况"])
        {
            if (bare.Length > ending.Length && bare.EndsWith(ending, StringComparison.Ordinal))
                return bare[..^ending.Length];
        }
        return bare;
    }

    public static bool IsTotal(string bare) => Totals.Contains(bare);

    /// <summary>The heading for people: blanks and line breaks inside are layout.</summary>
    public static string Shown(string heading) => string.Concat(heading.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));

    /// <summary>How alike two words are: twice the pairs of neighbouring characters they share ÷ all their pairs, 0 to 1.</summary>
    public static decimal Likeness(string a, string b)
    {
        if (a.Length < 2 || b.Length < 2)
            return a == b ? 1 : 0;
        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < a.Length; i++)
            pairs[(a[i - 1], a[i])] = pairs.GetValueOrDefault((a[i - 1], a[i])) + 1;
        var shared = 0;
        for (var i = 1; i < b.Length; i++)
        {
            if (pairs.GetValueOrDefault((b[i - 1], b[i])) is > 0 and var left)
            {
                pairs[(b[i - 1], b[i])] = left - 1;
                shared++;
            }
        }
        return 2m * shared / (a.Length + b.Length - 2);
    }

    [GeneratedRegex(@"^(?:[一二三四五六七八九十]+[、.,]|\((?:[一二三四五六七八九十]+|\d{1,2})\)|\d{1,2}[、.](?!\d)|其中)+")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"\([^()]*\)$")]
    private static partial Regex TrailingBracket();
}
