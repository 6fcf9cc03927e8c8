using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>Counts drives that are under way when the county's figures were worked out, so that the wall shows both as of the same hour.</summary>
internal sealed class KeepBoards(DueBoards due) : IFollowUp
{
    public string On => "insight.computed";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => due.Count(cause.County, cancel);
}

/// <summary>While the server runs: counts drives again when something happened, so that their pages are never far behind.</summary>
internal sealed class KeepBoardsFresh(IServiceScopeFactory scopes, Today today, ILogger<KeepBoardsFresh> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // A county in which something happens all the time would otherwise be counted all day.
    private const int AtMostATwentieth = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = today.Clock.GetTimestamp();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DueBoards>().Count(null, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Counting drives failed; it is tried again.");
            }
            await Task.Delay(Pause + AtMostATwentieth * today.Clock.GetElapsedTime(began), today.Clock, stoppingToken);
        }
    }
}

/// <summary>Counts the drives under way in which something happened since they were counted.</summary>
internal sealed class DueBoards(ShouwangDb db, CountCampaign count)
{
    /// <param name="county">Null for all counties.</param>
    public async Task Count(string? county, CancellationToken cancel)
    {
        var open = CampaignStates.Open;
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => (county == null || c.County == county) && open.Contains(c.State)).ToListAsync(cancel))
        {
            if (await count.IsDue(campaign, cancel))
                await count.Keep(campaign, cancel);
        }
    }
}

/// <inheritdoc cref="ICampaignProgress"/>
internal sealed class StoredProgress(ShouwangDb db, CountCampaign count, Today today) : ICampaignProgress
{
    public async Task<IReadOnlyList<CampaignProgress>> UnderWay(Actor actor, AreaCode area, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsRead) || actor.IsOverCounties || area.Level < AreaLevel.County)
            return [];
        var (county, open) = (area.County.Digits, CampaignStates.Open);
        var found = new List<CampaignProgress>();
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => c.County == county && open.Contains(c.State)).OrderByDescending(c => c.StartedOn).ThenByDescending(c => c.Code).ToListAsync(cancel))
        {
            if (!campaign.AreasOf().Any(a => a.Contains(area) || area.Contains(a)) || await count.Kept(campaign, cancel) is not { } board)
                continue;
            var (stage, place) = (campaign.StageOn(today.Day), board.Of(area));
            found.Add(new(campaign.Id, campaign.Name, campaign.State, stage.Title, stage.To, place.Households, place.Visited, place.Found, place.PutRight, board.AsOf));
        }
        return found;
    }
}
