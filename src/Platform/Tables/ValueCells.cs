using System.Globalization;
using Shouwang.Kernel.Tables;

namespace Shouwang.Platform.Tables;

/// <summary>Turns the characters of a stored value into a cell.</summary>
internal sealed class ValueCells(CharBuffer text, bool from1904 = false)
{
    private readonly char[] _print = new char[64];

    public Cell Text() => text.Text.IsEmpty ? default : new(CellKind.Text, text.ToString());

    /// <param name="isDate">The format shows a day; the number is then a serial, unless it is too large for one.</param>
    public Cell Number(bool isDate)
    {
        var written = text.Text.Trim();
        if (written.IsEmpty)
            return default;
        if (!SheetNumber.TryRead(written, out var number, out var canonical))
            return new(CellKind.Number, written.ToString());
        // Serials below 1 are times of day.
        if (isDate && (number >= 1 || from1904) && SheetDate.FromSerial(number, from1904) is { } day)
            return Day(day, SheetDate.TimeOf(number), number);
        if (canonical)
            return new(CellKind.Number, text.Share(written), number);
        number.TryFormat(_print, out var length, "0.############################", CultureInfo.InvariantCulture);
        return new(CellKind.Number, text.Share(_print.AsSpan(0, length)), number);
    }

    /// <summary>A day written as 2020-06-30, perhaps with a time behind a T.</summary>
    public Cell IsoDate()
    {
        var written = text.Text.Trim();
        if (DateTime.TryParse(written, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant))
        {
            var time = TimeOnly.FromDateTime(instant);
            return Day(DateOnly.FromDateTime(instant), time == TimeOnly.MinValue ? null : time, null);
        }
        return Text();
    }

    public Cell Day(DateOnly day, TimeOnly? time, decimal? serial)
    {
        day.TryFormat(_print, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (time is { } clock)
        {
            _print[length] = ' ';
            clock.TryFormat(_print.AsSpan(length + 1), out var more, "HH:mm:ss", CultureInfo.InvariantCulture);
            length += more + 1;
        }
        return new(CellKind.Date, text.Share(_print.AsSpan(0, length)), serial, day);
    }
}
