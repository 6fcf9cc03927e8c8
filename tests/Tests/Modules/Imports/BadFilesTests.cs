using System.IO.Compression;
using System.Text;
using Shouwang.Modules.Imports.Contracts;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>Whatever is in a file, the answer is a reason and never a crash.</summary>
public class BadFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garbage_of_every_kind_is_refused_with_a_reason()
    {
        await using var world = await ImportWorld.Open("sqlite");
        var random = new Random(7);
        foreach (var name in (string[])["01", "04", "05", "07", "11"])
        {
            var whole = await File.ReadAllBytesAsync(Samples.Path(name), Cancel);
            foreach (var content in Damaged(whole, random))
                await TakesOrRefuses(world, content);
        }
        var noise = new byte[5_000];
        random.NextBytes(noise);
        await TakesOrRefuses(world, noise);
        await TakesOrRefuses(world, []);
        await TakesOrRefuses(world, Encoding.UTF8.GetBytes("<html><table><tr><td>户编号</td></tr></table></html>"));
    }

    private static IEnumerable<byte[]> Damaged(byte[] whole, Random random)
    {
        yield return whole[..(whole.Length / 2)];
        yield return whole[..Math.Min(whole.Length, 600)];
        for (var i = 0; i < 4; i++)
        {
            var flipped = (byte[])whole.Clone();
            for (var k = 0; k < 40; k++)
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            yield return flipped;
        }
    }

    private static async Task TakesOrRefuses(ImportWorld world, byte[] content)
    {
        var uploaded = await world.Use(i => i.Upload(world.Actor, [new("x.xlsx", () => new MemoryStream(content))], new(ImportWorld.Town), Cancel));
        if (!uploaded.Succeeded)
        {
            Assert.All(uploaded.Problems, p => Assert.True(p.What.Zh.Length > 0 && p.Remedy.En.Length > 0));
            return;
        }
        foreach (var import in await world.Apply(uploaded.Value))
        {
            Assert.True(import.State is ImportState.Applied || import.Problem is { What.Zh.Length: > 0, Remedy.Zh.Length: > 0 });
            await world.Use(i => i.Report(world.Actor, import.Id, Stream.Null, Cancel));
            await world.Use(i => i.Preview(world.Actor, import.Id, Cancel));
        }
        Assert.Equal(0, await world.Count("select count(*) from imports where state = 'Running'"));
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_far_too_much_is_refused()
    {
        await using var world = await ImportWorld.Open("sqlite");
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await zip.CreateEntry("户表.csv", CompressionLevel.Optimal).OpenAsync(Cancel);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++)
                await entry.WriteAsync(zeros, Cancel);
        }
        var refused = await world.Use(i => i.Upload(world.Actor, [new("x.zip", () => new MemoryStream(packed.ToArray()))], new(ImportWorld.Town), Cancel));
        Assert.Equal("imports.archive", refused.Problems[0].Code);
        Assert.DoesNotContain(Directory.EnumerateFiles(world.Folder, "incoming-*"), _ => true);
    }

    [Theory]
    [InlineData("结算流水号,姓名,身份证号,结算日期,总费用,个人自付\n")]
    [InlineData("结算流水号,姓名,身份证号,结算日期,总费用,个人自付\n,,,,,\n,,,,,\n")]
    public async Task A_heading_without_rows_is_a_file_of_no_rows(string csv)
    {
        await using var world = await ImportWorld.Open("sqlite");
        var import = Assert.Single(await world.Apply(await world.Upload(("空.csv", Encoding.UTF8.GetBytes(csv)))));
        Assert.Equal((ImportState.Applied, 0), (import.State, import.Counts.Rows));
    }

    [Fact]
    public async Task The_report_is_the_file_with_the_bad_cells_marked()
    {
        await using var world = await ImportWorld.Open("sqlite");
        var import = Assert.Single(await world.Apply(await world.UploadSamples("06")));
        using var report = new MemoryStream();
        var name = (await world.Use(i => i.Report(world.Actor, import.Id, report, Cancel))).Value;

        Assert.EndsWith(".xlsx", name);
        using var zip = new ZipArchive(new MemoryStream(report.ToArray()));
        var comments = zip.Entries.Single(e => e.FullName.StartsWith("xl/notes", StringComparison.Ordinal));
        using var reader = new StreamReader(await comments.OpenAsync(Cancel));
        var text = await reader.ReadToEndAsync(Cancel);
        Assert.Contains("ref=\"I541\"", text);
        Assert.Contains("不在代码表中", text);
        // What comes back corrected is read like any other file.
        var again = Assert.Single(await world.Upload((name, report.ToArray())));
        Assert.Equal("housing", again.Kind);
    }
}
