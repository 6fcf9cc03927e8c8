using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>The states of an identification case 识别认定 (SM-2).</summary>
public enum CaseState
{
    Applied, HouseholdVerified, DataMatched, VillageReview, PublicNotice, ObjectionHandling, TownshipReview, CountyApproval,
    Returned, Registered, Rejected, Withdrawn,
}

/// <summary>What happens to an identification case.</summary>
public enum CaseEvent
{
    Verify, AnswerMatching, PassReview, TakeUpObjection, DismissObjection, UpholdObjection, CloseNotice, PassTownship, Approve, Return, Reject, Withdraw,
}

/// <summary>The states of a monitored object 监测对象 (SM-3).</summary>
public enum ObjectState { Identified, Planned, Assisting, EliminationCandidate, Eliminated, RolledBack, Removed }

/// <summary>What happens to a monitored object.</summary>
public enum ObjectEvent { ApprovePlan, StartMeasure, ProposeElimination, RefuseElimination, PlanAgain, Eliminate, RollBack, Resume, Remove }

/// <summary>The states of a measure 帮扶措施 (SM-4).</summary>
public enum MeasureState { Proposed, Approved, InProgress, Suspended, Delivered, Effective, Ineffective, Cancelled }

/// <summary>What happens to a measure.</summary>
public enum MeasureEvent { Approve, Start, Suspend, Resume, Deliver, FindEffective, FindIneffective, Cancel }

/// <summary>The states of an elimination case 风险消除 (SM-5).</summary>
public enum EliminationState
{
    ListProposed, HouseholdVerified, VillageReviewed, PublicNotice, ObjectionHandling, TownshipAudited, CountyConfirmed, Announced,
    Flagged, RolledBack, Rejected, Withdrawn,
}

/// <summary>What happens to an elimination case.</summary>
public enum EliminationEvent
{
    Verify, PassReview, PostNotice, TakeUpObjection, DismissObjection, UpholdObjection, Audit, Confirm, Announce, Flag, RollBack, Reject, Withdraw,
}

/// <summary>How a risk ended; code list C-ELIM.</summary>
public enum EliminationWay { ByAssistance, Natural }

/// <summary>A person's work today, the most urgent first.</summary>
/// <param name="Mine">What this person has to do: overdue, due today, later.</param>
/// <param name="Waiting">What this person sees but others have to do.</param>
public sealed record WorkList(
    IReadOnlyList<WorkItem> Mine, IReadOnlyList<WorkItem> Waiting, int Overdue, int DueToday, int Later, int WaitingCount);

/// <summary>Work lists, for the desk and the field app.</summary>
public interface IWork
{
    /// <param name="limit">At most so many rows of each list; the counts are of all.</param>
    Task<WorkList> Of(Actor actor, int limit, CancellationToken cancel);
}

/// <summary>A case as others need it.</summary>
public sealed record CaseRef(
    Guid Id, string Code, Guid Household, string Village, CaseState State, DateOnly RaisedOn, DateOnly? StageDueOn, DateOnly TotalDueOn, bool GreenChannel);

/// <summary>Identification cases and monitored objects, for other modules.</summary>
public interface ICases
{
    /// <summary>The household's cases, the newest first.</summary>
    Task<IReadOnlyList<CaseRef>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>
    /// Takes in households that the register already shows as monitored and casework does not know yet, so that their clocks
    /// run too; and households that the register shows as eliminated.
    /// </summary>
    /// <returns>How many were taken in.</returns>
    Task<int> Adopt(AreaCode county, CancellationToken cancel);
}
