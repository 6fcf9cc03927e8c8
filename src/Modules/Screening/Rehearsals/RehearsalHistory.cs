using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>What became of past leads of an area. Kept for a minute: a slider moves often, history does not.</summary>
internal sealed class RehearsalHistory(IServiceScopeFactory scopes)
{
    private static readonly long Fresh = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;
    private readonly ConcurrentDictionary<AreaCode, Past> _kept = new();

    /// <param name="Unwarned">Of <see cref="UnwarnedReport.Households"/>, those that are in the population.</param>
    public sealed record Past(PrecisionReport Report, RuleSets Sets, ulong[] Unwarned, long At);

    public async Task<Past> Of(Actor actor, RuleSets sets, CancellationToken cancel)
    {
        if (_kept.TryGetValue(actor.Area, out var kept) && ReferenceEquals(kept.Sets, sets) && Environment.TickCount64 - kept.At < Fresh)
            return kept;
        await using var scope = scopes.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<RulePrecision>().Of(actor, new(), cancel);
        return _kept[actor.Area] = new(report, sets, SetOf(sets, report.Unwarned.Households.Select(h => h.Household)), Environment.TickCount64);
    }

    private static ulong[] SetOf(RuleSets sets, IEnumerable<Guid> households)
    {
        var (set, wanted) = (new ulong[sets.Words], households.ToHashSet());
        for (var i = 0; wanted.Count > 0 && i < sets.Count; i++)
            if (wanted.Contains(sets.IdOf(i)))
                Bits.Put(set, i);
        return set;
    }
}
