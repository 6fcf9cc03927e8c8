using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Five lists and three lists are views of one record, with columns, filters, paper and workbooks of their own.</summary>
public class LedgerListTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_filter_leaves_what_it_says_and_the_total_counts_all_pages(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var water = await world.Reported("water");
        var housing = await world.Reported("housing");
        var medical = await world.Reported("medical", channel: "medical");
        var closed = await world.Reported("water", household: await world.Household());
        await world.StruckOff(closed);
        Done(await world.Assign(water, due: world.Day.AddDays(2)));
        world.Day = world.Day.AddDays(4);
        var late = await world.Reported("income");

        async Task<IEnumerable<Guid>> Ids(IssueFilter filter, Actor? by = null) =>
            (await world.With<IssueLists, IssueRows>((l, cancel) => l.List(by ?? world.Clerk, filter, cancel))).Rows.Select(r => r.Id).Order();
        Assert.Equal(new[] { water, housing, medical, late }.Order(), await Ids(new()));
        Assert.Equal(new[] { water, housing, medical }.Order(), await Ids(new(IssueShow.Overdue)));
        Assert.Equal([closed], await Ids(new(IssueShow.Ended)));
        Assert.Empty(await Ids(new(IssueShow.ToCheck)));
        Assert.Equal(new[] { water, closed }.Order(), await Ids(new(IssueShow.All, Kind: "water")));
        Assert.Equal([medical], await Ids(new(Channel: "medical")));
        Assert.Equal([medical], await Ids(new(Department: "medical_insurance")));
        Assert.Equal([late], await Ids(new(From: world.Day)));
        Assert.Equal(new[] { water, housing, medical }.Order(), await Ids(new(To: world.Day.AddDays(-1))));
        Assert.Equal([water], await Ids(new(State: IssueState.Assigned)));
        Assert.Equal([water], await Ids(new(Text: "村干")));
        Assert.Empty(await Ids(new(Area: OtherVillage)));
        Assert.Empty(await Ids(new(IssueShow.All), world.Stranger));
        var page = await world.With<IssueLists, IssueRows>((l, cancel) => l.List(world.Clerk, new(Skip: 1, Take: 2), cancel));
        Assert.Equal((2, 4), (page.Rows.Count, page.Total));
        var counts = await world.With<IssueLists, IReadOnlyDictionary<IssueShow, int>>((l, cancel) => l.Counts(world.Clerk, new(), cancel));
        Assert.Equal((4, 3, 1, 0, 5), (counts[IssueShow.Open], counts[IssueShow.Overdue], counts[IssueShow.Ended], counts[IssueShow.ToCheck], counts[IssueShow.All]));
    }

    [Fact]
    public async Task Each_list_has_columns_of_its_own_and_comes_as_a_workbook_and_on_paper()
    {
        await using var server = await DeskServer.Start();
        await Reported(server);
        using var office = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        var headings = new HashSet<string>();
        foreach (var list in IssueLists.Five)
        {
            var html = await office.GetStringAsync($"/ledger?list={list}&show=All", Cancel);
            var document = await new HtmlParser().ParseDocumentAsync(html, Cancel);
            Assert.True(headings.Add(string.Join('|', document.QuerySelectorAll("th").Select(h => h.TextContent.Trim()))), $"{list} has the columns of another list");
            Assert.Contains("水管漏水", list == IssueList.Responsibility ? "水管漏水" : html, StringComparison.Ordinal);
            var export = document.QuerySelector("a[href*='export=']")!.GetAttribute("href")!;
            var book = await office.GetAsync(export, Cancel);
            Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.Content.Headers.ContentType!.MediaType);
        }
        async Task<List<string>> Sheets(string which) => [.. (await new HtmlParser().ParseDocumentAsync(await office.GetStringAsync($"/print/ledger?list={which}&show=All", Cancel), Cancel))
            .QuerySelectorAll(".sheet h1").Select(h => h.TextContent.Trim())];
        Assert.Equal(["问题清单", "整改清单", "任务清单", "责任清单", "成效清单"], await Sheets("five"));
        Assert.Equal(["问题清单", "任务清单", "责任清单"], await Sheets("three"));
        Assert.Equal(["责任清单"], await Sheets("Responsibility"));
        var three = await new HtmlParser().ParseDocumentAsync(await office.GetStringAsync("/ledger?set=three", Cancel), Cancel);
        Assert.Equal(["问题清单", "任务清单", "责任清单", "五张清单"], three.QuerySelector("nav.tabs")!.QuerySelectorAll("a").Select(a => a.TextContent.Trim()));
    }

    [Fact]
    public async Task Whoever_may_not_take_a_step_is_not_offered_it_and_cannot_send_it()
    {
        await using var server = await DeskServer.Start();
        var id = await Reported(server);
        using var cadre = await server.SignedIn(Role.VillageCadre, DeskServer.Village);
        Assert.DoesNotContain("step-Assign", await cadre.GetStringAsync($"/ledger/{id}", Cancel), StringComparison.Ordinal);
        using var clerk = await server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        Assert.Contains("step-Assign", await clerk.GetStringAsync($"/ledger/{id}", Cancel), StringComparison.Ordinal);
        using var stranger = await server.SignedIn(Role.VillageCadre, DeskServer.OtherVillage);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/ledger/{id}", Cancel)).StatusCode);
        using var auditor = await server.SignedIn(Role.Auditor, DeskServer.County);
        Assert.DoesNotContain("/ledger/new", await auditor.GetStringAsync("/ledger", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/ledger/new", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("/listings/new", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Whoever_examines_a_problem_opens_its_photos_and_nobody_else_does()
    {
        await using var server = await DeskServer.Start();
        var (id, hash) = await server.With(async services =>
        {
            using var picture = new MemoryStream([0xff, 0xd8, 0xff, 0xe0]);
            var photo = (await services.GetRequiredService<Files>().Store(picture, Cancel)).Hash;
            var found = new NewIssue("inspection", null, new(DeskServer.Village), Guid.CreateVersion7(), "water", "水管漏水", new(2020, 6, 1), "已换接头", photo);
            return (Done(await services.GetRequiredService<ILedger>().Report(found, Person("office", Role.CountyOffice, County), Cancel)), photo);
        });
        using var leader = await server.SignedIn(Role.TownshipLeader, DeskServer.Township);
        Assert.Contains($"/ledger/{id}/evidence/{hash}", await leader.GetStringAsync($"/ledger/{id}", Cancel), StringComparison.Ordinal);
        var shown = await leader.GetAsync($"/ledger/{id}/evidence/{hash}", Cancel);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync($"/ledger/{id}/evidence/{new string('0', 64)}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync($"/ledger/{Guid.CreateVersion7()}/evidence/{hash}", Cancel)).StatusCode);
        // Supervisors see health details of households masked; a problem they strike off they have to judge.
        using var supervisor = await server.SignedIn(Role.Supervisor, DeskServer.County);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync($"/ledger/{id}/evidence/{hash}", Cancel)).StatusCode);
        // Of another village; or a department before which it is not, as it is about a household.
        foreach (var (role, area) in new[] { (Role.VillageCadre, DeskServer.OtherVillage), (Role.Supervisor, DeskServer.OtherVillage), (Role.IndustryDept, DeskServer.County) })
        {
            using var other = await server.SignedIn(role, area);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ledger/{id}/evidence/{hash}", Cancel)).StatusCode);
        }
    }

    private static Task<Guid> Reported(DeskServer server) => server.With(async services => Done(await services.GetRequiredService<ILedger>().Report(
        new("petition", null, new(DeskServer.Village), null, "water", "水管漏水", new(2020, 6, 1)), Person("office", Role.CountyOffice, County), Cancel)));
}
