namespace Shouwang.Platform;

/// <summary>For work that costs the same for one as for many: waits until as many have come as were there last time, but not for long.</summary>
/// <remarks>Those who were just served are often those who come back together; so they do not fall apart into groups that wait for each other.</remarks>
public sealed class Gathering
{
    private readonly Lock _turn = new();
    private int _here, _wanted;
    private TaskCompletionSource? _enough;

    /// <summary>Somebody came.</summary>
    public void Came()
    {
        TaskCompletionSource? enough = null;
        lock (_turn)
        {
            if (++_here >= _wanted)
                (enough, _enough) = (_enough, null);
        }
        enough?.TrySetResult();
    }

    /// <summary>So many were taken along.</summary>
    public void Left(int many)
    {
        lock (_turn)
            _here -= many;
    }

    /// <summary>Returns when as many are here, or after a while.</summary>
    public async Task Wait(int many, TimeSpan longest, CancellationToken cancel)
    {
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            if (_here >= many)
                return;
            (_wanted, _enough) = (many, enough);
        }
        await Task.WhenAny(enough.Task, Task.Delay(longest, cancel));
        lock (_turn)
            _enough = null;
    }
}
