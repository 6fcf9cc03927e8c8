using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>The twelve files of the samples through the real modules, against the answer key.</summary>
public class AnswerKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_samples_come_in_as_the_key_says_once_and_can_be_taken_back(string kind)
    {
        await using var county = await Installation.Open(kind, SampleCounty.AsOf);
        var key = Samples.Expected.RootElement;
        var imports = await county.Import(Samples.Files);
        Assert.All(imports, i => Assert.Equal((ImportState.Applied, null), (i.State, i.Problem)));

        // Files and their rows.
        Assert.Equal(
            key.GetProperty("files").EnumerateArray().Select(f => $"{Text(f, "file")} {Text(f, "kind")} {Int(f, "data_rows")} {Int(f, "accepted")} {Int(f, "rejected")}").Order(),
            imports.Select(i => $"{i.FileName} {i.Kind} {i.Counts.Rows} {i.Counts.Accepted} {i.Counts.Refused}").Order());

        // Refused cells, damaged numbers.
        var refusals = new List<Finding>();
        foreach (var import in imports)
            refusals.AddRange((await county.Use<IImports, Page<Finding>>(i => i.Findings(county.Actor, import.Id, Verdict.Refused, 0, 10_000, Cancel))).Items);
        Assert.Equal(
            key.GetProperty("rejected_rows").EnumerateArray().Select(r => $"{Text(r, "file")} {Int(r, "row")} {Text(r, "column")} {Text(r, "value")} {Text(r, "reason")}").Order(),
            refusals.Select(r => $"{r.File} {r.Row} {r.Column} {r.Value} {r.Code}").Order());
        var lost = new List<string>();
        foreach (var import in imports)
        {
            var findings = (await county.Use<IImports, Page<Finding>>(i => i.Findings(county.Actor, import.Id, Verdict.Warned, 0, 10_000, Cancel))).Items;
            lost.AddRange(findings.Where(f => f.Code == "id_precision_lost").Select(f => $"{f.File} {f.Row} {f.Column} {f.Heading} {f.Value}"));
        }
        Assert.Equal(
            key.GetProperty("import_issues").GetProperty("id_precision_lost").EnumerateArray()
                .Select(r => $"{Text(r, "file")} {Int(r, "row")} {Text(r, "column")} {Text(r, "heading")} {Text(r, "value")}").Order(),
            lost.Order());

        // Matching.
        foreach (var feed in key.GetProperty("feeds").EnumerateArray())
        {
            var import = imports.Single(i => i.FileName == Text(feed, "file"));
            int By(string name) => feed.GetProperty("by").TryGetProperty(name, out var count) ? count.GetInt32() : 0;
            Assert.Equal((import.FileName, By("id"), By("household_no"), By("name_birth_village"), By("unmatched"), By("ambiguous")),
                (import.FileName, import.Counts.ById, import.Counts.ByHousehold, import.Counts.ByName, import.Counts.Unmatched, import.Counts.Doubtful));
        }

        // The register.
        var counts = key.GetProperty("counts");
        Assert.Equal([$"{Int(counts, "households")}"], await Read(county, "select count(*) from households"));
        Assert.Equal([$"{Int(counts, "members")}"], await Read(county, "select count(*) from members"));
        Assert.Equal([$"{Int(counts, "people")}"], await Read(county, "select count(*) from members where life = 'Normal'"));
        Assert.Equal([$"{Int(counts, "income_sheets")}"], await Read(county, "select count(*) from income_sheets"));

        // The same files again change nothing; the same rows in another file say nothing new.
        var before = await Read(county, "select count(*) from statements");
        var again = await Upload(county, [.. Samples.Files.Select(f => new FileGiven(f, () => File.OpenRead(Samples.Path(f))))]);
        Assert.All(again, i => Assert.True(i.Repeated));
        using var report = new MemoryStream();
        var name = (await county.Use<IImports, Outcome<string>>(i => i.Report(county.Actor, imports.Single(x => x.Kind == "members").Id, report, Cancel))).Value;
        var retyped = Assert.Single((await county.Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(async i => await i.Apply(
            county.Actor, [(await Upload(county, [new(name, () => new MemoryStream(report.ToArray()))]))[0].Id], null, Cancel))).Value);
        Assert.Equal((false, ImportState.Applied, imports.Single(x => x.Kind == "members").Counts), (retyped.Repeated, retyped.State, retyped.Counts));
        Assert.Equal(before, await Read(county, "select count(*) from statements"));

        // And back again.
        foreach (var import in imports.Append(retyped).Reverse())
            Assert.Equal([], (await county.Use<IImports, Outcome<ImportSummary>>(i => i.Undo(county.Actor, import.Id, Cancel))).Problems);
        foreach (var table in (string[])["households", "members", "income_sheets", "medical_settlements", "enrolments", "housing_appraisals", "water_surveys", "micro_loans", "import_matches"])
            Assert.Equal(["0"], await Read(county, $"select count(*) from {table}"));
    }

    [Fact]
    public async Task Checking_all_files_together_finds_what_applying_them_finds()
    {
        await using var county = await Installation.Open("sqlite", SampleCounty.AsOf);
        var uploaded = await Upload(county, [.. Samples.Files.Select(f => new FileGiven(f, () => File.OpenRead(Samples.Path(f))))]);
        var check = (await county.Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Check(county.Actor, [.. uploaded.Select(u => u.Id)], null, Cancel))).Value;
        Assert.All(check, i => Assert.Equal(ImportState.Checked, i.State));
        Assert.Equal(["0"], await Read(county, "select count(*) from households"));
        Assert.Equal(["0"], await Read(county, "select count(*) from events where name = 'imports.applied'"));

        var applied = (await county.Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Apply(county.Actor, [.. check.Select(u => u.Id)], null, Cancel))).Value;
        Assert.Equal(check.Select(i => (i.Kind, i.Counts)), applied.Select(i => (i.Kind, i.Counts)));
    }

    private static async Task<IReadOnlyList<ImportSummary>> Upload(Installation county, IReadOnlyList<FileGiven> files) =>
        (await county.Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Upload(county.Actor, files, new(SampleCounty.Town), Cancel))).Value;

    private static async Task<List<string>> Read(Installation county, string sql)
    {
        var rows = new List<string>();
        await county.Use<ShouwangDb>(db => db.Read(sql, r => rows.Add(string.Join(' ', Enumerable.Range(0, r.FieldCount).Select(i => r.GetValue(i)))), Cancel));
        return rows;
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
