using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Pages;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>The figures while a slider moves: the part of the page that changes to a browser, JSON to a program.</summary>
internal static class RehearsalEndpoint
{
    /// <param name="Asked">Names and texts, as in <see cref="IRehearsal.Run"/>.</param>
    public sealed record Request(IReadOnlyList<RehearsalAsked>? Asked);

    public static void Map(IEndpointRouteBuilder root) => root.MapPost("/rehearsal/numbers", Handle).Requires(Permissions.RulesRead).OverCounties().DisableAntiforgery();

    private static async Task<IResult> Handle(Request? request, Screen screen, IRehearsal report, CancellationToken cancel)
    {
        var asked = (request?.Asked ?? []).Select(a => (a.Name ?? "", a.Value ?? ""));
        if (screen.Http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return new RazorComponentResult<RehearsalResults>(new { Asked = RehearsalAsk.Read(asked).Query, Short = true }) { PreventStreamingRendering = true };
        var figures = await report.Run(screen.Actor, asked, cancel);
        return figures.Succeeded ? TypedResults.Json(figures.Value, Shouwang.Platform.Storage.JsonTexts.Options) : figures.Problems[0].ToResult(screen.Language);
    }
}
