using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>How often warnings proved true: by rule, by who reported, and whom nobody warned about.</summary>
public interface IRulePrecision
{
    /// <summary>Counts the leads that an actor's area raised in a period.</summary>
    Task<PrecisionReport> Of(Actor actor, PrecisionFilter filter, CancellationToken cancel);
}

/// <param name="From">The first day on which a lead was raised, or a household identified; null: from the beginning.</param>
/// <param name="To">The last such day; null: until today.</param>
/// <param name="Area">Inside the actor's own; null: all of it.</param>
public sealed record PrecisionFilter(DateOnly? From = null, DateOnly? To = null, AreaCode? Area = null);

/// <param name="Rules">The noisiest first: those that are surely bad, then those that warned most.</param>
/// <param name="Sources">By who reported, code list C-SRC, in the same order.</param>
public sealed record PrecisionReport(IReadOnlyList<Precision> Rules, IReadOnlyList<Precision> Sources, UnwarnedReport Unwarned);

/// <summary>What became of the leads of one rule or source. A lead that several opened or joined counts for each of them.</summary>
/// <param name="Id">The rule's id, or the source's code.</param>
/// <param name="Confirmed">Taken into identification, given to the green channel, or solved on the spot: there was something.</param>
/// <param name="Dismissed">Two people looked, the township agreed: there was nothing.</param>
/// <param name="Open">Not decided yet; they count for nothing else.</param>
/// <param name="Share">Confirmed of those decided, with its 95 % interval; null before the first decision.</param>
/// <param name="MedianDays">Half of the decisions took no longer, from the day of the lead; null before the first.</param>
public sealed record Precision(string Id, Text Title, int Confirmed, int Dismissed, int Open, Proportion? Share, decimal? MedianDays)
{
    /// <summary>Leads the rule opened or joined.</summary>
    public int Warned => Confirmed + Dismissed + Open;
}

/// <summary>Monitored households that no rule had warned about before they were identified.</summary>
/// <param name="Since">The day of the county's first screening; households identified before could not be warned about and are left out. Null: never screened.</param>
/// <param name="Identified">Households identified on or after that day, within the period.</param>
/// <param name="Households">Those of them without a rule's reason on a lead up to that day, the latest first.</param>
public sealed record UnwarnedReport(DateOnly? Since, int Identified, IReadOnlyList<UnwarnedCategory> Categories, IReadOnlyList<IdentifiedHousehold> Households);

/// <param name="Category">A monitoring category's code.</param>
public sealed record UnwarnedCategory(string Category, int Identified, int Unwarned);

/// <summary>A household that people admitted to monitoring.</summary>
/// <param name="Village">The code of its village.</param>
/// <param name="Category">A monitoring category's code.</param>
/// <param name="Cause">The main cause, code list C-RISK; null where none was written down.</param>
public sealed record IdentifiedHousehold(Guid Household, string Village, string Category, string? Cause, DateOnly On);

/// <summary>Which households are or were monitored. Screening stands below casework, so casework plugs itself in here.</summary>
public interface IIdentifiedHouseholds
{
    /// <summary>Every household ever admitted in an area and not removed as a mistake, once for each time.</summary>
    Task<IReadOnlyList<IdentifiedHousehold>> In(AreaCode area, CancellationToken cancel);
}
