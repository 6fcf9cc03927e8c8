using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Shouwang.Modules.Insight.Bulletins.Word;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>A bulletin as a Word file, marked with who took it out, and written into the log.</summary>
internal static class BulletinDownloads
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(IEndpointRouteBuilder root) => root.MapGet("/bulletins/{id:guid}/word", Take).Requires(Permissions.BulletinsRead);

    private static async Task<Results<FileContentHttpResult, NotFound>> Take(Guid id, Actor actor, BulletinQueries queries, Screen screen, ShouwangDb db, Today today, CancellationToken cancel)
    {
        if (await queries.Open(actor, id, cancel) is not { } page)
            return TypedResults.NotFound();
        var b = page.Bulletin;
        db.Log("lists.exported", new(b.Area), b.Code, actor.Name, today.Clock, new { Format = "docx" });
        await db.SaveChangesAsync(cancel);
        var request = screen.Http.Request;
        var file = WordFile.Write(new(b, page.Content, screen.Language, new Uri($"{request.Scheme}://{request.Host}"), ListExport.Mark(screen, today), page.Corrects?.Code));
        return TypedResults.File(file, Word, $"{screen.Say(page.Content.Title)} {b.Code}.docx");
    }
}
