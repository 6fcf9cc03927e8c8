using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.Tests.Journeys;

/// <summary>Reads the words of a PDF as Chromium prints it: text is numbers of glyphs, and each font says which characters they are.</summary>
internal static partial class PdfWords
{
    /// <summary>All text in the order in which it was drawn.</summary>
    /// <exception cref="FormatException">It is no PDF.</exception>
    public static string Of(byte[] file)
    {
        if (!file.AsSpan().StartsWith("%PDF-"u8))
            throw new FormatException("No PDF.");
        var text = Encoding.Latin1.GetString(file);
        var objects = new Dictionary<string, (string Head, string Stream)>();
        foreach (Match start in Object().Matches(text))
            objects[start.Groups[1].Value] = Read(file, text, start.Index + start.Length);
        // A font is called by the number of its object.
        var fonts = new Dictionary<string, Dictionary<string, string>>();
        foreach (var (number, (head, _)) in objects)
        {
            if (ToUnicode().Match(head) is { Success: true } map && objects.TryGetValue(map.Groups[1].Value, out var characters))
                fonts[number] = Characters(characters.Stream);
        }
        var words = new StringBuilder();
        foreach (var (_, page) in objects.Values.Where(o => o.Stream.Contains(" Tf", StringComparison.Ordinal)))
            Say(page, fonts, words);
        return words.ToString();
    }

    private static void Say(string page, Dictionary<string, Dictionary<string, string>> fonts, StringBuilder words)
    {
        Dictionary<string, string>? font = null;
        var replaced = false;
        foreach (Match token in Token().Matches(page))
        {
            if (token.Groups["font"] is { Success: true } named)
                font = fonts.GetValueOrDefault(named.Value);
            else if (token.Groups["actual"] is { Success: true } actual)
            {
                words.Append(Text(actual.Value));
                replaced = true;
            }
            else if (token.Groups["end"].Success)
                replaced = false;
            else if (font is not null && !replaced)
            {
                var (hex, width) = (token.Groups["hex"].Value, font.Keys.Select(k => k.Length).DefaultIfEmpty(4).First());
                for (var i = 0; i + width <= hex.Length; i += width)
                    words.Append(font.GetValueOrDefault(hex.Substring(i, width).ToUpperInvariant(), ""));
            }
        }
    }

    private static (string Head, string Stream) Read(byte[] file, string text, int at)
    {
        var end = text.IndexOf("endobj", at, StringComparison.Ordinal);
        var begin = text.IndexOf("stream", at, StringComparison.Ordinal);
        if (begin < 0 || begin > end)
            return (text[at..(end < 0 ? text.Length : end)], "");
        var head = text[at..begin];
        begin += text[begin + 6] == '\r' ? 8 : 7;
        return (head, Inflated(file, begin, text.IndexOf("endstream", begin, StringComparison.Ordinal) - begin));
    }

    private static string Inflated(byte[] file, int begin, int length)
    {
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(file, begin, length), CompressionMode.Decompress);
            using var reader = new StreamReader(inflate, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    private static Dictionary<string, string> Characters(string map)
    {
        var found = new Dictionary<string, string>();
        foreach (Match block in Block().Matches(map))
        {
            foreach (Match line in (block.Groups[1].Value == "range" ? Range() : Single()).Matches(block.Groups[2].Value))
            {
                var (from, to, first) = (line.Groups["from"].Value, line.Groups["to"] is { Success: true } last ? last.Value : line.Groups["from"].Value, line.Groups["text"].Value);
                for (var glyph = Number(from); glyph <= Number(to); glyph++)
                    found[glyph.ToString($"X{from.Length}", CultureInfo.InvariantCulture)] = first.Length > 4 ? Text(first) : ((char)(Number(first) + glyph - Number(from))).ToString();
            }
        }
        return found;
    }

    private static string Text(string hex) => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(hex));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[\r\n])(\d+) 0 obj")]
    private static partial Regex Object();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/F(?<font>\d+) [\d.]+ Tf|/ActualText <FEFF(?<actual>[0-9A-Fa-f]+)>|(?<end>\bEMC\b)|<(?<hex>[0-9A-Fa-f]+)>")]
    private static partial Regex Token();

    [GeneratedRegex("beginbf(char|range)(.*?)endbf", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"<(?<from>[0-9A-Fa-f]+)>\s*<(?<text>[0-9A-Fa-f]+)>")]
    private static partial Regex Single();

    [GeneratedRegex(@"<(?<from>[0-9A-Fa-f]+)>\s*<(?<to>[0-9A-Fa-f]+)>\s*<(?<text>[0-9A-Fa-f]+)>")]
    private static partial Regex Range();
}
