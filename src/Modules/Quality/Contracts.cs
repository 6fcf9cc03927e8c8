using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Quality.Contracts;

/// <summary>What a finding is about.</summary>
public enum SubjectKind { Household, Member, Record }

public enum FindingState
{
    /// <summary>Somebody has to look.</summary>
    Open,

    /// <summary>Correct as it stands, and somebody said why. It stays on the list.</summary>
    Explained,

    /// <summary>The rule no longer finds it; off the list, kept as history.</summary>
    Fixed,
}

/// <summary>One run of all checks over a county.</summary>
/// <param name="Findings">How many there are now.</param>
/// <param name="Opened">How many of them are new.</param>
/// <param name="Closed">How many earlier ones are gone.</param>
public sealed record QualityResult(DateOnly AsOf, DateTimeOffset At, string Actor, int Findings, int Opened, int Closed);

/// <summary>A finding as lists show it.</summary>
/// <param name="Subject">The household's or member's code, or the number of a settlement or contract.</param>
/// <param name="Village">The area's code, 12 digits where the village is known.</param>
/// <param name="HouseholdId">The household to open, where known.</param>
public sealed record ListedFinding(
    Guid Id, string Rule, Text Title, QualitySeverity Severity, SubjectKind Kind, string Subject, string Village, Guid? HouseholdId,
    Text Message, DateOnly FirstOn, DateOnly LastOn, FindingState State, string? Explanation, string? ExplainedBy)
{
    public string? Household => Kind == SubjectKind.Household ? Subject : null;
    public string? Member => Kind == SubjectKind.Member ? Subject : null;
    public string? Record => Kind == SubjectKind.Record ? Subject : null;
}

/// <summary>What a list of findings is narrowed to. Everything set has to hold.</summary>
/// <param name="State">Null: open and explained ones. Fixed ones are on no list.</param>
/// <param name="Area">A village, township or county.</param>
public sealed record FindingFilter(
    string? Rule = null, AreaCode? Area = null, QualitySeverity? Severity = null, FindingState? State = null, Guid? Household = null,
    int Skip = 0, int Take = 50);

/// <param name="Total">On all pages.</param>
public sealed record FindingPage(IReadOnlyList<ListedFinding> Rows, int Total);

/// <summary>How many findings a rule has in a village.</summary>
/// <param name="Explained">How many of <paramref name="Count"/> were explained.</param>
public sealed record FindingCount(string Village, string Rule, Text Title, QualitySeverity Severity, int Count, int Explained);

/// <summary>Checks of data quality: FIELDS §D, with the rules that other modules bring.</summary>
public interface IQuality
{
    /// <summary>Every rule there is, in the order of numbers.</summary>
    IReadOnlyList<QualityRule> Rules { get; }

    /// <summary>Runs every check over a county, in the open transaction or one of its own, and brings the list up to date.</summary>
    Task<QualityResult> Run(AreaCode county, DateOnly asOf, string actor, CancellationToken cancel);

    /// <summary>True when nothing was run since something last happened in the county, or not for that day.</summary>
    Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>The latest run, or null.</summary>
    Task<QualityResult?> Last(AreaCode county, CancellationToken cancel);

    /// <summary>One page, by village, rule and subject; only what the actor may see.</summary>
    Task<FindingPage> List(Actor actor, FindingFilter filter, CancellationToken cancel);

    /// <summary>By village and rule; only what the actor may see.</summary>
    Task<IReadOnlyList<FindingCount>> Counts(Actor actor, FindingFilter filter, CancellationToken cancel);

    /// <summary>Says why a finding is correct as it stands. It is open again as soon as the rule finds something else there.</summary>
    /// <param name="reason">Required; shown beside the finding.</param>
    Task<Outcome<ListedFinding>> Explain(Actor actor, Guid finding, string reason, CancellationToken cancel);
}
