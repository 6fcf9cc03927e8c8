using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access;
using Shouwang.Platform;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Desk;

/// <summary>Made from the permission table: each role × each operation × inside and outside its area, and each page and endpoint.</summary>
public sealed class PermissionTests
{
    private static readonly Guid Assigned = Guid.CreateVersion7(), Unassigned = Guid.CreateVersion7();

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory, MemberData(nameof(Roles))]
    public void An_actor_may_what_the_table_says_inside_the_area_and_nothing_outside(Role role)
    {
        var actor = ActorOf(role);
        foreach (var permission in Permissions.Table)
        {
            var given = permission.Roles.TryGetValue(role, out var reach);
            Assert.Equal(given, actor.May(permission.Name));
            Assert.Equal(given, actor.May(permission.Name, new(DeskServer.Village), Assigned));
            Assert.Equal(given && !reach.HasFlag(Reach.Assigned), actor.May(permission.Name, new(DeskServer.Village), Unassigned));
            foreach (var outside in (string[])[DeskServer.OtherVillage, "500231112", "430525", "50"])
                Assert.False(actor.May(permission.Name, new(outside), Assigned), $"{role} {permission.Name} in {outside}");
        }
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task A_query_shows_what_the_table_says_inside_the_area_and_nothing_outside(Role role)
    {
        await using var database = await TestDatabase.Open("sqlite");
        await using var db = database.Db();
        var cancel = TestContext.Current.CancellationToken;
        // Users stand for any rows that lie in an area; their id plays the household.
        foreach (var (id, area) in new[] { (Assigned, DeskServer.Village), (Unassigned, DeskServer.Village), (Guid.CreateVersion7(), DeskServer.OtherVillage), (Guid.CreateVersion7(), "430525101201") })
            db.Add(new User
            {
                County = area[..6], Id = id, Name = id.ToString("n"), DisplayName = "", Role = Role.GridWorker, Area = area, PasswordHash = "", CreatedAt = default,
            });
        await db.SaveChangesAsync(cancel);

        var actor = ActorOf(role);
        foreach (var permission in Permissions.Table)
        {
            Guid[] expected = !permission.Roles.TryGetValue(role, out var reach) || reach.HasFlag(Reach.Aggregate) ? []
                : reach.HasFlag(Reach.Assigned) ? [Assigned] : [Assigned, Unassigned];
            var seen = await db.Set<User>().VisibleTo(actor, permission.Name, u => u.Id).Select(u => u.Id).ToListAsync(cancel);
            Assert.Equal(expected.Order(), seen.Order());
        }
    }

    [Fact]
    public async Task Every_page_and_endpoint_says_who_may_use_it()
    {
        await using var server = await DeskServer.Start();
        var silent = Endpoints(server).Where(e => e.Metadata.GetMetadata<RequiresAttribute>() is null
            && e.Metadata.GetMetadata<SignedInAttribute>() is null && e.Metadata.GetMetadata<OpenToAllAttribute>() is null
            // The framework's own, which the gate answers with "no such page".
            && !e.RoutePattern.RawText!.Contains("_framework", StringComparison.Ordinal) && e.DisplayName != "Fallback {**path:file}");
        Assert.Empty(silent.Select(e => e.DisplayName));

        var misspelt = Endpoints(server).Select(e => e.Metadata.GetMetadata<RequiresAttribute>()?.Permission).OfType<string>()
            .Where(p => Permissions.Table.All(t => t.Name != p));
        Assert.Empty(misspelt);
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Through_the_web_a_role_opens_what_the_table_gives_it_and_is_refused_the_rest(Role role)
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(role, AreaOf(role));
        using var stranger = server.Browser();
        foreach (var endpoint in Endpoints(server))
        {
            if (endpoint.Metadata.GetMetadata<RequiresAttribute>()?.Permission is not { } permission)
                continue;
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods && !methods.Contains("GET") ? methods[0] : "GET";
            var path = PathOf(endpoint);

            var answer = await browser.SendAsync(new(new(method), path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (Permissions.Of(role, permission) is null)
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{role} {method} {path}: {answer.StatusCode}, but lacks {permission}");
            else
                Assert.True(answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError), $"{role} {method} {path}: {answer.StatusCode}, but has {permission}");

            var unknown = await stranger.SendAsync(new(new(method), path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.True(unknown.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"nobody {method} {path}: {unknown.StatusCode}");
        }
    }

    [Fact]
    public async Task A_request_from_another_site_changes_nothing()
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(Role.Administrator, DeskServer.County);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sign-out", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(Role.Administrator, DeskServer.County);
        var answer = await browser.PostAsync("/users/new", new FormUrlEncodedContent([new("_handler", "add"), new("name", "intruder")]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(DeskServer server) =>
        server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct();

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: { Count: > 0 } policies } when policies[0].Content == "guid" => Unassigned.ToString(),
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "Digits" or "Area" or "area" } => DeskServer.Village,
        _ => "x1",
    }))));

    private static string AreaOf(Role role) => role switch
    {
        Role.Administrator or Role.CountyOffice or Role.CountyLeader or Role.IndustryDept or Role.Supervisor or Role.Auditor => DeskServer.County,
        Role.TownshipLeader or Role.TownshipClerk => DeskServer.Township,
        Role.VillageCadre or Role.FirstSecretary or Role.WorkTeamMember or Role.GridWorker or Role.MonitoringOfficer or Role.PairingHelper => DeskServer.Village,
    };

    // Everybody with a post over one village, so that inside and outside are the same for all.
    private static Actor ActorOf(Role role) => new(Guid.CreateVersion7(), "x", "x", role, new AreaCode(DeskServer.Village), null, [Assigned]);
}
