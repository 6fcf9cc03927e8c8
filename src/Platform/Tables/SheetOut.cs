using System.Globalization;
using Shouwang.Kernel.Tables;

namespace Shouwang.Platform.Tables;

/// <summary>Writes the cells of one worksheet part, row by row; texts as inline strings, so nothing is kept in memory.</summary>
internal sealed class SheetOut(XmlOut xml)
{
    private int _row;

    public void StartRow(int number, bool hidden = false)
    {
        _row = number;
        xml.Raw("<row r=\""u8).Number(number).Raw(hidden ? "\" hidden=\"1\">"u8 : "\">"u8);
    }

    public void EndRow() => xml.Raw("</row>"u8);

    public void Blank(int column, int style) => Start(column, style).Raw("/>"u8);

    /// <summary>
    /// A text, which no spreadsheet takes for a formula: the cell is typed as text. One that begins like a formula also
    /// carries the quote prefix, so that it stays a text when somebody edits and leaves the cell.
    /// </summary>
    public void Text(int column, string text, CellLook look = CellLook.Text, NoteSeverity? mark = null)
    {
        if (look == CellLook.Text && BeginsLikeFormula(text))
            look = CellLook.QuotedText;
        Start(column, SheetStyles.Of(look, mark)).Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        // What looks like an escape of the format would be read as one.
        if (text.Contains("_x", StringComparison.Ordinal))
            text = text.Replace("_x", "_x005F_x", StringComparison.Ordinal);
        xml.Text(text).Raw("</t></is></c>"u8);
    }

    public void Number(int column, decimal value, CellLook look, NoteSeverity? mark = null)
    {
        Span<char> digits = stackalloc char[64];
        value.TryFormat(digits, out var length, "0.############################", CultureInfo.InvariantCulture);
        Start(column, SheetStyles.Of(look, mark)).Raw("><v>"u8).Raw(digits[..length]).Raw("</v></c>"u8);
    }

    /// <summary>A day; one before 1900, which no serial can say, as a text.</summary>
    public void Date(int column, DateOnly day, TimeOnly? time = null, NoteSeverity? mark = null)
    {
        var serial = SheetDate.ToSerial(day) + (time is { } clock ? clock.Ticks / (decimal)TimeSpan.TicksPerDay : 0m);
        if (day.Year < 1900)
            Text(column, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellLook.Text, mark);
        else
            Number(column, serial, time is null ? CellLook.Date : CellLook.Instant, mark);
    }

    /// <summary>A cell of another file as it was read there.</summary>
    public void Same(int column, in Cell cell, NoteSeverity? mark)
    {
        switch (cell.Kind)
        {
            case CellKind.Empty:
                Blank(column, SheetStyles.Of(CellLook.General, mark));
                break;
            case CellKind.Number when cell.Number is { } number:
                Number(column, number, CellLook.General, mark);
                break;
            case CellKind.Date when cell.Date is { } day:
                Date(column, day, TimeOnly.TryParse(cell.Text.AsSpan(10), CultureInfo.InvariantCulture, out var time) ? time : null, mark);
                break;
            case CellKind.Bool:
                Start(column, SheetStyles.Of(CellLook.General, mark)).Raw(" t=\"b\"><v>"u8)
                    .Raw(cell.Text == "TRUE" ? "1"u8 : "0"u8).Raw("</v></c>"u8);
                break;
            case CellKind.Error:
                Start(column, SheetStyles.Of(CellLook.General, mark)).Raw(" t=\"e\"><v>"u8).Text(cell.Text).Raw("</v></c>"u8);
                break;
            case CellKind.Text or CellKind.Number or CellKind.Date:
                Text(column, cell.Text, CellLook.Text, mark);
                break;
        }
    }

    public static bool BeginsLikeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠', ..];

    private XmlOut Start(int column, int style)
    {
        xml.Raw("<c r=\""u8).Raw(ColumnName.Of(column)).Number(_row).Raw("\""u8);
        return style == 0 ? xml : xml.Raw(" s=\""u8).Number(style).Raw("\""u8);
    }
}
