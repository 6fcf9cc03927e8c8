using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>The latest visit to a household.</summary>
public sealed record LastVisit(Guid Household, DateOnly On, string By, VisitPurpose Purpose);

/// <summary>A step of a household's plan: help that is under way, or came to its end within a year.</summary>
/// <param name="What">What and how much, where somebody wrote it down.</param>
/// <param name="DueOn">The day by which it is to be done.</param>
/// <param name="Done">It reached the household, or was judged.</param>
/// <param name="ToConfirm">It was begun or delivered: a visitor can see whether it arrived.</param>
public sealed record HelpUnderWay(Guid Id, Guid Household, Text Title, string? What, Text State, DateOnly DueOn, bool Done, bool ToConfirm);

/// <summary>Help that a household signed for at a visit.</summary>
public interface ISignedDeliveries
{
    /// <summary>Records that a measure of the household arrived as it was planned. One that was recorded before stays as it is.</summary>
    /// <param name="signature">The hash of the household's signature; the receipt that the step asks for.</param>
    /// <param name="words">What the visitor said of it.</param>
    Task<Outcome<MeasureState>> Record(Actor actor, Guid household, Guid measure, string signature, string words, CancellationToken cancel);
}

/// <summary>Visits and help of many households at once, for the field app.</summary>
public interface IHouseholdWork
{
    /// <summary>The latest visit to each household the actor may visit, within a year.</summary>
    Task<IReadOnlyDictionary<Guid, LastVisit>> LastVisits(Actor actor, CancellationToken cancel);

    /// <summary>Measures that are not closed or were due within a year, of households whose cases the actor sees.</summary>
    Task<ILookup<Guid, HelpUnderWay>> Help(Actor actor, CancellationToken cancel);
}
