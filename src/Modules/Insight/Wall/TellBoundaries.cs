using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>Tells at the start which files of boundaries cannot be used; the wall says it, too.</summary>
internal sealed class TellBoundaries(Boundaries boundaries, ILogger<TellBoundaries> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in boundaries.Counties.Select(c => boundaries.Of(c).Problem).OfType<Problem>())
            log.LogWarning("{Problem}", $"{problem.In(Language.Zh)} / {problem.In(Language.En)}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
