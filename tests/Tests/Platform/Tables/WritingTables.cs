using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>What is exported opens in a spreadsheet, runs nothing there, and imports again as it was.</summary>
public class WritingTables
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exported_workbook_is_read_back_cell_by_cell()
    {
        using var target = new AsyncOnly();
        await using var book = new WorkbookWriter(target, "导出：县扶贫办 2020-06-30，请勿外传 & <内部>");
        await book.StartSheet("户表", [new("户编号", 18), new("户主"), new("出生"), new("收入"), new("人数")], Cancel);
        book.Text("500231111001006").Text("王芳𬭎").Date(new(1956, 3, 2)).Money(Money.FromYuan(12345.6m)).Number(3);
        await book.EndRow(Cancel);
        book.Empty().Text("_x000D_\u0001<&\">\n二").Date(new(1850, 1, 1)).Money(null).Number(0.5m);
        await book.EndRow(Cancel);
        await book.StartSheet("户表", [], Cancel);
        await book.Finish(Cancel);

        Assert.Equal(["户表", "户表 (2)"], book.Sheets);
        Assert.Equal([
            "1:户编号|户主|出生|收入|人数", "2:500231111001006|王芳𬭎|1956-03-02|12345.6|3", "3:|_x000D_<&\">\n二|1850-01-01||0.5",
            "4:导出：县扶贫办 2020-06-30，请勿外传 & <内部>", "1:导出：县扶贫办 2020-06-30，请勿外传 & <内部>"], HandMade.Read(target.Written()));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")"), InlineData("+1+1"), InlineData("-2+3"), InlineData("@SUM(A1)"), InlineData("\t=1"), InlineData("\r=1"), InlineData("＝1+1")]
    public async Task A_text_that_begins_like_a_formula_stays_a_text(string text)
    {
        using var target = new AsyncOnly();
        await using (var book = new WorkbookWriter(target))
        {
            await book.StartSheet("表", [new("备注")], Cancel);
            await book.Text(text).EndRow(Cancel);
            await book.Finish(Cancel);
        }
        Assert.Equal($"2:{text}", HandMade.Read(target.Written())[1]);
        using var zip = new ZipArchive(target.Written());
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync(Cancel);
        Assert.Contains("t=\"inlineStr\"", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f", xml, StringComparison.Ordinal);
        Assert.Contains($"s=\"{SheetStyles.Of(CellLook.QuotedText)}\"", xml, StringComparison.Ordinal);

        using var plain = new AsyncOnly();
        await using (var csv = new CsvWriter(plain))
            await csv.Text(text).Number(-5).EndRow(Cancel);
        using var file = TableFile.Open(plain.Written(), "f.csv").Value;
        using var rows = file.Sheets[0].Rows();
        Assert.True(rows.Read());
        Assert.Equal("'" + text, rows.Row[0].Text);
        Assert.Equal(CellText.Clean(text), CellText.Clean(rows.Row[0].Text));
        Assert.Equal("-5", rows.Row[1].Text);
    }

    [Fact]
    public void Any_texts_survive_both_writers() => Prop.ForAll(Rows, rows =>
    {
        using var book = new AsyncOnly();
        using var text = new AsyncOnly();
        WriteBoth(rows, book, text).GetAwaiter().GetResult();
        var expected = rows.Where(r => r.Any(t => t != "")).Select(r => string.Join('|', r).TrimEnd('|')).ToList();
        return HandMade.Read(book.Written()).Select(After).SequenceEqual(expected)
            && HandMade.Read(text.Written(), "f.csv").Select(After).SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("收入[2020]:上半年/下半年*?\\", "收入 2020  上半年 下半年")]
    [InlineData("'", "Sheet")]
    [InlineData("", "Sheet")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    public void A_sheet_gets_a_name_spreadsheets_take(string wanted, string expected) => Assert.Equal(expected, SheetName.Fit(wanted, []));

    private static string After(string line) => line[(line.IndexOf(':') + 1)..];

    private static async Task WriteBoth(string[][] rows, Stream book, Stream text)
    {
        await using var workbook = new WorkbookWriter(book);
        await using var csv = new CsvWriter(text);
        await workbook.StartSheet("表", [], Cancel);
        foreach (var row in rows)
        {
            foreach (var cell in row)
            {
                workbook.Text(cell);
                csv.Text(cell);
            }
            await workbook.EndRow(Cancel);
            await csv.EndRow(Cancel);
        }
        await workbook.Finish(Cancel);
    }

    private static Arbitrary<string[][]> Rows { get; } = Gen.Elements("", "王芳", "𬭎䶮", "a,b", "\"引\"", "一\n二", "<&>", " 空 ", "x;y", "_x0041_", "0012", "1")
        .ArrayOf(3).ArrayOf().ToArbitrary();
}

/// <summary>A target like a response: written asynchronously, not sought, not read.</summary>
internal sealed class AsyncOnly : Stream
{
    private readonly MemoryStream _written = new();

    public MemoryStream Written() => new(_written.ToArray());

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _written.WriteAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _written.Dispose();
        base.Dispose(disposing);
    }
}
