using Shouwang.Modules.Field.Receiving;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Work that can wait makes way while many phones hand in, and not for ever.</summary>
public sealed class RushTests
{
    private readonly Hands _clock = new();
    private readonly Rush _rush;

    public RushTests() => _rush = new(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trickle_holds_up_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            _rush.Count(40);
            _clock.Pass(TimeSpan.FromSeconds(0.5));
            Assert.Equal(0, await Moments());
        }
    }

    [Fact]
    public async Task A_steady_pace_below_it_is_given_one_moment_before_each_batch()
    {
        _clock.Comes = past => _rush.Count((int)(Rush.Pace * 0.9 * past.TotalSeconds));
        for (var i = 0; i < 20; i++)
        {
            _clock.Pass(TimeSpan.FromSeconds(0.3));
            Assert.Equal(1, await Moments());
        }
    }

    [Fact]
    public async Task Phones_that_are_only_slowed_down_by_what_is_applied_are_made_way_for_until_they_are_done()
    {
        // While something is applied they get in but 200 a second.
        _rush.Count(60);
        _clock.Pass(TimeSpan.FromSeconds(0.3));
        var left = 5_000;
        _clock.Comes = past =>
        {
            var now = Math.Min(left, (int)(1_000 * past.TotalSeconds));
            left -= now;
            _rush.Count(now);
        };
        Assert.InRange(await Moments(), 104, 106);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_disk_that_hesitates_does_not_end_a_rush()
    {
        var (left, moment) = (5_000, 0);
        _clock.Pass(TimeSpan.FromSeconds(0.3));
        _clock.Comes = past =>
        {
            var now = ++moment % 10 >= 8 ? 0 : Math.Min(left, (int)(1_000 * past.TotalSeconds));
            left -= now;
            _rush.Count(now);
        };
        _rush.Count(100);
        await Moments();
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_rush_without_end_is_made_way_for_as_long_as_patience_lasts_and_the_next_one_again()
    {
        _clock.Comes = past => _rush.Count((int)(1_000 * past.TotalSeconds));
        var patience = (int)(Rush.Patience / Rush.Moment);
        _clock.Pass(TimeSpan.FromSeconds(0.3));
        Assert.Equal(patience, await Moments());
        for (var i = 0; i < 10; i++)
        {
            _clock.Pass(TimeSpan.FromSeconds(0.3));
            Assert.Equal(1, await Moments());
        }

        _clock.Comes = _ => { };
        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(0, await Moments());
        _clock.Comes = past => _rush.Count((int)(1_000 * past.TotalSeconds));
        _clock.Pass(TimeSpan.FromSeconds(0.3));
        Assert.Equal(patience, await Moments());
    }

    private async Task<int> Moments()
    {
        var before = _clock.Waited;
        await _rush.MakeWay(Cancel);
        return _clock.Waited - before;
    }

    /// <summary>Time passes when somebody waits for it, or says so.</summary>
    private sealed class Hands : TimeProvider
    {
        private long _ticks = TimeSpan.FromHours(1).Ticks;

        public Action<TimeSpan> Comes { get; set; } = _ => { };

        public int Waited { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time)
        {
            _ticks += time.Ticks;
            Comes(time);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited++;
            Pass(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
