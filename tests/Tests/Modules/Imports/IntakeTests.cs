using System.IO.Compression;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>What an office is promised about its files: all or nothing, once, and back again.</summary>
public class IntakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Heads = "结算流水号,姓名,身份证号,出生日期,参保地,结算日期,总费用,个人自付\n";

    private static (string, byte[]) Csv(string text, string name = "医保.csv") => (name, Encoding.UTF8.GetBytes(text));

    private static readonly string Id = CitizenId.Synthetic(new(1960, 1, 2), 1, Sex.Male);

    private static async Task<ImportWorld> Open(string kind)
    {
        var world = await ImportWorld.Open(kind);
        var home = world.People.Household("H1", new("500231111200"), "王柏");
        world.People.Member(home, "M1", "王柏", new(1960, 1, 2), world.Secrets.Hash(Id));
        return world;
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_file_is_taken_in_and_the_same_file_again_changes_nothing(string kind)
    {
        await using var world = await Open(kind);
        var file = Csv($"{Heads}1,王柏,{Id},,金钱村,2020-01-05,100,40\n2,王 柏,,1960.1.2,鹤游镇金钱村,2020-02-05,50,20\n3,李四,,1970.1.2,金钱村,2020-02-05,50,20\n4,王柏,{Id},,,2020-02-30,1,1\n");

        var first = Assert.Single(await world.Apply(await world.Upload(file)));
        var taken = await world.Taken();
        var again = Assert.Single(await world.Upload(file));
        var after = Assert.Single(await world.Apply([again]));

        Assert.Equal(ImportState.Applied, first.State);
        Assert.Equal(new ImportCounts(4, 0, 1, 1, 0, 1, 0, 1), first.Counts);
        Assert.Equal(["medical 2 H1/M1", "medical 3 H1/M1"], taken);
        Assert.True(again.Repeated && after.Repeated);
        Assert.Equal((first.Id, first.Counts), (after.Id, after.Counts));
        Assert.Equal(taken, await world.Taken());
        Assert.Equal(1, await world.Count("select count(*) from import_matches where state = 'Unmatched'"));
        Assert.Equal(1, await world.Count("select count(*) from events where name = 'imports.applied'"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Findings_name_file_row_column_value_reason_and_remedy(string kind)
    {
        await using var world = await Open(kind);
        var import = Assert.Single(await world.Apply(await world.Upload(Csv($"{Heads}1,王柏,{Id},,金钱村,2020-02-30,100,40\n2,王柏,{Id},,金钱村,2020-02-03,约3万,40\n"))));

        var findings = await world.Use(i => i.Findings(world.Actor, import.Id, Verdict.Refused, 0, 10, Cancel));

        Assert.Equal(2, findings.Total);
        Assert.Equal(["医保.csv  2 F 结算日期 2020-02-30 bad_date", "医保.csv  3 G 总费用 约3万 bad_number"],
            findings.Items.Select(f => $"{f.File} {f.Sheet} {f.Row} {f.Column} {f.Heading} {f.Value} {f.Code}"));
        Assert.All(findings.Items, f => Assert.True(f.Reason.Zh.Length > 0 && f.Reason.En.Length > 0 && f.Remedy.Zh.Length > 0 && f.Remedy.En.Length > 0));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_check_says_what_would_happen_and_writes_none_of_it(string kind)
    {
        await using var world = await Open(kind);
        var uploaded = await world.Upload(Csv($"{Heads}1,王柏,{Id},,金钱村,2020-01-05,100,40\n2,李四,,,金钱村,2020-01-05,1,x\n"));

        var check = Assert.Single((await world.Use(i => i.Check(world.Actor, [uploaded[0].Id], null, Cancel))).Value);
        Assert.Equal((ImportState.Checked, 2, 1, 1), (check.State, check.Counts.Rows, check.Counts.Refused, check.Counts.ById));
        Assert.Empty(await world.Taken());
        Assert.Equal(1, (await world.Use(i => i.Findings(world.Actor, check.Id, null, 0, 10, Cancel))).Total);

        var applied = Assert.Single(await world.Apply([check]));
        Assert.Equal((ImportState.Applied, check.Counts), (applied.State, applied.Counts));
        Assert.Single(await world.Taken());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Failing_half_way_leaves_nothing_and_can_be_run_again(string kind)
    {
        await using var world = await Open(kind);
        var rows = new StringBuilder(Heads);
        for (var i = 1; i <= 9_000; i++)
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},王柏,{Id},,金钱村,2020-01-05,100,40\n");
        var uploaded = await world.Upload(Csv(rows.ToString()));
        var chunks = 0;
        world.OnCheck = (_, _) =>
        {
            if (++chunks == 2)
                throw new InvalidOperationException("power cut");
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Apply(uploaded));
        var failed = (await world.Use(i => i.Find(world.Actor, uploaded[0].Id, Cancel))).Value;
        Assert.Equal((ImportState.Failed, "imports.broken"), (failed.State, failed.Problem!.Code));
        Assert.Empty(await world.Taken());

        world.OnCheck = null;
        var applied = Assert.Single(await world.Apply([failed]));
        Assert.Equal((ImportState.Applied, 9_000), (applied.State, applied.Counts.ById));
        Assert.Null(applied.Problem);
        Assert.Equal(9_000, (await world.Taken()).Count);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_a_dead_process_left_running_is_marked_and_can_be_run_again(string kind)
    {
        await using var world = await Open(kind);
        var uploaded = await world.Upload(Csv($"{Heads}1,王柏,{Id},,金钱村,2020-01-05,100,40\n"));
        await world.Execute($"update imports set state = 'Running', worker = '{Environment.MachineName}/2147483646/1'");

        Assert.Equal(1, await world.Use(i => i.Recover("500231", Cancel)));
        var marked = (await world.Use(i => i.Find(world.Actor, uploaded[0].Id, Cancel))).Value;
        Assert.Equal((ImportState.Failed, "imports.interrupted"), (marked.State, marked.Problem!.Code));
        Assert.Equal(ImportState.Applied, Assert.Single(await world.Apply([marked])).State);
        Assert.Equal(0, await world.Use(i => i.Recover("500231", Cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_import_is_taken_back_and_can_come_again(string kind)
    {
        await using var world = await Open(kind);
        var file = Csv($"{Heads}1,王柏,{Id},,金钱村,2020-01-05,100,40\n3,李四,,1970.1.2,金钱村,2020-02-05,50,20\n");
        var applied = Assert.Single(await world.Apply(await world.Upload(file)));

        var undone = (await world.Use(i => i.Undo(world.Actor, applied.Id, Cancel))).Value;
        Assert.Equal(ImportState.Undone, undone.State);
        Assert.Empty(await world.Taken());
        Assert.Equal(0, await world.Count("select count(*) from import_matches"));
        Assert.Equal("imports.not-applied", (await world.Use(i => i.Undo(world.Actor, applied.Id, Cancel))).Problems[0].Code);

        var again = Assert.Single(await world.Apply(await world.Upload(file)));
        Assert.NotEqual(applied.Id, again.Id);
        Assert.Single(await world.Taken());
    }

    [Fact]
    public async Task The_register_is_not_taken_back_from_under_what_builds_on_it()
    {
        await using var world = await Open("sqlite");
        var imports = await world.Apply(await world.UploadSamples("02", "04", "01"));
        Assert.Equal(["households", "members", "medical"], imports.Select(i => i.Kind));

        var refused = await world.Use(i => i.Undo(world.Actor, imports[0].Id, Cancel));
        Assert.Equal("imports.built-upon", refused.Problems[0].Code);
        Assert.Contains(imports[1].FileName, refused.Problems[0].What.Zh);
        Assert.Contains(imports[2].FileName, refused.Problems[0].What.Zh);
        foreach (var import in imports.Reverse())
            Assert.True((await world.Use(i => i.Undo(world.Actor, import.Id, Cancel))).Succeeded);
        Assert.Empty(await world.Taken());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_clerk_decides_about_a_row_that_fits_several(string kind)
    {
        await using var world = await Open(kind);
        var other = world.People.Household("H2", new("500231111200"));
        var twin = world.People.Member(other, "M2", "王柏", new(1960, 1, 2), null);
        var import = Assert.Single(await world.Apply(await world.Upload(Csv($"{Heads}7,王柏,,1960-01-02,金钱村,2020-01-05,100,40\n"))));
        Assert.Equal(1, import.Counts.Doubtful);

        var row = Assert.Single((await world.Use(i => i.Waiting(world.Actor, null, true, 0, 10, Cancel))).Items);
        Assert.Equal((2, "王柏", "1960-01-02", "金钱村"), (row.Row, row.Name, row.Birth, row.Village));
        Assert.Equal(["M1", "M2"], row.Candidates.Select(c => c.MemberCode).Order());
        Assert.True((await world.Use(i => i.Decide(world.Actor, row.Id, twin, Cancel))).Succeeded);

        Assert.Equal(["medical 2 H2/M2"], await world.Taken());
        Assert.Empty((await world.Use(i => i.Waiting(world.Actor, null, null, 0, 10, Cancel))).Items);
        Assert.Equal("imports.not-waiting", (await world.Use(i => i.Decide(world.Actor, row.Id, twin, Cancel))).Problems[0].Code);
        var after = (await world.Use(i => i.Find(world.Actor, import.Id, Cancel))).Value;
        Assert.Equal((0, 1), (after.Counts.Doubtful, after.Counts.ByName));
        Assert.True((await world.Use(i => i.Undo(world.Actor, import.Id, Cancel))).Succeeded);
        Assert.Empty(await world.Taken());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_row_that_fits_nobody_is_taken_when_its_person_is_registered(string kind)
    {
        await using var world = await Open(kind);
        var late = CitizenId.Synthetic(new(1975, 5, 6), 9, Sex.Female);
        var import = Assert.Single(await world.Apply(await world.Upload(Csv($"{Heads}7,李珍,{late},,金钱村,2020-01-05,100,40\n8,不在,,1950-01-01,金钱村,2020-01-05,1,1\n"))));
        Assert.Equal(2, import.Counts.Unmatched);
        Assert.Equal(0, await world.Use(i => i.Retry(world.Actor, Cancel)));

        world.People.Member(world.People.Household("H9", new("500231111200")), "M9", "李珍", new(1975, 5, 6), world.Secrets.Hash(late));
        Assert.Equal(1, await world.Use(i => i.Retry(world.Actor, Cancel)));

        Assert.Equal(["medical 2 H9/M9"], await world.Taken());
        var after = (await world.Use(i => i.Find(world.Actor, import.Id, Cancel))).Value;
        Assert.Equal((1, 1), (after.Counts.ById, after.Counts.Unmatched));
    }

    [Fact]
    public async Task Where_the_headings_do_not_tell_it_asks_and_remembers_the_answer()
    {
        await using var world = await Open("sqlite");
        const string heads = "甲,乙,丙,丁,戊,己\n";
        var asks = Assert.Single(await world.Upload(Csv($"{heads}1,王柏,{Id},2020-01-05,100,40\n")));
        Assert.Equal((ImportState.NeedsMapping, "imports.unknown-kind"), (asks.State, asks.Problem!.Code));
        Assert.Equal(ImportState.NeedsMapping, Assert.Single(await world.Apply([asks])).State);
        var preview = (await world.Use(i => i.Preview(world.Actor, asks.Id, Cancel))).Value;
        Assert.Equal(["甲", "乙", "丙", "丁", "戊", "己"], preview.Sheets[0].Rows[0].Cells);

        var mapped = await world.Use(i => i.Map(world.Actor, asks.Id, "kind: medical\nheader: 1\ncolumns: {甲: settle_no, 乙: name, 丙: idno, 丁: date, 戊: total, 己: self}", Cancel));
        Assert.Equal((ImportState.Recognised, "medical"), (mapped.Value.State, mapped.Value.Kind));
        Assert.Equal(1, Assert.Single(await world.Apply([mapped.Value])).Counts.ById);

        var next = Assert.Single(await world.Upload(Csv($"{heads}2,王柏,{Id},2020-02-05,100,40\n", "二月.csv")));
        Assert.Equal((ImportState.Recognised, "medical"), (next.State, next.Kind));
    }

    [Fact]
    public async Task A_mapping_that_comes_with_a_file_is_remembered_too()
    {
        await using var world = await ImportWorld.Open("sqlite");
        const string heads = "流水,病人,金额,病人付,日期\n", mapping = "kind: medical\ncolumns: {流水: settle_no, 病人: name, 金额: total, 病人付: self, 日期: date}";
        var files = Enumerable.Range(1, 2).Select(n => new FileGiven($"{n}.csv", () => new MemoryStream(Encoding.UTF8.GetBytes($"{heads}{n},王柏,150,60,2019-05-17\n")))).ToList();

        var mapped = (await world.Use(i => i.Upload(world.Actor, files, new(ImportWorld.Town, mapping), Cancel))).Value;
        Assert.All(mapped, i => Assert.Equal((ImportState.Recognised, "medical"), (i.State, i.Kind)));
        Assert.Equal(ImportState.Recognised, Assert.Single(await world.Upload(Csv($"{heads}3,王柏,150,60,2019-05-17\n"))).State);
        Assert.Equal("imports.bad-mapping", (await world.Use(i => i.Upload(world.Actor, files, new(ImportWorld.Town, "kind: x"), Cancel))).Problems[0].Code);
    }

    [Fact]
    public async Task A_workbook_or_archive_may_hold_several_kinds()
    {
        await using var world = await Open("sqlite");
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["08", "09"])
                zip.CreateEntryFromFile(Samples.Path(name), $"六月/{Path.GetFileName(Samples.Path(name))}");
        }
        var imports = await world.Upload(("六月.zip", packed.ToArray()));
        Assert.Equal(["disability", "welfare"], imports.Select(i => i.Kind).Order());
        Assert.DoesNotContain(imports, i => i.FileName.Contains('/'));
    }

    [Fact]
    public async Task Whoever_may_not_import_there_is_refused()
    {
        await using var world = await Open("sqlite");
        var elsewhere = await world.Use(i => i.Upload(world.Actor, [new("x.csv", () => new MemoryStream([1]))], new(new("500232")), Cancel));
        Assert.Equal("imports.not-allowed", elsewhere.Problems[0].Code);
        Assert.Equal("imports.no-files", (await world.Use(i => i.Upload(world.Actor, [], new(ImportWorld.Town), Cancel))).Problems[0].Code);
    }
}
