using System.Globalization;

namespace Shouwang.Kernel.Tables;

/// <summary>A date of which the day may be missing, as in 1956年3月.</summary>
/// <param name="Day">1–31, or null when only year and month are known.</param>
public readonly record struct PartialDate(int Year, int Month, int? Day = null)
{
    /// <summary>The whole date; null without a day.</summary>
    public DateOnly? Full => Day is { } day ? new DateOnly(Year, Month, day) : null;

    /// <summary>The month as one number, such as 201911.</summary>
    public int YearMonth => Year * 100 + Month;

    /// <summary>Whether a date agrees with what is known of this one.</summary>
    public bool Covers(DateOnly date) => date.Year == Year && date.Month == Month && (Day is null || Day == date.Day);

    public override string ToString() => Day is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{day:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");
}
