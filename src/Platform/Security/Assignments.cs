namespace Shouwang.Platform.Security;

/// <summary>Which households are assigned to a person by name. Casework knows; without it nothing is assigned.</summary>
public interface IAssignments
{
    /// <summary>The households a person answers for today, in no order.</summary>
    Task<IReadOnlyList<Guid>> Of(string county, Guid user, CancellationToken cancel);
}
