using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Server.Cli;

/// <summary><c>poverty --input FILE --income COL</c>: the usual measures of poverty and inequality over any table; needs no installation.</summary>
internal static class PovertyVerb
{
    private static readonly Option<FileInfo> Input = new("--input") { Description = "表格（csv、xlsx、xls、ods），第一行为列名 / a table, its first row the headings", Required = true };
    private static readonly Option<string> Income = new("--income") { Description = "收入列 / the column of incomes", Required = true };
    private static readonly Option<string?> Weight = new("--weight") { Description = "权重列，省略则每行为1 / the column of weights; every row counts 1 without it" };
    private static readonly Option<string?> By = new("--by") { Description = "分组列 / the column to group by" };
    private static readonly Option<double?> Line = new("--line") { Description = "贫困线，与收入同单位 / a poverty line in the unit of the incomes" };
    private static readonly Option<double> Share = new("--share-of-median") { Description = "相对贫困线占中位数的比例 / a line relative to the median", DefaultValueFactory = _ => 0.6 };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("poverty", "计算任意表格的贫困与不平等指标 / measures of poverty and inequality of any table") { Input, Income, Weight, By, Line, Share };
        command.SetAction(Measure);
        return command;
    }

    private static async Task<int> Measure(ParseResult words, CancellationToken cancel)
    {
        var (output, error) = (words.InvocationConfiguration.Output, words.InvocationConfiguration.Error);
        var language = words.GetValue(Options.Lang) == "en" ? Language.En : Language.Zh;
        if (words.GetValue(Line) is <= 0 || words.GetValue(Share) is <= 0)
        {
            await error.WriteLineAsync("贫困线须大于0。 / A line has to be above 0.");
            return Commands.BadUsage;
        }
        var read = Read(words, cancel);
        if (!read.Succeeded)
        {
            foreach (var problem in read.Problems)
                await error.WriteLineAsync(problem.In(language));
            return Commands.Refused;
        }
        var rows = read.Value;
        if (rows.LeftOut.Count > 0)
            await error.WriteLineAsync(new Text($"略去 {rows.LeftOut.Count} 行：收入或权重不是数字，或权重为负。第一处：第 {rows.LeftOut[0]} 行。",
                $"{rows.LeftOut.Count} rows left out: income or weight is no number, or the weight is negative. The first is row {rows.LeftOut[0]}.").In(language));

        var results = Results(rows.Rows, words.GetValue(Line), words.GetValue(Share)).ToList();
        if (words.GetValue(Options.Json))
            await output.WriteLineAsync(JsonSerializer.Serialize(results.Select(r => new { group = r.Group, measure = r.Measure, value = r.Value, line = r.Line }), JsonTexts.Options));
        else
        {
            foreach (var r in results)
                await output.WriteLineAsync($"  {r.Group,-16} {Titles[r.Measure].In(language),-20}\t{(r.Value is { } v ? v.ToString("0.######", CultureInfo.InvariantCulture) : "—")}");
        }
        return Commands.Done;
    }

    private sealed record Row(double Income, double Weight, string Group);

    private sealed record Table(List<Row> Rows, List<int> LeftOut);

    private sealed record Result(string Group, string Measure, double? Value, double? Line);

    private static readonly Dictionary<string, Text> Titles = new()
    {
        ["headcount"] = new("贫困发生率", "headcount"), ["gap"] = new("贫困差距", "poverty gap"), ["severity"] = new("贫困深度", "severity"),
        ["gini"] = new("基尼系数", "Gini"), ["s80s20"] = new("五分位收入比", "S80/S20"), ["arpr"] = new("相对贫困率", "at risk of poverty"),
        ["relativeMedianGap"] = new("相对贫困中位差距", "relative median gap"), ["median"] = new("中位数", "median"),
    };

    // Lines relative to the median are those of the whole population, for every group.
    private static IEnumerable<Result> Results(List<Row> rows, double? line, double share)
    {
        var all = Of(rows);
        var relative = share * all.Median;
        foreach (var (group, people) in rows.Where(r => r.Group.Length > 0).GroupBy(r => r.Group).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, Of(g))).Prepend(("all", all)))
        {
            var absolute = line ?? relative;
            yield return With("headcount", absolute, people.Headcount);
            yield return With("gap", absolute, people.Gap);
            yield return With("severity", absolute, people.Severity);
            yield return new(group, "gini", Number(people.Gini()), null);
            yield return new(group, "s80s20", Number(people.QuintileRatio()), null);
            yield return With("arpr", relative, people.Headcount);
            yield return With("relativeMedianGap", relative, people.RelativeMedianGap);
            yield return new(group, "median", Number(people.Median), null);

            // Where the median is not above 0 there is no relative line, and nobody is said to be below it.
            Result With(string measure, double at, Func<double, double> value) => at > 0 ? new(group, measure, Number(value(at)), at) : new(group, measure, null, null);
        }
    }

    private static WeightedIncomes Of(IEnumerable<Row> rows) => new([.. rows.Select(r => r.Income)], [.. rows.Select(r => r.Weight)]);

    private static double? Number(double value) => double.IsFinite(value) ? value : null;

    private static Outcome<Table> Read(ParseResult words, CancellationToken cancel)
    {
        var file = words.GetValue(Input)!;
        if (!file.Exists)
            return new Problem("cli.no-file", 404, new($"文件不存在：{file}", $"There is no such file: {file}"), new("请核对路径。", "Check the path."));
        var opened = TableFile.Open(file.FullName, file.Name);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var table = opened.Value;
        using var reader = table.Sheets[0].Rows();
        if (!reader.Read())
            return reader.Problem ?? new Problem("poverty.empty", 422, new($"{file.Name} 是空表。", $"{file.Name} is empty."), new("第一行应为列名。", "Its first row should be headings."));

        var headings = new List<string>();
        for (var i = 0; i < reader.Row.Count; i++)
            headings.Add(reader.Row[i].Text.Trim());
        var columns = new int?[3];
        foreach (var (i, name) in new[] { words.GetValue(Income), words.GetValue(Weight), words.GetValue(By) }.Index())
        {
            if (name is null)
                continue;
            if (headings.IndexOf(name) is >= 0 and var at)
                columns[i] = at;
            else
                return new Problem("poverty.no-column", 422, new($"{file.Name} 没有“{name}”列。", $"{file.Name} has no column '{name}'."),
                    new($"列名有：{string.Join('、', headings)}", $"Its columns: {string.Join(", ", headings)}"));
        }

        var (rows, leftOut) = (new List<Row>(), new List<int>());
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            if (reader.Row.Cells.IndexOfAnyExcept(default(Cell)) < 0)
                continue;
            if (Value(reader.Row[columns[0]!.Value]) is { } income && (columns[1] is not { } w ? 1 : Value(reader.Row[w])) is { } weight and >= 0)
                rows.Add(new(income, weight, columns[2] is { } by ? reader.Row[by].Text.Trim() : ""));
            else
                leftOut.Add(reader.Row.Number);
        }
        return reader.Problem is { } broken ? broken : new Table(rows, leftOut);
    }

    private static double? Value(Cell cell) =>
        double.TryParse(cell.Text.Trim(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
