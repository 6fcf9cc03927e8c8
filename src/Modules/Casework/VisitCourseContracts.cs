using Shouwang.Kernel;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>A visit as figures about visits need it.</summary>
/// <param name="Area">The village at the time of the visit.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Satisfied">Null when not asked.</param>
/// <param name="Findings">The subjects looked at.</param>
/// <param name="Answers">Answers to questions of visit forms about the household, by name; empty unless asked for.</param>
public sealed record VisitMade(
    Guid Id, Guid Household, string Area, DateOnly On, VisitMode Mode, Guid By, bool CardOnWall, bool YardClean, bool? Satisfied,
    IReadOnlyDictionary<VisitSubject, VisitFinding> Findings, IReadOnlyDictionary<string, string> Answers);

/// <summary>The visits of a time, for drives and reviews.</summary>
public interface IVisitCourse
{
    /// <summary>Visits made in an area, both days included, in the order of days.</summary>
    /// <param name="answers">Whether answers to questions of forms are read, too; they are encrypted, so that takes longer.</param>
    Task Read(AreaCode within, DateOnly from, DateOnly to, bool answers, Action<VisitMade> read, CancellationToken cancel);

    /// <summary>The households of a county that were visited at home, both days included, each once.</summary>
    Task Homes(AreaCode county, DateOnly from, DateOnly to, Action<Guid> read, CancellationToken cancel);
}
