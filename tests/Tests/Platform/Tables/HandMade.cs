using System.IO.Compression;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>Files put together by hand, as odd as writers of files can be.</summary>
internal static class HandMade
{
    public static MemoryStream Zip(params (string Part, string Content)[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (part, content) in parts)
            {
                using var to = zip.CreateEntry(part).Open();
                to.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        stream.Position = 0;
        return stream;
    }

    /// <param name="sheet">The worksheet part, or only what stands inside its sheetData.</param>
    public static MemoryStream Xlsx(string sheet, string strings = "<sst/>", string styles = "<styleSheet/>", string workbook = "")
    {
        if (!sheet.Contains("worksheet", StringComparison.Ordinal))
            sheet = $"<worksheet><sheetData>{sheet}</sheetData></worksheet>";
        return Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns:r=\"r\">{workbook}<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", """
                <Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/>
                <Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>
                """),
            ("xl/worksheets/s.xml", sheet), ("xl/strings.xml", strings), ("xl/styles.xml", styles));
    }

    /// <param name="rows">What stands inside the one table.</param>
    public static MemoryStream Ods(string rows) => Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", $"""
        <office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>
        """));

    public static MemoryStream Bytes(params byte[][] parts) => new([.. parts.SelectMany(p => p)]);

    public static MemoryStream Text(string text, Encoding? encoding = null) => new((encoding ?? new UTF8Encoding(false)).GetBytes(text));

    /// <summary>Every row as number and texts; fails the test when the file cannot be read.</summary>
    public static List<string> Read(Stream content, string name = "f.xlsx", MergeFill fill = MergeFill.None)
    {
        var (rows, problem) = TryRead(content, name, fill: fill);
        Assert.Null(problem);
        return rows;
    }

    public static string Refusal(Stream content, string name = "f.xlsx", ReadLimits? limits = null)
    {
        var problem = TryRead(content, name, limits).Problem;
        Assert.NotNull(problem);
        // The remedy is there in both languages, and the file is named.
        Assert.Contains(name, problem.What.Zh, StringComparison.Ordinal);
        Assert.Contains(name, problem.What.En, StringComparison.Ordinal);
        Assert.NotEqual("", problem.Remedy.Zh);
        Assert.NotEqual("", problem.Remedy.En);
        return problem.Code;
    }

    public static (List<string> Rows, Problem? Problem) TryRead(
        Stream content, string name, ReadLimits? limits = null, MergeFill fill = MergeFill.None)
    {
        var lines = new List<string>();
        var opened = TableFile.Open(content, name, limits);
        if (!opened.Succeeded)
            return (lines, opened.Problems[0]);
        using var file = opened.Value;
        foreach (var sheet in file.Sheets)
        {
            using var rows = sheet.Rows(fill);
            while (rows.Read())
                lines.Add($"{rows.Row.Number}{(rows.Row.Hidden ? "h" : "")}:{string.Join('|', rows.Row.Cells.ToArray().Select(c => c.Text))}");
            if (rows.Problem is { } problem)
                return (lines, problem);
        }
        return (lines, null);
    }
}
