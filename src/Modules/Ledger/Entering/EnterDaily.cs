using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Platform;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>While the server runs: looks at every county once a day, since what waits becomes late without anything happening.</summary>
internal sealed class EnterDaily(IServiceScopeFactory scopes, Today today, ILogger<EnterDaily> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Of this server. Another one, or this one started again, looks once more and finds nothing new.
    private readonly Dictionary<AreaCode, DateOnly> _seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, today.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Counties were not read; it is tried again.");
            }
        }
    }

    /// <summary>Looks at the counties that were not looked at on this day.</summary>
    internal async Task Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var day = scope.ServiceProvider.GetRequiredService<Today>().Day;
        foreach (var county in await scope.ServiceProvider.GetRequiredService<Counties>().In(default, cancel))
        {
            if (_seen.GetValueOrDefault(county) == day)
                continue;
            await using var own = scopes.CreateAsyncScope();
            try
            {
                await own.ServiceProvider.GetRequiredService<EnterProblems>().Run(county, cancel);
                _seen[county] = day;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One county does not keep the others waiting.
                log.LogError(e, "Entering problems of {County} failed; it is tried again.", county.Digits);
            }
        }
    }
}
