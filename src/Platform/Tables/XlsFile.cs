using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;

namespace Shouwang.Platform.Tables;

/// <summary>An old .xls workbook (BIFF 2 to 8), read by ExcelDataReader.</summary>
internal sealed class XlsFile : TableFile
{
    private readonly Stream _content;

    public XlsFile(Stream content, string name, ReadLimits limits)
    {
        (_content, Name, Limits) = (content, name, limits);
        Sheets = Guarded(() =>
        {
            using var reader = OpenReader();
            var sheets = new List<TableSheet>();
            do
                sheets.Add(new XlsSheet(this, sheets.Count, reader.Name ?? "", reader.VisibleState != "visible"));
            while (reader.NextResult() && sheets.Count < limits.Sheets);
            return sheets;
        });
    }

    public override string Name { get; }
    public override TableFormat Format => TableFormat.Xls;
    public override IReadOnlyList<TableSheet> Sheets { get; }
    internal ReadLimits Limits { get; }

    internal IExcelDataReader OpenReader() => ExcelReaderFactory.CreateBinaryReader(new SharedView(_content),
        new ExcelReaderConfiguration { FallbackEncoding = TextEncoding.Gb18030 });

    internal IExcelDataReader OpenReader(int sheet)
    {
        var reader = OpenReader();
        for (var i = 0; i < sheet; i++)
            reader.NextResult();
        return reader;
    }

    /// <summary>On hostile bytes another's parser throws what it happens to; all of it means that the file is damaged.</summary>
    internal static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (TableRefusal or InvalidPasswordException))
        {
            throw new DamagedTable(e.Message);
        }
    }

    protected override void Dispose(bool disposing) => _content.Dispose();
}

/// <summary>A sheet of an old workbook.</summary>
internal sealed class XlsSheet(XlsFile file, int index, string name, bool hidden) : TableSheet
{
    private Outcome<MergedRange[]>? _merged;

    public override string Name => name;
    public override bool Hidden => hidden;
    public override Outcome<MergedRange[]> MergedRanges => _merged ??= ReadMerged();
    public override RowReader Rows(MergeFill fill = MergeFill.None) => new XlsRows(file, index, this, fill);

    private Outcome<MergedRange[]> ReadMerged()
    {
        try
        {
            return XlsFile.Guarded(() =>
            {
                using var reader = file.OpenReader(index);
                return (reader.MergeCells ?? []).Select(m => new MergedRange(m.FromRow + 1, m.ToRow + 1, m.FromColumn, m.ToColumn))
                    .OrderBy(m => m.Top).ThenBy(m => m.Left).ToArray();
            });
        }
        catch (Exception e) when (BadInput.Covers(e))
        {
            return BadInput.Explain(e, file.Name);
        }
    }
}

/// <summary>The rows of a sheet of an old workbook; an error value such as #N/A is an empty cell there.</summary>
internal sealed class XlsRows(XlsFile file, int index, XlsSheet sheet, MergeFill fill)
    : RowReader(file.Name, file.Limits, sheet, fill)
{
    private readonly CharBuffer _text = new(file.Limits.CellLength);
    private IExcelDataReader? _reader;
    private int _row;

    private protected override bool Advance(TableRow row) => XlsFile.Guarded(() =>
    {
        _reader ??= file.OpenReader(index);
        if (!_reader.Read())
            return false;
        row.Start(++_row, _reader.RowHeight == 0);
        // The format ends at column IV; a width past it is a damaged header, and going along it would take for ever.
        var width = Math.Min(_reader.FieldCount, 256);
        for (var column = 0; column < width; column++)
            Put(row, column, Value(_reader, column));
        return true;
    });

    private Cell Value(IExcelDataReader reader, int column)
    {
        var values = new ValueCells(_text);
        _text.Clear();
        switch (reader.GetValue(column))
        {
            case string text:
                _text.Append(text);
                return values.Text();
            case bool yes:
                return new(CellKind.Bool, yes ? "TRUE" : "FALSE");
            case DateTime { Year: >= 1900 } instant when instant.Date > new DateTime(1900, 1, 1):
                var time = TimeOnly.FromDateTime(instant);
                var day = DateOnly.FromDateTime(instant);
                return values.Day(day, time == TimeOnly.MinValue ? null : time, SheetDate.ToSerial(day));
            case DateTime clock:
                _text.Append(clock.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
                return values.Text();
            case TimeSpan span:
                _text.Append(span.ToString("c", CultureInfo.InvariantCulture));
                return values.Text();
            case IFormattable number:
                // 15 significant digits are what the sheet holds; the rest of a double is noise.
                var form = number is double ? "G15" : null;
                _text.Append(number.ToString(form, CultureInfo.InvariantCulture));
                return values.Number(SheetDate.IsDateFormat(reader.GetNumberFormatIndex(column)));
            default:
                return default;
        }
    }

    private protected override void Close() => _reader?.Dispose();
}
