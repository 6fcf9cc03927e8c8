using Shouwang.Kernel;

namespace Shouwang.Modules.Organisation.Contracts;

/// <summary>A team that is posted to a village.</summary>
/// <param name="Unit">The unit that posts it; null where nobody entered one.</param>
public sealed record PostedTeam(AreaCode Village, string Name, string? Unit);

/// <summary>Who is posted where.</summary>
public interface IResidentTeams
{
    /// <summary>The teams of a county on a day, by village; one for each village.</summary>
    Task<IReadOnlyList<PostedTeam>> On(AreaCode county, DateOnly day, CancellationToken cancel);
}

/// <summary>Somebody in a group of the county.</summary>
/// <param name="User">The account, where there is one.</param>
/// <param name="Leads">Stands at its head.</param>
public sealed record GroupPerson(Guid? User, string Name, string Post, string Unit, bool Leads);

/// <summary>A group of the county, with who belonged to it on a day, those who lead first.</summary>
public sealed record CountyGroup(Guid Id, string Kind, string Name, IReadOnlyList<GroupPerson> Members);

/// <summary>The groups of a county itself, for modules in which they have something to do.</summary>
public interface ICountyGroups
{
    /// <summary>The groups of these kinds on a day, by kind and in the order in which they were set up.</summary>
    Task<IReadOnlyList<CountyGroup>> On(AreaCode county, IReadOnlyCollection<string> kinds, DateOnly day, CancellationToken cancel);
}
