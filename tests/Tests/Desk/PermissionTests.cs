using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
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
    public async Task A_post_above_the_counties_sees_every_county_of_its_area_and_no_other()
    {
        await using var database = await TestDatabase.Open("sqlite");
        await using var db = database.Db();
        var cancel = TestContext.Current.CancellationToken;
        string[] areas = [DeskServer.Village, "500236102201", "5002", "50", "430525101201", "51"];
        foreach (var area in areas)
            db.Add(new User { County = area.Length > 6 ? area[..6] : area, Id = Guid.CreateVersion7(), Name = area, DisplayName = "", Role = Role.GridWorker, Area = area, PasswordHash = "", CreatedAt = default });
        // A row that says it lies in the area, in a county that does not, is shown to nobody.
        db.Add(new User { County = "430525", Id = Guid.CreateVersion7(), Name = "astray", DisplayName = "", Role = Role.GridWorker, Area = "500231", PasswordHash = "", CreatedAt = default });
        await db.SaveChangesAsync(cancel);

        var province = new Actor(Guid.CreateVersion7(), "x", "x", Role.HigherOffice, new(DeskServer.Province), null, []);
        Assert.Equal(["50", "5002", DeskServer.Village, "500236102201"], (await Seen(province)).Order(StringComparer.Ordinal));
        Assert.Equal([DeskServer.Village], await Seen(province.In(new(DeskServer.County))));
        Assert.Equal(DeskServer.Province, province.In(new(DeskServer.County)).Post.Digits);
        Assert.Throws<ArgumentException>(() => province.In(new("430525")));
        Assert.False(province.May(Permissions.HouseholdsRead, new("430525101201")));

        async Task<List<string>> Seen(Actor actor) => await db.Set<User>().VisibleTo(actor, Permissions.HouseholdsRead, u => u.Id).Select(u => u.Name).ToListAsync(cancel);
    }

    [Fact]
    public async Task A_post_above_the_counties_chooses_one_before_it_reads_what_is_about_one()
    {
        await using var server = await DeskServer.Start();
        await server.With(async services =>
        {
            await services.GetRequiredService<IUsers>().Add(Actor.System(new(DeskServer.County)), new("clerk.one", "x", Role.CountyOffice, new(DeskServer.County)), TestContext.Current.CancellationToken);
            return true;
        });
        using var browser = await server.SignedIn(Role.HigherOffice, DeskServer.Province);
        var cancel = TestContext.Current.CancellationToken;

        var asked = await browser.GetAsync("/households?q=x", cancel);
        Assert.Equal((HttpStatusCode.Redirect, "/counties?back=%2Fhouseholds%3Fq%3Dx"), (asked.StatusCode, asked.Headers.Location!.ToString()));
        Assert.Contains("垫江县", await browser.GetStringAsync("/counties?back=%2Fhouseholds%3Fq%3Dx", cancel), StringComparison.Ordinal);
        // Another province's county, and one that is none, choose nothing; what is over all counties needs no choice.
        foreach (var other in (string[])["430525", "50", "500231111", "x"])
            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync($"/households?county={other}", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/rehearsal", cancel)).StatusCode);

        var chosen = await browser.GetAsync($"/households?county={DeskServer.County}", cancel);
        Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        Assert.Contains("垫江县", await chosen.Text(), StringComparison.Ordinal);
        browser.DefaultRequestHeaders.Add("Cookie", $"county={DeskServer.County}");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/households", cancel)).StatusCode);
        // It reads in the county and does no work there.
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/imports", cancel)).StatusCode);

        // To a post in a county the same address says nothing new, whatever county it names.
        using var county = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        Assert.Equal(HttpStatusCode.OK, (await county.GetAsync("/households?county=500236", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await county.GetAsync("/counties", cancel)).StatusCode);
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
        Role.HigherOffice => DeskServer.Province,
    };

    // Everybody with a post over one village, so that inside and outside are the same for all.
    private static Actor ActorOf(Role role) => new(Guid.CreateVersion7(), "x", "x", role, new AreaCode(DeskServer.Village), null, [Assigned]);
}
