using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry;

/// <summary>The list of households as a workbook, narrowed as on the page.</summary>
internal static class ExportHouseholds
{
    public static void Map(IEndpointRouteBuilder root) => root
        .MapGet("/households/export", Handle)
        .Requires(Permissions.HouseholdsExport);

    private static async Task Handle(Screen screen, ListExport export, IHouseholds households, Policies policies, CancellationToken cancel)
    {
        var filter = HouseholdList.FilterOf(screen) with { Take = 500 };
        var policy = await policies.For(screen.Actor.Area.County, screen.Day, cancel);
        await export.Write(new("农户名单", "Households"), filter.Area ?? screen.Actor.Area, HouseholdList.Columns(screen, policy), async after =>
        {
            var page = await households.List(screen.Actor, filter with { After = after }, cancel);
            return (page.Rows, page.Next);
        }, cancel);
    }
}
