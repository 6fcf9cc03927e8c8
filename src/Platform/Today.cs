namespace Shouwang.Platform;

/// <summary>The day for rules and clocks. Usually today in China; <c>--as-of</c> sets another.</summary>
/// <param name="clock">The instant of events always comes from here, whatever the day is.</param>
/// <param name="fixedDay">The day asked for, or null for the calendar's.</param>
public sealed class Today(TimeProvider clock, DateOnly? fixedDay = null)
{
    // China has one time zone without summer time.
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public DateOnly Day => fixedDay ?? DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(China).DateTime);

    /// <summary>True when somebody set the day; screens then say so.</summary>
    public bool IsSet => fixedDay is not null;

    public TimeProvider Clock => clock;

    /// <summary>The instant at which a day begins in China.</summary>
    public static DateTimeOffset Begin(DateOnly day) => new(day, TimeOnly.MinValue, China);

    /// <summary>An instant as China's wall clocks show it.</summary>
    public static DateTime Local(DateTimeOffset at) => at.ToOffset(China).DateTime;
}
