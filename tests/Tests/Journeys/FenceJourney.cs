using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Journeys;

/// <summary>A village's cadre sees nothing of another village, whatever is typed into the address bar.</summary>
/// <remarks>Addresses come from the routes of the server and ids from its database, so that a page that is made tomorrow is looked at, too.</remarks>
public sealed class FenceJourney(Chromium chromium)
{
    private const string Own = "500231111205", Other = CountyAtWork.Village;

    [Fact]
    public async Task A_cadre_sees_another_village_at_no_address()
    {
        var county = await chromium.Helped;
        var journey = county.Journey;
        await journey.Tell(async () =>
        {
            var cadre = await journey.SignIn("stranger", Role.VillageCadre, Own);
            var secrets = await Secrets(journey);
            var leaks = new List<string>();

            // Every page the people of the other village saw, in the browser.
            foreach (var path in county.Pages)
            {
                var status = await cadre.Go(path);
                if (status == 200 && IsAbout(path))
                    leaks.Add($"{path}: opens");
                leaks.AddRange(Found(path, await cadre.Page.ContentAsync(), secrets));
            }

            // Every route there is, filled in with everything the other village has.
            foreach (var path in await Addresses(journey))
            {
                var answer = await cadre.Fetch(path);
                // What is for phones only says so to a browser, whoever sits at it.
                var isForPhones = answer.Status == 401 && path.StartsWith("/api/v1/field/", StringComparison.Ordinal);
                if (answer.Status is not (200 or 302 or 403 or 404) && !isForPhones)
                    leaks.Add($"{path}: answers {answer.Status}");
                if (answer.Status == 200)
                    leaks.AddRange(Found(path, Words(await answer.BodyAsync()), secrets));
            }
            Assert.Empty(leaks);

            // The same pages show the village's own, so what was refused was refused for its place.
            Assert.Equal(200, await cadre.Go($"/households?area={Other}"));
            Assert.Contains(Own, await cadre.Page.ContentAsync(), StringComparison.Ordinal);
        });
    }

    // Names may be borne in both villages; codes belong to one.
    private static async Task<IReadOnlyList<string>> Secrets(Journey journey)
    {
        var rows = await journey.Server.With(async services => (Other: await List(services, Other), Own: await List(services, Own)));
        var names = rows.Other.Select(h => h.HeadName).Where(n => n.Length > 2).Except(rows.Own.Select(h => h.HeadName));
        return [.. names, .. rows.Other.Select(h => h.Code)];
    }

    private static async Task<IReadOnlyList<HouseholdRow>> List(IServiceProvider services, string village) => (await services.GetRequiredService<IHouseholds>()
        .List(Actor.System(new(CountyAtWork.County)), new(Area: new AreaCode(village), Take: 500), TestContext.Current.CancellationToken)).Rows;

    // What an address asks for may come back in a search box; nothing else of the village may.
    private static IEnumerable<string> Found(string path, string words, IEnumerable<string> secrets) =>
        secrets.Where(s => !path.Contains(s, StringComparison.Ordinal) && words.Contains(s, StringComparison.Ordinal)).Take(3).Select(s => $"{path}: shows {s}");

    // An exported list is a zip: its parts are looked through as well.
    private static string Words(byte[] body)
    {
        if (body is not [(byte)'P', (byte)'K', ..])
            return Encoding.UTF8.GetString(body);
        using var zip = new ZipArchive(new MemoryStream(body));
        return string.Concat(zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        }));
    }

    private static bool IsAbout(string path) => path.Contains(CountyAtWork.Household, StringComparison.Ordinal) || path.Count(c => c == '-') >= 4;

    private static async Task<IReadOnlyList<string>> Addresses(Journey journey)
    {
        var ids = await journey.Server.With(async services => await Ids(services.GetRequiredService<ShouwangDb>()));
        string[] words = [Other, CountyAtWork.Household, .. ids.Codes, .. ids.Hashes, ids.Ids[0].ToString()];
        var addresses = new List<string>();
        foreach (var route in journey.Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (route.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } && !methods.Contains("GET"))
                continue;
            var pattern = route.RoutePattern;
            // What everybody may read without an account keeps its own promises.
            if (route.Metadata.GetMetadata<OpenToAllAttribute>() is not null || pattern.RawText!.Contains("**", StringComparison.Ordinal))
                continue;
            var path = "/" + pattern.RawText.TrimStart('/');
            if (pattern.Parameters.Count == 0)
                addresses.AddRange(((string[])["area", "village", "q", "household", "case", "elimination", "import", "rule", "after"])
                    .SelectMany(name => ((string[])[Other, CountyAtWork.Household]).Select(value => $"{path}?{name}={value}")).Prepend(path));
            else
                addresses.AddRange((pattern.Parameters.Any(IsId) ? ids.Ids.Select(i => i.ToString()) : words)
                    .Select(value => pattern.Parameters.Aggregate(path, (filled, p) => System.Text.RegularExpressions.Regex.Replace(filled, $"\\{{{p.Name}[^}}]*\\}}", value))));
        }
        Assert.True(addresses.Count > 300, $"only {addresses.Count} addresses");
        return addresses;
    }

    private static bool IsId(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(p => p.Content == "guid");

    // Ids and codes of everything that lies in the other village, from whatever table has an area.
    private static async Task<(List<Guid> Ids, List<string> Codes, List<string> Hashes)> Ids(ShouwangDb db)
    {
        var (ids, codes) = (new List<Guid>(), new List<string>());
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty("Area")?.ClrType == typeof(string) || t.FindProperty("Village")?.ClrType == typeof(string)))
        {
            var area = type.FindProperty("Area") is null ? "Village" : "Area";
            if (type.FindProperty("Id")?.ClrType == typeof(Guid))
                ids.AddRange(await Values<Guid>(db, type.ClrType, area, "Id"));
            if (type.FindProperty("Code")?.ClrType == typeof(string))
                codes.AddRange(await Values<string>(db, type.ClrType, area, "Code"));
        }
        var hashes = await db.Set<Shouwang.Modules.Casework.Visit>().Where(v => v.Area == Other && v.Signature != null).Select(v => v.Signature!).Distinct().ToListAsync(TestContext.Current.CancellationToken);
        Assert.True(ids.Count > 8 && hashes.Count > 0, "the other village has too little to look for");
        return (ids, codes, hashes);
    }

    private static Task<List<TValue>> Values<TValue>(ShouwangDb db, Type entity, string area, string property) => (Task<List<TValue>>)typeof(FenceJourney)
        .GetMethod(nameof(ValuesOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity, typeof(TValue)).Invoke(null, [db, area, property])!;

    private static Task<List<TValue>> ValuesOf<T, TValue>(ShouwangDb db, string area, string property) where T : class =>
        db.Set<T>().Where(e => EF.Property<string>(e, area) == Other).Select(e => EF.Property<TValue>(e, property)).Take(2).ToListAsync(TestContext.Current.CancellationToken);
}
