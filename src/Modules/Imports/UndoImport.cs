using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports;

// Taking an import back.
internal sealed partial class Intake
{
    public async Task<Outcome<ImportSummary>> Undo(Actor actor, Guid import, CancellationToken cancel)
    {
        if (await Visible(actor, Permissions.ImportsUndo, import, cancel) is not { } found)
            return actor.May(Permissions.ImportsUndo) ? Problems.NotFound : Problems.NotAllowed();
        if (found.State != ImportState.Applied)
            return Problems.NotApplied(found.FileName);
        if (await BuiltUpon(found, cancel) is { Count: > 0 } later)
            return Problems.BuiltUpon(found.FileName, later);

        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        await using var transaction = await own.Database.BeginTransactionAsync(cancel);
        await TakeTurn(own, found.County, cancel);
        var claimed = await own.Execute("""
            update imports set state = 'Undone', undone_at = @at, undone_by = @by where county = @county and id = @id and state = 'Applied'
            """, cancel, ("@county", found.County), ("@id", found.Id), ("@at", Now.ToUnixTimeMilliseconds()), ("@by", actor.Name));
        if (claimed == 0)
            return Problems.NotApplied(found.FileName);
        if (scope.ServiceProvider.GetServices<IFeed>().FirstOrDefault(f => f.Kind == found.Kind) is not { } feed)
            return Problems.NoFeed(found.Kind ?? "?");
        await feed.Undo(found.County, found.Id, cancel);
        await own.Execute("delete from import_matches where county = @county and import_id = @id", cancel, ("@county", found.County), ("@id", found.Id));
        own.Log("imports.undone", new(found.Area), found.Id.ToString(), actor.Name, today.Clock, new { found.Kind, found.FileName });
        await own.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await db.Entry(found).ReloadAsync(cancel);
        return await Summary(found, cancel);
    }

    // Whatever was matched to people rests on the households and members that were there. Files of one kind do not build on
    // each other: every source's words are kept side by side, and what is left counts again.
    private async Task<List<string>> BuiltUpon(Import import, CancellationToken cancel)
    {
        var policy = await policies.For(new(import.Area), import.AsOfOn, cancel);
        if (import.Kind is not { } kind || !IsRegister(kind, policy))
            return [];
        var later = await db.Set<Import>().AsNoTracking()
            .Where(i => i.County == import.County && i.State == ImportState.Applied && i.Id != import.Id && i.AppliedAt >= import.AppliedAt)
            .OrderByDescending(i => i.AppliedAt).ToListAsync(cancel);
        var order = OrderOf(import);
        return [.. later.Where(i => OrderOf(i) > order && i.Counts.Accepted > 0).Select(i => i.FileName)];
    }
}
