namespace Shouwang.Server.Web;

/// <summary>What every answer tells the browser not to do.</summary>
internal static class Headers
{
    /// <summary>No script, style or picture but our own, nothing inline, no framing, forms only to us.</summary>
    public const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The field app, besides, shows photos that have not left the phone.</summary>
    public static readonly string FieldPolicy = Policy.Replace("img-src 'self' data:", "img-src 'self' data: blob:", StringComparison.Ordinal);

    extension(IApplicationBuilder app)
    {
        public IApplicationBuilder UseSecurityHeaders() => app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            var field = FieldApp.IsPage(http.Request.Path);
            headers.ContentSecurityPolicy = field ? FieldPolicy : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = field ? "camera=(self), microphone=(), geolocation=(self)" : "camera=(), microphone=(), geolocation=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            http.Response.OnStarting(() =>
            {
                // Pages with personal data stay out of every cache; styles and scripts say their own word.
                if (!headers.ContainsKey("Cache-Control"))
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(http);
        });
    }
}
