using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Platform.Plugins;

/// <summary>Something wrong that a module has on its list.</summary>
/// <param name="Id">The finding or lead; the ledger keeps it, so that nothing is entered twice.</param>
/// <param name="Check">The check that found it, where what it finds in a village is one problem: <c>DQ-02</c>; otherwise null.</param>
/// <param name="Title">What is wrong, without a word about a person; a problem of many says it once.</param>
/// <param name="Area">The village; township or county where the village is not known.</param>
/// <param name="Household">The household concerned, where known.</param>
/// <param name="Since">Since when it has been there, or the day after its last day.</param>
/// <param name="Code">By which people know it, such as a lead's; null where they do not.</param>
public sealed record StandingProblem(Guid Id, string? Check, Text Title, string Area, Guid? Household, DateOnly Since, string? Code = null);

/// <summary>Lists of what is wrong, for rules of the policy that make problems of the ledger of it. A module plugs in its own.</summary>
public interface IProblemSource
{
    /// <summary>What the module can tell about.</summary>
    IReadOnlyCollection<IssueTrigger> Triggers { get; }

    /// <summary>Everything that is there now and that the rule looks at, however new. What it named before and does not name any more is gone.</summary>
    Task<IReadOnlyList<StandingProblem>> Standing(AreaCode county, IssueRule rule, DateOnly today, CancellationToken cancel);
}
