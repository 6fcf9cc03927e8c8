using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>screen</c>: runs every rule over every household, opens and joins leads.</summary>
internal static class ScreenVerb
{
    private static readonly Option<string> Engine = new("--engine")
    {
        Description = "由谁计算：scan（内存）或 sql（数据库），结果相同 / who works it out: scan (memory) or sql (database), with the same result",
    };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("screen", "对全部农户运行预警规则 / run the warning rules over every household") { Engine };
        Engine.AcceptOnlyFromAmong("scan", "sql");
        command.SetAction((words, cancel) => Run.With(words, Screen, cancel));
        return command;
    }

    private static async Task<int> Screen(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var result = await ProgressBar.Show(run, new("筛查", "Screening"),
            progress => run.Get<IScreening>().Run(area.Value.County, run.AsOf, "system", EngineOf(run), progress, cancel));
        return await run.Answer(
            new
            {
                asOf = result.AsOf, households = result.Households,
                rules = result.Rules.Select(r => new { id = r.Id, state = r.State.ToString().ToLowerInvariant(), hits = r.Hits, unknown = r.Unknown, blocked = r.Blocked }),
            },
            [
                new($"统计日 {result.AsOf:yyyy-MM-dd}，筛查 {result.Households} 户：新开线索 {result.LeadsOpened} 条，并入 {result.LeadsJoined} 条。",
                    $"As of {result.AsOf:yyyy-MM-dd}, {result.Households} households: {result.LeadsOpened} leads opened, {result.LeadsJoined} joined."),
                .. result.Rules.Where(r => r.Hits > 0 || r.Unknown > 0 || r.Blocked is not null).Select(Line),
            ]);
    }

    private static ScreeningEngine? EngineOf(Run run) =>
        run.Words.GetValue(Engine) is { } name ? Enum.Parse<ScreeningEngine>(name, ignoreCase: true) : null;

    private static Text Line(RuleCount rule) => rule.Blocked is { } blocked
        ? new($"  {rule.Id} 未运行：{blocked.Zh}", $"  {rule.Id} did not run: {blocked.En}")
        : new($"  {rule.Id}（{(rule.State == Shouwang.Platform.Policy.RuleState.Live ? "正式" : "影子")}）命中 {rule.Hits} 户，无法判定 {rule.Unknown} 户",
            $"  {rule.Id} ({rule.State.ToString().ToLowerInvariant()}) {rule.Hits} hits, {rule.Unknown} unknown");
}
