using System.Text;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>Whatever program wrote a table, its cells hold the same.</summary>
public class ReadingOddFiles
{
    static ReadingOddFiles() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Cells_and_rows_without_places_follow_each_other() => Assert.Equal(["1:a|b", "5h:c", "6:|d"], HandMade.Read(HandMade.Xlsx("""
        <row><c t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c></row><row/>
        <row r="5" hidden="true"><c t="inlineStr"><is><t>c</t></is></c></row><row><c/><c t="inlineStr"><is><t>d</t></is></c></row>
        """)));

    [Fact]
    public void Rich_text_is_joined_and_pronunciation_and_formulas_are_passed_over() => Assert.Equal(["1:王芳|7|x&<\n𬭎|A\rB"], HandMade.Read(HandMade.Xlsx("""
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>SUM(A1)</f><v>7</v></c>
        <c r="C1" t="inlineStr"><is><r><t>x&amp;</t></r><r><rPr/><t><![CDATA[<]]>&#10;&#x2CB4E;</t></r><rPh><t>pin</t></rPh></is></c><c r="D1" t="str"><v>A_x000D_B</v></c></row>
        """, "<sst><si><r><t>王</t></r><r><t>芳</t></r><rPh sb=\"0\"><t>WANG</t></rPh><phoneticPr/></si></sst>")));

    [Fact]
    public void Prefixes_comments_and_encodings_of_the_xml_do_not_matter()
    {
        const string sheet = "<?xml version=\"1.0\"?><!-- > --><x:worksheet xmlns:x='m'><x:sheetData><x:row x:r=\"1\" t='a>b\"'><x:c r=\"B1\" t=\"inlineStr\"><x:is><x:t>值</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>";
        Assert.Equal(["1:|值"], HandMade.Read(HandMade.Xlsx(sheet)));
    }

    [Fact]
    public void Days_are_known_by_built_in_and_own_formats_and_by_both_counts()
    {
        const string styles = """
            <styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="170"/><xf numFmtId="20"/></cellXfs></styleSheet>
            """;
        const string row = "<row r=\"1\"><c s=\"1\"><v>20516</v></c><c s=\"2\"><v>20516.354166666664</v></c><c s=\"3\"><v>20516</v></c><c s=\"4\"><v>0.5</v></c><c t=\"d\"><v>1956-03-02</v></c><c><v>20516</v></c><c s=\"1\"><v>19560302</v></c></row>";
        Assert.Equal(["1:1956-03-02|1956-03-02 08:30:00|1956-03-02|0.5|1956-03-02|20516|19560302"], HandMade.Read(HandMade.Xlsx(row, styles: styles)));
        Assert.StartsWith("1:1960-03-03|", HandMade.Read(HandMade.Xlsx(row, styles: styles, workbook: "<workbookPr date1904=\"1\"/>"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_truths_and_errors_are_read_as_the_sheet_holds_them() => Assert.Equal(["1:990231196405160000|0.3|TRUE|#N/A|1E+300"],
        HandMade.Read(HandMade.Xlsx("<row r=\"1\"><c><v>9.9023119640516E+17</v></c><c><v>0.30000000000000004</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c><v>1E+300</v></c></row>")));

    [Fact]
    public void Merged_cells_are_filled_as_asked()
    {
        static MemoryStream Sheet() => HandMade.Xlsx("""
            <worksheet><sheetData><row r="1"><c r="A1" t="str"><v>h</v></c><c r="D1" t="str"><v>k</v></c></row><row r="2"><c r="D2" t="str"><v>l</v></c></row>
            <row r="4"><c r="A4" t="str"><v>v</v></c><c r="D4" t="str"><v>1</v></c></row><row r="5"><c r="D5" t="str"><v>2</v></c></row></sheetData>
            <mergeCells count="2"><mergeCell ref="A4:B5"/><mergeCell ref="A1:C2"/></mergeCells></worksheet>
            """);
        Assert.Equal(["1:h|||k", "2:|||l", "4:v|||1", "5:|||2"], HandMade.Read(Sheet()));
        Assert.Equal(["1:h|||k", "2:h|||l", "4:v|||1", "5:v|||2"], HandMade.Read(Sheet(), fill: MergeFill.Down));
        Assert.Equal(["1:h|h|h|k", "2:h|h|h|l", "4:v|v||1", "5:v|v||2"], HandMade.Read(Sheet(), fill: MergeFill.Everywhere));
    }

    [Fact]
    public void An_ods_repeats_covers_hides_and_annotates() => Assert.Equal(["1:标题", "3:a|a|a||12.5", "4:a|a|a||12.5", "5h:x y\nz|2020-06-30|TRUE"],
        HandMade.Read(HandMade.Ods("""
            <table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1"><office:annotation><text:p>no</text:p></office:annotation><text:p>标<text:span>题</text:span></text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
            <table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="float" office:value="12.50"><text:p>12.5元</text:p></table:table-cell></table:table-row>
            <table:table-row table:visibility="filter"><table:table-cell><text:p>x<text:s text:c="1"/>y</text:p><text:p>z</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2020-06-30T00:00:00"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
            <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            """), "f.ods"));

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "gb18030", "utf-16", "utf-16BE", "utf-16-no-bom"];

    [Theory, MemberData(nameof(Encodings))]
    public void A_text_file_is_read_in_its_encoding_whatever_it_is_called(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16-no-bom" => new UnicodeEncoding(false, false),
            _ => Encoding.GetEncoding(name),
        };
        var text = "姓名\t证件号码\t备注\n王芳\t990231196503120914\t䶮𬭎\n";
        var content = HandMade.Bytes(encoding.GetPreamble(), encoding.GetBytes(text));
        Assert.Equal(["1:姓名|证件号码|备注", "2:王芳|990231196503120914|䶮𬭎"], HandMade.Read(content, "名单.xls"));
    }

    [Theory]
    [InlineData("a,b\r\n\"1,2\",\"x \"\"y\"\"\"\r\n", "1:a|b", "2:1,2|x \"y\"")]
    [InlineData("a;b;c,d\n1;2;3\n", "1:a|b|c,d", "2:1|2|3")]
    [InlineData("a|b\r1|2\r", "1:a|b", "2:1|2")]
    [InlineData("sep=;\na;b\n", "2:a|b")]
    [InlineData("a,b\n\"1\n2\",3\n4,5", "1:a|b", "2:1\n2|3", "4:4|5")]
    [InlineData("a,b\n\n,\n=\"0012\",2\n", "1:a|b", "4:0012|2")]
    [InlineData("只有一列\n甲\n", "1:只有一列", "2:甲")]
    public void Text_is_split_as_its_writer_meant(string text, params string[] expected) =>
        Assert.Equal(expected, HandMade.Read(HandMade.Text(text), "f.csv"));

    [Fact]
    public void A_stream_that_cannot_be_sought_is_read_too()
    {
        var content = File.ReadAllBytes(Samples.Path("12"));
        using var forward = new System.IO.Compression.BrotliStream(Compressed(content), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(11, HandMade.Read(forward).Count);
    }

    [Fact]
    public void Sheets_can_be_read_again_and_side_by_side()
    {
        foreach (var name in (string[])["05", "06", "07", "08"])
        {
            using var file = TableFile.Open(Samples.Path(name), name).Value;
            using var one = file.Sheets[0].Rows();
            using var two = file.Sheets[0].Rows();
            while (one.Read())
            {
                Assert.True(two.Read());
                Assert.Equal(one.Row.Cells, two.Row.Cells);
            }
            Assert.False(two.Read());
        }
    }

    private static MemoryStream Compressed(byte[] content)
    {
        var stream = new MemoryStream();
        using (var to = new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            to.Write(content);
        stream.Position = 0;
        return stream;
    }
}
