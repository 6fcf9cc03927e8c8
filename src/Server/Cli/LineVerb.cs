using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Server.Cli;

/// <summary><c>line</c>: enters an area's poverty and monitoring lines, with their legal source; without options, says which are in force.</summary>
internal static class LineVerb
{
    private static readonly Option<DateOnly?> From = Day("--from", "自何日起 / first day");
    private static readonly Option<DateOnly?> To = Day("--to", "至何日止 / last day");
    private static readonly Option<decimal?> Poverty = new("--poverty") { Description = "扶贫标准，元/人·年 / poverty line, yuan a head and year" };
    private static readonly Option<decimal?> Monitoring = new("--monitoring") { Description = "监测线，元/人·年 / monitoring line, yuan a head and year" };
    private static readonly Option<string> Source = new("--source") { Description = "文件依据 / the legal source" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("line", "列出或录入扶贫标准和监测线 / show or enter the poverty and monitoring lines of an area") { From, To, Poverty, Monitoring, Source };
        command.SetAction((words, cancel) => Run.With(words, Enter, cancel));
        return command;
    }

    private static async Task<int> Enter(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var words = run.Words;
        if (new Option[] { From, To, Poverty, Monitoring, Source }.All(o => words.GetResult(o) is null))
            return await Show(run, area.Value, cancel);
        if (words.GetValue(From) is not { } from || words.GetValue(Source) is not { } source)
        {
            await words.InvocationConfiguration.Error.WriteLineAsync("录入须有 --from 和 --source。 / To enter a line, give --from and --source.");
            return Commands.BadUsage;
        }
        var entered = await run.Get<ILines>().Enter(Run.Operator(area.Value.County),
            new(area.Value, from, words.GetValue(To), words.GetValue(Poverty), words.GetValue(Monitoring), source), cancel);
        return entered.Succeeded
            ? await run.Answer(new { id = entered.Value }, new Text("已录入。", "Entered."))
            : await run.Refuse(entered.Problems);
    }

    private static async Task<int> Show(Run run, AreaCode area, CancellationToken cancel)
    {
        var policy = await run.Get<Policies>().For(area, run.AsOf, cancel);
        (string Kind, Text Title, IncomeLine? Line)[] lines =
            [("poverty", PolicySymbols.PovertyLine.Title, policy.PovertyLine), ("monitoring", PolicySymbols.MonitoringLine.Title, policy.MonitoringLine)];
        return await run.Answer(
            lines.Where(l => l.Line is not null).Select(l => new
            {
                kind = l.Kind, yuanPerHead = l.Line!.YuanPerHead, from = l.Line.From, to = l.Line.To, source = l.Line.Source,
            }),
            lines.Select(l => l.Line is { } line
                ? new Text($"  {l.Title.Zh}：{line.YuanPerHead:0.##} 元/人·年，{line.From:yyyy-MM-dd} 起，{line.Source.Zh}", $"  {l.Title.En}: {line.YuanPerHead:0.##} yuan a head and year from {line.From:yyyy-MM-dd}, {line.Source.En}")
                : new Text($"  {l.Title.Zh}：{run.AsOf:yyyy-MM-dd} 没有有出处的数值，用到它的规则不运行", $"  {l.Title.En}: no sourced value on {run.AsOf:yyyy-MM-dd}; rules that use it do not run")));
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name) { Description = description };
}
