namespace Shouwang.Server.Demo.Play;

/// <summary>The clock of the weeks that are played: it stands still until something is done, and keeps office hours.</summary>
internal sealed class PlayClock : TimeProvider
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8), Opening = new(8, 30, 0), Closing = new(17, 40, 0);

    private DateTimeOffset _now;

    public override DateTimeOffset GetUtcNow() => _now.ToUniversalTime();

    /// <summary>The day in China.</summary>
    public DateOnly Day => DateOnly.FromDateTime(_now.DateTime);

    /// <summary>The next working day begins.</summary>
    public void Open(DateOnly day) => _now = new(day.ToDateTime(TimeOnly.FromTimeSpan(Opening)), China);

    /// <summary>The day's work is over; days off may have gone by.</summary>
    public void Close(DateOnly day) => _now = new(day.ToDateTime(TimeOnly.FromTimeSpan(Closing)), China);

    /// <summary>Some minutes go by; fewer, the later it is, so that any number of things fits into a day.</summary>
    public void Pass() => _now += TimeSpan.FromSeconds(Math.Max(1, (int)(Closing - _now.TimeOfDay).TotalSeconds / 70));
}
