using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Contracts;

/// <summary>The states of a problem in the ledger (SM-7).</summary>
public enum IssueState
{
    Found, Registered, Assigned, InRectification, Submitted, Examined, FixedOnSpot, Escalated,

    /// <summary>With the prefecture or province, because the county cannot solve it.</summary>
    SentUp,

    /// <summary>The level above the county answered; the county assigns it accordingly.</summary>
    Answered,

    /// <summary>Struck off 销号; whether it holds is asked later.</summary>
    Closed,

    /// <summary>Struck off, and it held when somebody looked again.</summary>
    Held,
}

/// <summary>What happens to a problem in the ledger.</summary>
public enum IssueEvent
{
    Register, FixOnSpot, Assign, Start, Submit, Examine, Reject, Close, Escalate, Reopen, HandOver, ConfirmEffect,

    /// <summary>The check by which it was entered does not find it any more. The program takes this step, and nobody else.</summary>
    Recheck,

    /// <summary>The county hands it up to the prefecture or province.</summary>
    SendUp,

    /// <summary>The office above takes it on and says what is to be done.</summary>
    Instruct,

    /// <summary>The office above gives it back for the county to solve.</summary>
    Return,

    /// <summary>The county enters the answer that came on paper.</summary>
    RecordAnswer,
}

/// <summary>A problem somebody found.</summary>
/// <param name="Source">Where it was found, as the policy's sources of problems name it: <c>visit</c>, <c>inspection</c>, <c>petition</c> …</param>
/// <param name="SourceId">The visit or other record it came from.</param>
/// <param name="Subject">Its kind, as the policy's kinds of problems name it: <c>education</c>, <c>medical</c>, <c>housing</c>, <c>other</c> …</param>
/// <param name="Problem">In words. Stored encrypted, since it may speak of illness.</param>
/// <param name="Fixed">How it was put right on the spot, or null.</param>
/// <param name="Photo">The content hash of a photo, needed when fixed on the spot.</param>
/// <param name="Channel">The green channel it enters at once, or null.</param>
/// <param name="PartOf">The problem it is a part of: that one is not struck off before this one is.</param>
/// <param name="Listing">The listed object 挂牌对象 it was found at.</param>
public sealed record NewIssue(
    string Source, Guid? SourceId, AreaCode Area, Guid? Household, string Subject, string Problem, DateOnly FoundOn, string? Fixed = null, string? Photo = null,
    string? Channel = null, Guid? PartOf = null, Guid? Listing = null);

/// <summary>What is to be done about a problem, by whom and by when.</summary>
/// <param name="PersonUser">The person's account, where there is one.</param>
public sealed record IssueTask(string Task, string Unit, string Person, Guid? PersonUser, DateOnly DueOn);

/// <summary>A problem as others need it.</summary>
/// <param name="Source">See <see cref="NewIssue"/>: <c>meeting</c> for a task that was decided, rather than something wrong.</param>
public sealed record IssueRef(Guid Id, string Code, Guid? Household, string Area, IssueState State, string Subject, DateOnly FoundOn, DateOnly? StageDueOn, string? Unit, string Source);

/// <summary>The ledger of problems, for other modules.</summary>
public interface ILedger
{
    /// <summary>Why a problem would be refused; null if it would be entered.</summary>
    Problem? Check(NewIssue issue, Actor actor);

    /// <summary>Enters a problem, in the caller's unit of work.</summary>
    /// <returns>The problem's id.</returns>
    Task<Outcome<Guid>> Report(NewIssue issue, Actor actor, CancellationToken cancel);

    /// <summary>Enters something that was decided as a task: assigned at once where the actor's post assigns or where it stays among the actor's own; otherwise it waits for the post that assigns, with who is meant to do what.</summary>
    /// <param name="own">Whoever is given it belongs to the area that decided it, as far as the caller can tell. Counts inside the actor's area only: nobody assigns upward or elsewhere.</param>
    /// <returns>The problem's id.</returns>
    Task<Outcome<Guid>> Entrust(NewIssue issue, IssueTask task, bool own, Actor actor, CancellationToken cancel);

    /// <summary>What problems are about, in the words of the ledger, for one reader; of those that the actor sees. Words that the post does not read are <see cref="Withheld.Notice"/>.</summary>
    Task<IReadOnlyDictionary<Guid, Text>> Words(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>Those of the ids that exist.</summary>
    Task<IReadOnlyDictionary<Guid, IssueRef>> Find(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>Problems found in an area on a day, as far as the actor sees them, in the order of codes.</summary>
    Task<IReadOnlyList<IssueRef>> FoundOn(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel);

    /// <summary>A household's problems, the newest first.</summary>
    Task<IReadOnlyList<IssueRef>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>How many problems of the household are not struck off.</summary>
    Task<int> OpenCount(string county, Guid household, CancellationToken cancel);

    /// <summary>Open problems the actor can see in these states, the most urgent first.</summary>
    Task<IReadOnlyList<IssueRef>> Open(Actor actor, IReadOnlyCollection<IssueState> states, int limit, CancellationToken cancel);
}

/// <summary>The ledger's words, for pages of other modules.</summary>
public static class LedgerNames
{
    public static Text Of(IssueState state) => IssueStates.NameOf(state);

    /// <summary>True for problems that are struck off.</summary>
    public static bool IsEnded(IssueState state) => IssueStates.Ended.Contains(state);
}

/// <summary>A problem as it stood on a day, without words: nothing in it is about a person.</summary>
/// <param name="Ended">Struck off.</param>
/// <param name="Unit">Who answers for it.</param>
/// <param name="DueOn">The last day of its stage; null where the stage has none.</param>
public sealed record IssueStanding(Guid Id, string Code, string Area, string Subject, IssueState State, bool Ended, string? Unit, DateOnly? DueOn);

/// <summary>The ledger as it stood on a day, read from its steps, so that it comes out the same whenever it is asked.</summary>
public interface ILedgerAsOf
{
    /// <summary>Every problem of an area that was entered by the end of the day, in the order of codes; tasks that meetings decided are none. Who may see what is for the caller to say.</summary>
    Task<IReadOnlyList<IssueStanding>> AsOf(AreaCode area, DateOnly day, CancellationToken cancel);
}
