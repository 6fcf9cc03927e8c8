using System.Buffers.Text;
using System.Globalization;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>An OpenDocument spreadsheet (.ods). All sheets stand in one part, one behind the other.</summary>
internal sealed class OdsFile : TableFile
{
    private readonly BoundedZip _zip;

    public OdsFile(BoundedZip zip, string name, ReadLimits limits)
    {
        (_zip, Name, Limits) = (zip, name, limits);
        var hidden = new HashSet<string>();
        var sheets = new List<TableSheet>();
        string? style = null;
        using var xml = OpenContent();
        while (xml.Read())
        {
            if (xml.IsStart("style"u8))
                style = xml.Attribute("name"u8);
            else if (xml.IsStart("table-properties"u8) && xml.Attribute("display"u8) == "false" && style is not null)
                hidden.Add(style);
            else if (IsSheet(xml))
                sheets.Add(new OdsSheet(this, sheets.Count, xml.Attribute("name"u8) ?? "",
                    hidden.Contains(xml.Attribute("style-name"u8) ?? "")));
            if (sheets.Count > limits.Sheets)
                throw new DamagedTable("too many sheets");
        }
        if (sheets.Count == 0)
            throw new TableRefusal(FileProblems.NoSheet(name));
        Sheets = sheets;
    }

    public override string Name { get; }
    public override TableFormat Format => TableFormat.Ods;
    public override IReadOnlyList<TableSheet> Sheets { get; }
    internal ReadLimits Limits { get; }

    internal XmlScanner OpenContent() => new(_zip.Open("content.xml") ?? throw new DamagedTable("no content"));

    /// <summary>A sheet of the workbook, not a table inside a cell or behind a link.</summary>
    internal static bool IsSheet(XmlScanner xml) => xml.IsStart("table"u8) && xml.Depth == (xml.IsEmpty ? 3 : 4);

    protected override void Dispose(bool disposing) => _zip.Dispose();
}

/// <summary>A sheet of an OpenDocument spreadsheet.</summary>
internal sealed class OdsSheet(OdsFile file, int index, string name, bool hidden) : TableSheet
{
    private Outcome<MergedRange[]>? _merged;

    public override string Name => name;
    public override bool Hidden => hidden;
    public override Outcome<MergedRange[]> MergedRanges => _merged ??= ReadMerged();
    public override RowReader Rows(MergeFill fill = MergeFill.None) => new OdsRows(file, index, this, fill);

    private Outcome<MergedRange[]> ReadMerged()
    {
        using var rows = new OdsRows(file, index, this, MergeFill.None);
        while (rows.Read())
        {
        }
        if (rows.Problem is { } problem)
            return problem;
        return rows.Spans.Count <= file.Limits.MergedRanges
            ? rows.Spans.ToArray()
            : FileProblems.TooManyMerges(file.Name);
    }
}

/// <summary>The rows of a sheet of an OpenDocument spreadsheet; repeated rows and cells are given as often as they count.</summary>
internal sealed class OdsRows : RowReader
{
    private readonly OdsFile _file;
    private readonly int _index;
    private readonly CharBuffer _text;
    private readonly ValueCells _values;
    private XmlScanner? _opened;
    private int _row;
    private int _again;
    private bool _repeatedHidden;
    private Cell[] _repeated = [];

    public OdsRows(OdsFile file, int index, OdsSheet sheet, MergeFill fill) : base(file.Name, file.Limits, sheet, fill)
    {
        (_file, _index) = (file, index);
        _text = new CharBuffer(file.Limits.CellLength);
        _values = new ValueCells(_text);
    }

    /// <summary>The merged blocks met so far, from top to bottom.</summary>
    public List<MergedRange> Spans { get; } = [];

    private protected override bool Advance(TableRow row)
    {
        if (_again > 0)
        {
            _again--;
            row.Start(++_row, _repeatedHidden);
            for (var column = 0; column < _repeated.Length; column++)
                row.Set(column, _repeated[column]);
            return true;
        }
        var xml = _opened ??= FindSheet();
        while (xml.Depth > 3 && xml.Read())
        {
            if (xml.IsStart("table-row"u8))
            {
                ReadRow(xml, row);
                return true;
            }
            if (xml.IsStart("shapes"u8) || xml.IsStart("forms"u8) || xml.IsStart("table-source"u8))
                xml.Skip();
        }
        return false;
    }

    private XmlScanner FindSheet()
    {
        var xml = _file.OpenContent();
        var sheet = -1;
        while (xml.Read())
        {
            if (OdsFile.IsSheet(xml) && ++sheet == _index)
                break;
        }
        return xml;
    }

    private void ReadRow(XmlScanner xml, TableRow row)
    {
        var (times, hidden) = (1, false);
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("number-rows-repeated"u8))
                times = Number(attributes.Value);
            else if (attributes.Name.SequenceEqual("visibility"u8))
                hidden = !attributes.Value.SequenceEqual("visible"u8);
        }
        row.Start(Math.Min(_row, int.MaxValue - 1) + 1, hidden);
        var column = 0L;
        var outside = xml.IsEmpty ? xml.Depth : xml.Depth - 1;
        while (xml.Depth > outside && xml.Read())
        {
            if (xml.IsStart("table-cell"u8))
                ReadCell(xml, row, ref column);
            else if (xml.IsStart("covered-table-cell"u8))
                ReadCovered(xml, ref column);
        }
        _row = row.Number;
        if (row.Count == 0)
        {
            _row = (int)Math.Min((long)_row + times - 1, int.MaxValue - 1);
            return;
        }
        _again = times - 1;
        if (_again > 0)
            (_repeated, _repeatedHidden) = (row.Cells.ToArray(), hidden);
    }

    private static void ReadCovered(XmlScanner xml, ref long column)
    {
        var times = 1;
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("number-columns-repeated"u8))
                times = Number(attributes.Value);
        }
        column += times;
        xml.Skip();
    }

    private void ReadCell(XmlScanner xml, TableRow row, ref long column)
    {
        int times = 1, across = 1, down = 1;
        var (stored, isDate, isBool, isNumber, isError) = (false, false, false, false, false);
        _text.Clear();
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            var name = attributes.Name;
            var value = attributes.Value;
            if (name.SequenceEqual("number-columns-repeated"u8))
                times = Number(value);
            else if (name.SequenceEqual("number-columns-spanned"u8))
                across = Number(value);
            else if (name.SequenceEqual("number-rows-spanned"u8))
                down = Number(value);
            else if (name.SequenceEqual("value"u8))
                stored = isNumber = true;
            else if (name.SequenceEqual("date-value"u8))
                stored = isDate = true;
            else if (name.SequenceEqual("boolean-value"u8))
                stored = isBool = true;
            else if (name.SequenceEqual("string-value"u8))
                stored = true;
            else if (name.SequenceEqual("value-type"u8))
                isError |= value.SequenceEqual("error"u8);
            if (stored && _text.Text.IsEmpty)
                _text.Append(value, false);
        }
        if (stored && !isError)
        {
            xml.Skip();
        }
        else
        {
            _text.Clear();
            ReadContent(xml);
        }
        if (_text.IsTooLong)
            throw new TableRefusal(FileProblems.CellTooLong(_file.Name, "", row.Number, (int)Math.Min(column, 99_999), Limits.CellLength));
        var cell = isError ? new(CellKind.Error, _text.ToString())
            : isDate ? _values.IsoDate()
            : isBool ? new(CellKind.Bool, _text.Text is "true" ? "TRUE" : "FALSE")
            : isNumber ? _values.Number(false)
            : _values.Text();
        if (across > 1 || down > 1)
            AddSpan(row.Number, (int)Math.Min(column, Limits.Columns), across, down);
        if (!cell.IsEmpty)
        {
            for (var i = 0; i < times; i++)
                Put(row, (int)Math.Min(column + i, Limits.Columns), cell);
        }
        column += times;
    }

    private void AddSpan(int row, int column, int across, int down)
    {
        if (Spans.Count <= Limits.MergedRanges)
            Spans.Add(new(row, (int)Math.Min((long)row + down - 1, int.MaxValue), column, (int)Math.Min((long)column + across - 1, 16_383)));
    }

    /// <summary>The paragraphs of a cell; not notes, pictures or how a name is pronounced.</summary>
    private void ReadContent(XmlScanner xml)
    {
        if (xml.IsEmpty)
            return;
        var outside = xml.Depth - 1;
        var paragraphs = 0;
        while (xml.Depth > outside && xml.Read())
        {
            if (xml.Kind == XmlToken.Text && xml.Depth > outside + 1)
            {
                _text.Append(xml.Text, xml.IsCData);
            }
            else if (xml.Kind == XmlToken.Start)
            {
                var inCell = xml.Depth == outside + (xml.IsEmpty ? 1 : 2);
                if (xml.IsStart("p"u8) && inCell)
                    _text.Append('\n', paragraphs++ > 0 ? 1 : 0);
                else if (xml.IsStart("s"u8))
                    _text.Append(' ', Math.Min(int.TryParse(xml.Attribute("c"u8), NumberStyles.None,
                        CultureInfo.InvariantCulture, out var blanks) ? blanks : 1, Limits.CellLength));
                else if (xml.IsStart("tab"u8))
                    _text.Append('\t');
                else if (xml.IsStart("line-break"u8))
                    _text.Append('\n');
                else if (inCell || !(xml.IsStart("span"u8) || xml.IsStart("a"u8) || xml.IsStart("ruby"u8) || xml.IsStart("ruby-base"u8)))
                    xml.Skip();
            }
        }
    }

    private static int Number(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out int number, out var used) && used == value.Length && number > 0 ? number : 1;

    private protected override void Close() => _opened?.Dispose();
}
