using Shouwang.Platform;

namespace Shouwang.Server.Web;

/// <summary>The page of the field app. Its scripts and pictures are static files below <c>/field/</c>; its screens lie behind <c>#</c>,
/// so that every other address below <c>/field/</c> is the desk's.</summary>
internal static class FieldApp
{
    public const string Page = "/field/";

    extension(IEndpointRouteBuilder app)
    {
        public void MapFieldApp() => app.MapGet("/field", Answer).WithMetadata(new StaticFile()).OpenToAll();
    }

    /// <summary>Whether a path is the app's page, which may show photos it has just taken and ask where it is.</summary>
    public static bool IsPage(PathString path) => path.Value is Page or "/field/index.html";

    private static async Task Answer(HttpContext http, IWebHostEnvironment environment)
    {
        if (http.Request.Path != Page)
        {
            http.Response.Redirect(Page);
            return;
        }
        var page = environment.WebRootFileProvider.GetFileInfo("field/index.html");
        if (!page.Exists)
        {
            await Refusals.NotFound(http);
            return;
        }
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.SendFileAsync(page, http.RequestAborted);
    }
}
