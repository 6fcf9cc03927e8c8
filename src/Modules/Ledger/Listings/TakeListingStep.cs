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

    private async Task<Problem?> Refused(Listing listing, ListingStepRequest request, Actor actor, CancellationToken cancel) =>
        request.Event == Supervise && request.Spent is { } spent
            ? spent < 0 ? ListingRefusals.BadAmount : (listing.SpentFen + Money.FromYuan(spent)).Fen > listing.FundsFen.Fen ? ListingRefusals.MoreThanTheFunds : null
            : (await Barred(listing, actor, cancel)).GetValueOrDefault(request.Event);

    /// <summary>Steps that this actor is refused whatever is filled in, with the reason.</summary>
    public async Task<IReadOnlyDictionary<ListingEvent, Problem>> Barred(Listing listing, Actor actor, CancellationToken cancel)
    {
        var barred = new Dictionary<ListingEvent, Problem>();
        if (await db.Set<Issue>().Where(i => i.County == listing.County && i.ListingId == listing.Id && !IssueStates.Ended.Contains(i.State))
            .OrderBy(i => i.Code).Select(i => i.Code).ToListAsync(cancel) is { Count: > 0 } open)
            barred[ProposeRemoval] = barred[Remove] = ListingRefusals.ProblemsOpen(open);
        if (listing.ProposedBy == actor.User)
            barred[Remove] = barred[Reject] = Steps.OwnWork(new("摘牌申请", "proposal to remove it"));
        return barred;
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
