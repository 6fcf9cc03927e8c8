using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>Works the figures out again after files came in. Of several that came in one after another only the last one counts.</summary>
internal sealed class ComputeAfterImport(ShouwangDb db, IFigures figures, Today today) : IFollowUp
{
    public string On => "imports.applied";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => AfterImports.Compute(db, figures, today, cause, cancel);
}

/// <summary>Works the figures out again after an import was taken back.</summary>
internal sealed class ComputeAfterUndo(ShouwangDb db, IFigures figures, Today today) : IFollowUp
{
    public string On => "imports.undone";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => AfterImports.Compute(db, figures, today, cause, cancel);
}

internal static class AfterImports
{
    public static async Task Compute(ShouwangDb db, IFigures figures, Today today, Event cause, CancellationToken cancel)
    {
        var county = new AreaCode(cause.County);
        var followed = await db.Set<Event>().AsNoTracking().AnyAsync(
            e => e.County == cause.County && e.Seq > cause.Seq && (e.Name == "imports.applied" || e.Name == "imports.undone"), cancel);
        if (!followed && await figures.IsDue(county, today.Day, cancel))
            await figures.Compute(county, today.Day, cancel);
    }
}
