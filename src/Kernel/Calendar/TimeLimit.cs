namespace Shouwang.Kernel.Calendar;

/// <summary>What a time limit counts.</summary>
public enum TimeUnit
{
    /// <summary>工作日: days on which offices are open, see <see cref="WorkCalendar"/>.</summary>
    WorkingDays,

    /// <summary>Every day of the calendar 自然日.</summary>
    CalendarDays,

    /// <summary>Months of the calendar; the day of the month is kept, or the month's last day stands in.</summary>
    Months,
}

/// <summary>A length of time that a policy sets, such as 15 working days.</summary>
/// <param name="Amount">Not negative.</param>
public readonly record struct TimeLimit(int Amount, TimeUnit Unit)
{
    /// <summary>As people write it: <c>15 个工作日</c>, <c>1 month</c>.</summary>
    public Text Title => Unit switch
    {
        TimeUnit.WorkingDays => new($"{Amount} 个工作日", Amount == 1 ? "1 working day" : $"{Amount} working days"),
        TimeUnit.CalendarDays => new($"{Amount} 天", Amount == 1 ? "1 day" : $"{Amount} days"),
        TimeUnit.Months => new($"{Amount} 个月", Amount == 1 ? "1 month" : $"{Amount} months"),
    };
}
