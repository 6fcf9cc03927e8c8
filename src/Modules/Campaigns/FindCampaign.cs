using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns;

/// <summary>Finds drives for people. A drive is the county's; what a township or village sees of it is its own part.</summary>
internal sealed class FindCampaign(ShouwangDb db)
{
    /// <summary>Drives that touch the actor's area, the latest first.</summary>
    public async Task<IReadOnlyList<Campaign>> All(Actor actor, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsRead) || actor.IsOverCounties)
            return [];
        var county = actor.County;
        return [.. (await db.Set<Campaign>().AsNoTracking().Where(c => c.County == county).OrderByDescending(c => c.StartedOn).ThenByDescending(c => c.Code).ToListAsync(cancel)).Where(c => c.Touches(actor))];
    }

    /// <summary>The drive, to look at; null when there is none that the actor may see.</summary>
    public async Task<Campaign?> Open(Actor actor, Guid id, CancellationToken cancel) => Seen(actor, await Rows(actor, id).AsNoTracking().SingleOrDefaultAsync(cancel));

    /// <summary>The drive, to be changed in the open unit of work: it has to be one that has not ended.</summary>
    public async Task<Outcome<Campaign>> ToChange(Actor actor, Guid id, CancellationToken cancel) =>
        Seen(actor, await Rows(actor, id).SingleOrDefaultAsync(cancel)) is not { } campaign ? Refusals.NotFound
        : !CampaignStates.Open.Contains(campaign.State) ? Refusals.Ended
        : campaign;

    private IQueryable<Campaign> Rows(Actor actor, Guid id)
    {
        var county = actor.County;
        return db.Set<Campaign>().Where(c => c.County == county && c.Id == id);
    }

    private static Campaign? Seen(Actor actor, Campaign? campaign) => campaign is not null && actor.May(Permissions.CampaignsRead) && campaign.Touches(actor) ? campaign : null;
}
