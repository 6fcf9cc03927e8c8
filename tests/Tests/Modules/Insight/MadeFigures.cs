using Shouwang.Platform.Plugins;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>What modules count in a made-up county.</summary>
internal static class MadeFigures
{
    /// <summary>The parts of some indicators as of a day.</summary>
    public static Task<List<IndicatorPart>> Parts(this CaseworkWorld world, DateOnly day, params string[] codes) => world.With<IEnumerable<IIndicatorSource>, List<IndicatorPart>>(async (sources, cancel) =>
    {
        var found = new List<IndicatorPart>();
        foreach (var source in sources.Where(s => s.Codes.Intersect(codes).Any()))
            await source.Compute(CaseworkWorld.County, day, LifeCycles.Policy, found.Add, cancel);
        return [.. found.Where(p => codes.Contains(p.Code))];
    });

    /// <summary>Numerator and denominator of one of them.</summary>
    public static (decimal, decimal) Of(this IEnumerable<IndicatorPart> parts, string code, params (string Dimension, string Value)[] by) =>
        parts.Where(p => p.Code == code && by.All(p.By.Contains)).ToList() is var some ? (some.Sum(p => p.Numerator), some.Sum(p => p.Denominator)) : default;
}
