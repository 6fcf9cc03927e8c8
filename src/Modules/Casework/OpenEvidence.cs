using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Opens a photo or scan that a step or a visit has as its evidence, for people who may see the household it is about.</summary>
internal static class OpenEvidence
{
    public static void Map(IEndpointRouteBuilder root) => root
        .MapGet("/evidence/{hash}", Handle)
        .Requires(Permissions.CasesRead);

    private static async Task<Results<FileStreamHttpResult, NotFound>> Handle(string hash, Actor actor, ShouwangDb db, Files files, HttpContext http, CancellationToken cancel)
    {
        if (!files.CanShow(hash) || actor.SeesMasked || !await MaySee(actor, db, hash, cancel))
            return TypedResults.NotFound();
        return await files.Show(hash, http, cancel);
    }

    // A hash says nothing by itself: what counts is a step or visit in the actor's area that has it.
    private static async Task<bool> MaySee(Actor actor, ShouwangDb db, string hash, CancellationToken cancel)
    {
        var quoted = $"\"{hash}\"";
        if (await db.Set<Visit>().VisibleTo(actor, Permissions.CasesRead, v => v.HouseholdId).AnyAsync(v => v.Signature == hash || v.Photos.Contains(quoted), cancel))
            return true;
        var households = await db.Set<CaseStep>().AsNoTracking().Where(s => s.County == actor.County && s.Evidence.Contains(quoted)).Select(s => s.HouseholdId).Distinct().ToListAsync(cancel);
        return await db.Set<IdentificationCase>().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId).AnyAsync(c => households.Contains(c.HouseholdId), cancel)
            || await db.Set<MonitoredObject>().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId).AnyAsync(o => households.Contains(o.HouseholdId), cancel);
    }
}
