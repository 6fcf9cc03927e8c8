using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes;

internal static class FeatureWriting
{
    /// <summary>A feature in one line.</summary>
    /// <param name="formula">How it is worked out, and when it is unknown.</param>
    public static Feature Feature(string name, RuleType type, Unit unit, Text title, Text formula) => new(new(name, type, unit, title), formula);
}

/// <summary>The largest of a household's values so far, with the record it came from.</summary>
internal struct Largest
{
    public decimal? Value { get; private set; }

    /// <summary>Null until there is a value.</summary>
    public FeatureSource? Source { get; private set; }

    /// <param name="source">Null where sources are not asked for.</param>
    public void Take(decimal value, FeatureSource? source)
    {
        if (Value is null || value > Value)
            (Value, Source) = (value, source);
    }

    /// <summary>The value as a whole number; 0 when there is none.</summary>
    public readonly long Whole => (long)(Value ?? 0);
}
