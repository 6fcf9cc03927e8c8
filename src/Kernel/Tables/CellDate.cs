using System.Globalization;

namespace Shouwang.Kernel.Tables;

/// <summary>
/// Dates as people and spreadsheets write them: <c>1956-03-02</c>, <c>1956.3.2</c>, <c>1956/3/2</c>, <c>1956年3月2日</c>,
/// <c>19560302</c>, the serial <c>20516</c>, each with a time of day behind it or not. A day that does not exist is refused.
/// </summary>
/// <remarks>The year comes first and has four digits, 1800 to 2199; <c>2/3/56</c> could be anything and is refused.</remarks>
public static class CellDate
{
    /// <summary>Reads a whole date.</summary>
    public static bool TryDate(string? text, out DateOnly date)
    {
        date = default;
        if (!TryPartial(text, out var partial) || partial.Full is not { } full)
            return false;
        date = full;
        return true;
    }

    /// <summary>Reads a year and month and nothing more: <c>201911</c>, <c>2019-11</c>, <c>2019年11月</c>, <c>2019.11</c>.</summary>
    public static bool TryYearMonth(string? text, out PartialDate month) => TryPartial(text, out month) && month.Day is null;

    /// <summary>Reads a date, or a year and month where the day is missing.</summary>
    public static bool TryPartial(string? text, out PartialDate date)
    {
        date = default;
        var rest = CellText.Clean(text).AsSpan();
        if (!TakeNumber(ref rest, out var first, out var length))
            return false;
        switch (length)
        {
            case 8 when IsTime(rest):
                return Valid(first / 10_000, first / 100 % 100, first % 100, out date);
            case 6 when rest.IsEmpty:
                return Valid(first / 100, first % 100, null, out date);
            case 5:
                return IsFraction(rest) && FromSerial(first, out date);
            case 4:
                return Parts(first, rest, out date);
            default:
                return false;
        }
    }

    private static bool Parts(int year, ReadOnlySpan<char> rest, out PartialDate date)
    {
        date = default;
        if (!TakeSeparator(ref rest, '年', out var separator) || !TakeNumber(ref rest, out var month, out var length) || length > 2)
            return false;
        if (separator == '年' ? rest is ['月'] or [] : rest.IsEmpty)
            return Valid(year, month, null, out date);
        if (!TakeSeparator(ref rest, '月', out var second) || (second != separator && (second, separator) != ('月', '年'))
            || !TakeNumber(ref rest, out var day, out length) || length > 2)
            return false;
        if (rest is ['日' or '号', ..])
            rest = rest[1..];
        return IsTime(rest) && Valid(year, month, day, out date);
    }

    private static bool FromSerial(int serial, out PartialDate date)
    {
        date = default;
        // Five digits: 1927-05-18 to 2099. Shorter numbers are more likely something else.
        if (serial is < 10_000 or > 73_050 || SheetDate.FromSerial(serial) is not { } day)
            return false;
        date = new(day.Year, day.Month, day.Day);
        return true;
    }

    private static bool Valid(int year, int month, int? day, out PartialDate date)
    {
        date = new(year, month, day);
        return year is >= 1800 and <= 2199 && month is >= 1 and <= 12
            && (day is null || (day >= 1 && day <= DateTime.DaysInMonth(year, month)));
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, out int number, out int length)
    {
        text = text.TrimStart(' ');
        length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        number = 0;
        if (length is 0 or > 8 || !int.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return false;
        text = text[length..].TrimStart(' ');
        return true;
    }

    private static bool TakeSeparator(ref ReadOnlySpan<char> text, char word, out char separator)
    {
        separator = text.IsEmpty ? '\0' : text[0];
        if (separator != word && separator is not ('-' or '/' or '.'))
            return false;
        text = text[1..];
        return true;
    }

    /// <summary>Nothing, or a time of day: <c>08:30</c>, <c>T08:30:00</c>, <c>0:00:00.000</c>.</summary>
    private static bool IsTime(ReadOnlySpan<char> rest)
    {
        if (rest is ['T', .. var clock])
            rest = clock;
        rest = rest.TrimStart(' ').TrimEnd('Z');
        return rest.IsEmpty || TimeOnly.TryParse(rest, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsFraction(ReadOnlySpan<char> rest) =>
        rest.IsEmpty || (rest[0] == '.' && rest.Length > 1 && !rest[1..].ContainsAnyExceptInRange('0', '9'));
}
