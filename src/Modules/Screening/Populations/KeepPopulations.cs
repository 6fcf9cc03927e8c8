using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>While the server runs: has the populations of screened counties ready, and writes them from time to time and at the end.</summary>
internal sealed class KeepPopulations(PopulationStore store, IServiceScopeFactory scopes, Today today, ILogger<KeepPopulations> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var county in await Screened(stoppingToken))
                    await store.For(county, today.Day, stoppingToken);
                await store.SaveChanged(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Keeping the populations failed; it is tried again.");
            }
            await Task.Delay(Pause, today.Clock, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await store.SaveChanged(cancellationToken);
    }

    private async Task<IReadOnlyList<AreaCode>> Screened(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        return [.. (await db.Set<ScreeningRun>().AsNoTracking().Select(r => r.County).Distinct().ToListAsync(cancel)).Select(c => new AreaCode(c))];
    }
}
