using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <summary>Checks a county again after files came in. Of several that came in one after another only the last one counts.</summary>
internal sealed class CheckAfterImport(ShouwangDb db, RunQuality quality, Today today) : IFollowUp
{
    public string On => "imports.applied";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => AfterImports.Check(db, quality, today, cause, cancel);
}

/// <summary>Checks a county again after an import was taken back.</summary>
internal sealed class CheckAfterUndo(ShouwangDb db, RunQuality quality, Today today) : IFollowUp
{
    public string On => "imports.undone";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => AfterImports.Check(db, quality, today, cause, cancel);
}

internal static class AfterImports
{
    public static async Task Check(ShouwangDb db, RunQuality quality, Today today, Event cause, CancellationToken cancel)
    {
        var followed = await db.Set<Event>().AsNoTracking().AnyAsync(
            e => e.County == cause.County && e.Seq > cause.Seq && (e.Name == "imports.applied" || e.Name == "imports.undone"), cancel);
        if (!followed && await quality.IsDue(cause.County, today.Day, cancel))
            await quality.Run(new AreaCode(cause.County), today.Day, "system", cancel);
    }
}
