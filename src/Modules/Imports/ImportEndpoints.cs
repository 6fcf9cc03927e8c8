using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports;

/// <summary>What an import page offers besides itself: figures for its script while it waits, and the file sent back with its bad cells marked.</summary>
internal static class ImportEndpoints
{
    /// <param name="Rows">Data rows done so far.</param>
    public sealed record Progress(bool Running, long Rows, long RowsPerSecond);

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/imports/{id:guid}/progress", Follow).Requires(Permissions.ImportsRead);
        root.MapGet("/imports/{id:guid}/report", Report).Requires(Permissions.ImportsRead);
    }

    private static async Task<Results<Ok<Progress>, ProblemHttpResult>> Follow(Guid id, Screen screen, IImports imports, ImportRuns runs, CancellationToken cancel)
    {
        var found = await imports.Find(screen.Actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems[0].ToResult(screen.Language);
        var progress = runs.Progress(id);
        return TypedResults.Ok(new Progress(runs.IsRunning(id), progress?.Rows ?? 0, progress?.RowsPerSecond ?? 0));
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Report(
        Guid id, Screen screen, IImports imports, ShouwangDb db, Today today, CancellationToken cancel)
    {
        // Whether it can be made is known only at its end, so it is made before the answer begins; the file goes with its stream.
        var copy = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        var made = await imports.Report(screen.Actor, id, copy, cancel);
        if (!made.Succeeded)
        {
            await copy.DisposeAsync();
            return made.Problems[0].ToResult(screen.Language);
        }
        db.Log("lists.exported", screen.Actor.Area, made.Value, screen.Actor.Name, today.Clock, new { Import = id });
        await db.SaveChangesAsync(cancel);
        copy.Position = 0;
        return TypedResults.Stream(copy, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", made.Value);
    }
}
