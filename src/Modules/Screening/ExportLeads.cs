using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>The list of leads as a workbook, narrowed as on the page.</summary>
internal static class ExportLeads
{
    public static void Map(IEndpointRouteBuilder root) => root
        .MapGet("/leads/export", Handle)
        .Requires(Permissions.HouseholdsExport);

    private static async Task Handle(Screen screen, ListExport export, LeadSearch search, Policies policies, CancellationToken cancel)
    {
        var filter = LeadColumns.FilterOf(screen);
        var policy = await policies.For(screen.Actor.Area.County, screen.Day, cancel);
        await export.Write(new("风险线索", "Leads"), filter.Area ?? screen.Actor.Area, LeadColumns.All(screen, policy), async after =>
        {
            var page = await search.List(screen.Actor, filter with { After = after }, 500, cancel);
            return (page.Rows, page.Next);
        }, cancel);
    }
}
