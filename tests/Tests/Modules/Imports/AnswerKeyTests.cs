using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>The twelve files of the samples through the real modules, against the answer key.</summary>
public class AnswerKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Actor Actor = Actor.System(new("500231"));

    /// <summary>An empty county with every module, and a unit of work for each use.</summary>
    private sealed class County(TestDatabase database, DirectoryInfo folder, ServiceProvider services) : IAsyncDisposable
    {
        public static async Task<County> Open(string kind)
        {
            var database = await TestDatabase.Open(kind);
            var folder = Directory.CreateTempSubdirectory("shouwang-county-");
            var setup = new ModelSetup([typeof(ShouwangDb).Assembly, typeof(Catalogue).Assembly], Catalogue.FollowUps);
            var services = new ServiceCollection().AddLogging()
                .AddSingleton(TimeProvider.System).AddSingleton(new Today(TimeProvider.System, new(2020, 6, 30))).AddSingleton(database.Secrets)
                .AddSingleton(new Files(folder.FullName)).AddSingleton(Packs.Book).AddSingleton(AreaTable.Load(PolicyFolder.Find())).AddScoped<Policies>().AddSingleton(setup).AddSingleton(database.Place)
                .AddScoped(_ => new ShouwangDb(database.Options, setup));
            foreach (var module in Catalogue.Modules)
                module.AddServices(services);
            return new(database, folder, services.BuildServiceProvider());
        }

        public async Task<T> Use<T>(Func<IImports, Task<T>> use)
        {
            await using var scope = services.CreateAsyncScope();
            return await use(scope.ServiceProvider.GetRequiredService<IImports>());
        }

        public async Task<IReadOnlyList<ImportSummary>> Import(params (string Name, Stream Content)[] files)
        {
            var uploaded = (await Use(i => i.Upload(Actor, [.. files.Select(f => new FileGiven(f.Name, () => f.Content))], new(ImportWorld.Town), Cancel))).Value;
            return (await Use(i => i.Apply(Actor, [.. uploaded.Select(u => u.Id)], null, Cancel))).Value;
        }

        public Task<IReadOnlyList<ImportSummary>> ImportSamples() =>
            Import([.. Samples.Files.Select(f => (f, (Stream)File.OpenRead(Samples.Path(f))))]);

        public async Task<List<string>> Read(string sql)
        {
            var rows = new List<string>();
            await using var db = new ShouwangDb(database.Options, services.GetRequiredService<ModelSetup>());
            await db.Read(sql, r => rows.Add(string.Join(' ', Enumerable.Range(0, r.FieldCount).Select(i => r.GetValue(i)))), Cancel);
            return rows;
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await database.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_samples_come_in_as_the_key_says_once_and_can_be_taken_back(string kind)
    {
        await using var county = await County.Open(kind);
        var key = Samples.Expected.RootElement;
        var imports = await county.ImportSamples();
        Assert.All(imports, i => Assert.Equal((ImportState.Applied, null), (i.State, i.Problem)));

        // Files and their rows.
        Assert.Equal(
            key.GetProperty("files").EnumerateArray().Select(f => $"{Text(f, "file")} {Text(f, "kind")} {Int(f, "data_rows")} {Int(f, "accepted")} {Int(f, "rejected")}").Order(),
            imports.Select(i => $"{i.FileName} {i.Kind} {i.Counts.Rows} {i.Counts.Accepted} {i.Counts.Refused}").Order());

        // Refused cells, damaged numbers.
        var result = await county.Use(i => i.Result(Actor, [.. imports.Select(x => x.Id)], Cancel));
        Assert.Equal(
            key.GetProperty("rejected_rows").EnumerateArray().Select(r => $"{Text(r, "file")} {Int(r, "row")} {Text(r, "column")} {Text(r, "value")} {Text(r, "reason")}").Order(),
            result.Refusals.Select(r => $"{r.File} {r.Row} {r.Column} {r.Value} {r.Code}").Order());
        var lost = new List<string>();
        foreach (var import in imports)
        {
            var findings = (await county.Use(i => i.Findings(Actor, import.Id, Verdict.Warned, 0, 10_000, Cancel))).Items;
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
        Assert.Equal([$"{Int(counts, "households")}"], await county.Read("select count(*) from households"));
        Assert.Equal([$"{Int(counts, "members")}"], await county.Read("select count(*) from members"));
        Assert.Equal([$"{Int(counts, "people")}"], await county.Read("select count(*) from members where life = 'Normal'"));
        Assert.Equal([$"{Int(counts, "income_sheets")}"], await county.Read("select count(*) from income_sheets"));

        // The same files again change nothing; the same rows in another file say nothing new.
        var before = await county.Read("select count(*) from statements");
        Assert.All(await county.ImportSamples(), i => Assert.True(i.Repeated));
        using var report = new MemoryStream();
        var name = (await county.Use(i => i.Report(Actor, imports.Single(x => x.Kind == "members").Id, report, Cancel))).Value;
        var retyped = Assert.Single(await county.Import((name, new MemoryStream(report.ToArray()))));
        Assert.Equal((false, ImportState.Applied, imports.Single(x => x.Kind == "members").Counts), (retyped.Repeated, retyped.State, retyped.Counts));
        Assert.Equal(before, await county.Read("select count(*) from statements"));

        // And back again.
        foreach (var import in imports.Append(retyped).Reverse())
            Assert.Equal([], (await county.Use(i => i.Undo(Actor, import.Id, Cancel))).Problems);
        foreach (var table in (string[])["households", "members", "income_sheets", "medical_settlements", "enrolments", "housing_appraisals", "water_surveys", "micro_loans", "import_matches"])
            Assert.Equal(["0"], await county.Read($"select count(*) from {table}"));
    }

    [Fact]
    public async Task Checking_all_files_together_finds_what_applying_them_finds()
    {
        await using var county = await County.Open("sqlite");
        var uploaded = (await county.Use(i => i.Upload(
            Actor, [.. Samples.Files.Select(f => new FileGiven(f, () => File.OpenRead(Samples.Path(f))))], new(ImportWorld.Town), Cancel))).Value;
        var check = (await county.Use(i => i.Check(Actor, [.. uploaded.Select(u => u.Id)], null, Cancel))).Value;
        Assert.All(check, i => Assert.Equal(ImportState.Checked, i.State));
        Assert.Equal(["0"], await county.Read("select count(*) from households"));
        Assert.Equal(["0"], await county.Read("select count(*) from events where name = 'imports.applied'"));

        var applied = (await county.Use(i => i.Apply(Actor, [.. check.Select(u => u.Id)], null, Cancel))).Value;
        Assert.Equal(check.Select(i => (i.Kind, i.Counts)), applied.Select(i => (i.Kind, i.Counts)));
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
