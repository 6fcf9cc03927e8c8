using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>A visit of a day, with what it found, for the review in the evening.</summary>
/// <param name="Words">What was said about subjects, by subject; empty where the reader sees health masked.</param>
/// <param name="Needs">Wishes of the household; null where there were none or the reader sees health masked.</param>
/// <param name="NotLookedAt">Subjects nobody looked at.</param>
public sealed record DayVisit(
    Guid Id, Guid Household, string Village, DateOnly On, VisitPurpose Purpose, VisitMode Mode, IReadOnlyList<Visitor> Visitors,
    IReadOnlyDictionary<VisitSubject, VisitFinding> Findings, bool CardOnWall, bool YardClean, bool? Satisfied, IReadOnlyDictionary<VisitSubject, string> Words, string? Needs,
    IReadOnlyList<VisitSubject> NotLookedAt);

/// <summary>Visits made in a village on a day.</summary>
public readonly record struct VillageVisits(string Village, DateOnly On, int Visits);

/// <summary>Visits by day and village.</summary>
public interface IVisitDays
{
    /// <summary>The visits of a day in an area, as far as the actor sees the households' cases, village by village.</summary>
    Task<IReadOnlyList<DayVisit>> Of(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel);

    /// <summary>How many visits were made in each village of the actor's area, day by day; days without any are left out.</summary>
    Task<IReadOnlyList<VillageVisits>> Count(Actor actor, AreaCode area, DateOnly from, DateOnly to, CancellationToken cancel);
}

/// <summary>Casework's words, for pages of other modules.</summary>
public static class CaseworkNames
{
    public static Text Of(Post post) => CaseWords.Of(post);

    public static Text Of(VisitPurpose purpose) => CaseWords.Of(purpose);

    public static Text Of(VisitSubject subject) => RecordVisit.NameOf(subject);
}
