using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>Puts a listed object back on the list when a problem found at it is reopened: its removal rested on that problem being struck off.</summary>
internal sealed class ListedAgain(ShouwangDb db, Secrets secrets, Today today)
{
    /// <summary>In the caller's unit of work; nothing happens where the object is on the list anyway.</summary>
    public async Task Because(Issue issue, Actor actor, CancellationToken cancel)
    {
        if (issue.ListingId is not { } id || await db.Set<Listing>().SingleOrDefaultAsync(l => l.County == issue.County && l.Id == id, cancel) is not { } listing
            || listing.State == ListingState.Listed)
            return;
        var happening = listing.State == ListingState.Removed ? ListingEvent.Relist : ListingEvent.Reject;
        var reason = new Text($"点上的问题 {issue.Code} 已重新打开。", $"The problem {issue.Code} found at it was reopened.").ToString();
        var step = TakeListingStep.StepOf(listing, ListingState.Listed, new(happening, reason), null, actor, secrets, today);
        TakeListingStep.Return(listing);
        listing.Version++;
        db.Add(step);
        db.Log($"ledger.listing.{happening}", new(listing.Area), listing.Code, actor.Name, today.Clock, new { From = step.FromState, To = step.ToState });
    }
}
