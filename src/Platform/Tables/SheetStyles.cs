using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>How a cell of a workbook we write looks; the number is its style, before marks.</summary>
internal enum CellLook { General, Header, Text, QuotedText, Whole, Money, Date, Instant, Note }

/// <summary>How bad what is said about a cell is.</summary>
public enum NoteSeverity
{
    /// <summary>The row was taken; the value should be looked at. Amber.</summary>
    Warned,

    /// <summary>The row was not taken. Red.</summary>
    Refused,
}

/// <summary>The styles part of the workbooks we write: each look plain, warned and refused.</summary>
internal static class SheetStyles
{
    // Not quite the shades that spreadsheets offer, so that a corrected copy sent again can be told from a hand-coloured file.
    public const string RefusedColour = "FFFFC1C3";
    public const string WarnedColour = "FFFFE6A1";

    public const string MainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static int Of(CellLook look, NoteSeverity? mark = null) => (int)look + (mark is { } severity ? Block(severity) : 0);

    private static int Block(NoteSeverity severity) => severity switch
    {
        NoteSeverity.Warned => Looks,
        NoteSeverity.Refused => Looks * 2,
    };

    public static string Fill(string colour) =>
        $"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>";

    public static string Xml { get; } = Write();

    private const int Looks = (int)CellLook.Note + 1;

    private static string Write()
    {
        var xml = new StringBuilder($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <styleSheet xmlns="{MainNamespace}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><i/><sz val="9"/><color rgb="FF666666"/><name val="宋体"/></font></fonts><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>{Fill("FFE7EEF7")}{Fill(WarnedColour)}{Fill(RefusedColour)}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="{Looks * 3}">
            """);
        foreach (int? fill in (int?[])[null, 3, 4])
        {
            foreach (var look in Enum.GetValues<CellLook>())
                xml.Append(Format(look, fill));
        }
        return xml.Append("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>").ToString();
    }

    private static string Format(CellLook look, int? fill)
    {
        var number = look switch
        {
            CellLook.General or CellLook.Header or CellLook.Note => 0,
            CellLook.Text or CellLook.QuotedText => 49,
            CellLook.Whole => 1,
            CellLook.Money => 4,
            CellLook.Date => 164,
            CellLook.Instant => 165,
        };
        var font = look == CellLook.Header ? 1 : look == CellLook.Note ? 2 : 0;
        var ground = fill ?? (look == CellLook.Header ? 2 : 0);
        var border = look == CellLook.Header ? 1 : 0;
        var quoted = look == CellLook.QuotedText ? " quotePrefix=\"1\"" : "";
        var start = $"<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"{ground}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\"{quoted}";
        return look == CellLook.Header
            ? $"{start} applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>"
            : $"{start}/>";
    }
}
