using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Access;

/// <summary>Users and their posts, signing in, and reading the audit trail.</summary>
internal sealed class AccessModule : IModule
{
    public string Name => "access";

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(10, CountyChoice.Page, new("县区", "Counties"), Permissions.CountiesOpen, "map"),
        new(50, "/users", new("用户", "Users"), Permissions.UsersEdit, "users"),
        new(52, "/audit", new("审计日志", "Audit log"), Permissions.AuditRead, "shield"),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<Sessions>()
        .AddScoped<ISessions>(s => s.GetRequiredService<Sessions>())
        .AddScoped<IUsers, Users>()
        .AddSingleton<PersonLabels>().AddSingleton<IPersonLabels>(s => s.GetRequiredService<PersonLabels>())
        .AddScoped<SignInSteps>()
        .AddScoped<OwnAccount>()
        .AddScoped<IDevices, Devices>().AddScoped<IDeviceProofs, DeviceProofs>().AddSingleton<DeviceLookup>()
        .AddScoped<AuditTrail>()
        .AddScoped<IDeskPeople, DeskPeople>();

    public void MapEndpoints(IEndpointRouteBuilder root) => root
        .MapPost("/sign-out", async (HttpContext http, Actor actor, SignedInUser signedIn, Sessions sessions, CancellationToken cancel) =>
        {
            await sessions.Close(actor.County, actor.User, signedIn.Session, cancel);
            http.Response.Cookies.Delete(ISessions.Cookie);
            return TypedResults.LocalRedirect("/sign-in");
        })
        .SignedIn().OverCounties();
}
