using Shouwang.Kernel;

namespace Shouwang.Platform.Plugins;

/// <summary>A person who can be named for some work.</summary>
public sealed record DeskPerson(Guid User, string Name);

/// <summary>Who could do a piece of work, for forms below the module that knows the users.</summary>
public interface IDeskPeople
{
    /// <summary>Users of an area, or above it, whose role has the permission; by name.</summary>
    Task<IReadOnlyList<DeskPerson>> Of(AreaCode area, string permission, CancellationToken cancel);

    /// <summary>True when there is a user whose post is exactly one of the areas, and whose role has the permission.</summary>
    Task<bool> HaveAny(IReadOnlyCollection<AreaCode> areas, string permission, CancellationToken cancel);
}

/// <param name="Title">Day, purpose and people, for a drop-down.</param>
public sealed record VisitChoice(Guid Id, Text Title);

/// <summary>Visits that a step can name as its evidence, for forms below the module that knows the visits.</summary>
public interface ILeadVisits
{
    /// <summary>Visits to the household on or after a day, the latest first.</summary>
    Task<IReadOnlyList<VisitChoice>> Of(string county, Guid household, DateOnly notBefore, CancellationToken cancel);
}
