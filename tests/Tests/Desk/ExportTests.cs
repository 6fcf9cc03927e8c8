using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Desk;

/// <summary>Any list can be taken away as a workbook by whoever may take lists away, and it is written down.</summary>
public sealed class ExportTests
{
    public static TheoryData<string, string> Lists => new()
    {
        { "/cases", "Cases" }, { "/monitored", "Monitored households" }, { "/ledger", "Ledger of problems" }, { "/notices", "Public notices" },
        { "/quality", "Data findings" }, { "/audit", "Audit log" }, { "/imports", "Imports" }, { "/rules", "Warning rules" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_comes_as_a_workbook_and_the_log_says_who_took_it(string page, string name)
    {
        await using var server = await DeskServer.Start();
        using var browser = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        var answer = await browser.GetAsync($"{page}?export={Uri.EscapeDataString(name)}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():n}.xlsx");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(Cancel), Cancel);
        try
        {
            using var book = TableFile.Open(file, "list.xlsx").Value;
            Assert.Single(book.Sheets);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Equal(1, await server.With(s => s.GetRequiredService<ShouwangDb>().Set<Event>().CountAsync(e => e.Name == "lists.exported", Cancel)));
    }

    [Fact]
    public async Task A_list_comes_as_text_too_without_formulas_and_the_log_says_who_took_it()
    {
        await using var server = await DeskServer.Start();
        await server.With(async services =>
        {
            services.GetRequiredService<ShouwangDb>().Log("test.happened", new(DeskServer.County), "=cmd|'/c calc'!A1", "tester", server.Clock, new { });
            return await services.GetRequiredService<ShouwangDb>().SaveChangesAsync(Cancel);
        });
        using var office = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        var answer = await office.GetAsync("/audit?what=test.&export=Audit log&format=csv", Cancel);
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("'=cmd", lines[1], StringComparison.Ordinal);
        Assert.Equal(1, await server.With(s => s.GetRequiredService<ShouwangDb>().Set<Event>().CountAsync(e => e.Name == "lists.exported", Cancel)));
        Assert.Contains("format=csv", await office.GetStringAsync("/audit", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_take_lists_away_gets_none_and_no_button()
    {
        await using var server = await DeskServer.Start();
        using var supervisor = await server.SignedIn(Role.Supervisor, DeskServer.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.GetAsync("/rules?export=Warning rules", Cancel)).StatusCode);
        Assert.DoesNotContain("export=", await supervisor.GetStringAsync("/rules", Cancel), StringComparison.Ordinal);

        using var office = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        Assert.Contains("export=", await office.GetStringAsync("/rules", Cancel), StringComparison.Ordinal);
        Assert.Equal("/rules", (await office.GetAsync("/rules?export=Something", Cancel)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await office.GetAsync("/users?export=Users", Cancel)).StatusCode);
    }

    [Fact]
    public async Task All_pages_of_a_list_are_in_the_workbook()
    {
        await using var server = await DeskServer.Start();
        await server.With(async services =>
        {
            var db = services.GetRequiredService<ShouwangDb>();
            for (var n = 0; n < 120; n++)
                db.Log("test.happened", new(DeskServer.County), $"subject-{n}", "tester", server.Clock, new { n });
            return await db.SaveChangesAsync(Cancel);
        });
        using var office = await server.SignedIn(Role.CountyOffice, DeskServer.County);
        using var zip = new System.IO.Compression.ZipArchive(await office.GetStreamAsync("/audit?what=test.&export=Audit log", Cancel));
        using var text = new StreamReader(zip.Entries.Single(e => e.FullName.Contains("sheet1", StringComparison.Ordinal)).Open());
        var sheet = await text.ReadToEndAsync(Cancel);
        for (var n = 0; n < 120; n++)
            Assert.Contains($"subject-{n}<", sheet, StringComparison.Ordinal);
    }
}
