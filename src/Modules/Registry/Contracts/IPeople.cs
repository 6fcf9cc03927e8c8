using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>A member as records of departments find it.</summary>
/// <param name="Village">The area of the household.</param>
public readonly record struct MemberRef(Guid Id, string Code, Guid HouseholdId, string HouseholdCode, AreaCode Village, LifeState State);

/// <summary>Finding the people that the rows of a department are about.</summary>
public interface IPeople
{
    /// <summary>An index of everybody in the county's register, made for matching many rows.</summary>
    Task<PeopleIndex> Load(string county, CancellationToken cancel);
}
