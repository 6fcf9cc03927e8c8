using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>Opens photos and scans that a step of a problem or of a listed object has as its evidence, for those who may read its words.</summary>
internal static class LedgerEvidence
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/ledger/{id:guid}/evidence/{hash}", OfIssue).Requires(Permissions.IssuesRead);
        root.MapGet("/listings/{id:guid}/evidence/{hash}", OfListing).Requires(Permissions.ListingsRead);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> OfIssue(Guid id, string hash, Actor actor, ShouwangDb db, Files files, HttpContext http, CancellationToken cancel)
    {
        var issue = await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(i => i.Id == id, cancel);
        var quoted = $"\"{hash}\"";
        return issue is not null && issue.IsReadBy(actor) && files.CanShow(hash)
            && await db.Set<IssueStep>().AnyAsync(s => s.County == issue.County && s.IssueId == id && s.Evidence.Contains(quoted), cancel)
            ? await files.Show(hash, http, cancel) : TypedResults.NotFound();
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> OfListing(Guid id, string hash, Actor actor, ShouwangDb db, Files files, HttpContext http, CancellationToken cancel)
    {
        var listing = await db.Set<Listing>().AsNoTracking().VisibleTo(actor, Permissions.ListingsRead).SingleOrDefaultAsync(l => l.Id == id, cancel);
        var quoted = $"\"{hash}\"";
        return listing is not null && listing.IsReadBy(actor) && files.CanShow(hash)
            && await db.Set<ListingStep>().AnyAsync(s => s.County == listing.County && s.ListingId == id && s.Evidence.Contains(quoted), cancel)
            ? await files.Show(hash, http, cancel) : TypedResults.NotFound();
    }
}
