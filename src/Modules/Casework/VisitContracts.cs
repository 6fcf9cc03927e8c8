using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>What a visit was for.</summary>
public enum VisitPurpose { Verification, Monthly, Screening, Elimination, FollowUp }

/// <summary>How the household was reached. A call has to be followed by a visit and verifies nothing.</summary>
public enum VisitMode { AtHome, ByPhone }

/// <summary>The six subjects every visit looks at.</summary>
public enum VisitSubject { FoodAndClothing, Education, Medical, Housing, Water, IncomeAndWork }

/// <summary>What was found about a subject.</summary>
public enum VisitFinding { Fine, Problem, DoesNotApply }

/// <param name="User">The account, where the visitor has one.</param>
public sealed record Visitor(Guid? User, string Name, string Unit);

/// <summary>Something the household said or the visitors saw that belongs into the register.</summary>
/// <param name="Member">Null: about the household itself.</param>
/// <param name="Attribute">By the name of the policy's feed: <c>phone</c>, <c>work_place</c>.</param>
public sealed record VisitFact(Guid? Member, string Attribute, object? Value);

/// <summary>A problem found, for the ledger.</summary>
/// <param name="Fixed">How it was put right on the spot, or null; then a photo is needed.</param>
public sealed record VisitProblem(VisitSubject Subject, string Problem, string? Fixed = null, string? Photo = null);

/// <summary>A visit as it is handed in, from the desk or the field app.</summary>
/// <param name="Id">Made by whoever records it, so that sending it twice is harmless.</param>
/// <param name="Findings">One for each subject looked at; a verification answers all six.</param>
/// <param name="Notes">What was said about a subject, for subjects that need words.</param>
/// <param name="Answers">Questions of the form that the register has no attribute for, by their names.</param>
/// <param name="PhotosFollow">Photos may arrive after the visit; a signature may not.</param>
/// <param name="Income">Estimated yearly net income of the household in yuan; needed for a verification.</param>
public sealed record NewVisit(
    Guid Id, Guid Household, DateOnly VisitedOn, VisitPurpose Purpose, VisitMode Mode, IReadOnlyList<Visitor> Visitors, string? Informant, bool HeadPresent,
    IReadOnlyDictionary<VisitSubject, VisitFinding> Findings, IReadOnlyDictionary<VisitSubject, string> Notes, decimal? Income, string? Needs, bool CardOnWall,
    bool YardClean, bool? Satisfied, string? Signature, IReadOnlyList<string> Photos, IReadOnlyList<VisitFact> Facts, IReadOnlyList<VisitProblem> Problems,
    IReadOnlyDictionary<string, string>? Answers = null, bool PhotosFollow = false);

/// <summary>A visit as others need it.</summary>
public sealed record VisitRef(Guid Id, Guid Household, DateOnly On, VisitPurpose Purpose, int People);

/// <summary>Visits to households, for the field app.</summary>
public interface IVisits
{
    /// <summary>
    /// Records visits to different households, in the open unit of work or one of its own; recording one again is harmless. Each is accepted or
    /// refused by itself, in their order.
    /// </summary>
    Task<IReadOnlyList<Outcome<Guid>>> Record(string county, IReadOnlyList<(Actor By, NewVisit Visit)> visits, CancellationToken cancel);

    /// <summary>Those of the ids that were recorded.</summary>
    Task<IReadOnlyDictionary<Guid, VisitRef>> Find(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>When the latest visit to each household was recorded; without those never visited.</summary>
    Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastRecorded(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel);

    /// <summary>Adds somebody who was there too and says so; who is listed already stays listed once.</summary>
    /// <returns>How many people the visit counts now.</returns>
    Task<Outcome<int>> Cosign(Actor actor, Guid visit, Visitor visitor, CancellationToken cancel);
}
