using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Plugins;

/// <summary>How urgent a piece of work is today.</summary>
public enum Urgency { Overdue, DueToday, Later }

/// <summary>One thing that has to be done.</summary>
/// <param name="Kind">What it is about: <c>lead</c>, <c>case</c>, <c>plan</c>, <c>measure</c>, <c>elimination</c>, <c>visit</c>, <c>objection</c>, <c>issue</c>.</param>
/// <param name="Subject">The lead, case, … concerned.</param>
/// <param name="Code">For people, where it has one.</param>
/// <param name="Household">Null for work about no single household.</param>
/// <param name="Area">The village, or a larger area.</param>
/// <param name="State">In which state it stands.</param>
/// <param name="ToDo">What to do, or for what the others are waited for.</param>
/// <param name="DueOn">Null where no clock runs.</param>
/// <param name="Mine">True when the asking person can take the next step; false when it waits for others.</param>
/// <param name="WaitsFor">Whose step it is.</param>
/// <param name="Link">The page on which it is done.</param>
/// <param name="About">What it is about, as far as the asking person reads it; null where the rest says enough.</param>
public sealed record WorkItem(
    string Kind, Guid Subject, string? Code, Guid? Household, string Area, Text State, Text ToDo, DateOnly? DueOn, Urgency Urgency, bool Mine, Text WaitsFor, string Link,
    Text? About = null);

/// <summary>A module's part of a person's work.</summary>
/// <param name="Items">The most urgent of each list; the counts are of all.</param>
public sealed record WorkPart(IReadOnlyList<WorkItem> Items, int Overdue, int DueToday, int Later, int Waiting)
{
    public static WorkPart Nothing { get; } = new([], 0, 0, 0, 0);
}

/// <summary>What a module has for people to do.</summary>
public interface IWorkSource
{
    /// <param name="limit">At most so many items that are the actor's, and so many that wait for others.</param>
    Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel);
}
