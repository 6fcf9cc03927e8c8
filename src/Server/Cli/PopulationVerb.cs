using System.CommandLine;
using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>population</c>: what scans read of a county, column by column, and how fresh it is.</summary>
internal static class PopulationVerb
{
    private static readonly Option<bool> About = new("--info") { Description = "列出各列、单位、缺失、占用和新旧（默认）/ columns, units, gaps, bytes, freshness (the default)" };
    private static readonly Option<bool> Anew = new("--rebuild") { Description = "从数据库重新生成 / build it from the database anew" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("population", "筛查数据：全县农户按列存放 / the population that rules are run over") { About, Anew };
        command.SetAction((words, cancel) => Run.With(words, Show, cancel));
        return command;
    }

    private static async Task<int> Show(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var state = await run.Get<IPopulations>().State(area.Value.County, run.AsOf, run.Words.GetValue(Anew), cancel);
        return await run.Answer(
            new
            {
                asOf = state.AsOf, households = state.Households, builtAt = state.BuiltAt, changedAt = state.ChangedAt, waiting = state.Waiting,
                fromFile = state.WhyBuilt is null, whyBuilt = state.WhyBuilt, bytes = state.Bytes, bytesPerHousehold = Math.Round(state.BytesPerHousehold, 1),
                columns = state.Columns.Select(c => new
                {
                    name = c.Name, title = c.Title, type = c.Type.ToString().ToLowerInvariant(), unit = c.Unit.ToString(), storage = c.Storage, scale = c.Scale,
                    unknownShare = Math.Round(c.UnknownShare, 4), bytes = c.Bytes,
                }),
            },
            [
                new(Invariant($"统计日 {state.AsOf:yyyy-MM-dd}，{state.Households:N0} 户，{state.Bytes / 1048576m:0.0} MiB，每户 {state.BytesPerHousehold:0} 字节。"),
                    Invariant($"As of {state.AsOf:yyyy-MM-dd}, {state.Households:N0} households, {state.Bytes / 1048576m:0.0} MiB, {state.BytesPerHousehold:0} bytes each.")),
                new($"生成于 {state.BuiltAt:yyyy-MM-dd HH:mm:ss}Z，最近更新 {state.ChangedAt:yyyy-MM-dd HH:mm:ss}Z，待更新 {state.Waiting} 户。",
                    $"Built {state.BuiltAt:yyyy-MM-dd HH:mm:ss}Z, last brought up to date {state.ChangedAt:yyyy-MM-dd HH:mm:ss}Z, {state.Waiting} households waiting."),
                state.WhyBuilt ?? new("读自文件，未重新生成。", "Read from its file, not built anew."),
                .. state.Columns.Select(Line),
            ]);
    }

    private static Text Line(PopulationColumn column)
    {
        var facts = Invariant($"{column.UnknownShare,7:0.0%} {column.Bytes / 1024m,9:N0} KiB  {column.Storage}{(column.Scale > 0 ? $"/10^{column.Scale}" : "")}");
        return new($"  {column.Name,-36} {facts}  {column.Title.Zh}{Bracketed(column.Unit.Title().Zh)}", $"  {column.Name,-36} {facts}  {column.Title.En}{Bracketed(column.Unit.Title().En)}");

        static string Bracketed(string unit) => unit.Length == 0 ? "" : $" [{unit}]";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
