using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Web;

/// <summary>Answers a page with its table as a workbook when the address asks for it.</summary>
internal static class TableDownloads
{
    extension(IApplicationBuilder app)
    {
        /// <summary>Stands behind the gate: whoever may not open the page does not get its table either.</summary>
        public IApplicationBuilder UseTableDownloads() => app.Use(async (http, next) =>
        {
            if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Query.ContainsKey(TableExport.Query) || http.Features.Get<Actor>() is not { } actor)
            {
                await next(http);
                return;
            }
            if (!actor.May(Permissions.HouseholdsExport))
            {
                await Refusals.NotPermitted(http);
                return;
            }
            var wanted = new TableExport();
            http.Features.Set(wanted);
            var body = http.Response.Body;
            http.Response.Body = Stream.Null;
            try
            {
                await next(http);
            }
            finally
            {
                http.Response.Body = body;
            }
            if (wanted.Write is not { } write)
            {
                // No table of that name: the page itself says what there is.
                http.Response.Redirect(http.Request.Path);
                return;
            }
            await write(http.RequestServices.GetRequiredService<ListExport>(), actor.Area, http.RequestAborted);
        });
    }
}
