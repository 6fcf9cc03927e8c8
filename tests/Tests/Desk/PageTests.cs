using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Desk;

/// <summary>What every page promises: words in both languages, headers that protect, and an answer even where there is nothing.</summary>
public sealed class PageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/households/500231000000000")]
    [InlineData("/leads/L2020-99999")]
    [InlineData("/users/nobody")]
    [InlineData("/nowhere")]
    public async Task An_address_of_nothing_says_so_on_a_page_with_404(string path)
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(path.StartsWith("/users", StringComparison.Ordinal) ? Role.Administrator : Role.CountyOffice, DeskServer.County);
        var answer = await browser.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("没有", await answer.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_problem_details_instead_of_pages()
    {
        await using var server = await DeskServer.Start();
        using var browser = server.Browser("application/json");
        var answer = await browser.GetAsync("/users", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("access.sign-in-first", await answer.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_allow_nothing_inline_and_are_kept_in_no_cache()
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        foreach (var page in (string[])["/sign-in", "/work", "/households", "/leads", "/rules", "/imports", "/overview", "/quality"])
        {
            var answer = await browser.GetAsync(page, Cancel);
            var html = await answer.Text();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain(" onclick=", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Styles_have_names_that_change_with_their_content_and_may_be_kept_for_ever()
    {
        await using var server = await DeskServer.Start();
        using var browser = server.Browser();
        var html = await browser.GetStringAsync("/sign-in", Cancel);
        var style = System.Text.RegularExpressions.Regex.Match(html, "href=\"(/kit\\.[^\"]+\\.css)\"").Groups[1].Value;
        var answer = await browser.GetAsync(style, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_pages_have_no_Chinese_left_but_names_of_things()
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        browser.DefaultRequestHeaders.Add("Cookie", "lang=en");
        var cookies = string.Join("; ", browser.DefaultRequestHeaders.GetValues("Cookie"));
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add("Cookie", cookies);
        foreach (var endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<RequiresAttribute>() is null || endpoint.RoutePattern.Parameters.Count > 0
                || endpoint.RoutePattern.RawText!.EndsWith("export", StringComparison.Ordinal))
                continue;
            var html = await (await browser.GetAsync(endpoint.RoutePattern.RawText, Cancel)).Text();
            var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Cancel);
            // Policies, areas and rules carry their own Chinese names; the frame and the headings are ours. A name that stands in a label says its language.
            foreach (var name in document.QuerySelectorAll("body [lang=zh]"))
                name.Remove();
            var ours = document.QuerySelectorAll("h1, h2, nav, th, label, button, legend, .lead, .hint, .empty").Select(e => e.TextContent)
                .Where(t => t.Any(c => c is >= '一' and <= '鿿') && !t.Contains("中文", StringComparison.Ordinal) && !t.Contains("守望", StringComparison.Ordinal)
                    && !t.Contains("垫江", StringComparison.Ordinal));
            Assert.True(!ours.Any(), $"{endpoint.RoutePattern.RawText}: {ours.FirstOrDefault()}");
        }
    }
}
