using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>A delivery that was signed for at the house: what was planned arrived, so nobody writes it down again at the desk.</summary>
internal sealed class SignedDeliveries(ShouwangDb db, TakeMeasureStep step) : ISignedDeliveries
{
    public async Task<Outcome<MeasureState>> Record(Actor actor, Guid household, Guid measure, string signature, string words, CancellationToken cancel)
    {
        var planned = await db.Set<Measure>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, m => m.HouseholdId).SingleOrDefaultAsync(m => m.Id == measure && m.HouseholdId == household, cancel);
        if (planned is null)
            return Refusals.NotFound;
        if (planned.State != MeasureState.InProgress)
            return planned.State;
        var taken = await step.Run(actor, measure, new(MeasureEvent.Deliver, words, [new(EvidenceKinds.Receipt, signature)], planned.Version,
            planned.AmountFen?.Yuan, planned.Quantity), cancel);
        // Inside the transaction of a batch of visits nobody else saves it.
        if (taken.Succeeded)
            await db.SaveChangesAsync(cancel);
        return taken;
    }
}
