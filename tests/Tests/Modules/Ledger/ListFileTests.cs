using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Tables;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Platform.Tables;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Lists of other levels as files: columns by their headings, refusals by cell, and what was exported comes back without a difference.</summary>
public class ListFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Columns_are_told_by_their_headings_in_any_order_below_merged_titles()
    {
        var list = Done(Read(HandMade.Xlsx("""
            <worksheet><sheetData><row r="1"><c r="A1" t="str"><v>2020年问题整改清单</v></c></row><row r="2"><c r="A2" t="str"><v>单位：某镇</v></c></row>
            <row r="3"><c r="A3" t="str"><v>序号</v></c><c r="B3" t="str"><v>整改情况</v></c><c r="D3" t="str"><v>问题编号</v></c><c r="E3" t="str"><v>备注</v></c></row>
            <row r="4"><c r="B4" t="str"><v>整改期限</v></c><c r="C4" t="str"><v>是否销号</v></c></row>
            <row r="5"><c r="A5"><v>1</v></c><c r="B5" t="str"><v>2020年7月1日</v></c><c r="C5" t="str"><v>未销号</v></c><c r="D5" t="str"><v>p2020-00001</v></c></row>
            <row r="6"><c r="A6"><v>2</v></c><c r="B6"><v>44013</v></c><c r="C6" t="str"><v>已办结</v></c><c r="D6" t="str"><v>Ｐ2020－00002</v></c></row>
            <row r="7"><c r="A7" t="str"><v>合计</v></c><c r="B7" t="str"><v>2条</v></c></row></sheetData>
            <mergeCells count="5"><mergeCell ref="A1:E1"/><mergeCell ref="A2:E2"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/><mergeCell ref="D3:D4"/></mergeCells></worksheet>
            """)));
        Assert.Equal([new("P2020-00001", Ended: false, DueOn: new(2020, 7, 1)), new("P2020-00002", Ended: true, DueOn: new(2020, 7, 1))], list.Entries);
        Assert.Empty(list.Unused);
        Assert.Equal(["整改期限", "是否销号", "问题编号"], list.Compared);
        Assert.Equal(["序号", "备注"], list.Ignored);
    }

    [Theory]
    [InlineData("gb18030", "编号,状态,责任单位,类别,发现,时限\nP2020-00007,整改中,金钱村,饮水安全,2020-06-01,2020-06-20\n")]
    [InlineData("utf-8", "Title of the list,,,,,\nFound on,Due,Unit,Kind,State,Code\n2020/6/1,2020.6.20,金钱村,Drinking water,Being rectified,P2020-00007\n")]
    public void Text_files_of_either_encoding_and_language_are_read_alike(string encoding, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var list = Done(Read(HandMade.Text(text, Encoding.GetEncoding(encoding)), "list.csv"));
        Assert.Equal([new("P2020-00007", State: IssueState.InRectification, Ended: false, Unit: "金钱村", DueOn: new(2020, 6, 20), Kind: "water", FoundOn: new(2020, 6, 1))], list.Entries);
        Assert.Empty(list.Unused);
    }

    [Fact]
    public void Each_cell_that_cannot_be_used_is_named_with_row_column_value_reason_and_remedy()
    {
        var list = Done(Read(HandMade.Text("编号,状态,时限,类别\nP2020-00001,督办中,2020-06-31,天气\nP2020-1,整改中,,\n,整改中,,\nP2020-00001,已销号,,\n填报人：张三,,,\n"), "list.csv"));
        Assert.Equal(new("P2020-00001"), Assert.Single(list.Entries));
        Assert.Equal(
            [(2, "状态", "督办中", false), (2, "类别", "天气", false), (2, "时限", "2020-06-31", false), (3, "编号", "P2020-1", true), (4, "编号", "", true), (5, "编号", "P2020-00001", true)],
            list.Unused.Select(u => (u.Row, u.Column, u.Value, u.Whole)).OrderBy(u => u.Row));
        Assert.Contains("第 2 行", list.Unused.Single(u => u.Row == 5).Reason.Zh, StringComparison.Ordinal);
        Assert.All(list.Unused, u => Assert.True(u.Reason.Zh.Length > 0 && u.Reason.En.Length > 0 && u.Remedy.Zh.Length > 0 && u.Remedy.En.Length > 0));
    }

    [Theory]
    [InlineData("ledger.list-no-codes", "姓名,状态\n张三,已销号\n")]
    [InlineData("ledger.list-empty", "问题清单,\n编号,状态\n")]
    [InlineData("file.empty", "")]
    [InlineData("file.html", "<html><table><tr><td>编号</td></tr></table></html>")]
    public void A_file_that_is_no_list_is_refused_by_name(string code, string text)
    {
        var refused = Read(HandMade.Text(text), "list.csv").Problems;
        Assert.Equal(code, Assert.Single(refused).Code);
        Assert.Contains("list.csv", refused[0].What.Zh, StringComparison.Ordinal);
    }

    /// <summary>Problems in every state, exported as each list, in each language and format, and brought back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_the_ledger_exported_comes_back_without_a_difference(int seed)
    {
        await using var server = await DeskServer.Start();
        var random = new Random(seed);
        await Played(server, random);
        var actor = Person("office", Role.CountyOffice, County);
        using var office = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        var compared = new HashSet<string>();
        foreach (var (list, language, format) in from l in IssueLists.Five from g in (string[])["zh", "en"] from f in (string[])["", "&format=csv"] select (l, g, f))
        {
            var export = new HtmlParser().ParseDocument(await office.GetStringAsync($"/ledger?list={list}&show=All", Cancel)).QuerySelector("a[href*='export=']")!.GetAttribute("href")!;
            using var request = new HttpRequestMessage(HttpMethod.Get, export + format);
            request.Headers.Add("Cookie", $"{office.DefaultRequestHeaders.GetValues("Cookie").First()}; lang={language}");
            var book = await (await office.SendAsync(request, Cancel)).Content.ReadAsByteArrayAsync(Cancel);
            var (entries, own) = await server.With(async services =>
            {
                using var content = new MemoryStream(book);
                var lists = services.GetRequiredService<KeepList>();
                var opened = Done(await lists.Open(actor, Done(await lists.Take(actor, content, "导出.xlsx", Cancel)), Cancel));
                Assert.Empty(opened.Unused);
                compared.UnionWith(opened.Compared);
                return (opened.Entries, await services.GetRequiredService<LedgerBook>().AsOf(actor, new(County), services.GetRequiredService<Shouwang.Platform.Today>().Day, Cancel));
            });
            Assert.Equal(own.Select(e => e.Code), entries.Select(e => e.Code).Order(StringComparer.Ordinal));
            Assert.Empty(Reconciliation.Of(entries, own).Differences);
            // It was compared, not only found: a changed day shows.
            if (list is IssueList.Problem)
                Assert.Contains(Reconciliation.Of([.. entries.Select(e => e with { FoundOn = e.FoundOn!.Value.AddDays(1) })], own).Differences, d => d.Kind == DifferenceKind.Found);
        }
        Assert.Superset(new HashSet<string> { "编号", "状态", "时限", "类别", "发现", "责任单位", "Code", "State", "Due", "Kind", "Found", "Unit" }, compared);
    }

    [Fact]
    public async Task A_list_is_opened_by_those_who_see_the_area_it_came_from()
    {
        await using var server = await DeskServer.Start();
        using var clerk = await server.SignedIn(Role.TownshipClerk, DeskServer.Township);
        var sent = await clerk.Send("/ledger/reconcile?mode=list", "list", ("text", "P2020-00001\t已销号"));
        var place = sent.Headers.Location!.ToString();
        Assert.Contains("P2020-00001", await clerk.GetStringAsync(place, Cancel), StringComparison.Ordinal);
        // The differences come as a workbook, also of what was pasted.
        var book = await clerk.GetAsync($"{place}&export=Differences", Cancel);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.Content.Headers.ContentType!.MediaType);
        using var cadre = await server.SignedIn(Role.VillageCadre, DeskServer.Village);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await cadre.GetAsync(place, Cancel)).StatusCode);
        Assert.Contains("没有问题编号", await (await clerk.Send("/ledger/reconcile?mode=list", "list", ("text", "没有编号"))).Text(), StringComparison.Ordinal);
    }

    private static Task<bool> Played(DeskServer server, Random random) => server.With(async services =>
    {
        var (ledger, steps, policy) = (services.GetRequiredService<ILedger>(), services.GetRequiredService<TakeIssueStep>(), LifeCycles.Policy);
        var (office, leader, day) = (Person("office", Role.CountyOffice, County), Person("leader", Role.TownshipLeader, Township), services.GetRequiredService<Shouwang.Platform.Today>().Day);
        var cadre = Person("cadre", Role.VillageCadre, new(DeskServer.Village));
        using var picture = new MemoryStream([0xff, 0xd8, 0xff, 0xe0]);
        var photo = (await services.GetRequiredService<Shouwang.Platform.Files>().Store(picture, Cancel)).Hash;
        Evidence[] all = [.. EvidenceKinds.Table.Where(k => k.Form != EvidenceForm.Record).Select(k => new Evidence(k.Code, k.Form == EvidenceForm.File ? photo : null, "有"))];
        for (var n = 0; n < 25; n++)
        {
            var kind = policy.IssueKinds[random.Next(policy.IssueKinds.Count)].Code;
            var channel = random.Next(3) == 0 ? policy.GreenChannels[random.Next(policy.GreenChannels.Count)].Code : null;
            var id = Done(await ledger.Report(new("inspection", null, new(DeskServer.Village), null, kind, "问题", day.AddDays(-random.Next(20)), Channel: channel), office, Cancel));
            for (var step = random.Next(16); step > 0; step--)
            {
                var offered = IssueStates.Life.Table.StepsFrom((await ledger.Find(office.County, [id], Cancel))[id].State).ToList();
                var actor = ((Actor[])[office, leader, cadre])[random.Next(3)];
                await steps.Run(actor, id, new(offered[random.Next(offered.Count)].Event, "理由", all, Unit: "金钱村，二组", Person: "村干部", Level: AreaLevel.Province, Letter: "1号"), Cancel);
            }
        }
        return true;
    });

    private static Outcome<ListFile> Read(Stream content, string name = "list.xlsx")
    {
        var opened = TableFile.Open(content, name, ListFile.Limits);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var file = opened.Value;
        return ListFile.Read(file, LifeCycles.Policy);
    }
}
