using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>A member as records of departments find it.</summary>
/// <param name="Village">The area of the household.</param>
public readonly record struct MemberRef(Guid Id, string Code, Guid HouseholdId, string HouseholdCode, AreaCode Village, LifeState State)
{
    /// <summary>A hash of the name; zero where the register has none.</summary>
    internal uint NameKey { get; init; }

    /// <summary>Whether that is the member's name in the register, blanks and kinds of dots aside. No name differs from none.</summary>
    public bool IsCalled(string name) => NameKey == 0 || NameKey == PeopleIndex.NameKey(name);
}

/// <summary>Finding the people that the rows of a department are about.</summary>
public interface IPeople
{
    /// <summary>An index of everybody in the county's register, made for matching many rows.</summary>
    Task<PeopleIndex> Load(string county, CancellationToken cancel);
}
