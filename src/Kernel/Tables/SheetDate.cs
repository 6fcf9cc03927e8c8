namespace Shouwang.Kernel.Tables;

/// <summary>Dates in spreadsheets: day serials, and which number formats show a day.</summary>
public static class SheetDate
{
    /// <summary>The day of a serial: day 1 is 1900-01-01, and day 60 the 29th of February 1900 that never was.</summary>
    /// <param name="serial">Days; the fraction is the time of day and is left out.</param>
    /// <param name="from1904">The old Macintosh count, where day 0 is 1904-01-01.</param>
    /// <returns>Null before the first day of the count and after the year 9999.</returns>
    public static DateOnly? FromSerial(decimal serial, bool from1904 = false)
    {
        if (serial is < 0 or >= 2_958_466)
            return null;
        var days = (int)serial;
        if (from1904)
            return days <= 2_957_003 ? new DateOnly(1904, 1, 1).AddDays(days) : null;
        return days switch
        {
            0 or 60 => null,
            < 60 => new DateOnly(1899, 12, 31).AddDays(days),
            _ => new DateOnly(1899, 12, 30).AddDays(days),
        };
    }

    /// <summary>The serial of a day in the 1900 count, as files are written with.</summary>
    public static int ToSerial(DateOnly day)
    {
        var days = day.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        return days <= 60 ? days - 1 : days;
    }

    /// <summary>The time of day in a serial's fraction, to the second; null when the fraction is nothing.</summary>
    public static TimeOnly? TimeOf(decimal serial)
    {
        var seconds = (long)decimal.Round((serial - decimal.Floor(serial)) * 86_400m, 0, MidpointRounding.AwayFromZero);
        return seconds is 0 or 86_400 ? null : new TimeOnly(seconds * TimeSpan.TicksPerSecond);
    }

    /// <summary>
    /// Whether a built-in format shows a day, by its number in ECMA-376 §18.8.30 as Chinese versions use them:
    /// 27–31, 36, 50–54, 57 and 58 are dates there, 32–35, 55 and 56 times of day.
    /// </summary>
    public static bool IsDateFormat(int builtIn) =>
        builtIn is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    /// <summary>
    /// Whether a format code shows a day: it asks for a year, a day, a weekday or a month, as in
    /// <c>yyyy"年"m"月"d"日"</c> or <c>[$-804]e/m/d</c>. A time of day alone is not a date.
    /// </summary>
    public static bool IsDateFormat(ReadOnlySpan<char> code)
    {
        if (code.StartsWith("General", StringComparison.OrdinalIgnoreCase))
            return false;
        bool month = false, clock = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = Past(code, i, '"');
                    break;
                case '[':
                    // [h], [mm] and [ss] count elapsed time; everything else in brackets is colour, locale or condition.
                    if (i + 1 < code.Length && code[i + 1] is 'h' or 'H' or 'm' or 'M' or 's' or 'S')
                        clock = true;
                    i = Past(code, i, ']');
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case ';':
                    return month && !clock;
                case 'y' or 'Y' or 'd' or 'D':
                    return true;
                case 'e' or 'E' when i + 1 >= code.Length || code[i + 1] is not ('+' or '-'):
                    return true;
                case 'a' or 'A':
                    if (code[i..].StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase))
                        (clock, i) = (true, i + 4);
                    else if (code[i..].StartsWith("A/P", StringComparison.OrdinalIgnoreCase))
                        (clock, i) = (true, i + 2);
                    else if (code[i..].StartsWith("aaa", StringComparison.OrdinalIgnoreCase))
                        return true;
                    break;
                case 'm' or 'M':
                    month = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    clock = true;
                    break;
            }
        }
        return month && !clock;
    }

    private static int Past(ReadOnlySpan<char> code, int from, char end)
    {
        var length = code[(from + 1)..].IndexOf(end);
        return length < 0 ? code.Length : from + 1 + length;
    }
}
