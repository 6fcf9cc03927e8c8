using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using Shouwang.Platform.Security;
using Shouwang.Platform.Tables;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Platform.Tables;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>Files that go in, come back marked, are asked about once, and can be taken out again.</summary>
public sealed class ImportJourney(Chromium chromium)
{
    [Fact]
    public async Task A_file_comes_back_with_its_bad_cells_marked_and_can_be_taken_out()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Menu("数据导入");
            await office.Attach("files", Samples.Payload("01"), Samples.Payload("02"));
            await office.Press("上传并识别");
            await office.Press("全部导入");
            await Applied(office, 2);
            await OpenFile(office, "02");
            await Marked(office, "02");

            // The table of households cannot go while the members stand on it.
            await office.Menu("数据导入");
            await OpenFile(office, "01");
            await office.Follow(office.Main.GetByRole(AriaRole.Button, new() { Name = "撤销导入" }));
            await Expect(office.Main.Locator(".notice.bad")).ToContainTextAsync("02_鹤游镇人员表");
            await office.Menu("农户");
            await office.Says("500231111001001");

            foreach (var name in (string[])["02", "01"])
            {
                await office.Menu("数据导入");
                await OpenFile(office, name);
                await office.Press("撤销导入");
                await office.Says("已撤销，数据恢复到导入之前");
            }
            await office.Menu("农户");
            await office.Says("还没有农户");
        });
    }

    [Fact]
    public async Task A_heading_nobody_knows_is_asked_about_once_and_remembered()
    {
        await using var journey = await Journey.Begin(chromium);
        await journey.Tell(async () =>
        {
            var office = await journey.SignIn("office", Role.CountyOffice, DeskServer.County);
            await office.Menu("数据导入");
            await office.Attach("files", Strange("甲.csv", "王建国"));
            await office.Press("上传并识别");
            await office.Says("核对类别和列");
            await office.Says("王建国");
            await office.Choose("kind", "disability");
            await office.Press("换成这一类");
            await office.Says("某乙");
            await office.Choose("column-A", "name");
            await office.Choose("column-B", "cert20");
            await office.Press("确认并记住");
            await office.Says("已记住这份表的列");
            await office.Press("导入");
            await Expect(office.Main.Locator("h1 .badge")).ToHaveTextAsync("已导入");

            await office.Menu("数据导入");
            await office.Attach("files", Strange("乙.csv", "李建国"));
            await office.Press("上传并识别");
            await Expect(office.Main.Locator("h1 .badge")).ToHaveTextAsync("已识别");
            await office.Says("持证残疾人名单");
        });
    }

    private static FilePayload Strange(string name, string person) =>
        new() { Name = name, MimeType = "text/csv", Buffer = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"某甲,某乙\n{person},99023119650312091142\n")] };

    private static Task Applied(Person office, int files) =>
        Expect(office.Main.Locator("tbody .badge", new() { HasText = "已导入" })).ToHaveCountAsync(files, new() { Timeout = 120_000 });

    private static Task OpenFile(Person office, string name) =>
        office.Follow(office.Main.Locator("tbody tr", new() { HasText = Path.GetFileName(Samples.Path(name)) }).Locator("a.row-link"));

    // Every refused cell of the key is coloured and says why; the copy can be corrected and sent again.
    private static async Task Marked(Person office, string name)
    {
        var link = office.Main.GetByRole(AriaRole.Link, new() { Name = "下载标注的原表" });
        var download = await office.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal($"{Path.GetFileNameWithoutExtension(Samples.Path(name))}_核对.xlsx", download.SuggestedFilename);
        using var zip = ZipFile.OpenRead(await download.PathAsync());
        var comments = AnnotatedCopies.Comments(zip);
        var refused = Samples.Expected.RootElement.GetProperty("rejected_rows").EnumerateArray().Where(r => r.GetProperty("file").GetString()!.StartsWith(name, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(refused);
        foreach (var row in refused)
        {
            var cell = $"{row.GetProperty("column").GetString()}{row.GetProperty("row").GetInt32()}";
            Assert.Equal(SheetStyles.RefusedColour, AnnotatedCopies.Colour(zip, cell));
            Assert.Contains('\n', comments[cell]);
        }
    }
}
