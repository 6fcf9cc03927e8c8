using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>Counts drives that are under way whenever the county's figures were worked out, so that the wall shows both as of the same hour.</summary>
internal sealed class KeepBoards(ShouwangDb db, CountCampaign count) : IFollowUp
{
    public string On => "insight.computed";

    public bool ReadsLong => true;

    public async Task Run(Event cause, CancellationToken cancel)
    {
        var county = cause.County;
        var open = CampaignStates.Open;
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => c.County == county && open.Contains(c.State)).ToListAsync(cancel))
            await count.Keep(campaign, cancel);
    }
}

/// <inheritdoc cref="ICampaignProgress"/>
internal sealed class StoredProgress(ShouwangDb db, Today today) : ICampaignProgress
{
    public async Task<IReadOnlyList<CampaignProgress>> UnderWay(Actor actor, AreaCode area, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsRead) || actor.IsOverCounties || area.Level < AreaLevel.County)
            return [];
        var (county, open) = (area.County.Digits, CampaignStates.Open);
        var rows = await db.Set<Campaign>().AsNoTracking().Where(c => c.County == county && open.Contains(c.State))
            .Join(db.Set<StoredBoard>().AsNoTracking(), c => new { c.County, c.Id }, b => new { b.County, Id = b.CampaignId }, (c, b) => new { Campaign = c, b.Board, b.AsOf })
            .OrderByDescending(r => r.Campaign.StartedOn).ThenByDescending(r => r.Campaign.Code).ToListAsync(cancel);
        return [.. rows.Where(r => r.Campaign.AreasOf().Any(a => a.Contains(area) || area.Contains(a))).Select(r =>
        {
            var (stage, place) = (r.Campaign.StageOn(today.Day), Counting.Board.Read(r.Board).Of(area));
            return new CampaignProgress(r.Campaign.Id, r.Campaign.Name, r.Campaign.State, stage.Title, stage.To, place.Households, place.Visited, place.Found, place.PutRight, r.AsOf);
        })];
    }
}
