using System.IO.Compression;
using System.Xml.Linq;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>The report on an import is the file itself: same values, the cells in question coloured and commented.</summary>
public class AnnotatedCopies
{
    private static readonly XNamespace Main = SheetStyles.MainNamespace;
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. Samples.Files];

    [Theory, MemberData(nameof(Files))]
    public async Task A_copy_holds_what_the_file_holds_and_imports_again(string name)
    {
        using var source = TableFile.Open(Samples.Path(name), name).Value;
        var sheet = source.Sheets[0].Name;
        using var copy = await Copy(source, Notes(sheet));
        using var again = TableFile.Open(new MemoryStream(copy.ToArray()), "copy.xlsx").Value;

        Assert.Equal(TableFormat.Xlsx, again.Format);
        Assert.Equal(source.Sheets.Count, again.Sheets.Count);
        foreach (var (before, after) in source.Sheets.Zip(again.Sheets))
        {
            Assert.Equal(before.MergedRanges.Value, after.MergedRanges.Value);
            using var one = before.Rows();
            using var two = after.Rows();
            while (one.Read())
            {
                Assert.True(two.Read());
                Assert.Equal((one.Row.Number, one.Row.Hidden), (two.Row.Number, two.Row.Hidden));
                Assert.Equal(one.Row.Cells.ToArray().Select(c => (c.Kind, c.Text)), two.Row.Cells.ToArray().Select(c => (c.Kind, c.Text)));
            }
            Assert.False(two.Read());
            Assert.Null(two.Problem);
        }
        using var zip = new ZipArchive(copy);
        foreach (var part in zip.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.Ordinal) || e.Name.EndsWith(".rels", StringComparison.Ordinal) || e.Name.EndsWith(".vml", StringComparison.Ordinal)))
            _ = Xml(zip, part.FullName);
        Assert.Equal(SheetStyles.RefusedColour, Colour(zip, "B7"));
        Assert.Equal(SheetStyles.WarnedColour, Colour(zip, "C8"));
        Assert.Equal(SheetStyles.RefusedColour, Colour(zip, "BZ9"));
        Assert.Equal(SheetStyles.WarnedColour, Colour(zip, "A5000"));
        Assert.Null(Colour(zip, "B8"));
        var comments = Comments(zip);
        Assert.Equal("户编号重复\nthe number stands further up\n\n第二条\nanother", comments["B7"]);
        Assert.Equal(["A5000", "B7", "BZ9", "C8"], comments.Keys.Where(k => comments[k].Contains('\n')).Order());
        Assert.Equal(comments.Count, Shapes(zip));
    }

    [Fact]
    public async Task Comments_the_sender_made_stay_and_a_note_on_the_same_cell_is_added()
    {
        var name = Samples.Files.First();
        using var source = TableFile.Open(Samples.Path(name), name).Value;
        using var copy = await Copy(source, [new("户表", 329, 7, new("缺少", "missing"), NoteSeverity.Warned), .. Notes("户表")]);
        using var zip = new ZipArchive(copy);
        var comments = Comments(zip);
        Assert.Equal("本户6月有新生儿，待派出所上户。\n缺少\nmissing", comments["H329"]);
        Assert.Equal("以住建委鉴定为准。", comments["AH520"]);
        Assert.Equal(7, comments.Count);
        Assert.Equal(7, Shapes(zip));
    }

    [Theory]
    [InlineData("01"), InlineData("05")]
    public async Task A_corrected_copy_sent_again_loses_the_marks_of_what_is_right_now(string name)
    {
        using var source = TableFile.Open(Samples.Path(name), name).Value;
        var sheet = source.Sheets[0].Name;
        using var first = TableFile.Open(new MemoryStream((await Copy(source, Notes(sheet))).ToArray()), "copy.xlsx").Value;
        using var second = await Copy(first, [new(sheet, 8, 2, new("仍有问题", "still wrong"), NoteSeverity.Refused)]);
        using var zip = new ZipArchive(second);
        Assert.Null(Colour(zip, "B7"));
        Assert.Equal(SheetStyles.RefusedColour, Colour(zip, "C8"));
        var comments = Comments(zip);
        Assert.Equal("仍有问题\nstill wrong", comments["C8"]);
        Assert.DoesNotContain("户编号重复", comments["B7"], StringComparison.Ordinal);
        Assert.Equal(comments.Count, Shapes(zip));
    }

    [Fact]
    public async Task A_workbook_of_odd_shape_is_copied_too()
    {
        var odd = HandMade.Xlsx("<row><c t=\"str\"><v>a</v></c><c><f>1+1</f><v>2</v></c></row><row/><row><c/><c t=\"str\"><v>b</v></c></row>",
            styles: "<x:styleSheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:fills count='1'><x:fill/></x:fills><x:cellXfs count='1'><x:xf numFmtId='0'><x:protection locked='0'/></x:xf></x:cellXfs></x:styleSheet>");
        using var source = TableFile.Open(odd, "odd.xlsx").Value;
        using var copy = await Copy(source, [new("表", 1, 2, new("缺", "gone"), NoteSeverity.Refused), new("表", 3, 0, new("缺", "gone"), NoteSeverity.Warned), new("表", 2, 1, new("缺", "gone"), NoteSeverity.Warned)]);
        Assert.Equal(["1:a|2", "3:|b"], HandMade.Read(new MemoryStream(copy.ToArray())));
        using var zip = new ZipArchive(copy);
        Assert.Equal(3, Comments(zip).Count);
        Assert.Equal(SheetStyles.RefusedColour, Colour(zip, "C1", "xl/worksheets/s.xml"));
        Assert.Equal(SheetStyles.WarnedColour, Colour(zip, "A3", "xl/worksheets/s.xml"));
        Assert.Equal(SheetStyles.WarnedColour, Colour(zip, "B2", "xl/worksheets/s.xml"));
    }

    [Fact]
    public async Task A_file_that_breaks_off_gives_its_problem_instead_of_half_a_copy()
    {
        using var source = TableFile.Open(HandMade.Text("a,b\n1,\"2\n"), "f.csv").Value;
        using var target = new AsyncOnly();
        Assert.Equal("file.unclosed-quote", (await AnnotatedCopy.Write(source, [], target, Cancel))?.Code);
    }

    private static List<CellNote> Notes(string sheet) =>
    [
        new(sheet, 7, 1, new("户编号重复", "the number stands further up"), NoteSeverity.Refused),
        new(sheet, 7, 1, new("第二条", "another"), NoteSeverity.Warned),
        new(sheet, 8, 2, new("请核对", "look at it"), NoteSeverity.Warned),
        new(sheet, 9, 77, new("缺列", "no such column"), NoteSeverity.Refused),
        new(sheet, 5_000, 0, new("缺行", "no such row"), NoteSeverity.Warned),
    ];

    private static async Task<MemoryStream> Copy(TableFile source, IEnumerable<CellNote> notes)
    {
        using var target = new AsyncOnly();
        Assert.Null(await AnnotatedCopy.Write(source, notes, target, Cancel));
        return target.Written();
    }

    private static XDocument Xml(ZipArchive zip, string part)
    {
        using var content = zip.GetEntry(part)!.Open();
        return XDocument.Load(content);
    }

    /// <summary>The fill of a cell of the first sheet; null for none.</summary>
    internal static string? Colour(ZipArchive zip, string cell, string part = "xl/worksheets/sheet1.xml")
    {
        var found = Xml(zip, part).Descendants().SingleOrDefault(e => e.Name.LocalName == "c" && (string?)e.Attribute("r") == cell);
        var styles = Xml(zip, "xl/styles.xml").Root!;
        var format = styles.Element(Main + "cellXfs")!.Elements().ElementAt((int?)found?.Attribute("s") ?? 0);
        var fill = styles.Element(Main + "fills")!.Elements().ElementAt((int?)format.Attribute("fillId") ?? 0);
        return (string?)fill.Descendants(Main + "fgColor").FirstOrDefault()?.Attribute("rgb");
    }

    /// <summary>The comments of all sheets by their cell.</summary>
    internal static Dictionary<string, string> Comments(ZipArchive zip) => zip.Entries
        .Where(e => e.FullName.Contains("comment", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal)
            || e.FullName.StartsWith("xl/notes", StringComparison.Ordinal))
        .SelectMany(e => Xml(zip, e.FullName).Descendants(Main + "comment"))
        .ToDictionary(c => (string)c.Attribute("ref")!, c => c.Element(Main + "text")!.Value);

    private static int Shapes(ZipArchive zip) => zip.Entries.Where(e => e.Name.EndsWith(".vml", StringComparison.Ordinal))
        .Sum(e => Xml(zip, e.FullName).Descendants().Count(s => s.Name.LocalName == "shape"));
}
