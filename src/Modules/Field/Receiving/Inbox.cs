using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Platform;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Puts what many phones hand in at the same moment into one transaction: they share one wait for the disk.</summary>
/// <remarks>While one transaction is being written, and for as long again until as many have come, the next fills up; whoever comes when nobody else does never waits.</remarks>
internal sealed class Inbox(IServiceScopeFactory scopes, Rush rush, ILogger<Inbox> log) : BackgroundService
{
    /// <summary>Submissions in one transaction, roughly.</summary>
    private const int Most = 200;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(20);

    private readonly Gathering _gathering = new();
    private readonly Channel<Handed> _waiting = Channel.CreateBounded<Handed>(2_000);

    private sealed record Handed(Sender From, IReadOnlyList<Incoming> Items, TaskCompletionSource<IReadOnlyList<Receipt>> Answer);

    /// <summary>Stores the items and gives their receipts, in their order, once they are committed.</summary>
    public async Task<IReadOnlyList<Receipt>> Take(Sender from, IReadOnlyList<Incoming> items, CancellationToken cancel)
    {
        rush.Count(items.Count);
        var handed = new Handed(from, items, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(handed, cancel);
        _gathering.Came();
        return await handed.Answer.Task.WaitAsync(cancel);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Write(stoppingToken), stoppingToken);

    private async Task Write(CancellationToken cancel)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancel))
        {
            var (group, count, began) = (new List<Handed>(), 0, Stopwatch.GetTimestamp());
            while (count < Most && _waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
                count += next.Items.Count;
            }
            foreach (var county in group.GroupBy(h => h.From.County))
                await Store(county.Key, [.. county], cancel);
            _gathering.Left(group.Count);
            // What a transaction costs hardly depends on how much is in it.
            if (count < Most && group.Count > 1)
                await _gathering.Wait(group.Count, Stopwatch.GetElapsedTime(began) is var took && took < LongestRest ? took : LongestRest, cancel);
        }
    }

    private async Task Store(string county, IReadOnlyList<Handed> group, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var receipts = await scope.ServiceProvider.GetRequiredService<Submissions>().Add(county, [.. group.Select(h => (h.From, h.Items))], cancel);
            for (var i = 0; i < group.Count; i++)
                group[i].Answer.TrySetResult(receipts[i]);
        }
        catch (Exception e) when (e is not OperationCanceledException && group.Count > 1)
        {
            // What is wrong with one must not be held against the others.
            log.LogWarning(e, "A batch of {Count} requests could not be stored together; each is tried alone.", group.Count);
            foreach (var one in group)
                await Store(county, [one], cancel);
        }
        catch (Exception e)
        {
            foreach (var one in group)
                one.Answer.TrySetException(e);
        }
    }
}
