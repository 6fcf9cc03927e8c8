using System.Collections.Frozen;
using System.Text;

namespace Shouwang.Kernel.Pinyin;

/// <summary>
/// The first letters of the readings of Chinese characters, by which people search when they type fast: 周中勇 is <c>zzy</c>.
/// </summary>
/// <remarks>
/// Each character has its usual reading; a name's first character has its reading as a surname (单 is shàn, 仇 is qiú).
/// Covers the common block and extension A, and the rare characters of the list of standard characters.
/// </remarks>
public static class Initials
{
    private static readonly FrozenDictionary<int, char> Rare = Pairs(PinyinTable.Rare);
    private static readonly FrozenDictionary<int, char> Surnames = Pairs(PinyinTable.Surnames);

    /// <summary>Surnames of two characters whose first is read otherwise than alone.</summary>
    private static readonly FrozenDictionary<string, string> DoubleSurnames = new Dictionary<string, string>
    {
        ["尉迟"] = "yc", ["万俟"] = "mq", ["单于"] = "cy", ["长孙"] = "zs", ["澹台"] = "tt", ["宰父"] = "zf",
    }.ToFrozenDictionary();

    /// <summary>
    /// One small letter for each Chinese character; letters and digits stand for themselves, small and half-width.
    /// Anything else, such as dots and blanks, is left out, as is a character whose reading is not known.
    /// </summary>
    public static string Of(string text) => Write(text, new StringBuilder(text.Length));

    /// <summary>The same for the name of a person, whose first character is a surname.</summary>
    public static string OfName(string name)
    {
        if (name.Length >= 2 && DoubleSurnames.TryGetValue(name[..2], out var surname))
            return Write(name.AsSpan(2), new StringBuilder(surname, name.Length));
        return name.Length > 0 && Rune.TryGetRuneAt(name, 0, out var first) && Surnames.TryGetValue(first.Value, out var letter)
            ? Write(name.AsSpan(first.Utf16SequenceLength), new StringBuilder(name.Length).Append(letter))
            : Of(name);
    }

    private static string Write(ReadOnlySpan<char> text, StringBuilder into)
    {
        foreach (var rune in text.EnumerateRunes())
            if (Letter(rune.Value) is { } letter)
                into.Append(letter);
        return into.ToString();
    }

    private static char? Letter(int point) => point switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => (char)point,
        >= 'A' and <= 'Z' => (char)(point + 32),
        >= '０' and <= '９' => (char)(point - 0xFEE0),
        >= 'Ａ' and <= 'Ｚ' => (char)(point - 0xFEE0 + 32),
        >= 'ａ' and <= 'ｚ' => (char)(point - 0xFEE0),
        >= 0x4E00 and <= 0x9FFF => Known(PinyinTable.Common[point - 0x4E00]),
        >= 0x3400 and <= 0x4DBF => Known(PinyinTable.ExtensionA[point - 0x3400]),
        0x3007 => 'l', // 〇, a digit and a letter of names
        _ => Rare.TryGetValue(point, out var letter) ? letter : null,
    };

    private static char? Known(byte letter) => letter == '.' ? null : (char)letter;

    private static FrozenDictionary<int, char> Pairs(string pairs)
    {
        var found = new Dictionary<int, char>();
        int? character = null;
        foreach (var rune in pairs.EnumerateRunes())
            if (character is { } known)
            {
                found[known] = (char)rune.Value;
                character = null;
            }
            else
                character = rune.Value;
        return found.ToFrozenDictionary();
    }
}
