using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports;

/// <summary>Runs imports that were started on the desk, one after the other, while people go on with their work.</summary>
/// <remarks>What is waiting here is lost when the server stops; nothing of it was written, and it can be started again.</remarks>
internal sealed class ImportRuns(IServiceScopeFactory scopes, ILogger<ImportRuns> log) : BackgroundService
{
    private readonly Channel<(Actor Actor, IReadOnlyList<Guid> Imports, bool Apply)> _waiting = Channel.CreateUnbounded<(Actor, IReadOnlyList<Guid>, bool)>();
    private readonly ConcurrentDictionary<Guid, ImportProgress?> _running = new();

    /// <summary>Puts imports in the queue.</summary>
    public void Start(Actor actor, IReadOnlyList<Guid> imports, bool apply)
    {
        foreach (var import in imports)
            _running[import] = null;
        _waiting.Writer.TryWrite((actor, imports, apply));
    }

    /// <summary>True while an import waits or runs.</summary>
    public bool IsRunning(Guid import) => _running.ContainsKey(import);

    /// <summary>How far it is; null while it waits and after it ended.</summary>
    public ImportProgress? Progress(Guid import) => _running.GetValueOrDefault(import);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (actor, imports, apply) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var intake = scope.ServiceProvider.GetRequiredService<IImports>();
                var progress = new Remember(p => _running[p.Import] = p);
                _ = apply ? await intake.Apply(actor, imports, progress, stoppingToken) : await intake.Check(actor, imports, progress, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The import itself says that it failed; this is what the operator of the server needs.
                log.LogError(e, "Imports started on the desk failed");
            }
            finally
            {
                foreach (var import in imports)
                    _running.TryRemove(import, out _);
            }
        }
    }

    // At once, unlike Progress<T>, which would come late and out of order.
    private sealed class Remember(Action<ImportProgress> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told(value);
    }
}
