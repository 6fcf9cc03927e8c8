using Shouwang.Kernel;

namespace Shouwang.Platform.Workflow;

/// <summary>A row of a life cycle in words, for documents, pages and tests that go over every life cycle there is.</summary>
public sealed record LifeCycleStep(
    string From, string Event, Text EventTitle, string To, string Permission, string? Clock, IReadOnlyList<string> Evidence);

/// <summary>A life cycle as others see it. A module registers each of its own; <c>docs/states.md</c> is written from them.</summary>
public interface ILifeCycle
{
    /// <summary>The number in the domain reference, such as <c>SM-2</c>, where it has one.</summary>
    string Number { get; }

    Text Title { get; }

    string Initial { get; }

    IReadOnlyCollection<string> Final { get; }

    IReadOnlyList<(string Code, Text Title)> States { get; }

    IReadOnlyList<LifeCycleStep> Steps { get; }
}

/// <summary>A state table with the names under which people see its states and steps.</summary>
public sealed class LifeCycle<TState, TEvent>(
    string number, Text title, StateTable<TState, TEvent> table, Func<TState, Text> stateName, Func<TEvent, Text> eventName) : ILifeCycle
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    public StateTable<TState, TEvent> Table => table;

    public Text NameOf(TState state) => stateName(state);

    public Text NameOf(TEvent happening) => eventName(happening);

    public bool IsFinal(TState state) => table.Final.Contains(state);

    /// <summary>The states in which somebody with these permissions has something to do.</summary>
    public IReadOnlyList<TState> StatesFor(Func<string, bool> may) =>
        [.. Enum.GetValues<TState>().Where(s => table.StepsFrom(s, may).Any())];

    public string Number => number;

    public Text Title => title;

    public string Initial => table.Initial.ToString();

    public IReadOnlyCollection<string> Final => [.. table.Final.Select(s => s.ToString())];

    public IReadOnlyList<(string Code, Text Title)> States => [.. Enum.GetValues<TState>().Select(s => (s.ToString(), stateName(s)))];

    public IReadOnlyList<LifeCycleStep> Steps =>
        [.. table.Select(s => new LifeCycleStep(s.From.ToString(), s.Event.ToString(), eventName(s.Event), s.To.ToString(), s.Permission, s.Clock, s.Evidence))];
}
