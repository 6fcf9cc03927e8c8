using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Looks again at households whose facts changed, within a second, as long as the server runs.</summary>
/// <remarks>
/// Marks are struck in the transaction in which their households are screened, so that a crash leaves them. A change that comes
/// meanwhile has its own mark and is looked at next.
/// </remarks>
internal sealed class RescreenChanged(IServiceScopeFactory scopes, PopulationStore populations, Today today, ILogger<RescreenChanged> log) : BackgroundService
{
    // While changes keep coming, the next is not far.
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(25), LongPause = TimeSpan.FromMilliseconds(150), Lull = TimeSpan.FromSeconds(10);
    private const int Most = 2000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = today.Clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = 0;
            try
            {
                done = await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Screening of changed households failed; it is tried again.");
                await Task.Delay(TimeSpan.FromSeconds(5), today.Clock, stoppingToken);
            }
            if (done > 0)
                last = today.Clock.GetTimestamp();
            else
                await Task.Delay(today.Clock.GetElapsedTime(last) < Lull ? ShortPause : LongPause, today.Clock, stoppingToken);
        }
    }

    /// <summary>Screens what has changed, county by county.</summary>
    /// <returns>How many households were looked at.</returns>
    public async Task<int> Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var changed = scope.ServiceProvider.GetRequiredService<ChangedHouseholds>();
        var list = await changed.Read(Most, cancel);
        foreach (var marked in list)
        {
            var county = new AreaCode(marked.County);
            using var turn = await populations.Turn(county, cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await changed.Strike(marked, cancel);
            var (population, version) = await scope.ServiceProvider.GetRequiredService<RunScreening>().Rescreened(county, marked.Households, today.Day, cancel);
            await transaction.CommitAsync(cancel);
            populations.Follow(population, marked.Households, version);
            db.ChangeTracker.Clear();
        }
        return list.Sum(c => c.Households.Count);
    }
}
