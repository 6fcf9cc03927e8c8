using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger.Contracts;

/// <summary>A problem as figures about a time need it.</summary>
/// <param name="SubmittedOn">When it was put right, if it was.</param>
/// <param name="ClosedOn">When it was struck off, if it is.</param>
/// <param name="DueOn">The last day of its present stage.</param>
/// <param name="Department">In whose queue it stands, else the department that answers for its kind; null where the policy does not know the kind.</param>
public sealed record IssueMade(
    Guid Id, string Code, Guid? Household, string Area, string Source, string Subject, IssueState State, DateOnly FoundOn, DateOnly? SubmittedOn, DateOnly? ClosedOn,
    DateOnly? DueOn, string? Department)
{
    /// <summary>Put right, struck off or not.</summary>
    public bool PutRight => State is IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot or IssueState.Closed or IssueState.Held;

    public bool StruckOff => State is IssueState.Closed or IssueState.Held;
}

/// <summary>The problems of a time, for drives and reviews.</summary>
public interface IIssueCourse
{
    /// <summary>Problems found in an area, both days included, in the order of days.</summary>
    Task<IReadOnlyList<IssueMade>> Found(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel);
}
