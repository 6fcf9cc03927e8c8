namespace Shouwang.Modules.Field.Receiving;

/// <summary>Whether so much comes in at the moment that what can wait should: people stand there until their phone has its receipt.</summary>
internal sealed class Rush(TimeProvider clock)
{
    /// <summary>Submissions a second from which on it is one.</summary>
    public const int Pace = 600;

    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(500);

    private readonly Lock _turn = new();
    private long _span;
    private int _now, _before;

    /// <summary>Takes note of submissions that came.</summary>
    public void Count(int submissions)
    {
        lock (_turn)
        {
            Move();
            _now += submissions;
        }
    }

    /// <summary>It was one in this half second or in the one before.</summary>
    public bool IsOn
    {
        get
        {
            lock (_turn)
            {
                Move();
                return Math.Max(_now, _before) >= Pace * Span.TotalSeconds;
            }
        }
    }

    private void Move()
    {
        var span = clock.GetTimestamp() / (long)(clock.TimestampFrequency * Span.TotalSeconds);
        if (span != _span)
            (_before, _now, _span) = (span == _span + 1 ? _now : 0, 0, span);
    }
}
