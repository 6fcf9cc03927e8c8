using Microsoft.AspNetCore.Http.HttpResults;
using Shouwang.Platform.Components;
using Shouwang.Platform.Storage;

namespace Shouwang.Server.Web;

/// <summary>For whatever watches the server: is the process up, and does the database answer?</summary>
internal static class Health
{
    public sealed record Report(string Status, string Database);

    public static async Task<Results<Ok<Report>, JsonHttpResult<Report>>> Answer(ShouwangDb db, CancellationToken cancel) =>
        await db.Database.CanConnectAsync(cancel)
            ? TypedResults.Ok(new Report("ok", db.Dialect.ToString()))
            : TypedResults.Json(new Report("down", db.Dialect.ToString()), statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Chinese or English, from the next page on.</summary>
internal static class ChooseLanguage
{
    /// <remarks>Changes nothing but a cookie that says which language to read, so it needs no antiforgery token.</remarks>
    public static async Task<RedirectHttpResult> Handle(HttpContext http, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        http.Response.Cookies.Append(Screen.LanguageCookie, form["to"] == "en" ? "en" : "zh",
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
        return TypedResults.Redirect(LocalAddress.Of(form["back"].ToString()));
    }
}
