using Shouwang.Platform;

namespace Shouwang.Tests.Platform;

/// <summary>Who waits for others waits for as many as last time, and not for ever.</summary>
public sealed class GatheringTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5), Short = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_the_last_of_those_who_are_waited_for()
    {
        var gathering = new Gathering();
        gathering.Came();
        var waiting = gathering.Wait(3, Long, Cancel);
        gathering.Came();
        Assert.False(waiting.IsCompleted);
        gathering.Came();
        await waiting;
        Assert.True(gathering.Wait(3, Long, Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Those_who_were_taken_along_are_not_counted_again()
    {
        var gathering = new Gathering();
        gathering.Came();
        gathering.Came();
        gathering.Left(2);
        var waiting = gathering.Wait(2, Long, Cancel);
        gathering.Came();
        Assert.False(waiting.IsCompleted);
        gathering.Came();
        await waiting;
    }

    [Fact]
    public async Task If_nobody_comes_it_ends_by_itself_and_the_next_wait_is_its_own()
    {
        var gathering = new Gathering();
        await gathering.Wait(2, Short, Cancel);
        gathering.Came();
        await gathering.Wait(1, Long, Cancel);
        var waiting = gathering.Wait(2, Long, Cancel);
        Assert.False(waiting.IsCompleted);
        gathering.Came();
        await waiting;
    }
}
