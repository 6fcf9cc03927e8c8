using System.Collections.Frozen;

namespace Shouwang.Kernel.Calendar;

/// <summary>
/// Which days offices work: Monday to Friday, except public holidays, and with the weekend days that are worked in
/// exchange 调休. The State Council publishes both once a year.
/// </summary>
/// <remarks>
/// Days are counted like this: the day on which something happens is day 0; the first working day after it is day 1.
/// A year for which no notice is known has its weekends only; <see cref="IsComplete"/> tells, so that a date worked out
/// over such a year can be shown as provisional.
/// </remarks>
public sealed class WorkCalendar
{
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly FrozenSet<DateOnly> _workedWeekends;
    private readonly FrozenSet<int> _years;

    /// <param name="years">The years whose notice is known in full.</param>
    /// <param name="holidays">Days off; those that fall on a weekend may be given or left out.</param>
    /// <param name="workedWeekends">Saturdays and Sundays worked in exchange.</param>
    /// <exception cref="ArgumentException">A day is both off and worked.</exception>
    public WorkCalendar(IEnumerable<int> years, IEnumerable<DateOnly> holidays, IEnumerable<DateOnly> workedWeekends)
    {
        (_years, _holidays, _workedWeekends) = (years.ToFrozenSet(), holidays.ToFrozenSet(), workedWeekends.ToFrozenSet());
        if (_holidays.Overlaps(_workedWeekends))
            throw new ArgumentException("A day cannot be both a holiday and a working day.", nameof(workedWeekends));
    }

    /// <summary>Weekends only.</summary>
    public static WorkCalendar WeekendsOnly { get; } = new([], [], []);

    /// <summary>The years whose notice is known.</summary>
    public IReadOnlyCollection<int> Years => _years;

    /// <summary>The days off that a notice names.</summary>
    public IReadOnlyCollection<DateOnly> Holidays => _holidays;

    /// <summary>The weekend days worked in exchange.</summary>
    public IReadOnlyCollection<DateOnly> WorkedWeekends => _workedWeekends;

    /// <summary>Whether the notices of every year from the one date to the other are known.</summary>
    public bool IsComplete(DateOnly from, DateOnly to)
    {
        for (var year = from.Year; year <= to.Year; year++)
            if (!_years.Contains(year))
                return false;
        return true;
    }

    public bool IsWorkday(DateOnly day) =>
        _workedWeekends.Contains(day)
        || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_holidays.Contains(day));

    /// <summary>The working day that many working days after (before, if negative) the date; 0 gives the date itself.</summary>
    public DateOnly AddWorkdays(DateOnly date, int workdays)
    {
        var step = Math.Sign(workdays);
        for (var left = Math.Abs(workdays); left > 0;)
        {
            date = date.AddDays(step);
            if (IsWorkday(date))
                left--;
        }
        return date;
    }

    /// <summary>The working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when it lies before.</summary>
    public int WorkdaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
            return -WorkdaysBetween(to, from);
        var days = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            if (IsWorkday(day))
                days++;
        return days;
    }

    /// <summary>The last day on which a step that began on <paramref name="start"/> is in time.</summary>
    public DateOnly Due(DateOnly start, TimeLimit limit) => limit.Unit switch
    {
        TimeUnit.WorkingDays => AddWorkdays(start, limit.Amount),
        TimeUnit.CalendarDays => start.AddDays(limit.Amount),
        TimeUnit.Months => start.AddMonths(limit.Amount),
    };

    /// <summary>How much of the limit's own unit is left on <paramref name="today"/>: 0 on the last day, negative once overdue.</summary>
    /// <remarks>Months are counted down in days.</remarks>
    public int Left(DateOnly start, TimeLimit limit, DateOnly today) => limit.Unit switch
    {
        TimeUnit.WorkingDays => WorkdaysLeft(today, Due(start, limit)),
        TimeUnit.CalendarDays or TimeUnit.Months => Due(start, limit).DayNumber - today.DayNumber,
    };

    // A deadline passed on a Friday is overdue on the Saturday, though no working day lies between.
    private int WorkdaysLeft(DateOnly today, DateOnly due) =>
        today <= due ? WorkdaysBetween(today, due) : Math.Min(-1, WorkdaysBetween(today, due));
}
