using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.Tests.Journeys;

/// <summary>Reads the words of a PDF as Chromium prints it: text is glyph numbers, and each font says which characters they are.</summary>
internal static partial class PdfWords
{
    /// <summary>All text, once through the characters of each font: what is set in a font can be read in one of them.</summary>
    /// <exception cref="FormatException">It is no PDF.</exception>
    public static IReadOnlyList<string> Of(byte[] file)
    {
        if (!file.AsSpan().StartsWith("%PDF-"u8))
            throw new FormatException("No PDF.");
        var streams = Streams(file).ToList();
        var fonts = streams.Where(s => s.Contains("beginbfchar", StringComparison.Ordinal) || s.Contains("beginbfrange", StringComparison.Ordinal)).Select(Characters).ToList();
        var glyphs = streams.Where(s => s.Contains(" Tf", StringComparison.Ordinal)).SelectMany(s => Shown().Matches(s)).SelectMany(m => Glyphs(m.Groups[1].Value)).ToList();
        return [.. fonts.Select(font => string.Concat(glyphs.Select(g => font.GetValueOrDefault(g, ""))))];
    }

    private static IEnumerable<string> Streams(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        for (var at = 0; (at = text.IndexOf("stream", at, StringComparison.Ordinal)) >= 0;)
        {
            var begin = at + 6 + (text[at + 6] == '\r' ? 2 : 1);
            var end = text.IndexOf("endstream", begin, StringComparison.Ordinal);
            if (end < 0)
                yield break;
            at = end + 9;
            yield return Inflated(file, begin, end - begin);
        }
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

    private static Dictionary<int, string> Characters(string map)
    {
        var found = new Dictionary<int, string>();
        foreach (Match block in Block().Matches(map))
        {
            var isRange = block.Groups[1].Value == "range";
            foreach (Match line in (isRange ? Range() : Single()).Matches(block.Groups[2].Value))
            {
                var (from, to) = (Number(line.Groups[1].Value), isRange ? Number(line.Groups[2].Value) : Number(line.Groups[1].Value));
                var first = line.Groups[isRange ? 3 : 2].Value;
                for (var glyph = from; glyph <= to; glyph++)
                    found[glyph] = first.Length > 4 ? Text(first) : ((char)(Number(first) + glyph - from)).ToString();
            }
        }
        return found;
    }

    private static string Text(string hex) => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(hex));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<int> Glyphs(string hex) => Enumerable.Range(0, hex.Length / 4).Select(i => Number(hex.Substring(i * 4, 4)));

    [GeneratedRegex("<([0-9A-Fa-f]+)>\\s*(?=[^<>\\[\\]]*T[jJ]|[-\\d.\\s]*<|[-\\d.\\s]*\\])")]
    private static partial Regex Shown();

    [GeneratedRegex("beginbf(char|range)(.*?)endbf", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("<([0-9A-Fa-f]+)>\\s*<([0-9A-Fa-f]+)>")]
    private static partial Regex Single();

    [GeneratedRegex("<([0-9A-Fa-f]+)>\\s*<([0-9A-Fa-f]+)>\\s*<([0-9A-Fa-f]+)>")]
    private static partial Regex Range();
}
