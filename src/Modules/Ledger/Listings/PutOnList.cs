using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>What somebody puts on the list.</summary>
/// <param name="Household">The code 户编号, for a household; its village counts then.</param>
/// <param name="Name">Of a site.</param>
/// <param name="Leader">With the post.</param>
/// <param name="Basis">The document that lists it.</param>
/// <param name="Funds">Yuan arranged for it.</param>
public sealed record NewListing(
    ListedKind Kind, AreaCode Area, string? Household, string? Name, string Leader, string Target, DateOnly TargetOn, string Basis, decimal Funds);

/// <summary>Puts a village, site or household under listed supervision.</summary>
internal sealed class PutOnList(ShouwangDb db, IHouseholds households, Secrets secrets, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, NewListing wanted, CancellationToken cancel)
    {
        if (!actor.May(Permissions.ListingsEdit, wanted.Area))
            return Steps.NotPermitted(Permissions.ListingsEdit);
        var household = wanted is { Kind: ListedKind.Household, Household.Length: > 0 } ? await households.Find(actor, wanted.Household, cancel) : null;
        var area = household?.Area ?? wanted.Area;
        var problems = Faults(wanted, household, area).ToList();
        if (problems.Count > 0)
            return problems;

        return await db.Atomically<Guid>(async () =>
        {
            var (place, key, name) = (area.Digits, household?.Id, wanted.Kind == ListedKind.Site ? wanted.Name!.Trim() : null);
            var known = await db.Set<Listing>().Where(l => l.County == actor.County && l.Kind == wanted.Kind && l.Area == place && l.HouseholdId == key && l.Name == name
                && l.State != ListingState.Removed).Select(l => l.Code).FirstOrDefaultAsync(cancel);
            if (known is not null)
                return ListingRefusals.OnTheListAlready(known);
            var listing = new Listing
            {
                County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'S', today.Day, cancel), Area = place, Kind = wanted.Kind,
                HouseholdId = key, Name = name, Leader = wanted.Leader.Trim(), TargetEnc = secrets.Encrypt(wanted.Target.Trim())!, TargetOn = wanted.TargetOn,
                Basis = wanted.Basis.Trim(), FundsFen = Money.FromYuan(wanted.Funds), SpentFen = new(0), ListedOn = today.Day,
            };
            db.Add(listing);
            db.Add(TakeListingStep.StepOf(listing, ListingState.Listed, new(ListingEvent.List, listing.Basis), null, actor, secrets, today));
            db.Log("ledger.listing.List", area, listing.Code, actor.Name, today.Clock, new { listing.Kind, listing.TargetOn });
            await db.SaveChangesAsync(cancel);
            return listing.Id;
        }, cancel);
    }

    private IEnumerable<Problem> Faults(NewListing wanted, HouseholdRef? household, AreaCode area)
    {
        if (string.IsNullOrWhiteSpace(wanted.Leader) || string.IsNullOrWhiteSpace(wanted.Target) || string.IsNullOrWhiteSpace(wanted.Basis))
            yield return ListingRefusals.Incomplete;
        if (wanted.Kind == ListedKind.Site && string.IsNullOrWhiteSpace(wanted.Name))
            yield return ListingRefusals.NoName;
        if (wanted.Kind == ListedKind.Household && household is null)
            yield return ListingRefusals.NoHousehold;
        else if (area.Level != AreaLevel.Village)
            yield return ListingRefusals.NotAVillage;
        if (wanted.TargetOn < today.Day)
            yield return ListingRefusals.TargetTooEarly;
        if (wanted.Funds < 0)
            yield return ListingRefusals.BadAmount;
    }
}
