using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Platform.Plugins;

namespace Shouwang.Platform.Storage;

/// <summary>Does the work that events make: one queue a county, in the order things happened.</summary>
/// <remarks>
/// A piece of work is claimed, done and struck off in one transaction, so a crash leaves it to be done again; follow-ups do
/// not mind. On PostgreSQL several servers share the queues: what one has claimed the others skip. What fails is tried
/// again after 2, 4, 8 … seconds, at most an hour, and does not hold up the work behind it.
/// </remarks>
public sealed class EventWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EventWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await Settle(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database is away or busy: the queue keeps, and the next round tries again.
                log.LogError(e, "The event queue could not be read");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Does all work that is due now, including the work that this makes.</summary>
    /// <returns>How many pieces of work were done.</returns>
    public async Task<int> Settle(CancellationToken cancel)
    {
        var done = 0;
        while (true)
        {
            var round = 0;
            foreach (var county in await DueCounties(cancel))
            {
                while (await DoNext(county, cancel))
                    round++;
            }
            if (round == 0)
                return done;
            done += round;
        }
    }

    private async Task<List<string>> DueCounties(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Set<EventWork>().AsNoTracking()
            .Where(w => w.NotBefore <= now).Select(w => w.County).Distinct().ToListAsync(cancel);
    }

    private async Task<bool> DoNext(string county, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        (long Seq, string FollowUp)? claimed = null;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            claimed = await Claim(db, county, cancel);
            if (claimed is not { } work)
                return false;
            var followUp = scope.ServiceProvider.GetServices<IFollowUp>().Single(f => f.GetType().Name == work.FollowUp);
            var cause = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.County == county && e.Seq == work.Seq, cancel);
            // The embedded database lets one transaction write at a time, and it has one server: nobody else can claim the work.
            var letOthersWrite = followUp.ReadsLong && db.Dialect == Dialect.Sqlite;
            if (letOthersWrite)
                await transaction.RollbackAsync(cancel);
            await followUp.Run(cause, cancel);
            await db.SaveChangesAsync(cancel);
            await db.Execute("delete from event_work where county = @county and seq = @seq and follow_up = @name", cancel,
                ("@county", county), ("@seq", work.Seq), ("@name", work.FollowUp));
            if (!letOthersWrite)
                await transaction.CommitAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException && claimed is not null)
        {
            log.LogWarning(e, "{FollowUp} failed for event {Seq} of {County}", claimed.Value.FollowUp, claimed.Value.Seq, county);
            await PutOff(county, claimed.Value, e, cancel);
            return true;
        }
    }

    private async Task<(long, string)?> Claim(ShouwangDb db, string county, CancellationToken cancel)
    {
        (long, string)? claimed = null;
        await db.Read($"""
            select seq, follow_up from event_work where county = @county and not_before <= @now
            order by seq, follow_up limit 1 {(db.Dialect == Dialect.Postgres ? "for update skip locked" : "")}
            """, row => claimed = (row.GetInt64(0), row.GetString(1)), cancel,
            ("@county", county), ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return claimed;
    }

    private async Task PutOff(string county, (long Seq, string FollowUp) work, Exception error, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var row = await db.Set<EventWork>().SingleOrDefaultAsync(
            w => w.County == county && w.Seq == work.Seq && w.FollowUp == work.FollowUp, cancel);
        if (row is null)
            return;
        row.Tries++;
        row.Error = error.Message;
        row.NotBefore = clock.GetUtcNow() + Min(TimeSpan.FromSeconds(Math.Pow(2, Math.Min(row.Tries, 12))), LongestPause);
        await db.SaveChangesAsync(cancel);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
