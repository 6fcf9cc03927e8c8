using System.Collections;
using System.Collections.Frozen;

namespace Shouwang.Kernel;

/// <summary>One row of a <see cref="StateTable{TState, TEvent}"/>: in this state, this event leads there.</summary>
/// <param name="Permission">Who may do it, as a permission of the table in Platform.</param>
/// <param name="Clock">The key of the policy clock that limits the stay in <paramref name="From"/>, or null.</param>
/// <param name="Evidence">Codes of what has to be attached or filled in before the step is taken.</param>
public sealed record Step<TState, TEvent>(
    TState From, TEvent Event, TState To, string Permission, string? Clock = null, params IReadOnlyList<string> Evidence);

/// <summary>A life cycle as a table. What the table does not list cannot happen.</summary>
public sealed class StateTable<TState, TEvent> : IEnumerable<Step<TState, TEvent>>
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    private readonly FrozenDictionary<(TState, TEvent), Step<TState, TEvent>> _steps;
    private readonly Step<TState, TEvent>[] _ordered;

    /// <param name="initial">The state a new object is in.</param>
    /// <param name="final">States nothing leads out of, on purpose.</param>
    /// <param name="steps">The rows, in the order in which they are shown.</param>
    /// <exception cref="ArgumentException">Two rows share a state and an event.</exception>
    public StateTable(TState initial, IReadOnlySet<TState> final, params Step<TState, TEvent>[] steps)
    {
        (Initial, Final, _ordered) = (initial, final, steps);
        _steps = steps.ToFrozenDictionary(s => (s.From, s.Event));
    }

    public TState Initial { get; }

    public IReadOnlySet<TState> Final { get; }

    public Step<TState, TEvent>? Find(TState from, TEvent happening) => _steps.GetValueOrDefault((from, happening));

    /// <param name="may">Leaves out what the person asking has no permission for; without it, every step counts.</param>
    public IEnumerable<Step<TState, TEvent>> StepsFrom(TState from, Func<string, bool>? may = null) =>
        _ordered.Where(s => s.From.Equals(from) && (may is null || may(s.Permission)));

    public IEnumerator<Step<TState, TEvent>> GetEnumerator() => ((IEnumerable<Step<TState, TEvent>>)_ordered).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
