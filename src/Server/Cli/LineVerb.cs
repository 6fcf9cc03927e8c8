using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>line</c>: enters an area's poverty and monitoring lines, with their legal source.</summary>
internal static class LineVerb
{
    private static readonly Option<DateOnly?> From = Day("--from", "自何日起 / first day", required: true);
    private static readonly Option<DateOnly?> To = Day("--to", "至何日止 / last day", required: false);
    private static readonly Option<decimal?> Poverty = new("--poverty") { Description = "扶贫标准，元/人·年 / poverty line, yuan a head and year" };
    private static readonly Option<decimal?> Monitoring = new("--monitoring") { Description = "监测线，元/人·年 / monitoring line, yuan a head and year" };
    private static readonly Option<string> Source = new("--source") { Description = "文件依据 / the legal source", Required = true };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("line", "录入扶贫标准和监测线 / enter the poverty and monitoring lines of an area") { From, To, Poverty, Monitoring, Source };
        command.SetAction((words, cancel) => Run.With(words, Enter, cancel));
        return command;
    }

    private static async Task<int> Enter(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var words = run.Words;
        var entered = await run.Get<ILines>().Enter(Run.Operator(area.Value.County),
            new(area.Value, words.GetValue(From)!.Value, words.GetValue(To), words.GetValue(Poverty), words.GetValue(Monitoring), words.GetValue(Source)!), cancel);
        return entered.Succeeded
            ? await run.Answer(new { id = entered.Value }, new Text("已录入。", "Entered."))
            : await run.Refuse(entered.Problems);
    }

    private static Option<DateOnly?> Day(string name, string description, bool required) => new(name) { Description = description, Required = required };
}
