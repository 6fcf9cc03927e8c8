using System.Text.Json;
using Shouwang.Platform.Tables;
using Shouwang.Server.Cli;

namespace Shouwang.Tests.Server;

/// <summary>The verbs as a script calls them on an empty place: the JSON of <c>docs/cli.md</c>, the exit codes, and nothing asked.</summary>
public sealed class VerbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_script_takes_files_in_screens_and_reads_what_came_of_it(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var shell = new Shell(database);
        var key = Samples.Expected.RootElement;
        var marked = Path.Combine(database.Place.Folder, "marked");

        var import = await shell.Json(["import", .. Samples.Files.Select(Samples.Path), "--area", "500231", "--reports", marked]);
        Assert.Equal(["files", "refusals"], Names(import));
        Assert.Equal(["file", "kind", "rows", "accepted", "warned", "refused", "matchedById", "matchedByNameBirthVillage", "doubtful", "unmatched"],
            Names(import.GetProperty("files")[0]).Take(10));
        Assert.Equal(["file", "sheet", "row", "column", "value", "code", "reason", "remedy"], Names(import.GetProperty("refusals")[0]));
        Assert.Equal(
            key.GetProperty("files").EnumerateArray().Select(f => $"{f.GetProperty("file")} {f.GetProperty("kind")} {f.GetProperty("accepted")} {f.GetProperty("rejected")}").Order(),
            import.GetProperty("files").EnumerateArray().Select(f => $"{f.GetProperty("file")} {f.GetProperty("kind")} {f.GetProperty("accepted")} {f.GetProperty("refused")}").Order());
        Assert.Equal(key.GetProperty("rejected_rows").GetArrayLength(), import.GetProperty("refusals").GetArrayLength());
        foreach (var file in Directory.EnumerateFiles(marked))
        {
            using var copy = TableFile.Open(file, Path.GetFileName(file)).Value;
            Assert.NotEmpty(copy.Sheets);
        }
        Assert.Equal(
            import.GetProperty("files").EnumerateArray().Count(f => f.GetProperty("warned").GetInt32() + f.GetProperty("refused").GetInt32() > 0),
            Directory.EnumerateFiles(marked).Count());

        var screen = await shell.Json("screen");
        Assert.Equal(["asOf", "households", "rules"], Names(screen));
        Assert.Equal(("2020-06-30", 600), (screen.GetProperty("asOf").GetString(), screen.GetProperty("households").GetInt32()));
        var w01 = screen.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "W01");
        Assert.Equal(("live", 33), (w01.GetProperty("state").GetString(), w01.GetProperty("hits").GetInt32()));
        Assert.Equal(screen.ToString(), (await shell.Json("screen", "--engine", "sql")).ToString());

        var leads = (await shell.Json("leads")).EnumerateArray().ToList();
        var shadow = (await shell.Json("leads", "--shadow")).EnumerateArray().ToList();
        Assert.All(leads.Concat(shadow), l => Assert.Equal(["household", "village", "opened", "due", "rules", "category"], Names(l)));
        var below = key.GetProperty("warnings").GetProperty("W01").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.Superset(below.ToHashSet(), leads.Where(l => l.GetProperty("rules").EnumerateArray().Any(r => r.GetString() == "W01")).Select(l => l.GetProperty("household").GetString()!).ToHashSet());

        var quality = (await shell.Json("quality")).EnumerateArray().ToList();
        Assert.All(quality, f => Assert.Equal(["rule", "household", "member", "record", "village", "message"], Names(f)));
        Assert.All(quality, f => Assert.Single(new[] { "household", "member", "record" }, name => f.GetProperty(name).ValueKind != JsonValueKind.Null));
        Assert.Superset(key.GetProperty("dq").GetProperty("DQ-07").EnumerateArray().Select(c => c.GetString()!).ToHashSet(),
            quality.Where(f => f.GetProperty("rule").GetString() == "DQ-07").Select(f => f.GetProperty("member").GetString()!).ToHashSet());

        var figures = (await shell.Json("indicators")).EnumerateArray().ToList();
        Assert.All(figures, f => Assert.Equal(["code", "area", "numerator", "denominator", "value", "unit", "asOf", "status"], Names(f)));
        Assert.Contains(figures, f => f.GetProperty("code").GetString() == "R01" && f.GetProperty("value").GetString() == "264");
        Assert.Contains((await shell.Json("indicators", "--area", "500231111200")).EnumerateArray(),
            f => f.GetProperty("code").GetString() == "R01" && f.GetProperty("area").GetString() == "500231111200");

        var explained = await shell.Json("explain", below[0]);
        Assert.Equal(["household", "village", "asOf", "values", "rules"], Names(explained));
        Assert.Contains(explained.GetProperty("rules").EnumerateArray(), r => r.GetProperty("id").GetString() == "W01" && r.GetProperty("result").GetBoolean());
        Assert.Contains(explained.GetProperty("values").EnumerateArray(), v => v.GetProperty("name").GetString() == "income.net_per_capita" && v.GetProperty("source").ValueKind != JsonValueKind.Null);
        Assert.Equal(Commands.Refused, (await shell.Run("explain", "500231111200999")).Code);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Users_lines_lists_and_backups_are_looked_after_from_the_shell(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var shell = new Shell(database);
        await shell.Json("import", Samples.Path(Samples.Files.Single(f => f.StartsWith("01", StringComparison.Ordinal))), "--area", "500231");

        var added = await shell.Json("users", "add", "cadre", "--role", "VillageCadre", "--area", "500231111200");
        Assert.True(added.GetProperty("password").GetString()!.Length >= 12);
        Assert.Equal(Commands.Refused, (await shell.Run("users", "add", "cadre", "--role", "VillageCadre", "--area", "500231111200")).Code);
        var listed = Assert.Single((await shell.Json("users", "list")).EnumerateArray());
        Assert.Equal("cadre VillageCadre 500231111200 False", $"{listed.GetProperty("name")} {listed.GetProperty("role")} {listed.GetProperty("area")} {listed.GetProperty("disabled")}");
        Assert.NotEqual(added.GetProperty("password").GetString(), (await shell.Json("users", "reset", "cadre")).GetProperty("password").GetString());
        Assert.True((await shell.Json("users", "disable", "cadre")).GetProperty("disabled").GetBoolean());
        Assert.False((await shell.Json("users", "enable", "cadre")).GetProperty("disabled").GetBoolean());

        Assert.Equal(["poverty 4000", "monitoring 6000"], await Lines(shell));
        Assert.Equal(Commands.BadUsage, (await shell.Run("line", "--monitoring", "6200")).Code);
        Assert.Equal(Commands.Refused, (await shell.Run("line", "--from", "2020-01-01", "--source", "县文件", "--monitoring", "-5")).Code);
        await shell.Json("line", "--from", "2020-06-01", "--source", "县文件", "--monitoring", "6200");
        Assert.Equal(["poverty 4000", "monitoring 6200"], await Lines(shell));

        var sheet = Path.Combine(database.Place.Folder, "households.xlsx");
        Assert.Equal(600, (await shell.Json("export", "households", sheet)).GetProperty("rows").GetInt32());
        using (var book = TableFile.Open(sheet, "households.xlsx").Value)
            Assert.Single(book.Sheets);

        var chain = Assert.Single((await shell.Json("verify")).EnumerateArray());
        Assert.Equal(JsonValueKind.Null, chain.GetProperty("brokenAt").ValueKind);

        var backup = Path.Combine(database.Place.Folder, "backup.zip");
        await shell.Json("backup", backup);
        Assert.Equal(Commands.Refused, (await shell.Run("restore", backup)).Code);
        await using var empty = await TestDatabase.Open(kind);
        var there = new Shell(empty);
        // Without the key personal data could not be read, so nothing is restored.
        Assert.Equal(Commands.Refused, (await there.Run("restore", backup)).Code);
        File.Copy(Path.Combine(database.Place.Folder, "key"), Path.Combine(empty.Place.Folder, "key"), overwrite: true);
        await there.Json("restore", backup);
        Assert.Equal(600, (await there.Json("export", "households", sheet)).GetProperty("rows").GetInt32());
        Assert.Equal(["poverty 4000", "monitoring 6200"], await Lines(there));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_script_tries_other_lines_and_rules_and_reads_how_good_the_rules_were(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var shell = new Shell(database);
        await shell.Json(["import", .. Samples.Files.Select(Samples.Path), "--area", "500231"]);
        await shell.Json("screen");
        var below = Samples.Expected.RootElement.GetProperty("warnings").GetProperty("W01").GetArrayLength();

        var same = await shell.Json("rehearse", "--county", "500231");
        Assert.Equal(["asOf", "area", "population", "asked", "before", "after", "entering", "leaving", "visits", "money", "rules", "counties", "townships", "categories", "causes", "overlaps", "cliff", "unwarned"], Names(same));
        Assert.Equal((600, 0, 0), (same.GetProperty("population").GetInt32(), Households(same, "entering"), Households(same, "leaving")));
        Assert.Equal((await shell.Json("leads")).EnumerateArray().Count(l => l.GetProperty("rules").GetArrayLength() > 0), Households(same, "before"));

        var higher = await shell.Json("rehearse", "--line", "monitoring=8000", "--off", "W21", "--param", "W14.limit=3000", "--visits", "2");
        Assert.Equal(below, RuleOf(higher, "W01").GetProperty("before").GetInt32());
        Assert.True(RuleOf(higher, "W01").GetProperty("after").GetInt32() > below);
        Assert.False(RuleOf(higher, "W21").GetProperty("isLive").GetBoolean());
        Assert.Equal(2 * Households(higher, "entering"), higher.GetProperty("visits").GetInt32());
        Assert.Equal(Households(higher, "after"), Households(higher, "before") + Households(higher, "entering") - Households(higher, "leaving"));
        Assert.Equal(Households(higher, "after"), higher.GetProperty("townships").EnumerateArray().Sum(t => t.GetProperty("after").GetInt32()));

        // A new rule with a mistake says where it is and what to do; a right one finds whom it is about.
        var wrong = await shell.Run("rehearse", "--rule", "registry.sise > 5", "--json");
        Assert.Equal(Commands.Refused, wrong.Code);
        Assert.Contains("registry.size", wrong.Error, StringComparison.Ordinal);
        var file = Path.Combine(database.Place.Folder, "rules.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - {title: 大家庭, when: registry.size > 5, cause: '01'}\n", Cancel);
        var large = await shell.Json("rehearse", "--rules", file);
        Assert.Equal(RuleOf(large, "N1").GetProperty("after").GetInt32(), RuleOf(await shell.Json("rehearse", "--rule", "registry.size >= 6"), "N1").GetProperty("after").GetInt32());
        Assert.True(RuleOf(large, "N1").GetProperty("after").GetInt32() > 0);
        Assert.Equal(Commands.Refused, (await shell.Run("rehearse", "--param", "W14.limit")).Code);
        Assert.Equal(Commands.Refused, (await shell.Run("rehearse", "--line", "monitoring=3000")).Code);

        // Rehearsing changed nothing.
        Assert.Equal(["poverty 4000", "monitoring 6000"], await Lines(shell));
        var quality = await shell.Json("rules", "--quality");
        Assert.Equal(["from", "to", "rules", "sources", "unwarned"], Names(quality));
        Assert.Equal(below, RuleOf(quality, "W01").GetProperty("warned").GetInt32());
        Assert.Contains((await shell.Json("rules")).EnumerateArray(), r => r.GetProperty("id").GetString() == "W14" && r.GetProperty("parameters").GetProperty("limit").GetString() is not null);

        static int Households(JsonElement of, string part) => of.GetProperty(part).GetProperty("households").GetInt32();
        static JsonElement RuleOf(JsonElement of, string id) => of.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Measures_of_poverty_come_from_any_table_by_group()
    {
        await using var database = await TestDatabase.Open("sqlite");
        var shell = new Shell(database);
        var table = Path.Combine(database.Place.Folder, "incomes.csv");
        await File.WriteAllTextAsync(table, "县,人均收入,权重\n甲,1000,1\n甲,2000,1\n甲,\"3,000\",1\n乙,8000,2\n乙,不详,1\n乙,9000,1\n", Cancel);
        var answer = await shell.Run("poverty", "--input", table, "--income", "人均收入", "--weight", "权重", "--by", "县", "--line", "2500", "--json");
        Assert.Equal(Commands.Done, answer.Code);
        Assert.Contains("第 6 行", answer.Error, StringComparison.Ordinal);
        var measures = JsonDocument.Parse(answer.Output).RootElement.EnumerateArray().ToList();
        Assert.All(measures, m => Assert.Equal(["group", "measure", "value", "line"], Names(m)));
        Assert.Equal(["all", "乙", "甲"], measures.Select(m => m.GetProperty("group").GetString()).Distinct());
        Assert.Equal(["headcount", "gap", "severity", "gini", "s80s20", "arpr", "relativeMedianGap", "median"],
            measures.Where(m => m.GetProperty("group").GetString() == "all").Select(m => m.GetProperty("measure").GetString()));
        Assert.Equal((1d / 3, 2500), Of("all", "headcount"));
        Assert.Equal((2d / 3, 2500), Of("甲", "headcount"));
        // The median of all six is the mean of 3,000 and 8,000; the relative line of every group is 60 % of it.
        Assert.Equal((1, 3300), Of("甲", "arpr"));
        Assert.Equal((0, 3300), Of("乙", "arpr"));
        Assert.Equal(Commands.Refused, (await shell.Run("poverty", "--input", table, "--income", "收入")).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("poverty", "--input", table, "--income", "人均收入", "--line", "0")).Code);

        (double, double) Of(string group, string measure)
        {
            var found = measures.Single(m => m.GetProperty("group").GetString() == group && m.GetProperty("measure").GetString() == measure);
            return (found.GetProperty("value").GetDouble(), found.GetProperty("line").GetDouble());
        }
    }

    [Fact]
    public async Task A_sample_tells_how_far_off_it_may_be_and_several_dimensions_count_together()
    {
        await using var database = await TestDatabase.Open("sqlite");
        var shell = new Shell(database);
        var table = Path.Combine(database.Place.Folder, "sample.csv");
        await File.WriteAllTextAsync(table, "村,层,人均收入,水,房\n一,甲,1000,是,是\n一,甲,2000,是,否\n二,甲,9000,否,否\n三,乙,3000,否,否\n四,乙,8000,是,是\n四,乙,8500,否,不详\n", Cancel);

        var sample = await shell.Json("poverty", "--input", table, "--income", "人均收入", "--line", "2500", "--strata", "层", "--psu", "村");
        Assert.All(sample.EnumerateArray(), m => Assert.Equal(["group", "measure", "value", "line", "standardError", "low", "high"], Names(m)));
        // A third is poor. The villages of the first stratum add 4/18 and −1/18 to that, those of the second −1/18 and −2/18.
        var headcount = sample.EnumerateArray().First();
        Assert.Equal(Math.Sqrt(25 + 1) / 18, headcount.GetProperty("standardError").GetDouble(), 12);
        Assert.True(headcount.GetProperty("low").GetDouble() < headcount.GetProperty("value").GetDouble());

        var counted = await shell.Run("poverty", "--input", table, "--dimensions", "水,房", "--cutoff", "0.5", "--by", "层", "--json");
        Assert.Contains("第 7 行", counted.Error, StringComparison.Ordinal);
        var measures = JsonDocument.Parse(counted.Output).RootElement.EnumerateArray()
            .ToDictionary(m => $"{m.GetProperty("group").GetString()} {m.GetProperty("measure").GetString()}", m => m.GetProperty("value").GetDouble());
        Assert.Equal(0.6, measures["all mpiHeadcount"], 12);
        Assert.Equal(0.5, measures["all mpi"], 12);
        Assert.Equal(0.4, measures["all mpiCensored:房"], 12);
        Assert.Equal(1, measures["甲 mpiContribution:水"] + measures["甲 mpiContribution:房"], 12);

        Assert.Equal(Commands.BadUsage, (await shell.Run("poverty", "--input", table)).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("poverty", "--input", table, "--dimensions", "水,房", "--importance", "1")).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("poverty", "--input", table, "--dimensions", "水", "--cutoff", "2")).Code);
    }

    [Fact]
    public async Task Bad_usage_is_2_and_refused_work_is_1_with_the_reason_in_words()
    {
        await using var database = await TestDatabase.Open("sqlite");
        var shell = new Shell(database);
        Assert.Equal(Commands.BadUsage, (await shell.Run("dance")).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("screen", "--as-of", "yesterday")).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("screen", "--engine", "steam")).Code);
        Assert.Equal(Commands.BadUsage, (await shell.Run("users")).Code);

        var nothing = await shell.Run("leads");
        Assert.Equal((Commands.Refused, ""), (nothing.Code, nothing.Output));
        Assert.Contains("--area", nothing.Error, StringComparison.Ordinal);
        var absent = await shell.Run("import", "没有.xlsx", "--area", "500231", "--json");
        Assert.Equal(Commands.Refused, absent.Code);
        Assert.Equal("cli.no-file", JsonDocument.Parse(absent.Output).RootElement.GetProperty("problems")[0].GetProperty("code").GetString());

        var help = await shell.Run("--help");
        Assert.Equal(Commands.Done, help.Code);
        Assert.Contains("./shouwang [command]", help.Output, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> Lines(Shell shell) =>
        (await shell.Json("line", "--area", "500231")).EnumerateArray().Select(l => $"{l.GetProperty("kind")} {l.GetProperty("yuanPerHead").GetDecimal():0}");

    private static IEnumerable<string> Names(JsonElement of) => of.EnumerateObject().Select(p => p.Name);

    /// <summary>Calls the program over one database, as of the day of the samples.</summary>
    private sealed class Shell(TestDatabase database)
    {
        public async Task<(int Code, string Output, string Error)> Run(params string[] words)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            string[] place = ["--data", database.Place.Folder, .. database.Place.Postgres is { } connection ? (string[])["--database", connection] : []];
            string[] day = words.Contains("--as-of") ? [] : ["--as-of", "2020-06-30"];
            var code = await Commands.Run([.. words, .. place, .. day], output, error, Cancel);
            return (code, output.ToString(), error.ToString());
        }

        /// <summary>What a verb that succeeds prints with <c>--json</c>: one value and nothing else.</summary>
        public async Task<JsonElement> Json(params string[] words)
        {
            var (code, output, error) = await Run([.. words, "--json"]);
            Assert.Equal((Commands.Done, ""), (code, error));
            return JsonDocument.Parse(output).RootElement;
        }
    }
}
