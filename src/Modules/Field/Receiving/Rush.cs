namespace Shouwang.Modules.Field.Receiving;

/// <summary>Lets receipts come before what can wait: people stand there until their phone has its receipt.</summary>
/// <remarks>
/// What is applied slows down the phones that hand in meanwhile, so how quickly they would like to shows only while nothing is applied. Before each
/// batch, if anything comes in at all, one moment is left to them; while they fill it, another.
/// </remarks>
internal sealed class Rush(TimeProvider clock)
{
    /// <summary>Submissions a second from which on it is one.</summary>
    public const int Pace = 600;

    /// <summary>How long one may hold up what has to be applied; after that only its end lets another.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    // A disk that takes its time for once is not the end of a rush.
    private const int Lull = 4;

    // A trickle does not ask for a moment.
    private const int Trickle = 100;

    private long _came, _seen, _at = clock.GetTimestamp();
    private TimeSpan _held;

    /// <summary>Takes note of submissions that came.</summary>
    public void Count(int submissions) => Interlocked.Add(ref _came, submissions);

    /// <summary>Returns when there is no rush, or no more patience. For one caller at a time.</summary>
    public async Task MakeWay(CancellationToken cancel)
    {
        if (ASecond() < Trickle)
        {
            _held = TimeSpan.Zero;
            return;
        }
        var (quiet, enough) = (0, 1);
        do
        {
            await Task.Delay(Moment, clock, cancel);
            _held += Moment;
            if (ASecond() < Pace)
                quiet++;
            else
                (quiet, enough) = (0, Lull);
        }
        while (quiet < enough && _held < Patience);
        if (quiet == enough)
            _held = TimeSpan.Zero;
    }

    // Since it was asked last.
    private double ASecond()
    {
        var (came, now) = (Interlocked.Read(ref _came), clock.GetTimestamp());
        var rate = (came - _seen) / Math.Max(clock.GetElapsedTime(_at, now).TotalSeconds, 0.001);
        (_seen, _at) = (came, now);
        return rate;
    }
}
