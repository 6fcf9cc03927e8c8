using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Brings what was received into the register, some at a time, as long as the server runs.</summary>
/// <remarks>
/// A submission is applied and marked so in one transaction: a crash leaves it to be applied again. One that fails or is refused is undone
/// by itself, and the others of the batch stand. The hashes of a batch go into the county's chain of events with it.
/// </remarks>
internal sealed class ApplySubmissions(IServiceScopeFactory scopes, Today today, ILogger<ApplySubmissions> log) : BackgroundService
{
    /// <summary>A batch holds the end of the county's chain of events until it commits, so it is short: in number and in time.</summary>
    private const int Batch = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), LongestBatch = TimeSpan.FromMilliseconds(300);

    private static readonly Text
        Failed = new("系统未能处理，已保存，请管理员查看日志。", "The system could not process it; it is kept. The log says more."),
        Gone = new("上报人账号已停用，已保存待核。", "The sender's account was disabled; it is kept for somebody to look at.");

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
        var done = 0;
        foreach (var county in await Counties(cancel))
            done += await One(county, cancel);
        return done;
    }

    private async Task<IReadOnlyList<string>> Counties(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WaitingSubmissions>().Counties(cancel);
    }

    private async Task<int> One(string county, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (db, waiting) = (services.GetRequiredService<ShouwangDb>(), services.GetRequiredService<WaitingSubmissions>());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (done, began) = (new List<WaitingSubmissions.Row>(), Stopwatch.GetTimestamp());
        var senders = new Dictionary<Guid, Actor?>();
        foreach (var row in await waiting.Claim(county, Batch, cancel))
        {
            if (done.Count > 0 && Stopwatch.GetElapsedTime(began) > LongestBatch)
                break;
            done.Add(row);
            if (!senders.ContainsKey(row.User))
                senders[row.User] = await services.GetRequiredService<IDevices>().ActorOf(county, row.User, cancel);
            await Apply(services, db, waiting, row, senders[row.User], cancel);
        }
        if (done.Count == 0)
            return 0;
        db.Log("field.received", new(county), done[0].Id.ToString(), "system", today.Clock, new { Submissions = done.Count, Digest = DigestOf(done) });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return done.Count;
    }

    private async Task Apply(
        IServiceProvider services, ShouwangDb db, WaitingSubmissions waiting, WaitingSubmissions.Row row, Actor? sender, CancellationToken cancel)
    {
        const string Before = "before_submission";
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, cancel);
        try
        {
            var verdict = sender is null ? Verdict.Held(Gone)
                : await services.GetServices<IApplier>().Single(a => a.Kind == row.Kind)
                    .Apply(new(row.County, row.Id, row.Hash, row.Kind, row.ReceivedAt, row.Content, sender), cancel);
            if (verdict.State != SubmissionState.Applied)
                await Undo();
            await waiting.Settle(row, verdict, cancel);
            if (verdict.Releases is { } key)
                await waiting.Release(row.County, key, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "{Kind} {Id} could not be applied", row.Kind, row.Id);
            await Undo();
            if (row.Tries < WaitingSubmissions.MostTries)
                await waiting.PutOff(row, cancel);
            else
                await waiting.Settle(row, Verdict.Held(Failed), cancel);
        }
        db.ChangeTracker.Clear();

        async Task Undo()
        {
            await transaction.RollbackToSavepointAsync(Before, cancel);
            db.ChangeTracker.Clear();
        }
    }

    // Whoever holds a receipt can prove with the chain that nothing was put in its place.
    private static string DigestOf(IReadOnlyList<WaitingSubmissions.Row> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => $"{r.Id} {r.Hash}")))));
}
