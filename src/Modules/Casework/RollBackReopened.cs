using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>
/// Takes back an elimination that rested on a problem being struck off, when that problem is reopened: with it open the risk could not have been
/// eliminated (<c>no_open_issue</c>). What is still on its way needs nothing: its conditions are looked at again with every step.
/// </summary>
internal sealed class RollBackReopened(ShouwangDb db, TakeEliminationStep step) : IFollowUp
{
    private sealed record Reopened(Guid? Household, DateOnly? StruckOff);

    public string On => "ledger.Reopen";

    public async Task Run(Event cause, CancellationToken cancel)
    {
        if (cause.Read<Reopened>() is not { Household: { } household, StruckOff: { } day })
            return;
        // One that was flagged before the problem was struck off did not rest on it: the problem came later.
        var rested = await db.Set<Elimination>().AsNoTracking().Where(e => e.County == cause.County && e.HouseholdId == household && e.State == EliminationState.Flagged && e.FlaggedOn >= day)
            .OrderByDescending(e => e.FlaggedOn).Select(e => e.Id).FirstOrDefaultAsync(cancel);
        if (rested == Guid.Empty)
            return;
        var reason = new Text($"问题 {cause.Subject} 已重新打开，消除条件不再满足。", $"The problem {cause.Subject} was reopened, so that the conditions no longer hold.").ToString();
        var taken = await step.Run(Actor.System(new(cause.County)), rested, new(EliminationEvent.RollBack, reason), cancel);
        if (!taken.Succeeded && taken.Problems.Any(p => p.Code != "steps.not-possible"))
            throw new InvalidOperationException($"{cause.Subject}: {taken.Problems[0].What.En}");
    }
}
