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
