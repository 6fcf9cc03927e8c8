using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Submissions of a county that are being applied in one transaction.</summary>
internal sealed class OpenBatch(string county, IServiceProvider services, ILogger log)
{
    private const string Before = "before_submission";

    private static readonly Text
        Failed = new("系统未能处理，已保存，请管理员查看日志。", "The system could not process it; it is kept. The log says more."),
        Gone = new("上报人账号已停用，已保存待核。", "The sender's account was disabled; it is kept for somebody to look at.");

    private readonly ShouwangDb _db = services.GetRequiredService<ShouwangDb>();
    private readonly Dictionary<string, IApplier> _appliers = services.GetServices<IApplier>().ToDictionary(a => a.Kind);
    private IReadOnlyDictionary<Guid, Actor> _senders = new Dictionary<Guid, Actor>();

    public WaitingSubmissions Waiting { get; } = services.GetRequiredService<WaitingSubmissions>();

    /// <summary>What was looked at, in the order in which it was.</summary>
    public List<WaitingSubmissions.Row> Done { get; } = [];

    /// <summary>Finds out who the senders are today.</summary>
    public async Task Know(IReadOnlyCollection<Guid> users, CancellationToken cancel) =>
        _senders = await services.GetRequiredService<IDevices>().ActorsOf(county, users, cancel);

    /// <summary>Applies several of a kind at once.</summary>
    /// <returns>False where the kind does not allow it, or something was wrong and everything is as before: then each has to be tried alone.</returns>
    public async Task<bool> Together(IReadOnlyList<WaitingSubmissions.Row> rows, CancellationToken cancel)
    {
        if (_appliers[rows[0].Kind] is not IAppliesTogether applier)
            return false;
        var known = rows.Where(r => _senders.ContainsKey(r.User)).ToList();
        await Transaction.CreateSavepointAsync(Before, cancel);
        try
        {
            var verdicts = known.Count == 0 ? [] : await applier.Apply([.. known.Select(r => SubmissionOf(r, _senders[r.User]))], cancel);
            var settled = known.Zip(verdicts).Concat(rows.Except(known).Select(r => (r, Verdict.Held(Gone)))).ToList();
            await Waiting.Settle(county, settled, cancel);
            await Waiting.Release(county, [.. settled.Select(s => s.Item2.Releases).OfType<string>()], cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "{Count} submissions could not be applied together; each is tried alone.", rows.Count);
            await Undo(cancel);
            return false;
        }
        Done.AddRange(rows);
        _db.ChangeTracker.Clear();
        return true;
    }

    /// <summary>Applies one, or puts it off where that fails.</summary>
    public async Task Alone(WaitingSubmissions.Row row, CancellationToken cancel)
    {
        Done.Add(row);
        await Transaction.CreateSavepointAsync(Before, cancel);
        try
        {
            var verdict = _senders.TryGetValue(row.User, out var sender) ? await _appliers[row.Kind].Apply(SubmissionOf(row, sender), cancel) : Verdict.Held(Gone);
            if (verdict.State != SubmissionState.Applied)
                await Undo(cancel);
            await Waiting.Settle(county, [(row, verdict)], cancel);
            await Waiting.Release(county, verdict.Releases is { } key ? [key] : [], cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "{Kind} {Id} could not be applied", row.Kind, row.Id);
            await Undo(cancel);
            if (row.Tries < WaitingSubmissions.MostTries)
                await Waiting.PutOff(row, cancel);
            else
                await Waiting.Settle(county, [(row, Verdict.Held(Failed))], cancel);
        }
        _db.ChangeTracker.Clear();
    }

    private IDbContextTransaction Transaction => _db.Database.CurrentTransaction!;

    private async Task Undo(CancellationToken cancel)
    {
        await Transaction.RollbackToSavepointAsync(Before, cancel);
        _db.ChangeTracker.Clear();
    }

    private static Submission SubmissionOf(WaitingSubmissions.Row row, Actor sender) => new(row.County, row.Id, row.Hash, row.Kind, row.ReceivedAt, row.Content, sender);
}
