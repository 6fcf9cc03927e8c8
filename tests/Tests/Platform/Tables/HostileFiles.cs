using System.IO.Compression;
using System.Text;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>Whatever is uploaded, the answer is rows or a problem with a remedy, in little memory and time.</summary>
public class HostileFiles
{
    static HostileFiles() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> SampleFiles => [.. Samples.Files];

    [Theory]
    [InlineData("f.xlsx"), InlineData("f.xls"), InlineData("f.ods"), InlineData("f.csv")]
    public void Random_bytes_are_answered(string name)
    {
        var random = new Random(2020);
        byte[][] starts = [[], "PK\u0003\u0004"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [0x09, 0x08, 0x10, 0, 0, 6], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], "<"u8.ToArray()];
        for (var i = 0; i < 400; i++)
        {
            var bytes = new byte[random.Next(1, 5_000)];
            random.NextBytes(bytes);
            var (rows, problem) = HandMade.TryRead(HandMade.Bytes(starts[i % starts.Length], bytes), name);
            Assert.True(problem is not null || rows.Count >= 0);
            if (starts[i % starts.Length] is [(byte)'P' or 0xD0, ..])
                Assert.NotNull(problem);
        }
    }

    [Theory, MemberData(nameof(SampleFiles))]
    public void A_file_cut_off_anywhere_is_answered(string name)
    {
        var whole = File.ReadAllBytes(Samples.Path(name));
        var random = new Random(6);
        var packed = whole is [(byte)'P', ..];
        for (var i = 0; i < 12; i++)
        {
            var length = random.Next(1, whole.Length);
            var problem = HandMade.TryRead(new MemoryStream(whole, 0, length), name).Problem;
            if (packed)
                Assert.Contains(problem!.Code, (string[])["file.damaged", "file.not-a-table"]);
        }
    }

    [Theory, MemberData(nameof(SampleFiles))]
    public void A_file_with_broken_bytes_is_answered(string name)
    {
        var whole = File.ReadAllBytes(Samples.Path(name));
        var random = new Random(30);
        for (var i = 0; i < 12; i++)
        {
            var broken = (byte[])whole.Clone();
            // Half of the hits fall on the head, where the structure of old workbooks is.
            for (var hit = 0; hit < 8; hit++)
                broken[random.Next(hit % 2 == 0 ? whole.Length : Math.Min(whole.Length, 4_096))] = (byte)random.Next(256);
            _ = HandMade.TryRead(new MemoryStream(broken), name);
        }
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_grows()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in new ZipArchive(HandMade.Xlsx("<row/>")).Entries.Where(e => e.Name != "s.xml"))
            {
                using var from = part.Open();
                using var to = zip.CreateEntry(part.FullName).Open();
                from.CopyTo(to);
            }
            using var sheet = zip.CreateEntry("xl/worksheets/s.xml", CompressionLevel.Optimal).Open();
            sheet.Write("<worksheet><sheetData>"u8);
            var rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<row/>", 100_000)));
            for (var i = 0; i < 150; i++)
                sheet.Write(rows);
        }
        bomb.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("file.unpacks-too-large", HandMade.Refusal(bomb));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20);
    }

    [Fact]
    public void A_million_rows_are_read_in_bounded_memory()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
            {
                foreach (var part in new ZipArchive(HandMade.Xlsx("<row/>")).Entries.Where(e => e.Name != "s.xml"))
                {
                    using var from = part.Open();
                    using var to = zip.CreateEntry(part.FullName).Open();
                    from.CopyTo(to);
                }
                using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/s.xml", CompressionLevel.Fastest).Open());
                sheet.Write("<worksheet><sheetData>");
                for (var i = 1; i <= 1_000_000; i++)
                    sheet.Write($"<row r=\"{i}\"><c r=\"A{i}\" t=\"inlineStr\"><is><t>9902311965{i:00000000}</t></is></c><c r=\"B{i}\"><v>{i}.5</v></c></row>");
                sheet.Write("</sheetData></worksheet>");
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var file = TableFile.Open(path, "f.xlsx").Value;
            using var rows = file.Sheets[0].Rows(MergeFill.Down);
            var count = 0;
            while (rows.Read())
                count++;
            Assert.Null(rows.Problem);
            Assert.Equal(1_000_000, count);
            // Two short strings a row, and nothing that stays.
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200L << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_limit_refuses_with_its_own_code()
    {
        var tight = new ReadLimits { Rows = 10, Columns = 4, CellLength = 20, FileBytes = 1 << 20, UnpackedBytes = 1 << 20, MergedRanges = 2, Parts = 20 };
        Assert.Equal("file.too-many-rows", HandMade.Refusal(HandMade.Xlsx("<row r=\"11\"><c><v>1</v></c></row>"), limits: tight));
        Assert.Equal("file.too-many-columns", HandMade.Refusal(HandMade.Xlsx("<row r=\"1\"><c r=\"E1\"><v>1</v></c></row>"), limits: tight));
        Assert.Equal("file.too-many-columns", HandMade.Refusal(HandMade.Text("1,2,3,4,5\n"), "f.csv", tight));
        Assert.Equal("file.cell-too-long", HandMade.Refusal(HandMade.Xlsx($"<row r=\"1\"><c t=\"str\"><v>{new string('a', 21)}</v></c></row>"), limits: tight));
        Assert.Equal("file.cell-too-long", HandMade.Refusal(HandMade.Text($"a,\"{new string('b', 2000)}\n"), "f.csv", tight));
        Assert.Equal("file.too-many-rows", HandMade.Refusal(HandMade.Ods("<table:table-row table:number-rows-repeated=\"2000000000\"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"), "f.ods", tight));
        Assert.Equal("file.too-many-columns", HandMade.Refusal(HandMade.Ods("<table:table-row><table:table-cell table:number-columns-repeated=\"2000000000\"><text:p>a</text:p></table:table-cell></table:table-row>"), "f.ods", tight));
        Assert.Equal("file.too-large", HandMade.Refusal(new MemoryStream(new byte[(1 << 20) + 1]), limits: tight));
        Assert.Equal("file.unpacks-too-large", HandMade.Refusal(HandMade.Xlsx(new string(' ', 1 << 20)), limits: tight));
        Assert.Equal("file.unsafe-zip", HandMade.Refusal(HandMade.Zip([.. Enumerable.Range(0, 30).Select(i => ($"p{i}", ""))]), limits: tight));
        var merged = HandMade.Xlsx("<worksheet><sheetData></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:C2\"/></mergeCells></worksheet>");
        using var file = TableFile.Open(merged, "f.xlsx", tight).Value;
        Assert.Equal("file.too-many-merges", file.Sheets[0].MergedRanges.Problems.Single().Code);
    }

    [Theory]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>", "file.html")]
    [InlineData("  <!DOCTYPE html>", "file.html")]
    [InlineData("MIME-Version: 1.0", "file.html")]
    [InlineData("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "file.other-format")]
    [InlineData("%PDF-1.7", "file.not-a-table")]
    [InlineData("\0\u0001\u0002", "file.not-a-table")]
    [InlineData("", "file.empty")]
    [InlineData("a,\"b\nc\n", "file.unclosed-quote")]
    public void What_only_looks_like_a_table_is_refused_with_the_way_out(string content, string code) =>
        Assert.Equal(code, HandMade.Refusal(HandMade.Text(content), "名单.xls"));

    [Fact]
    public void Passwords_other_formats_and_tricks_are_named()
    {
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        Assert.Equal("file.password", HandMade.Refusal(HandMade.Bytes(ole, new byte[70_000], Encoding.Unicode.GetBytes("EncryptedPackage"), new byte[100])));
        Assert.Equal("file.password", HandMade.Refusal(HandMade.Zip(("content.xml", "x"), ("META-INF/manifest.xml", "<m:encryption-data/>")), "f.ods"));
        Assert.Equal("file.other-format", HandMade.Refusal(HandMade.Zip(("xl/workbook.bin", "x"))));
        Assert.Equal("file.other-format", HandMade.Refusal(HandMade.Zip(("word/document.xml", "x"))));
        Assert.Equal("file.not-a-table", HandMade.Refusal(HandMade.Zip(("a.xlsx", "x"))));
        Assert.Equal("file.unsafe-zip", HandMade.Refusal(HandMade.Zip(("../evil.xml", "x"))));
        Assert.Equal("file.unsafe-zip", HandMade.Refusal(HandMade.Zip(("a.xml", "x"), ("A.XML", "y"))));
        Assert.Equal("file.forbidden-xml", HandMade.Refusal(HandMade.Xlsx("<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet><sheetData/></worksheet>")));
        Assert.Equal("file.forbidden-xml", HandMade.Refusal(HandMade.Xlsx("<row><c t=\"str\"><v>&b;</v></c></row>")));
        Assert.Equal("file.damaged", HandMade.Refusal(HandMade.Xlsx(string.Concat(Enumerable.Repeat("<a>", 5_000)))));
        Assert.Equal("file.damaged", HandMade.Refusal(HandMade.Xlsx("<worksheet><sheetData><row>")));
        Assert.Equal("file.damaged", HandMade.Refusal(HandMade.Xlsx("<row><c t=\"s\"><v>9</v></c></row>")));
        Assert.Equal("file.no-sheet", HandMade.Refusal(HandMade.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))));
    }

    [Fact]
    public void Text_in_broken_encodings_is_refused_with_the_line()
    {
        var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("姓名,村\n王芳,金钱村\n", 20)));
        utf8[^5] = 0xFF;
        Assert.Equal("file.encoding", HandMade.Refusal(HandMade.Bytes(utf8), "f.csv"));
        var gb = HandMade.Bytes(Encoding.GetEncoding("GB18030").GetBytes("姓名,村\n王芳,"), [0xFF, 0xFF], "\n"u8.ToArray());
        Assert.Equal("file.encoding", HandMade.Refusal(gb, "f.csv"));
        Assert.Equal("file.encoding", HandMade.Refusal(HandMade.Bytes([0xFF, 0xFE], Encoding.Unicode.GetBytes("a,b\n"), [0x00, 0xD8, 0x41, 0x00]), "f.csv"));
    }
}
