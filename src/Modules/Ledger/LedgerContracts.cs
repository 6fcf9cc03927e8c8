using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Contracts;

/// <summary>The states of a problem in the ledger (SM-7).</summary>
public enum IssueState { Found, Registered, Assigned, InRectification, Submitted, Examined, FixedOnSpot, Escalated, Closed }

/// <summary>What happens to a problem in the ledger.</summary>
public enum IssueEvent { Register, FixOnSpot, Assign, Start, Submit, Examine, Reject, Close, Escalate, Reopen }

/// <summary>A problem somebody found.</summary>
/// <param name="Source">Where it was found: <c>visit</c>, <c>inspection</c>, <c>screening</c>, <c>self_check</c>.</param>
/// <param name="SourceId">The visit or other record it came from.</param>
/// <param name="Subject">What it is about: <c>education</c>, <c>medical</c>, <c>housing</c>, <c>water</c>, <c>income</c>, <c>other</c> …</param>
/// <param name="Problem">In words. Stored encrypted, since it may speak of illness.</param>
/// <param name="Fixed">How it was put right on the spot, or null.</param>
/// <param name="Photo">The content hash of a photo, needed when fixed on the spot.</param>
public sealed record NewIssue(
    string Source, Guid? SourceId, AreaCode Area, Guid? Household, string Subject, string Problem, DateOnly FoundOn, string? Fixed = null, string? Photo = null);

/// <summary>A problem as others need it.</summary>
public sealed record IssueRef(Guid Id, string Code, Guid? Household, string Area, IssueState State, string Subject, DateOnly FoundOn, DateOnly? StageDueOn, string? Unit);

/// <summary>The ledger of problems, for other modules.</summary>
public interface ILedger
{
    /// <summary>Why a problem would be refused; null if it would be entered.</summary>
    Problem? Check(NewIssue issue, Actor actor);

    /// <summary>Enters a problem, in the caller's unit of work.</summary>
    /// <returns>The problem's id.</returns>
    Task<Outcome<Guid>> Report(NewIssue issue, Actor actor, CancellationToken cancel);

    /// <summary>A household's problems, the newest first.</summary>
    Task<IReadOnlyList<IssueRef>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>How many problems of the household are not closed.</summary>
    Task<int> OpenCount(string county, Guid household, CancellationToken cancel);

    /// <summary>Open problems the actor can see in these states, the most urgent first.</summary>
    Task<IReadOnlyList<IssueRef>> Open(Actor actor, IReadOnlyCollection<IssueState> states, int limit, CancellationToken cancel);
}
