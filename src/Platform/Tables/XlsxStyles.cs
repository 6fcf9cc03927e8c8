using System.Globalization;
using Shouwang.Kernel.Tables;

namespace Shouwang.Platform.Tables;

/// <summary>What the styles part says that matters for reading: which cells show their number as a day.</summary>
internal static class XlsxStyles
{
    /// <returns>One entry for each cell format, in their order.</returns>
    public static bool[] Dates(Stream? content)
    {
        if (content is null)
            return [];
        var own = new Dictionary<int, bool>();
        var styles = new List<bool>();
        var inFormats = false;
        using var xml = new XmlScanner(content);
        while (xml.Read())
        {
            if (xml.IsStart("numFmt"u8))
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
        return [.. styles];
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
