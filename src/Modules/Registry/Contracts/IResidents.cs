using Shouwang.Kernel;
using Shouwang.Kernel.Tables;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Where a household lives and whether it is on the poverty register: what programmes ask of many households at once.</summary>
/// <param name="Area">The village; township or county where the village is not known.</param>
/// <param name="Inhabited">It has a member of state normal.</param>
public readonly record struct Residence(Guid Id, string Code, AreaCode Area, RegistryStatus? Status, bool Inhabited)
{
    /// <summary>On the poverty register, in whatever stage.</summary>
    public bool Registered => RegistryTerms.IsRegistered(Status) is true;
}

/// <summary>A member of state normal, as much of one as programmes need for many at once.</summary>
/// <param name="BirthMonth">Only where the full date is not known.</param>
/// <param name="Insured">In the residents' or the employees' basic medical insurance; null where neither flag says so and one is missing.</param>
public readonly record struct Resident(
    Guid Id, string Code, Guid Household, DateOnly? BirthOn, PartialDate? BirthMonth, bool? Insured, bool? OnAllowance, bool? Destitute)
{
    /// <summary>Full years on a day; null when the birth date is not known well enough to tell.</summary>
    public int? AgeOn(DateOnly day)
    {
        if (BirthOn is { } born)
            return Years(born, day);
        if (BirthMonth is not { } month)
            return null;
        var first = new DateOnly(month.Year, month.Month, 1);
        var (oldest, youngest) = (Years(first, day), Years(first.AddMonths(1).AddDays(-1), day));
        return oldest == youngest ? oldest : null;
    }

    private static int Years(DateOnly born, DateOnly day) =>
        day.Year - born.Year - (day.Month < born.Month || day.Month == born.Month && day.Day < born.Day ? 1 : 0);
}

/// <summary>Those born since a day, those whose birth date is not fully known, and those not in basic medical insurance for certain.</summary>
public sealed record YoungOrUninsured(DateOnly BornSince);

/// <summary>The few plain columns about households and people that features and figures of programmes need, without decrypting anything.</summary>
public interface IResidents
{
    /// <summary>Households in the order of their codes: all of the county, or those of the ids that exist.</summary>
    Task<IReadOnlyList<Residence>> Households(string county, IReadOnlyCollection<Guid>? among, CancellationToken cancel);

    /// <summary>Reads members of state normal, one by one: of the county, or of the households given.</summary>
    /// <param name="only">Leaves everybody else out; null reads all.</param>
    Task Read(string county, IReadOnlyCollection<Guid>? households, YoungOrUninsured? only, Action<Resident> read, CancellationToken cancel);
}
