using System.Globalization;
using Shouwang.Kernel.Tables;

namespace Shouwang.Platform.Tables;

/// <summary>What the styles part says that matters for reading: which cells show their number as a day.</summary>
internal static class XlsxStyles
{
    /// <param name="complete">Whether there are fills and cell formats in the transitional vocabulary.</param>
    /// <returns>One entry for each cell format, in their order.</returns>
    public static bool[] Dates(Stream? content, out bool complete)
    {
        complete = false;
        if (content is null)
            return [];
        var own = new Dictionary<int, bool>();
        var styles = new List<bool>();
        var (inFormats, fills, common) = (false, false, false);
        using var xml = new XmlScanner(content);
        while (xml.Read())
        {
            if (xml.IsStart("styleSheet"u8))
                common = xml.Raw.IndexOf("schemas.openxmlformats.org/spreadsheetml/2006/main"u8) >= 0;
            else if (xml.IsStart("fills"u8) && xml.Depth == 2)
                fills = !xml.IsEmpty;
            else if (xml.IsStart("numFmt"u8))
                own[Number(xml.Attribute("numFmtId"u8))] = SheetDate.IsDateFormat(xml.Attribute("formatCode"u8) ?? "");
            else if (xml.IsStart("cellXfs"u8))
                inFormats = !xml.IsEmpty;
            else if (xml.IsEnd("cellXfs"u8))
                inFormats = false;
            else if (inFormats && xml.IsStart("xf"u8))
                styles.Add(Number(xml.Attribute("numFmtId"u8)) is var id && own.TryGetValue(id, out var date)
                    ? date
                    : SheetDate.IsDateFormat(id));
        }
        complete = common && fills && styles.Count > 0;
        return [.. styles];
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
