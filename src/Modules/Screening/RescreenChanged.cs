using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Looks again at households whose facts changed, within a second, as long as the server runs.</summary>
/// <remarks>
/// A household is taken off the list in the same transaction in which it is screened, so that a crash leaves it on the list.
/// It is taken off before its facts are read: a change that comes while it is being screened puts it back.
/// </remarks>
internal sealed class RescreenChanged(IServiceScopeFactory scopes, Today today, ILogger<RescreenChanged> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private const int Most = 2000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            if (done == 0)
                await Task.Delay(Pause, today.Clock, stoppingToken);
        }
    }

    /// <summary>Screens what has changed, county by county.</summary>
    /// <returns>How many households were looked at.</returns>
    public async Task<int> Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var changed = new List<(string County, Guid Household)>();
        await db.Read("select county, household_id from dirty_households order by since_at limit 2000",
            row => changed.Add((row.GetString(0), row.GetGuid(1))), cancel);

        foreach (var county in changed.GroupBy(c => c.County, c => c.Household))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            foreach (var household in county)
                await db.Execute("delete from dirty_households where county = @county and household_id = @household", cancel,
                    ("@county", county.Key), ("@household", household));
            await scope.ServiceProvider.GetRequiredService<IScreening>().Rescreen(new AreaCode(county.Key), [.. county], today.Day, cancel);
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
        }
        return Math.Min(changed.Count, Most);
    }
}
