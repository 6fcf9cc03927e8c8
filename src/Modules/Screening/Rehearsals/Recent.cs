using System.Collections.Concurrent;

namespace Shouwang.Modules.Screening;

/// <summary>Results that are kept for as long as somebody asks for them now and then.</summary>
/// <remarks>
/// Two generations: when the younger is full it becomes the elder, and what is found there is young again. So what every request asks for
/// stays, while what a slider passed over goes. A full dictionary that is emptied would make one request in a hundred pay for everything.
/// </remarks>
/// <param name="most">Results of one generation.</param>
internal sealed class Recent<TKey, TValue>(int most) where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<TKey, Lazy<TValue>> _young = new(), _old = new();

    /// <summary>Whether there is a value for a key.</summary>
    public bool Has(TKey key) => _young.ContainsKey(key) || _old.ContainsKey(key);

    /// <summary>The value kept for a key, or the one that is made now; made once, however many ask.</summary>
    public TValue Get<TArgument>(TKey key, TArgument argument, Func<TKey, TArgument, TValue> make)
    {
        if (_young.TryGetValue(key, out var known))
            return known.Value;
        if (!_old.TryGetValue(key, out var kept))
            kept = new(() => make(key, argument));
        kept = _young.GetOrAdd(key, kept);
        if (_young.Count > most)
            Age();
        return kept.Value;
    }

    private void Age()
    {
        lock (_turn)
            if (_young.Count > most)
                (_old, _young) = (_young, new());
    }
}
