using Shouwang.Modules.Field.Receiving;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Work that can wait makes way while many phones hand in, and only then.</summary>
public sealed class RushTests
{
    private readonly Hands _clock = new();

    [Fact]
    public void It_begins_with_so_many_in_half_a_second_and_ends_when_they_stop()
    {
        var rush = new Rush(_clock);
        Assert.False(rush.IsOn);
        rush.Count(Rush.Pace / 2 - 1);
        Assert.False(rush.IsOn);
        rush.Count(1);
        Assert.True(rush.IsOn);
        _clock.Wait(0.5);
        Assert.True(rush.IsOn);
        _clock.Wait(0.5);
        Assert.False(rush.IsOn);
    }

    [Fact]
    public void A_steady_pace_below_it_is_none_however_long_and_a_pause_is_forgotten()
    {
        var rush = new Rush(_clock);
        for (var i = 0; i < 50; i++)
        {
            rush.Count(Rush.Pace / 2 - 10);
            Assert.False(rush.IsOn);
            _clock.Wait(0.5);
        }
        rush.Count(Rush.Pace);
        _clock.Wait(60);
        Assert.False(rush.IsOn);
    }

    private sealed class Hands : TimeProvider
    {
        private long _ticks = TimeSpan.FromHours(1).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Wait(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
