using Microsoft.AspNetCore.Http;
using Shouwang.Modules.Access.Contracts;

namespace Shouwang.Modules.Access;

/// <summary>What a request says about where it comes from, and the cookie it gets.</summary>
internal static class Visit
{
    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>System and browser in two words, enough for people to recognise their own devices.</summary>
    public static string Device(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return $"{First(agent, "HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")} · {First(agent, "MicroMessenger", "Edg", "360", "QQBrowser", "Firefox", "Chrome", "Safari")}";
    }

    public static void Keep(HttpContext http, string token) => http.Response.Cookies.Append(ISessions.Cookie, token,
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });

    private static string First(string agent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (agent.Contains(name, StringComparison.OrdinalIgnoreCase))
                return name;
        return "?";
    }
}
