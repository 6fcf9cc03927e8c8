using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>What if: other lines, parameters and rules, tried on the households as they are. Changes nothing.</summary>
public interface IRehearsal
{
    /// <summary>Tries what is asked on the households of the actor's area: every county of it under its own policy.</summary>
    /// <param name="asked">
    /// Names and texts: <c>area</c> for each area that is not all of the actor's, <c>line.monitoring</c>, <c>line.poverty</c>, <c>W14.limit</c>, <c>W21</c> with <c>on</c> or <c>off</c>, <c>cost.M802</c>,
    /// <c>visits</c>, <c>help</c>; for each new rule <c>rule</c>, <c>rule.title</c>, <c>rule.category</c>, <c>rule.cause</c>.
    /// </param>
    /// <returns>The figures, or everything that is wrong with what was asked.</returns>
    Task<Outcome<RehearsalFigures>> Run(Actor actor, IEnumerable<(string Name, string Value)> asked, CancellationToken cancel);
}

/// <summary>The figures of a rehearsal.</summary>
/// <param name="Area">Of whoever asked; <c>area</c> among what was asked says where it is less.</param>
/// <param name="Population">Households of the area.</param>
/// <param name="Asked">What differs from the policy in force, as names and texts.</param>
/// <param name="Visits">Visits that the households entering need.</param>
public sealed record RehearsalFigures(
    DateOnly AsOf, string Area, int Population, IReadOnlyList<RehearsalAsked> Asked, RehearsalHeads Before, RehearsalHeads After, RehearsalHeads Entering, RehearsalHeads Leaving,
    long Visits, RehearsalMoney Money, IReadOnlyList<RehearsalRule> Rules, IReadOnlyList<RehearsalCounty> Counties, IReadOnlyList<RehearsalGroup> Townships, IReadOnlyList<RehearsalGroup> Categories,
    IReadOnlyList<RehearsalCause> Causes, IReadOnlyList<RehearsalOverlap> Overlaps, RehearsalCliff? Cliff, RehearsalUnwarned Unwarned);

public sealed record RehearsalAsked(string Name, string Value);

public sealed record RehearsalHeads(int Households, long Persons);

/// <summary>Yuan a year, from the usual cost of the first typical measure of each cause.</summary>
public sealed record RehearsalMoney(decimal Before, decimal After, decimal Entering, decimal Leaving);

/// <param name="Id">Of several counties, a rule that one of them wrote carries that county: <c>C01@500236</c>.</param>
/// <param name="Alone">Households that no other rule would find.</param>
/// <param name="Precision">How many of its past leads proved true; null before the first decision.</param>
public sealed record RehearsalRule(
    string Id, Text Title, bool WasLive, bool IsLive, int Before, int After, int Entering, int Leaving, int Unknown, int Alone, decimal? Precision, int Decided);

/// <param name="Code">6 digits.</param>
/// <param name="Population">Its households, as far as they were asked for.</param>
/// <param name="Monitoring">Yuan a head and year as rehearsed; null where the county has no line.</param>
/// <param name="Poverty">The same for the poverty line.</param>
public sealed record RehearsalCounty(
    string Code, int Population, decimal? Poverty, decimal? Monitoring, RehearsalHeads Before, RehearsalHeads After, RehearsalHeads Entering, RehearsalHeads Leaving);

/// <param name="Code">A township's or category's code; empty where no rule suggests a category.</param>
public sealed record RehearsalGroup(string Code, int Before, int After, int Entering, int Leaving);

/// <param name="Yuan">Of the measure, a household and year; null where nobody knows, or where counties differ.</param>
/// <param name="Assumed">No text sets that cost.</param>
public sealed record RehearsalCause(string Code, int Before, int After, int Entering, int Leaving, string? Measure, decimal? Yuan, bool Assumed);

public sealed record RehearsalOverlap(string First, string Second, int Both, int OfFirst, int OfSecond);

/// <summary>Households just above the line that lose more help than they have above it.</summary>
/// <param name="Help">Yuan a household and year that is lost.</param>
public sealed record RehearsalCliff(decimal Help, int Before, int After);

/// <summary>Monitored households that no rule had warned about, and how many of them the rehearsed rules would find today.</summary>
public sealed record RehearsalUnwarned(int Households, int Found);
