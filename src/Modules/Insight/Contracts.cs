using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight.Contracts;

/// <summary>How a figure came about (INDICATORS, rules for every indicator).</summary>
public enum FigureStatus
{
    /// <summary>Worked out from the county's own data.</summary>
    Computed,

    /// <summary>There is nothing to divide by, or no income line for the area and day: no value is shown.</summary>
    Undefined,
}

/// <summary>A figure about an area on a day.</summary>
/// <param name="Denominator">Null for counts.</param>
/// <param name="Value">Rounded half away from zero to the indicator's decimals, in percent where it is a share; null where undefined.</param>
public sealed record Figure(
    IndicatorDefinition Definition, AreaCode Area, DateOnly AsOf, decimal Numerator, decimal? Denominator, decimal? Value, FigureStatus Status)
{
    public string Code => Definition.Code;

    /// <summary>With all its decimals: <c>0.70</c>; null where undefined.</summary>
    public string? Shown => Value?.ToString("F" + Definition.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>A household behind a figure.</summary>
/// <param name="Numerator">What it adds to the numerator.</param>
/// <param name="Denominator">What it adds to the denominator; zero for counts.</param>
public sealed record Contribution(Guid Household, string Village, decimal Numerator, decimal Denominator);

/// <summary>Figures: INDICATORS.md, with the indicators that other modules bring.</summary>
public interface IFigures
{
    /// <summary>Every indicator there is, in the order of codes.</summary>
    IReadOnlyList<IndicatorDefinition> Indicators { get; }

    /// <summary>Works every indicator out, village by village, and keeps the figures of every area as of that day.</summary>
    Task Compute(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>True when nothing was computed for the day since something last happened in the county.</summary>
    Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel);

    /// <summary>The figures of an area as last computed for a day, in the order of codes; empty when the actor may not see the area.</summary>
    Task<IReadOnlyList<Figure>> Of(Actor actor, AreaCode area, DateOnly asOf, CancellationToken cancel);

    /// <summary>The figures of the areas one level below, by area; the same rules as <see cref="Of"/>.</summary>
    Task<IReadOnlyList<Figure>> Below(Actor actor, AreaCode area, string code, DateOnly asOf, CancellationToken cancel);

    /// <summary>One figure of an area on the days for which it was computed, the oldest first.</summary>
    Task<IReadOnlyList<Figure>> Course(Actor actor, AreaCode area, string code, CancellationToken cancel);

    /// <summary>The households behind a figure as they are now, by village; only for those who may see households, and only theirs.</summary>
    /// <param name="counted">Those in the numerator (true), those of the denominator that are not in it (false), or all (null).</param>
    Task<IReadOnlyList<Contribution>> Behind(Actor actor, AreaCode area, string code, DateOnly asOf, bool? counted, CancellationToken cancel);
}
