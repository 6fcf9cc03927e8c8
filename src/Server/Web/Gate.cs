using Microsoft.AspNetCore.Http.HttpResults;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Server.Desk;

namespace Shouwang.Server.Web;

/// <summary>The one place that lets requests in: it finds out who asks, and turns away whoever lacks what the endpoint asks for.</summary>
/// <remarks>An endpoint that says nothing about itself does not exist for anybody, so that a forgotten word cannot open a door.</remarks>
internal static class Gate
{
    private const string PasswordPage = "/account/password";

    private static readonly Problem
        SignInFirst = new("access.sign-in-first", 401, new("请先登录。", "Sign in first."), new("登录后重试。", "Sign in and try again.")),
        ChooseCounty = new("access.choose-county", 409, new("这里一次只看一个县。", "This is about one county at a time."),
            new($"请在 {CountyChoice.Page} 选择，或在地址中写 {CountyChoice.Query}=县代码。", $"Choose on {CountyChoice.Page}, or put {CountyChoice.Query}=CODE into the address.")),
        CrossSite = new("access.cross-site", 403, new("请求来自其他网站，已拒绝。", "The request came from another site and was refused."),
            new("请在本系统页面内操作。", "Use this system's own pages.")),
        DeviceNeeded = new("access.device-needed", 401, new("此接口仅供已登记的手机使用。", "This is for enrolled phones only."),
            new("请在手机上打开入户走访应用。", "Open the field app on the phone.")),
        ChangePasswordFirst = new("access.change-password-first", 403, new("请先修改初始密码。", "Change the password you were given first."),
            new($"打开 {PasswordPage}。", $"Open {PasswordPage}."));

    extension(IApplicationBuilder app)
    {
        public IApplicationBuilder UseGate() => app.Use(async (http, next) =>
        {
            var metadata = http.GetEndpoint()?.Metadata;
            if (metadata is null)
            {
                await Refusals.NotFound(http);
                return;
            }
            if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
                && http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site")
            {
                await Refusals.Write(http, CrossSite);
                return;
            }
            if (metadata.GetMetadata<StaticFile>() is not null)
            {
                await next(http);
                return;
            }

            var open = metadata.GetMetadata<OpenToAllAttribute>() is not null;
            var permission = metadata.GetMetadata<RequiresAttribute>()?.Permission;
            var forDevices = metadata.GetMetadata<ForDevicesAttribute>() is not null;
            if (forDevices && http.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
            {
                var device = await http.RequestServices.GetRequiredService<IDeviceProofs>().Find(authorization, http.RequestAborted);
                if (!device.Succeeded)
                    await Refusals.Write(http, device.Problems[0]);
                else if (permission is not null && !device.Value.Actor.May(permission))
                    await Refusals.NotPermitted(http);
                else
                    await LetIn(http, device.Value, next);
                return;
            }

            var visitor = await Recognise(http);
            if (open)
                await next(http);
            else if (permission is null && metadata.GetMetadata<SignedInAttribute>() is null)
                await Refusals.NotFound(http);
            else if (visitor is null)
                await AskToSignIn(http);
            else if (visitor.MustChange && http.Request.Path != PasswordPage && http.Request.Path != "/sign-out")
                await AskToChangePassword(http);
            else if (permission is not null && !visitor.Actor.May(permission))
                await Refusals.NotPermitted(http);
            else if (forDevices)
                await Refusals.Write(http, DeviceNeeded);
            else if (visitor.Actor.IsOverCounties && metadata.GetMetadata<OverCountiesAttribute>() is null && !await GoToWork(http, visitor.Actor))
                await AskForCounty(http);
            else
                await next(http);
        });
    }

    private static Task LetIn(HttpContext http, DeviceUser device, RequestDelegate next)
    {
        http.Features.Set(device);
        http.Features.Set(device.Actor);
        return next(http);
    }

    private static async Task<SignedInUser?> Recognise(HttpContext http)
    {
        if (http.Request.Cookies[ISessions.Cookie] is not { Length: > 0 } token)
            return null;
        var visitor = await http.RequestServices.GetRequiredService<ISessions>().Find(token, http.RequestAborted);
        if (visitor is null)
            return null;
        http.Features.Set(visitor);
        http.Features.Set(visitor.Actor);
        if (!visitor.Actor.IsOverCounties)
            await Names(http, visitor.Actor);
        // Antiforgery tokens are bound to this name: a form opened before somebody else signed in is not accepted.
        http.User = new(new System.Security.Claims.ClaimsIdentity(
            [new(System.Security.Claims.ClaimTypes.NameIdentifier, visitor.Actor.User.ToString())], "session"));
        return visitor;
    }

    /// <summary>Narrows a post above the counties to the county that was chosen: what follows knows no other scope.</summary>
    private static async Task<bool> GoToWork(HttpContext http, Actor post)
    {
        if (CountyChoice.AtWork(http, post) is not { } actor)
            return false;
        http.Features.Set(actor);
        await Names(http, actor);
        return true;
    }

    private static async Task Names(HttpContext http, Actor actor)
    {
        await http.RequestServices.GetRequiredService<IAreaLabels>().Prepare(actor.County, http.RequestAborted);
        await http.RequestServices.GetRequiredService<IPersonLabels>().Prepare(actor.County, http.RequestAborted);
    }

    private static async Task AskForCounty(HttpContext http)
    {
        if (Refusals.WantsPage(http) && HttpMethods.IsGet(http.Request.Method))
            http.Response.Redirect($"{CountyChoice.Page}?back={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        else
            await Refusals.Write(http, ChooseCounty);
    }

    private static async Task AskToSignIn(HttpContext http)
    {
        if (Refusals.WantsPage(http) && HttpMethods.IsGet(http.Request.Method))
            http.Response.Redirect(http.Request.Path == "/" ? "/sign-in"
                : "/sign-in?back=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        else
            await Refusals.Write(http, SignInFirst);
    }

    private static async Task AskToChangePassword(HttpContext http)
    {
        if (Refusals.WantsPage(http))
            http.Response.Redirect(PasswordPage);
        else
            await Refusals.Write(http, ChangePasswordFirst);
    }
}

/// <summary>Marks styles, scripts and images: open to all, and nobody needs to be recognised for them.</summary>
internal sealed class StaticFile;

/// <summary>Says no: as a page to people, as problem details to programs.</summary>
internal static class Refusals
{
    private static readonly Problem NoSuchPage = new("desk.not-found", 404, new("没有这个页面，或不在您的辖区内。", "There is no such page, or it lies outside your area."),
        new("请从菜单进入，或检查地址。", "Use the menu, or check the address."));

    private static readonly Problem Forbidden = new("access.not-permitted", 403, new("您的岗位没有此项权限。", "Your post does not permit this."),
        new("如工作需要，请联系县级管理员调整权限。", "Ask the county's administrator if your work needs it."));

    private static readonly Problem Broken = new("desk.failed", 500, new("系统出错了，操作没有保存。", "Something went wrong; nothing was saved."),
        new("请重试；如再次出现，请把下面的编号告诉管理员。", "Try again; if it happens again, tell the administrator the number below."));

    private static readonly Problem Unreadable = new("desk.unreadable", 400, new("请求过大、不完整或无法识别。", "The request is too large, incomplete or not understood."),
        new("请检查后重试。", "Check it and try again."));

    public static bool WantsPage(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    public static Task NotFound(HttpContext http) => Write(http, NoSuchPage);

    public static Task NotPermitted(HttpContext http) => Write(http, Forbidden);

    /// <summary>After an exception. What the page that failed left half-done in its scope is left alone.</summary>
    public static async Task Failed(HttpContext http)
    {
        await using var scope = http.RequestServices.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        var error = http.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Error;
        await Write(http, error is BadHttpRequestException bad ? Unreadable with { Status = bad.StatusCode } : Broken);
    }

    public static Task Write(HttpContext http, Problem problem)
    {
        // Programs have no cookie; they say in which language they want to be told.
        var language = http.Request.Cookies[Screen.LanguageCookie] == "en"
            || !WantsPage(http) && http.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.En : Language.Zh;
        return WantsPage(http)
            ? new RazorComponentResult<RefusalDocument>(new { Problem = problem }) { StatusCode = problem.Status }.ExecuteAsync(http)
            : problem.ToResult(language).ExecuteAsync(http);
    }
}
