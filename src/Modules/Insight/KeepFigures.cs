using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>While the server runs: works the figures of counties that have some out again when something happened, so that the wall is never far behind.</summary>
internal sealed class KeepFigures(IServiceScopeFactory scopes, Today today, ILogger<KeepFigures> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    // A county in which something happens all the time would otherwise be counted all day.
    private const int AtMostATwentieth = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = today.Clock.GetTimestamp();
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Keeping the figures failed; it is tried again.");
            }
            var took = today.Clock.GetElapsedTime(began);
            await Task.Delay(Pause + AtMostATwentieth * took, today.Clock, stoppingToken);
        }
    }

    private async Task Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, figures) = (scope.ServiceProvider.GetRequiredService<ShouwangDb>(), scope.ServiceProvider.GetRequiredService<IFigures>());
        var since = today.Day.AddDays(-40);
        foreach (var county in await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.AsOf >= since).Select(v => v.County).Distinct().ToListAsync(cancel))
        {
            if (await figures.IsDue(new(county), today.Day, cancel))
                await figures.Compute(new(county), today.Day, cancel);
        }
    }
}
