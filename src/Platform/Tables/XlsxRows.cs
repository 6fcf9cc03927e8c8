using System.Buffers.Text;
using System.Globalization;

namespace Shouwang.Platform.Tables;

/// <summary>The rows of a worksheet, streamed from its part.</summary>
internal sealed class XlsxRows : RowReader
{
    private enum CellType { Number, Shared, Text, Bool, Error, IsoDate }

    private readonly XlsxFile _file;
    private readonly XlsxSheet _source;
    private readonly CharBuffer _text;
    private readonly ValueCells _values;
    private XmlScanner? _opened;
    private int _row;

    public XlsxRows(XlsxFile file, XlsxSheet sheet, MergeFill fill) : base(file.Name, file.Limits, sheet, fill)
    {
        (_file, _source) = (file, sheet);
        _text = new CharBuffer(file.Limits.CellLength);
        _values = new ValueCells(_text, file.From1904);
    }

    private XmlScanner Xml => _opened ??= new XmlScanner(_source.Open());

    private protected override bool Advance(TableRow row)
    {
        var xml = Xml;
        while (xml.Read())
        {
            if (xml.IsStart("row"u8))
            {
                ReadRow(xml, row);
                return true;
            }
            if (xml.IsEnd("sheetData"u8))
                return false;
        }
        return false;
    }

    private void ReadRow(XmlScanner xml, TableRow row)
    {
        var hidden = false;
        _row++;
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("r"u8) && Utf8Parser.TryParse(attributes.Value, out int number, out _) && number > 0)
                _row = number;
            else if (attributes.Name.SequenceEqual("hidden"u8))
                hidden = attributes.Value is [(byte)'1'] || attributes.Value.SequenceEqual("true"u8);
        }
        row.Start(_row, hidden);
        if (xml.IsEmpty)
            return;
        var column = -1;
        while (xml.Read())
        {
            if (xml.IsStart("c"u8))
                ReadCell(xml, row, ref column);
            else if (xml.IsEnd("row"u8))
                return;
        }
    }

    private void ReadCell(XmlScanner xml, TableRow row, ref int column)
    {
        column++;
        var style = 0;
        var type = CellType.Number;
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            if (attributes.Name.Length != 1)
                continue;
            switch (attributes.Name[0])
            {
                case (byte)'r' when MergeScan.TryCell(attributes.Value, out _, out var at):
                    column = at;
                    break;
                case (byte)'s' when Utf8Parser.TryParse(attributes.Value, out int number, out _):
                    style = number;
                    break;
                case (byte)'t':
                    type = TypeOf(attributes.Value);
                    break;
            }
        }
        if (xml.IsEmpty)
            return;
        ReadContent(xml);
        if (_text.IsTooLong)
            throw new TableRefusal(FileProblems.CellTooLong(_file.Name, _source.Name, row.Number, column, Limits.CellLength));
        if (_text.Text.Length > 0)
            Put(row, column, Value(type, style));
    }

    /// <summary>Gathers v, or the runs of is; not the formula, and not how a name is pronounced.</summary>
    private void ReadContent(XmlScanner xml)
    {
        _text.Clear();
        var inText = false;
        while (xml.Read())
        {
            if (xml.Kind == XmlToken.Text)
            {
                if (inText)
                    _text.Append(xml.Text, xml.IsCData);
            }
            else if (xml.Kind == XmlToken.Start)
            {
                if (xml.Name is [(byte)'v'] or [(byte)'t'])
                    inText = !xml.IsEmpty;
                else if (xml.Name.SequenceEqual("f"u8) || xml.Name.SequenceEqual("rPh"u8) || xml.Name.SequenceEqual("extLst"u8))
                    xml.Skip();
            }
            else if (xml.Kind == XmlToken.End)
            {
                if (xml.Name is [(byte)'c'])
                    return;
                inText = false;
            }
        }
    }

    private static CellType TypeOf(ReadOnlySpan<byte> type) => type switch
    {
        [(byte)'s'] => CellType.Shared,
        [(byte)'i', ..] or [(byte)'s', ..] => CellType.Text,
        [(byte)'b'] => CellType.Bool,
        [(byte)'e'] => CellType.Error,
        [(byte)'d'] => CellType.IsoDate,
        _ => CellType.Number,
    };

    private Cell Value(CellType type, int style)
    {
        switch (type)
        {
            case CellType.Shared:
                if (!int.TryParse(_text.Text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture, out var index))
                    throw new DamagedTable("no shared string number");
                _text.Clear();
                _text.Append(_file.Strings[index]);
                return _values.Text();
            case CellType.Text:
                _text.Unescape();
                return _values.Text();
            case CellType.Bool:
                return new(CellKind.Bool, _text.Text.Trim() is "1" or "true" ? "TRUE" : "FALSE");
            case CellType.Error:
                return new(CellKind.Error, _text.ToString());
            case CellType.IsoDate:
                return _values.IsoDate();
            case CellType.Number:
                var styles = _file.DateStyles;
                return _values.Number((uint)style < (uint)styles.Length && styles[style]);
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private protected override void Close() => _opened?.Dispose();
}
