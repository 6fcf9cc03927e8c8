using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Brings what was received into the register, some at a time, as long as the server runs.</summary>
/// <remarks>
/// A submission is applied and marked so in one transaction: a crash leaves it to be applied again. Those of a kind that can be are applied
/// together; where that fails, each is tried alone: one that fails or is refused is undone by itself, and the others of the batch stand. The
/// hashes of a batch go into the county's chain of events with it.
/// </remarks>
internal sealed class ApplySubmissions(IServiceScopeFactory scopes, Rush rush, Today today, ILogger<ApplySubmissions> log) : BackgroundService
{
    /// <summary>A batch holds the end of the county's chain of events until it commits, so its size follows the time it takes.</summary>
    private const int SmallestBatch = 20, LargestBatch = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), LongestBatch = TimeSpan.FromMilliseconds(1_000);

    /// <summary>
    /// How long it is enough to go on from where the last batch began. Before that lies what was applied and, until the database has cleared it away,
    /// takes longer to pass the more it is; what was put off or released, arrived late there or came in a county that was quiet, waits for the
    /// next look at everything.
    /// </summary>
    private static readonly TimeSpan GoOn = TimeSpan.FromSeconds(5);

    // Receipts of one moment are stamped before they are written: some may be stored a little later than younger ones.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private int _batch = SmallestBatch;

    /// <summary>Counties in which the last round found something, and from when on it did.</summary>
    private readonly Dictionary<string, DateTimeOffset> _busy = [];

    private long _lookedEverywhere;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = 0;
            try
            {
                await rush.MakeWay(stoppingToken);
                done = await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Submissions could not be applied; it is tried again.");
            }
            if (done == 0)
                await Task.Delay(Pause, stoppingToken);
        }
    }

    // One round at a time in this process; other servers skip what is claimed here.
    private readonly SemaphoreSlim _turn = new(1, 1);

    private sealed class Turn(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <summary>Applies everything that can be applied now, including what that makes possible.</summary>
    /// <returns>How many submissions were looked at.</returns>
    public async Task<int> Settle(CancellationToken cancel)
    {
        var all = 0;
        for (var done = await Once(cancel); done > 0; done = await Once(cancel))
            all += done;
        return all;
    }

    private async Task<int> Once(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        using var end = new Turn(_turn);
        if (Stopwatch.GetElapsedTime(_lookedEverywhere) < GoOn && await Round(cancel) is > 0 and var more)
            return more;
        await LookEverywhere(cancel);
        return await Round(cancel);
    }

    private async Task LookEverywhere(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        _busy.Clear();
        foreach (var county in await scope.ServiceProvider.GetRequiredService<WaitingSubmissions>().Counties(cancel))
            _busy[county] = DateTimeOffset.UnixEpoch;
        _lookedEverywhere = Stopwatch.GetTimestamp();
    }

    private async Task<int> Round(CancellationToken cancel)
    {
        var done = 0;
        foreach (var (county, from) in _busy.ToList())
            done += await One(county, from, cancel);
        return done;
    }

    private async Task<int> One(string county, DateTimeOffset from, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var batch = new OpenBatch(county, scope.ServiceProvider, log);
        var (db, began) = (scope.ServiceProvider.GetRequiredService<ShouwangDb>(), Stopwatch.GetTimestamp());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Of several visits to one household the next sees what the one before it said.
        var rows = (await batch.Waiting.Claim(county, from, _batch, cancel)).DistinctBy(r => (r.Kind, r.About ?? r.Id)).ToList();
        if (rows.Count == 0)
        {
            _busy.Remove(county);
            return 0;
        }
        _busy[county] = rows[0].ReceivedAt - Late;
        await batch.Know([.. rows.Select(r => r.User)], cancel);
        foreach (var kind in rows.GroupBy(r => r.Kind))
        {
            if (kind.Count() > 1 && await batch.Together([.. kind], cancel))
                continue;
            foreach (var row in kind)
            {
                if (batch.Done.Count > 0 && Stopwatch.GetElapsedTime(began) > LongestBatch)
                    break;
                await batch.Alone(row, cancel);
            }
        }
        db.Log("field.received", new(county), batch.Done[0].Id.ToString(), "system", today.Clock, new { Submissions = batch.Done.Count, Digest = DigestOf(batch.Done) });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        var took = Stopwatch.GetElapsedTime(began);
        // Much of the time is the same for few as for many: where little was there, how long it took says nothing about more.
        if (took > LongestBatch || rows.Count > _batch / 2)
            _batch = Math.Clamp((int)(_batch * Math.Clamp(LongestBatch / took * 0.8, 0.5, 2)), SmallestBatch, LargestBatch);
        return batch.Done.Count;
    }

    // Whoever holds a receipt can prove with the chain that nothing was put in its place.
    private static string DigestOf(IReadOnlyList<WaitingSubmissions.Row> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => $"{r.Id} {r.Hash}")))));
}
