using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Ledger.Listings.ListingEvent;

namespace Shouwang.Modules.Ledger.Listings;

/// <param name="Spent">Yuan spent since the last entry, with supervision.</param>
public sealed record ListingStepRequest(ListingEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null, decimal? Spent = null)
    : StepRequest<ListingEvent>(Event, Reason, Evidence, Version);

/// <summary>Keeps the log of a listed object and takes it off the list. Who proposes the removal does not decide it.</summary>
internal sealed class TakeListingStep(ShouwangDb db, Policies policies, Secrets secrets, Today today)
{
    public async Task<Outcome<ListingState>> Run(Actor actor, Guid id, ListingStepRequest request, CancellationToken cancel) => await db.Atomically<ListingState>(async () =>
    {
        var listing = await db.Set<Listing>().VisibleTo(actor, Permissions.ListingsRead).SingleOrDefaultAsync(l => l.Id == id, cancel);
        if (listing is null)
            return ListingRefusals.NotFound;
        var area = new AreaCode(listing.Area);
        var checkedStep = ListingStates.Life.Check(listing.State, listing.Version, request, actor, area, listing.HouseholdId);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        if (await Refused(listing, request, actor, cancel) is { } refusal)
            return refusal;

        var step = StepOf(listing, checkedStep.Value.To, request, request.Spent is { } yuan ? Money.FromYuan(yuan) : null, actor, secrets, today);
        switch (request.Event)
        {
            case Supervise:
                listing.SupervisedOn = today.Day;
                listing.SpentFen += step.SpentFen ?? new(0);
                break;
            case ProposeRemoval:
                listing.ProposedBy = actor.User;
                listing.StageDueOn = (await policies.For(area, today.Day, cancel)).Due(ListingStates.Review, today.Day);
                break;
            case Remove:
                (listing.RemovedOn, listing.StageDueOn) = (today.Day, null);
                break;
            case List or Reject or Relist:
                Return(listing);
                break;
        }
        listing.State = checkedStep.Value.To;
        listing.Version++;
        db.Add(step);
        db.Log($"ledger.listing.{request.Event}", area, listing.Code, actor.Name, today.Clock, new { From = step.FromState, To = step.ToState });
        return listing.State;
    }, cancel);

    /// <summary>Back on the list, as if no removal had been thought of.</summary>
    public static void Return(Listing listing) =>
        (listing.State, listing.RemovedOn, listing.StageDueOn, listing.ProposedBy) = (ListingState.Listed, null, null, null);

    private async Task<Problem?> Refused(Listing listing, ListingStepRequest request, Actor actor, CancellationToken cancel)
    {
        if (request.Event == Supervise && request.Spent is { } spent)
            return spent < 0 ? ListingRefusals.BadAmount : (listing.SpentFen + Money.FromYuan(spent)).Fen > listing.FundsFen.Fen ? ListingRefusals.MoreThanTheFunds : null;
        if (request.Event is Remove or Reject && listing.ProposedBy == actor.User)
            return Steps.OwnWork(new("摘牌申请", "proposal to remove it"));
        if (request.Event is not (ProposeRemoval or Remove))
            return null;
        var open = await db.Set<Issue>().Where(i => i.County == listing.County && i.ListingId == listing.Id && !IssueStates.Ended.Contains(i.State))
            .OrderBy(i => i.Code).Select(i => i.Code).ToListAsync(cancel);
        return open.Count > 0 ? ListingRefusals.ProblemsOpen(open) : null;
    }

    /// <summary>The record of a step from the state the object is in.</summary>
    public static ListingStep StepOf(Listing listing, ListingState to, StepRequest<ListingEvent> request, Money? spent, Actor actor, Secrets secrets, Today today)
    {
        var (evidence, note) = StepNote.Keep(request, secrets);
        return new()
        {
            County = listing.County, Id = Guid.CreateVersion7(), ListingId = listing.Id, Event = request.Event, FromState = listing.State, ToState = to, UserId = actor.User,
            Actor = actor.Name, HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(), SpentFen = spent, Evidence = evidence, NoteEnc = note,
        };
    }
}
