using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns.Proof;

/// <summary>A proof pack as one PDF.</summary>
internal static class PackFile
{
    public static void Map(IEndpointRouteBuilder root) => root.MapGet("/campaigns/{id:guid}/proof/{pack:guid}/pdf", Open).Requires(Permissions.CampaignsRead);

    private static async Task<IResult> Open(Guid id, Guid pack, Actor actor, MakePack packs, Files files, Screen screen, CancellationToken cancel)
    {
        var printed = await packs.Print(actor, id, pack, screen.Language, cancel);
        // Who lacks the county is told that it is not there, as everywhere.
        if (!printed.Succeeded)
            return (printed.Problems[0].Status == 403 ? Refusals.NoPack : printed.Problems[0]).ToResult(screen.Language);
        return TypedResults.Stream(files.Open(printed.Value), "application/pdf", $"{screen.Say(new("佐证材料", "proof"))}-{pack:N}.pdf");
    }
}
