using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Platform;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports;

/// <summary>What the import page's script asks for while it waits.</summary>
internal static class ImportEndpoints
{
    /// <param name="Rows">Data rows done so far.</param>
    public sealed record Progress(bool Running, long Rows, long RowsPerSecond);

    public static void Map(IEndpointRouteBuilder root) => root
        .MapGet("/imports/{id:guid}/progress", (Guid id, ImportRuns runs) =>
        {
            var progress = runs.Progress(id);
            return TypedResults.Ok(new Progress(runs.IsRunning(id), progress?.Rows ?? 0, progress?.RowsPerSecond ?? 0));
        })
        .Requires(Permissions.ImportsRead);
}
