using System.Globalization;
using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>
/// The styles of a workbook with three more of each cell format: warned, refused, and without a colour that an earlier copy
/// of ours gave it. A marked cell keeps its number format, font and border.
/// </summary>
internal sealed class StyleMarks
{
    // A workbook may have 65,490 formats; where three more of each would not fit, marked cells share two plain ones.
    private const int MostFormats = 16_000;

    private readonly List<bool> _coloured = [];
    private readonly HashSet<int> _ownFills = [];
    private byte[] _xml = [];

    private StyleMarks() { }

    /// <summary>Whether the workbook has cell formats in our colours.</summary>
    public bool HasOwnColours => _coloured.Contains(true);

    /// <summary>The style of a cell with a mark, or of one that no longer has any.</summary>
    /// <param name="style">The style it has.</param>
    public int Of(int style, NoteSeverity? mark)
    {
        var count = _coloured.Count;
        if (count > MostFormats)
            return mark is { } shared ? count + (int)shared : style;
        var known = (uint)style < (uint)count;
        if (mark is not { } severity)
            return known && _coloured[style] ? 3 * count + style : style;
        return (severity == NoteSeverity.Refused ? 2 : 1) * count + (known ? style : 0);
    }

    public void Write(PackageWriter package, string part)
    {
        using var stream = package.Start(part);
        stream.Write(_xml);
    }

    public static StyleMarks Read(Stream styles)
    {
        var marks = new StyleMarks();
        using var rewritten = new MemoryStream();
        using (var to = new XmlOut(rewritten))
        using (var xml = new XmlScanner(styles))
            marks.Rewrite(xml, to);
        marks._xml = rewritten.ToArray();
        return marks;
    }

    private void Rewrite(XmlScanner xml, XmlOut to)
    {
        var fills = 0;
        var formats = new List<(string Attributes, string Inside)>();
        string prefix = "", section = "";
        while (xml.Read())
        {
            if (xml.IsStart("styleSheet"u8))
                prefix = xml.Prefix;
            // The count is left out: it is optional, and not yet known.
            if ((xml.IsStart("fills"u8) || xml.IsStart("cellXfs"u8)) && xml.Depth == 2 && !xml.IsEmpty)
            {
                section = Encoding.ASCII.GetString(xml.Name);
                to.Raw($"<{prefix}{section}>");
                continue;
            }
            if (section == "fills" && xml.IsStart("fill"u8))
                fills++;
            else if (section == "fills" && xml.IsStart("fgColor"u8) && xml.Attribute("rgb"u8) is SheetStyles.RefusedColour or SheetStyles.WarnedColour)
                _ownFills.Add(fills - 1);
            else if (section == "fills" && xml.IsEnd("fills"u8))
                to.Raw(Prefixed(SheetStyles.Fill(SheetStyles.WarnedColour) + SheetStyles.Fill(SheetStyles.RefusedColour), prefix));
            else if (section == "cellXfs" && xml.IsStart("xf"u8))
            {
                Format(xml, to, formats);
                continue;
            }
            else if (section == "cellXfs" && xml.IsEnd("cellXfs"u8))
                Add(to, prefix, formats, fills);
            if (xml.Kind == XmlToken.End && xml.Depth == 1)
                section = "";
            to.Raw(xml.Raw);
        }
    }

    private void Format(XmlScanner xml, XmlOut to, List<(string Attributes, string Inside)> formats)
    {
        var kept = new StringBuilder();
        var fill = 0;
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            var name = Encoding.UTF8.GetString(attributes.Name);
            var value = Encoding.UTF8.GetString(attributes.Value);
            if (name == "fillId")
                _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out fill);
            else if (name != "applyFill")
                kept.Append(null, $" {name}={attributes.Quote}{value}{attributes.Quote}");
        }
        _coloured.Add(_ownFills.Contains(fill));
        to.Raw(xml.Raw);
        var inside = new StringBuilder();
        if (!xml.IsEmpty)
        {
            var outside = xml.Depth - 1;
            while (xml.Depth > outside && xml.Read())
            {
                to.Raw(xml.Raw);
                if (xml.Depth > outside)
                    inside.Append(Encoding.UTF8.GetString(xml.Raw));
            }
        }
        if (_coloured.Count <= MostFormats + 1)
            formats.Add((kept.ToString(), inside.ToString()));
    }

    private void Add(XmlOut to, string prefix, List<(string Attributes, string Inside)> formats, int fills)
    {
        if (_coloured.Count > MostFormats)
            formats = [(" numFmtId=\"0\" fontId=\"0\" borderId=\"0\" xfId=\"0\"", "")];
        // Warned, refused, and without colour, in the order that Of counts on.
        foreach (var fill in (int[])[fills, fills + 1, 0])
        {
            foreach (var (attributes, inside) in formats)
            {
                to.Raw($"<{prefix}xf{attributes} fillId=\"{fill}\" applyFill=\"1\"");
                if (inside.Length == 0)
                    to.Raw("/>"u8);
                else
                    to.Raw(">"u8).Raw(inside).Raw($"</{prefix}xf>");
            }
        }
    }

    private static string Prefixed(string xml, string prefix) => prefix.Length == 0
        ? xml
        : xml.Replace("</", "\u0001", StringComparison.Ordinal).Replace("<", "<" + prefix, StringComparison.Ordinal)
            .Replace("\u0001", "</" + prefix, StringComparison.Ordinal);
}
