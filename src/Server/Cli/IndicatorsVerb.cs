using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>indicators</c>: the figures of a county, township or village. Works them out first when something happened since.</summary>
internal static class IndicatorsVerb
{
    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("indicators", "列出县、乡镇或村的统计指标 / list the figures of a county, township or village");
        command.SetAction((words, cancel) => Run.With(words, List, cancel));
        return command;
    }

    private static async Task<int> List(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var figures = run.Get<IFigures>();
        if (await figures.IsDue(area.Value, run.AsOf, cancel))
            await figures.Compute(area.Value, run.AsOf, cancel);
        var found = await figures.Of(Run.Operator(area.Value), area.Value, run.AsOf, cancel);
        return await run.Answer(
            found.Select(f => new
            {
                code = f.Code, area = f.Area.Digits, numerator = f.Numerator, denominator = f.Denominator, value = f.Shown, unit = f.Definition.Unit.Zh,
                asOf = f.AsOf, status = f.Status.ToString().ToLowerInvariant(),
            }),
            found.Select(f => new Text(
                $"{f.Code,-5} {f.Definition.Title.Zh}：{f.Shown ?? "—"} {f.Definition.Unit.Zh}{Parts(f)}", $"{f.Code,-5} {f.Definition.Title.En}: {f.Shown ?? "—"} {f.Definition.Unit.En}{Parts(f)}")));
    }

    private static string Parts(Figure figure) => figure.Denominator is { } below ? $"  ({figure.Numerator:0.##} / {below:0.##})" : "";
}
