using Shouwang.Kernel;

namespace Shouwang.Platform.Plugins;

/// <summary>Parts of indicators, village by village: they are added up for every area above.</summary>
/// <param name="Village">12 digits.</param>
/// <param name="Household">The household counted, so that every number opens; null for figures that are not about one.</param>
public readonly record struct IndicatorPart(string Code, string Village, Guid? Household, decimal Numerator, decimal Denominator)
{
    private readonly IReadOnlyList<(string, string)>? _by;

    /// <summary>What it is told apart by: codes of dimensions with values, an empty one where there is none. Those the indicator has no use for are passed over.</summary>
    public IReadOnlyList<(string Dimension, string Value)> By { get => _by ?? []; init => _by = value; }
}

/// <summary>Counts what a module has about other things than the state of households. The policy packs define the indicators.</summary>
public interface IIndicatorSource
{
    /// <summary>The codes of the indicators it counts.</summary>
    IReadOnlyList<string> Codes { get; }

    /// <summary>Its own names of a dimension's values, in their order; empty where it has none.</summary>
    IReadOnlyList<(string Value, Text Name)> ValuesOf(string dimension) => [];

    /// <summary>In a few queries over a whole county, never one for a household.</summary>
    Task Compute(AreaCode county, DateOnly asOf, Policy.Policy policy, Action<IndicatorPart> part, CancellationToken cancel);
}
