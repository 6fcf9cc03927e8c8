using Shouwang.Kernel;

namespace Shouwang.Platform.Plugins;

public enum QualitySeverity { Error, Warning, Info }

/// <summary>A data-quality rule of FIELDS §D.</summary>
/// <param name="Id"><c>DQ-02</c>.</param>
public sealed record QualityRule(string Id, QualitySeverity Severity, Text Title, string Basis);

/// <summary>One finding: the rule and what it is about. Exactly one of household, member, record is the key of the finding.</summary>
/// <param name="Village">12 digits; decides who sees it.</param>
/// <param name="HouseholdId">The household to open, where known.</param>
public sealed record QualityFinding(
    string Rule, string? Household, string? Member, string? Record, string Village, Guid? HouseholdId, Text Message);

/// <summary>Where and as of when checks run.</summary>
public sealed record QualityScope(AreaCode County, DateOnly AsOf, Policy.Policy Policy);

/// <summary>Checks that a module brings for its own tables.</summary>
public interface IQualityCheck
{
    IReadOnlyList<QualityRule> Rules { get; }

    /// <summary>Reports every violation there is now, in any order.</summary>
    Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel);
}
