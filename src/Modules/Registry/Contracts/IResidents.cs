using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Where a household lives and whether it is on the poverty register: what programmes ask of many households at once.</summary>
/// <param name="Area">The village; township or county where the village is not known.</param>
public readonly record struct Residence(Guid Id, string Code, AreaCode Area, RegistryStatus? Status)
{
    /// <summary>On the poverty register, in whatever stage.</summary>
    public bool Registered => RegistryTerms.IsRegistered(Status) is true;
}

/// <summary>A member of state normal, as much of one as checks of departments' lists need.</summary>
public readonly record struct Resident(Guid Id, string Code, Guid Household, bool? OnAllowance);

/// <summary>The few plain columns about households and people that figures and checks of programmes need, without decrypting anything.</summary>
public interface IResidents
{
    /// <summary>Households in the order of their codes: all of the county, or those of the ids that exist.</summary>
    Task<IReadOnlyList<Residence>> Households(string county, IReadOnlyCollection<Guid>? among, CancellationToken cancel);

    /// <summary>Reads a county's members of state normal, one by one.</summary>
    Task Read(string county, Action<Resident> read, CancellationToken cancel);
}
