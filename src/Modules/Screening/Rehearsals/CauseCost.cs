using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>What helping would cost: for each cause the first typical measure, at what it usually costs in a year.</summary>
/// <param name="Measure">The measure that stands for the cause; null where the policy names none.</param>
/// <param name="Yuan">A household and year; null where nobody knows.</param>
/// <param name="Assumed">No text sets the cost, and nobody has put in another.</param>
internal sealed record CauseCost(string Cause, MeasureDefinition? Measure, decimal? Yuan, bool Assumed)
{
    private const decimal MostYuan = 10_000_000;

    /// <summary>The cost of each cause that a rule can point at.</summary>
    public static IReadOnlyList<CauseCost> Of(Policy policy, IEnumerable<string> causes, RehearsalAsk ask, List<Problem> problems)
    {
        foreach (var (code, text) in ask.Costs.Where(c => RehearsalAsk.Number(c.Value) is not (>= 0 and <= MostYuan)))
            problems.Add(Refusals.BadNumber(code, text));
        return [.. causes.Where(c => c.Length > 0).Select(cause =>
        {
            var code = policy.CauseMeasures.GetValueOrDefault(cause)?.Typical is [var first, ..] ? first : null;
            var measure = policy.Measures.FirstOrDefault(m => m.Code == code);
            var typed = measure is not null && ask.Costs.TryGetValue(measure.Code, out var text) && RehearsalAsk.Number(text) is >= 0 and <= MostYuan and var yuan ? yuan : (decimal?)null;
            return new CauseCost(cause, measure, typed ?? measure?.UsualYuan, typed is null && measure is { UsualAssumed: true });
        })];
    }
}
