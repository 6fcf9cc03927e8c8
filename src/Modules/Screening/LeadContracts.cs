using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>The states of a lead 线索 (SM-1).</summary>
public enum LeadState { New, Dispatched, Verifying, DismissalProposed, Dismissed, ResolvedOnSpot, Escalated, GreenChannel }

/// <summary>What happens to a lead.</summary>
public enum LeadEvent { Dispatch, Accept, ReportNoRisk, ConfirmDismissal, SendBack, SolveOnSpot, Escalate, OpenGreenChannel }

/// <summary>Where a lead came from; code list C-SRC.</summary>
public enum LeadSource { HouseholdReport, CadreScreening, DepartmentWarning, Hotline, PetitionOrMedia, PlatformAnalysis, Supervision }

/// <summary>A lead as others need it.</summary>
/// <param name="Code">For people: <c>L2020-00012</c>.</param>
/// <param name="RaisedOn">Day 0 of the clock from lead to registration.</param>
/// <param name="StageDueOn">The last day of the present stage; null once closed.</param>
/// <param name="Category">The monitoring category the rules suggest, if any.</param>
public sealed record LeadRef(
    Guid Id, string Code, Guid Household, string Village, LeadState State, LeadSource Source, string? Level, string? Category,
    DateOnly RaisedOn, DateOnly DueOn, DateOnly? StageDueOn, long Version);

/// <summary>Leads on their way, for the modules that stand on them.</summary>
public interface ILeadQueue
{
    /// <summary>The open lead of a household, or null.</summary>
    Task<LeadRef?> OpenOf(string county, Guid household, CancellationToken cancel);

    /// <summary>Every lead of a household, the newest first.</summary>
    Task<IReadOnlyList<LeadRef>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>Open leads the actor can see, the most urgent deadline first.</summary>
    /// <param name="states">Only leads in these states.</param>
    Task<IReadOnlyList<LeadRef>> Open(Actor actor, IReadOnlyCollection<LeadState> states, int limit, CancellationToken cancel);

    /// <summary>Leads raised in an area on a day, as far as the actor sees them, in the order of codes.</summary>
    Task<IReadOnlyList<LeadRef>> RaisedOn(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel);

    /// <summary>How many open leads the actor can see are in each state, and how many of those are overdue or due today.</summary>
    Task<IReadOnlyList<(LeadState State, int Count, int Overdue, int DueToday)>> Count(Actor actor, CancellationToken cancel);
}

/// <summary>What casework does for leads. Screening stands below it, so casework plugs itself in here.</summary>
public interface ILeadFollowing
{
    /// <summary>A visit that may end a lead: of that household, on or after the day, by at least two people; else the reason why not.</summary>
    Task<Outcome<LeadVisit>> VerificationVisit(string county, Guid household, Guid visit, DateOnly notBefore, CancellationToken cancel);

    /// <summary>Opens the identification case of an escalated lead, in the caller's unit of work.</summary>
    /// <param name="visit">The verification visit; null in the green channel, where it follows later.</param>
    /// <param name="greenChannel">Why measures come first, or null for the ordinary order.</param>
    /// <returns>The case's id.</returns>
    Task<Outcome<Guid>> OpenCase(LeadRef lead, LeadVisit? visit, string? greenChannel, Actor actor, CancellationToken cancel);
}

/// <param name="Visitors">The accounts of those who went, where they have one.</param>
/// <param name="RecordedBy">The account that entered the visit.</param>
public sealed record LeadVisit(Guid Id, DateOnly On, IReadOnlyList<Guid> Visitors, Guid RecordedBy, bool HasIncome);

/// <summary>Screening's words, for pages of other modules.</summary>
public static class ScreeningNames
{
    public static Text Of(LeadState state) => LeadStates.NameOf(state);

    public static Text Of(LeadSource source) => LeadWords.Of(source);
}
