using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Server.Cli;

/// <summary><c>poverty --input FILE --income COL</c>: the usual measures of poverty and inequality over any table; needs no installation.</summary>
internal static class PovertyVerb
{
    private static readonly Option<FileInfo> Input = new("--input") { Description = "表格（csv、xlsx、xls、ods），第一行为列名 / a table, its first row the headings", Required = true };
    private static readonly Option<string?> Income = new("--income") { Description = "收入列 / the column of incomes" };
    private static readonly Option<string?> Weight = new("--weight") { Description = "权重列，省略则每行为1 / the column of weights; every row counts 1 without it" };
    private static readonly Option<string?> By = new("--by") { Description = "分组列 / the column to group by" };
    private static readonly Option<double?> Line = new("--line") { Description = "贫困线，与收入同单位 / a poverty line in the unit of the incomes" };
    private static readonly Option<double> Share = new("--share-of-median") { Description = "相对贫困线占中位数的比例 / a line relative to the median", DefaultValueFactory = _ => 0.6 };
    private static readonly Option<bool> Errors = new("--errors") { Description = "抽样调查的标准误和95%区间 / standard errors and 95 % intervals of a sample" };
    private static readonly Option<string?> Strata = new("--strata") { Description = "分层列（抽样误差用） / the column of strata, for sampling errors" };
    private static readonly Option<string?> Units = new("--psu") { Description = "初级抽样单元列（抽样误差用） / the column of primary sampling units, for sampling errors" };
    private static readonly Option<string?> Dimensions = new("--dimensions") { Description = "是否受剥夺的各列，逗号分隔 / columns that say who is deprived, parted by commas" };
    private static readonly Option<string?> Importance = new("--importance") { Description = "各维度权重，逗号分隔，默认相同 / weights of the dimensions; the same without" };
    private static readonly Option<double> Cutoff = new("--cutoff") { Description = "多维贫困的剥夺份额下限 / the share of deprivations from which somebody is poor", DefaultValueFactory = _ => 1d / 3 };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("poverty", "计算任意表格的贫困与不平等指标 / measures of poverty and inequality of any table")
            { Input, Income, Weight, By, Line, Share, Errors, Strata, Units, Dimensions, Importance, Cutoff };
        command.SetAction(Measure);
        return command;
    }

    private static async Task<int> Measure(ParseResult words, CancellationToken cancel)
    {
        var (output, error) = (words.InvocationConfiguration.Output, words.InvocationConfiguration.Error);
        var language = words.GetValue(Options.Lang) == "en" ? Language.En : Language.Zh;
        var dimensions = Parts(words.GetValue(Dimensions));
        var importance = words.GetValue(Importance) is { } given ? Parts(given).Select(Number).ToList() : [.. dimensions.Select(_ => (double?)1)];
        if (Misused(words, dimensions, importance) is { } misuse)
        {
            await error.WriteLineAsync(misuse.In(language));
            return Commands.BadUsage;
        }
        var columns = new PovertyColumns(words.GetValue(Income), words.GetValue(Weight), words.GetValue(By), words.GetValue(Strata), words.GetValue(Units), dimensions);
        var read = PovertyTable.Read(words.GetValue(Input)!, columns, cancel);
        if (!read.Succeeded)
        {
            foreach (var problem in read.Problems)
                await error.WriteLineAsync(problem.In(language));
            return Commands.Refused;
        }
        var table = read.Value;
        if (table.LeftOut.Count > 0)
        {
            await error.WriteLineAsync(new Text($"略去 {table.LeftOut.Count} 行：收入或权重不是数字，权重为负，或某一维度不是“是/否”。第一处：第 {table.LeftOut[0]} 行。",
                $"{table.LeftOut.Count} rows left out: income or weight is no number, the weight is negative, or a dimension is neither yes nor no. The first is row {table.LeftOut[0]}.").In(language));
        }
        var errors = words.GetValue(Errors) || columns.Strata is not null || columns.Units is not null;
        var measures = new PovertyResults(table, columns, errors);
        if (measures.LonelyStrata is > 0 and var lonely)
        {
            await error.WriteLineAsync(new Text($"有 {lonely} 层只有一个抽样单元，其误差按与总体平均的距离估计，偏大。",
                $"{lonely} strata hold a single sampling unit; their part of the errors is taken from the distance to the mean of all, which is rather too large.").In(language));
        }
        List<PovertyResult> results =
        [
            .. columns.Income is null ? [] : measures.OfIncome(words.GetValue(Line), words.GetValue(Share)),
            .. dimensions.Count == 0 ? [] : measures.OfDimensions([.. importance.Select(i => i!.Value)], words.GetValue(Cutoff)),
        ];
        await output.WriteLineAsync(words.GetValue(Options.Json) ? Json(results, errors) : string.Join(Environment.NewLine, results.Select(r => Shown(r, language))));
        return Commands.Done;
    }

    private static Text? Misused(ParseResult words, IReadOnlyList<string> dimensions, List<double?> importance) =>
        words.GetValue(Line) is <= 0 || words.GetValue(Share) is <= 0 ? new("贫困线须大于0。", "A line has to be above 0.")
        : words.GetValue(Income) is null && dimensions.Count == 0 ? new("请给出 --income 或 --dimensions。", "Give --income or --dimensions.")
        : importance.Count != dimensions.Count || importance.Exists(i => i is not > 0)
            ? new("--importance 须与 --dimensions 一一对应，且大于0。", "--importance has to give a number above 0 for each of --dimensions.")
        : words.GetValue(Cutoff) is <= 0 or > 1 ? new("--cutoff 须大于0、不大于1。", "--cutoff has to be above 0 and up to 1.")
        : null;

    private static List<string> Parts(string? list) => list is null ? [] : [.. list.Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    // The four fields are what others read; a sample's errors come only when asked for.
    private static string Json(List<PovertyResult> results, bool errors) => errors
        ? JsonSerializer.Serialize(results.Select(r => new
            { group = r.Group, measure = r.Measure, value = r.Value, line = r.Line, standardError = r.Error?.StandardError, low = r.Error?.Low, high = r.Error?.High }), JsonTexts.Options)
        : JsonSerializer.Serialize(results.Select(r => new { group = r.Group, measure = r.Measure, value = r.Value, line = r.Line }), JsonTexts.Options);

    private static string Shown(PovertyResult result, Language language)
    {
        var value = result.Value is { } v ? v.ToString("0.######", CultureInfo.InvariantCulture) : "—";
        var error = result.Error is { } e ? string.Create(CultureInfo.InvariantCulture, $"\t± {e.StandardError:0.######}\t[{e.Low:0.######}, {e.High:0.######}]") : "";
        return $"  {result.Group,-16} {PovertyResults.Title(result.Measure).In(language),-20}\t{value}{error}";
    }
}
