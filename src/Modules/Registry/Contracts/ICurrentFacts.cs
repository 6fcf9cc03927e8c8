using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>A value that the register goes by, with who said it and for which day.</summary>
/// <param name="Value">As statements write it: a text, a code, <c>true</c>, <c>2020-06-01</c>, a number.</param>
public readonly record struct CurrentFact(string Value, string Source, DateOnly On);

/// <summary>Everything the register goes by about a household or one of its members.</summary>
/// <param name="Member">Null: about the household itself.</param>
/// <param name="Values">By the fields of the policy's feed, in clear; what nobody said is not in it.</param>
public sealed record CurrentFacts(Guid Household, Guid? Member, string Code, AreaCode Area, IReadOnlyDictionary<string, CurrentFact> Values);

/// <summary>Current values of many households at once, each with its source and day.</summary>
public interface ICurrentFacts
{
    /// <summary>The households on which an actor may use a permission, by village and code.</summary>
    Task<IReadOnlyList<Guid>> Visible(Actor actor, string permission, CancellationToken cancel);

    /// <summary>Households and their members, each group in the order of codes; two queries however many there are.</summary>
    Task<IReadOnlyList<CurrentFacts>> Of(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel);

    /// <summary>Whether an attribute has a current value, so that it is in what <see cref="Of"/> gives wherever it is known.</summary>
    bool Has(bool member, string attribute);
}

/// <summary>Somebody or something watched since a day.</summary>
/// <param name="Member">Null: the household itself.</param>
public sealed record WatchedSince(Guid Household, Guid? Member, DateOnly Since);

/// <summary>A value that the register did not go by then and goes by now, or the other way round.</summary>
/// <param name="Field">By the policy's feed.</param>
/// <param name="Was">Null: there was none.</param>
/// <param name="Now">Null: it is said that there is none.</param>
/// <param name="On">The day for which the new value was observed.</param>
public sealed record ChangedFact(Guid Household, Guid? Member, string Field, string? Was, string? Now, DateOnly On, string Source);

/// <summary>What changed about many households, each since its own day.</summary>
public interface IChangedFacts
{
    /// <summary>Whoever came to the register later is not in it; two queries for households and two for members, however many there are.</summary>
    Task<IReadOnlyList<ChangedFact>> Of(string county, IReadOnlyCollection<WatchedSince> about, CancellationToken cancel);
}
