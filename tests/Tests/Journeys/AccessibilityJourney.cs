using System.Text.Json;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Journeys;

/// <summary>Every page, on a laptop and on a phone, through the eyes of axe: for people who use a keyboard, a screen reader or a small screen.</summary>
public sealed class AccessibilityJourney(Chromium chromium)
{
    internal static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Journey.Root, "web", "desk", "node_modules", "axe-core", "axe.min.js")));

    // Serious and critical violations, what sticks out to the right, and links to the page's own parts that lead away.
    private const string Examine = """
        async () => {
          const found = (await axe.run(document, { resultTypes: ['violations'], elementRef: false, preload: false })).violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.id} ×${v.nodes.length}: ${v.nodes.slice(0, 2).map(n => `${n.html.slice(0, 160)} (${(n.any[0] || n.all[0] || n.none[0] || {}).message || ''})`).join(' | ')}`);
          const page = document.documentElement;
          if (page.scrollWidth > page.clientWidth)
            found.push(`too wide, ${page.scrollWidth} px: ` + [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > page.clientWidth + 1)
              .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | '));
          for (const a of document.querySelectorAll('a[href^="#"]'))
            if (new URL(a.href).pathname !== location.pathname) found.push(`leads away: ${a.outerHTML.slice(0, 120)}`);
          return JSON.stringify(found);
        }
        """;

    [Fact]
    public async Task No_page_has_a_serious_fault_on_a_laptop_or_a_phone()
    {
        var county = await chromium.Helped;
        var (journey, seen) = (county.Journey, county.Pages);
        await journey.Tell(async () =>
        {
            var nobody = await journey.Somebody("nobody", WindowSize.Desk);
            var faults = await Look(nobody, ["/sign-in", $"/report/{CountyAtWork.Village}", $"/report/{CountyAtWork.Village}/status", county.PublicNotice,
                $"/notice/{CountyAtWork.County}/answer", "/print" + county.PublicNotice, "/report/12"]);

            // What every role's menu leads to, what people came across in their work, and what is printed.
            var administrator = await journey.SignIn("administrator", Role.Administrator, CountyAtWork.County);
            faults.AddRange(await Look(administrator, [.. await Menu(administrator), "/users/new", "/users/clerk", "/account", "/account/password"]));
            var household = CountyAtWork.Household;
            string[] more = [.. ((string[])["members", "income", "facts", "timeline", "leads", "checks", "help", "visits"]).Select(t => $"/households/{household}?tab={t}"),
                "/overview/R02", "/rules/W14", "/rules/quality?rule=W14", "/rules/quality?tab=sources", "/rules/quality?tab=unwarned", "/rehearsal?line.monitoring=8000&rule=x",
                "/rehearsal/households?line.monitoring=8000&set=entering", "/rehearsal/saved", "/rehearsal/compare", "/imports/matches", "/leads/report", $"/leads/report?household={household}", $"/print/report-poster/{CountyAtWork.Village}",
                .. ((string[])["household", "card", "plan", "authorisation"]).Select(d => $"/print/{d}/{household}"), "/households?q=zzz", "/nowhere"];
            faults.AddRange(await Look(county.Office, [.. (await Menu(county.Office)).Concat(more).Concat(seen).Distinct()]));
            faults.AddRange(await Look(county.Cadre, ["/work", "/notices/new", "/objections", $"/households/{household}/visit", $"/households/{household}/plan"]));
            Assert.True(faults.Count == 0, string.Join('\n', faults));
        });
    }

    private static async Task<IReadOnlyList<string>> Menu(Person person)
    {
        await person.Go("/work");
        return await person.Page.Locator("nav.side a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
    }

    private static async Task<List<string>> Look(Person person, IEnumerable<string> pages)
    {
        var faults = new List<string>();
        foreach (var path in pages)
        {
            await person.Go(path);
            await person.Page.EvaluateAsync(Axe.Value);
            foreach (var size in (WindowSize[])[WindowSize.Desk, WindowSize.Phone])
            {
                await person.Page.SetViewportSizeAsync(size.Width, size.Height);
                faults.AddRange(JsonSerializer.Deserialize<string[]>(await person.Page.EvaluateAsync<string>(Examine))!.Select(f => $"{path} {size.Width}: {f}"));
            }
        }
        return faults;
    }
}
