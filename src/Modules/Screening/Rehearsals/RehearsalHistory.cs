using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>What became of past leads of an area. A slider moves often, history does not.</summary>
/// <remarks>What is kept is read again in the background when it is older than a minute, and waited for when it is older than ten.</remarks>
internal sealed class RehearsalHistory(IServiceScopeFactory scopes, ILogger<RehearsalHistory> log)
{
    private static readonly long Fresh = (long)TimeSpan.FromMinutes(1).TotalMilliseconds, Usable = Fresh * 10;
    private readonly ConcurrentDictionary<AreaCode, Past> _kept = new();
    private readonly ConcurrentDictionary<AreaCode, bool> _underWay = new();

    /// <param name="Unwarned">Of <see cref="UnwarnedReport.Households"/>, those that are in the population.</param>
    public sealed record Past(PrecisionReport Report, RuleSets Sets, ulong[] Unwarned, long At);

    /// <summary>The history of the actor's area, which lies in one county.</summary>
    public async Task<Past> Of(Actor actor, RuleSets sets, CancellationToken cancel)
    {
        if (!_kept.TryGetValue(actor.Area, out var kept) || Environment.TickCount64 - kept.At >= Usable)
            return _kept[actor.Area] = await Read(actor, sets, cancel);
        // Nobody who moves a slider waits for history to be read again.
        if (Environment.TickCount64 - kept.At >= Fresh && _underWay.TryAdd(actor.Area, true))
            _ = Task.Run(() => ReadAgain(actor, sets), CancellationToken.None);
        return ReferenceEquals(kept.Sets, sets) ? kept : _kept[actor.Area] = kept with { Sets = sets, Unwarned = SetOf(sets, kept.Report) };
    }

    private async Task ReadAgain(Actor actor, RuleSets sets)
    {
        try
        {
            _kept[actor.Area] = await Read(actor, sets, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The history of {Area} could not be read again; the last one stays in use.", actor.Area.Digits);
        }
        finally
        {
            _underWay.TryRemove(actor.Area, out _);
        }
    }

    private async Task<Past> Read(Actor actor, RuleSets sets, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<RulePrecision>().Of(actor, new(), cancel);
        return new(report, sets, SetOf(sets, report), Environment.TickCount64);
    }

    private static ulong[] SetOf(RuleSets sets, PrecisionReport report)
    {
        var (set, wanted) = (new ulong[sets.Words], report.Unwarned.Households.Select(h => h.Household).ToHashSet());
        for (var i = 0; wanted.Count > 0 && i < sets.Count; i++)
            if (wanted.Contains(sets.IdOf(i)))
                Bits.Put(set, i);
        return set;
    }
}
