using Shouwang.Kernel;

namespace Shouwang.Platform.Plugins;

/// <summary>A figure about an area: INDICATORS.md.</summary>
/// <param name="Code"><c>R07</c>.</param>
/// <param name="Unit">户, 人, %, 元 …</param>
/// <param name="Decimals">Digits after the point, rounded half away from zero; counts have 0.</param>
/// <param name="Formula">In words, for the page that explains the figure.</param>
public sealed record IndicatorDefinition(string Code, Text Title, Text Unit, int Decimals, Text Formula, IndicatorKind Kind);

/// <summary>How figures of villages become the figure of a county.</summary>
public enum IndicatorKind
{
    /// <summary>The numerator is the value; numerators add up.</summary>
    Count,

    /// <summary>Numerator ÷ denominator, shown in percent; both add up.</summary>
    Percent,

    /// <summary>Numerator ÷ denominator; both add up.</summary>
    Ratio,
}

/// <summary>Parts of indicators, village by village: they are added up for every area above.</summary>
/// <param name="Village">12 digits.</param>
/// <param name="Household">The household counted, so that every number opens; null for figures that are not about one.</param>
public readonly record struct IndicatorPart(string Code, string Village, Guid? Household, decimal Numerator, decimal Denominator);

/// <summary>Indicators that a module brings.</summary>
public interface IIndicatorSource
{
    IReadOnlyList<IndicatorDefinition> Indicators { get; }

    Task Compute(AreaCode county, DateOnly asOf, Policy.Policy policy, Action<IndicatorPart> part, CancellationToken cancel);
}
