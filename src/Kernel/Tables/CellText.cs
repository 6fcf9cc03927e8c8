using System.Text;

namespace Shouwang.Kernel.Tables;

/// <summary>
/// What people mean by what they type into cells: blanks, full-width characters and apostrophes that are not part of the
/// value, the many dots of a name, and the signs for "nothing". Pure, and free when there is nothing to change.
/// </summary>
public static class CellText
{
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "无", "暂无", "—", "——", "–", "―", "－", "-", "--", "---", "/", "／", "//", "\\", "＼", "N/A", "NA", "#N/A", "NULL", "空",
    };

    /// <summary>
    /// The text without blanks, invisible characters and a leading apostrophe around it; blanks inside are one plain blank
    /// each run; full-width digits, letters and technical signs are half-width. Commas, colons and brackets of Chinese
    /// prose stay as they are, and so does every character outside the basic plane.
    /// </summary>
    public static string Clean(string? text)
    {
        if (text is null or "" || IsClean(text))
            return text ?? "";
        var clean = new StringBuilder(text.Length);
        var blank = false;
        foreach (var c in text)
        {
            if (IsInvisible(c))
                continue;
            if (IsBlank(c))
            {
                blank = clean.Length > 0;
                continue;
            }
            if (clean.Length == 0 && c == '\'')
                continue;
            if (blank)
                clean.Append(' ');
            blank = false;
            clean.Append(IsTechnical(c) ? (char)(c - 0xFEE0) : c);
        }
        return clean.ToString();
    }

    /// <summary>
    /// A number or code that stands for something (citizen id, household number, phone, contract): as <see cref="Clean"/>,
    /// without any blank or apostrophe, letters upper-case.
    /// </summary>
    public static string Code(string? text)
    {
        if (text is null or "" || !text.AsSpan().ContainsAnyExcept(PlainCode))
            return text ?? "";
        var code = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsInvisible(c) || IsBlank(c) || c is '\'' or '’' or '‘' or '＇' or '`')
                continue;
            var narrow = c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c;
            code.Append(narrow is '–' or '—' or '−' or '‐' or '‑' ? '-' : char.ToUpperInvariant(narrow));
        }
        return code.ToString();
    }

    /// <summary>
    /// The name of a person: as <see cref="Clean"/>, with one dot (U+00B7) whatever dot was typed, no blanks around it, and
    /// none in a Chinese name of two to four characters (<c>王　芳</c>).
    /// </summary>
    public static string PersonName(string? text)
    {
        var name = Clean(text);
        if (!name.AsSpan().ContainsAny(NameMarks))
            return name;
        var joined = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (IsDot(name, i))
            {
                while (joined.Length > 0 && joined[^1] == ' ')
                    joined.Length--;
                joined.Append('·');
            }
            else if (c != ' ' || (joined.Length > 0 && joined[^1] != '·'))
            {
                joined.Append(c);
            }
        }
        name = joined.ToString();
        return name.Contains(' ') && IsShortHan(name) ? name.Replace(" ", "", StringComparison.Ordinal) : name;
    }

    /// <summary>Whether a cell says that there is nothing: empty, 无, —, －, -, /, \, N/A and the like.</summary>
    /// <remarks>Only for fields that may be empty; where yes or no is asked, 无 is a no: ask <see cref="TryYesNo"/> first.</remarks>
    public static bool IsPlaceholder(string? text) => text is null || Nothing.Contains(text) || Nothing.Contains(Clean(text));

    /// <summary>Reads 是/有/√/1/Y as yes and 否/无/×/0/N as no; an empty cell or a dash is neither.</summary>
    public static bool TryYesNo(string? text, out bool yes)
    {
        var word = Clean(text).ToUpperInvariant();
        yes = word is "是" or "有" or "对" or "√" or "✓" or "✔" or "☑" or "1" or "Y" or "YES" or "T" or "TRUE" or "已" or "享受";
        return yes || word is "否" or "无" or "没有" or "不是" or "未" or "×" or "✗" or "✘" or "✕" or "X" or "0" or "N" or "NO" or "F" or "FALSE";
    }

    private static readonly System.Buffers.SearchValues<char> PlainCode =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly System.Buffers.SearchValues<char> NameMarks =
        System.Buffers.SearchValues.Create(" .·•‧∙⋅・･●．");

    private static bool IsClean(string text)
    {
        if (text[0] == '\'' || IsBlank(text[^1]) || IsBlank(text[0]))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is > ' ' and < '\u007F')
                continue;
            if (c == ' ' ? text[i - 1] == ' ' : IsBlank(c) || IsInvisible(c) || IsTechnical(c))
                return false;
        }
        return true;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c);

    /// <summary>Zero-width characters, byte order marks, soft hyphens and control characters.</summary>
    private static bool IsInvisible(char c) => c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
        or (>= '\u2060' and <= '\u2064') or '\uFEFF' or '\u00AD' || (char.IsControl(c) && !char.IsWhiteSpace(c));

    /// <summary>Full-width signs that mean the same as their narrow ones wherever they stand.</summary>
    private static bool IsTechnical(char c) => c is (>= '０' and <= '９') or (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ')
        or '＋' or '－' or '．' or '／' or '％' or '＃' or '＊' or '＿' or '＠' or '＝' or '＆' or '＼' or '＇';

    /// <summary>Any of the dots between the parts of a name; a full stop only between Han characters.</summary>
    private static bool IsDot(string name, int at) => name[at] switch
    {
        '·' or '•' or '‧' or '∙' or '⋅' or '・' or '･' or '●' or '．' => true,
        '.' => Before(name, at) is { } before && After(name, at) is { } after && IsHan(before) && IsHan(after),
        _ => false,
    };

    private static Rune? Before(string name, int at)
    {
        while (at > 0 && name[at - 1] == ' ')
            at--;
        return at > 0 && Rune.DecodeLastFromUtf16(name.AsSpan(0, at), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : null;
    }

    private static Rune? After(string name, int at)
    {
        for (at++; at < name.Length && name[at] == ' ';)
            at++;
        return at < name.Length && Rune.DecodeFromUtf16(name.AsSpan(at), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : null;
    }

    private static bool IsShortHan(string name)
    {
        var characters = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == ' ')
                continue;
            if (!IsHan(rune))
                return false;
            characters++;
        }
        return characters is >= 2 and <= 4;
    }

    /// <summary>A Han character, the rare ones of planes 2 and 3 and of private use included, for registers use them.</summary>
    public static bool IsHan(Rune rune) => rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or 0x3007
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFD) or (>= 0xE000 and <= 0xF8FF);
}
