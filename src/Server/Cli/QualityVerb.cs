using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>quality</c>: what cannot be right in the data, by village and rule. Checks first when something happened since the last check.</summary>
internal static class QualityVerb
{
    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("quality", "检查数据质量，按村和规则列出疑点 / check the data and list what cannot be right, by village and rule");
        command.SetAction((words, cancel) => Run.With(words, List, cancel));
        return command;
    }

    private static async Task<int> List(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var (quality, actor) = (run.Get<IQuality>(), Run.Operator(area.Value));
        if (await quality.IsDue(area.Value, run.AsOf, cancel))
            await quality.Run(area.Value, run.AsOf, actor.Name, cancel);
        var found = (await quality.List(actor, new(Take: int.MaxValue), cancel)).Rows;
        return await run.Answer(
            found.Select(f => new { rule = f.Rule, household = f.Household, member = f.Member, record = f.Record, village = f.Village, message = f.Message }),
            [
                new($"{found.Count} 条疑点", $"{found.Count} findings"),
                .. found.Select(f => new Text($"  {f.Village}  {f.Rule} {f.Title.Zh}  {f.Subject}：{f.Message.Zh}", $"  {f.Village}  {f.Rule} {f.Title.En}  {f.Subject}: {f.Message.En}")),
            ]);
    }
}
