using Shouwang.Kernel.Tables;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>What features of several modules ask of the register, read once for a scope although many ask, and on two connections at that.</summary>
public interface IRegisterInScope
{
    Task<Homes> Homes(FeatureScope scope, CancellationToken cancel);

    Task<Inhabitants> Inhabitants(FeatureScope scope, CancellationToken cancel);
}

/// <summary>The households of a scope, by their places in it.</summary>
public sealed class Homes
{
    private readonly HomeRow[] _homes;

    internal Homes(HomeRow[] homes) => _homes = homes;

    /// <summary>The code of a household's village; fewer digits where the village is not known, none where the household is gone.</summary>
    public string Village(int place) => _homes[place].Village ?? "";

    /// <summary>What people said about it that departments' records tell as well; null where nobody did.</summary>
    public Seen? Seen(int place) => _homes[place].Seen;

    internal ref readonly HomeRow this[int place] => ref _homes[place];
}

/// <summary>The members of state normal of a scope's households, by the households' places in it.</summary>
public sealed class Inhabitants
{
    private readonly Headcount[] _counts;
    private readonly Dictionary<Guid, string> _codes;

    internal Inhabitants(Headcount[] counts, IReadOnlyList<YoungMember> young, Dictionary<Guid, string> codes) => (_counts, Young, _codes) = (counts, young, codes);

    /// <summary>Those born in the last seventeen years, in no order.</summary>
    public IReadOnlyList<YoungMember> Young { get; }

    /// <summary>Whether all are in basic medical insurance; null where nobody lives there, or nobody is out of it for certain and somebody's flags do not tell.</summary>
    public bool? Insured(int place) =>
        _counts[place] switch { { Uninsured: > 0 } => false, { Size: 0 } or { InsuranceUnknown: > 0 } => null, _ => true };

    /// <summary>The code of somebody who is in no insurance; null where nobody is, or sources are not asked for.</summary>
    public string? UninsuredCode(int place) => _counts[place].UninsuredCode;

    /// <summary>Pupils who are said to receive no aid 资助; null where nobody said anything about it, or nobody is without for certain and of somebody it is not said.</summary>
    public int? WithoutAid(int place) =>
        _counts[place] switch { { Unaided: > 0 and var without } => without, { Aided: 0 } or { AidUnknown: > 0 } => null, _ => 0 };

    /// <summary>A member's code, for explanations; null for anyone else, and where sources are not asked for.</summary>
    public string? CodeOf(Guid? member) => member is { } id ? _codes.GetValueOrDefault(id) : null;

    internal ref readonly Headcount this[int place] => ref _counts[place];
}

/// <param name="Place">The household's place in the scope.</param>
/// <param name="Code">Null where sources are not asked for.</param>
/// <param name="BirthMonth">Only where the full date is not known.</param>
public readonly record struct YoungMember(Guid Id, int Place, string? Code, DateOnly? BirthOn, PartialDate? BirthMonth)
{
    /// <summary>The student state that was said at a visit or the desk, code list <c>student_state</c>; null where only files tell.</summary>
    public string? SeenStudent { get; init; }

    /// <summary>Who said it and when; null where sources are not asked for.</summary>
    public FeatureSource? SeenBy { get; init; }

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
