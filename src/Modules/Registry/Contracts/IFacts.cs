using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Everything one source said about one household or member on one day.</summary>
/// <param name="Member">The member, or null for the household itself.</param>
/// <param name="Source">A source of the policy's source order: <c>register</c>, <c>desk</c>, <c>visit</c>, …</param>
/// <param name="Reference">What it came in: a file, a visit, a decision; null when nothing else names it.</param>
/// <param name="Values">
/// By the names of the policy's feed: <c>phone</c>, <c>mon_cat</c>, <c>life</c>. A null says that there is nothing; what is not
/// named was not spoken of. Text, codes, <see cref="DateOnly"/>, decimal, long, bool.
/// </param>
public sealed record Statement(
    Guid Household, Guid? Member, string Source, string? Reference, DateOnly ObservedOn, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>Who says it, where many people's statements are kept together; null for the context's actor.</summary>
    public string? By { get; init; }
}

/// <summary>Who states, and where.</summary>
/// <param name="Area">The county, or the township or village that a new household is put in when it does not say itself.</param>
/// <param name="Actor">Sign-in name, or <c>system</c>.</param>
/// <param name="Import">The import to take back to undo it, or null.</param>
public sealed record StatementContext(AreaCode Area, string Actor, Guid? Import = null)
{
    public string County => Area.County.Digits;
}

/// <summary>One attribute of one statement.</summary>
/// <param name="Attribute"><c>household.phone</c>, <c>member.life</c>.</param>
/// <param name="Current">The register goes by it.</param>
/// <param name="Differs">Another source than the current one says something else.</param>
public sealed record Fact(
    Guid Household, Guid? Member, string Attribute, string? Value, string Source, string? Reference, DateOnly ObservedOn,
    DateTimeOffset RecordedAt, string RecordedBy, bool Current, bool Differs);

/// <summary>A source that says something else than the current value.</summary>
/// <param name="SettledAt">When the sources agreed again; null while they do not.</param>
public sealed record Disagreement(
    Guid Household, Guid? Member, string Attribute, string Source, string? Value, DateOnly ObservedOn, DateTimeOffset Since, DateTimeOffset? SettledAt);

/// <summary>The one door through which anything about a household or a member comes into the register.</summary>
/// <remarks>
/// A source's later word replaces its earlier one, even where the later word is "nothing"; between sources the policy's order
/// decides, and an empty word never outweighs another source's value. See decision 0003.
/// </remarks>
public interface IFacts
{
    /// <summary>
    /// Keeps the statements, brings the current values, disagreements and membership history up to date and marks what changed
    /// for screening; in the open transaction, or one of its own.
    /// </summary>
    /// <remarks>
    /// A statement that only repeats what its source said last on that day changes nothing. A household or member that is not
    /// there yet comes into being when its values hold its code (<c>hid</c>; for a member <c>hid</c> and <c>pid</c>).
    /// </remarks>
    /// <returns>How many statements said something new.</returns>
    /// <exception cref="ArgumentException">A household or member that is neither known nor named by a code.</exception>
    Task<int> State(StatementContext context, IReadOnlyList<Statement> statements, CancellationToken cancel);

    /// <summary>What every source says about a household and its members now, attribute by attribute; earlier words of a source with <paramref name="history"/>.</summary>
    Task<IReadOnlyList<Fact>> Of(string county, Guid household, bool history, CancellationToken cancel);

    /// <summary>The same without history for several subjects: households themselves, and members alone. Two queries however many there are.</summary>
    Task<IReadOnlyList<Fact>> About(string county, IReadOnlyCollection<(Guid Household, Guid? Member)> subjects, CancellationToken cancel);

    /// <summary>Where sources differ, or differed.</summary>
    Task<IReadOnlyList<Disagreement>> Disagreements(string county, Guid household, CancellationToken cancel);

    /// <summary>Takes back all statements of an import; what held before them holds again. Households and members without any other statement vanish.</summary>
    Task Withdraw(string county, Guid import, string actor, CancellationToken cancel);
}
