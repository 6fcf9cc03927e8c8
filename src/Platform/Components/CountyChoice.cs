using Microsoft.AspNetCore.Http;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Components;

/// <summary>In which county a post above the counties is at work: the address says so, or else the last one that did.</summary>
/// <remarks>It says where to look, not what may be seen: a county outside the post's area is passed over. An address with it opens the same for everybody.</remarks>
public static class CountyChoice
{
    /// <summary>The page on which a county is chosen, and what carries the choice.</summary>
    public const string Page = "/counties", Query = "county", Cookie = "county";

    /// <returns>The actor at work in the county, or null when nobody has said which.</returns>
    public static Actor? AtWork(HttpContext http, Actor post)
    {
        if (Inside(post, http.Request.Query[Query]) is not { } said)
            return Inside(post, http.Request.Cookies[Cookie]) is { } before ? post.In(before) : null;
        http.Response.Cookies.Append(Cookie, said.Digits, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
        return post.In(said);
    }

    /// <summary>The address with the county said.</summary>
    public static string To(AreaCode county, string address) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Query}={county}";

    private static AreaCode? Inside(Actor post, string? text) =>
        AreaCode.TryParse(text, out var county) && county.Level == AreaLevel.County && post.Sees(county) ? county : null;
}
