using Shouwang.Kernel.Calendar;

namespace Shouwang.Modules.Ledger.Weekly;

/// <summary>The weeks of the weekly report: from Monday to Sunday, filed by the last working day.</summary>
internal static class Rhythm
{
    /// <summary>The Monday of the week of a day.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static DateOnly EndOf(DateOnly week) => week.AddDays(6);

    /// <summary>The last working day of the week; Sunday in a week that is all holidays.</summary>
    public static DateOnly DueOf(DateOnly week, WorkCalendar calendar) =>
        Enumerable.Range(0, 7).Select(n => EndOf(week).AddDays(-n)).Where(calendar.IsWorkday).DefaultIfEmpty(EndOf(week)).First();
}
