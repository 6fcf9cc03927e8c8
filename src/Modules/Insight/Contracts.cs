using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight.Contracts;

/// <summary>How a figure came about (INDICATORS, rules for every indicator).</summary>
public enum FigureStatus
{
    /// <summary>Worked out from the county's own data.</summary>
    Computed,

    /// <summary>There is nothing to divide by, or no income line for the area and day: no value is shown.</summary>
    Undefined,

    /// <summary>Somebody reported it; the program has no data of its own.</summary>
    Reported,

    /// <summary>Somebody put it in place of what was worked out, with a reason. What was worked out stays beside it.</summary>
    Adjusted,
}

/// <summary>A figure about an area on a day.</summary>
/// <param name="Denominator">Null for counts, and for reported shares whose base was not given.</param>
/// <param name="Value">Rounded half away from zero to the indicator's decimals, in percent where it is a share; null where undefined.</param>
public sealed record Figure(
    IndicatorDefinition Definition, AreaCode Area, DateOnly AsOf, decimal Numerator, decimal? Denominator, decimal? Value, FigureStatus Status)
{
    public string Code => Definition.Code;

    /// <summary>With all its decimals: <c>0.70</c>; null where undefined.</summary>
    public string? Shown => Value?.ToString("F" + Definition.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>What it is a part of; null for whole figures.</summary>
    public FigurePart? Part { get; init; }

    /// <summary>Why and by whom it was reported or adjusted; null where it was computed.</summary>
    public FigureEntry? Entry { get; init; }

    /// <summary>The value that was worked out and is not shown; null unless adjusted.</summary>
    public decimal? Replaced { get; init; }
}

/// <summary>By what a figure is a part of another.</summary>
/// <param name="Dimension">Its code, such as <c>gender</c>.</param>
/// <param name="Title">Of the dimension.</param>
/// <param name="Value">Empty for what nothing is known of.</param>
/// <param name="Name">Of the value.</param>
/// <param name="Order">Of the value among the others; the same for all that no list names.</param>
public sealed record FigurePart(string Dimension, Text Title, string Value, Text Name, int Order);

/// <param name="Reason">The reason of an adjustment; for a reported figure who says so, and in which document.</param>
public sealed record FigureEntry(string Reason, string By, DateTimeOffset At);

/// <summary>A household behind a figure.</summary>
/// <param name="Numerator">What it adds to the numerator.</param>
/// <param name="Denominator">What it adds to the denominator; zero for counts.</param>
public sealed record Contribution(Guid Household, string Village, decimal Numerator, decimal Denominator);

/// <summary>Figures: the indicators of the policy packs, worked out for every area of a county.</summary>
public interface IFigures
{
    /// <summary>Every indicator of a county on a day, in the order of codes, those that wait for something included.</summary>
    Task<IReadOnlyList<IndicatorDefinition>> Indicators(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>Works every indicator out, village by village, and keeps the figures of every area as of that day. A published day stays as it is.</summary>
    Task Compute(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>True when nothing was computed for the day since something last happened in the county.</summary>
    Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>The figures of an area for a day, in the order of codes; empty when the actor may not see the area.</summary>
    /// <remarks>Computed ones are those of the day; of reported ones the latest until then, each with its own as-of day.</remarks>
    Task<IReadOnlyList<Figure>> Of(Actor actor, AreaCode area, DateOnly asOf, CancellationToken cancel);

    /// <summary>Some figures of the areas below, by area; the same rules as <see cref="Of"/>.</summary>
    /// <param name="all">Of every area below, not only one level below.</param>
    Task<IReadOnlyList<Figure>> Below(Actor actor, AreaCode area, IReadOnlyList<string> codes, DateOnly asOf, bool all, CancellationToken cancel);

    /// <summary>Figures of an area on the days for which they were computed, the oldest first.</summary>
    Task<IReadOnlyList<Figure>> Course(Actor actor, AreaCode area, IReadOnlyList<string> codes, CancellationToken cancel);

    /// <summary>The last day before another for which an area's figures were computed; null where there is none.</summary>
    Task<DateOnly?> LastBefore(AreaCode area, DateOnly day, CancellationToken cancel);

    /// <summary>The households behind a figure, by village; only for those who may see households, and only theirs.</summary>
    /// <remarks>Of a published day those that were counted then; of the present day those that are counted now; null of days for which they were not kept.</remarks>
    /// <param name="code">Of the indicator, with what it is told apart by behind a slash where it is a part: <c>R18/01</c>, <c>R02/gender=2</c>.</param>
    /// <param name="counted">Those in the numerator (true), those of the denominator that are not in it (false), or all (null).</param>
    Task<IReadOnlyList<Contribution>?> Behind(Actor actor, AreaCode area, string code, DateOnly asOf, bool? counted, CancellationToken cancel);

    /// <summary>How many households of the numerator there are in each village: for posts that see figures and no household, too. Null of days for which they were not kept.</summary>
    Task<IReadOnlyList<(AreaCode Village, int Households)>?> Villages(Actor actor, AreaCode area, string code, DateOnly asOf, CancellationToken cancel);
}
