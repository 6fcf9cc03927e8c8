using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>Something added up over the households of a county.</summary>
/// <param name="When">Which households, a condition over features, lines and the day; null for all. Where it is unknown the household is not among them.</param>
/// <param name="Weight">What each of them adds, a number; null for one each. Unknown adds nothing.</param>
/// <param name="By">A feature of texts whose values are told apart; null for none.</param>
public sealed record HouseholdSum(RuleExpression? When, RuleExpression? Weight, string? By = null);

/// <summary>What the households of one place come to.</summary>
/// <param name="Area">The village; township or county where the village is not known.</param>
/// <param name="Value">Of the feature the sum is told apart by; empty where it is unknown or there is none.</param>
public readonly record struct AreaSum(string Area, string Value, decimal Sum);

/// <summary>What one household adds to one of the sums asked for.</summary>
/// <param name="Sum">Its place in the question.</param>
/// <param name="Value">As in <see cref="AreaSum"/>.</param>
public readonly record struct HouseholdPart(int Sum, Guid Household, string Area, string Value, decimal Adds);

/// <summary>Sums over all households of a county: from the columns that scans read, with whatever changed and was not screened yet worked out anew.</summary>
public interface IHouseholdSums
{
    /// <summary>The names that conditions and weights may use: features, lines, the day.</summary>
    ISymbols Names { get; }

    /// <summary>Every sum by place; places where a sum is zero may be left out.</summary>
    Task<IReadOnlyList<IReadOnlyList<AreaSum>>> ByArea(AreaCode county, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, CancellationToken cancel);

    /// <summary>Everything that is not zero, household by household within each sum.</summary>
    /// <param name="within">The county or an area in it.</param>
    Task Each(AreaCode within, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, Action<HouseholdPart> part, CancellationToken cancel);
}
