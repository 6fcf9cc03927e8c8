using System.Collections.Concurrent;

namespace Shouwang.Modules.Screening;

/// <summary>Memory for the sets of one request, given back when the request is over.</summary>
/// <remarks>
/// A request over a province needs a thousand sets of some twenty kilobytes that nobody needs afterwards. Made anew each time, they cost the
/// collector more than working them out; and so that it need not move them, they do not even come from where garbage is cheap.
/// </remarks>
internal sealed class BorrowedSets : IDisposable
{
    // As many as ever were in use at the same time, by their length.
    private static readonly ConcurrentDictionary<int, ConcurrentBag<ulong[]>> Idle = new();

    private readonly ConcurrentBag<ulong[]> _taken = [];

    /// <summary>Memory with whatever was left in it; the caller writes every word.</summary>
    public ulong[] Take(int words)
    {
        var set = Idle.GetOrAdd(words, static _ => []).TryTake(out var idle) ? idle : Bits.Empty(words);
        _taken.Add(set);
        return set;
    }

    /// <summary>A set without anybody.</summary>
    public ulong[] Empty(int words)
    {
        var set = Take(words);
        Array.Clear(set);
        return set;
    }

    /// <summary>Gives everything back; nobody may read it any more.</summary>
    public void Dispose()
    {
        while (_taken.TryTake(out var set))
            Idle[set.Length].Add(set);
    }
}
