using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>explain HOUSEHOLD</c>: its values with source and date, and what each rule makes of them.</summary>
internal static class ExplainVerb
{
    private static readonly Argument<string> Household = new("household") { Description = "户编号 / household number" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("explain", "说明规则如何看待一户 / what the rules make of one household") { Household };
        command.SetAction((words, cancel) => Run.With(words, Explain, cancel));
        return command;
    }

    private static async Task<int> Explain(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var actor = Run.Operator(area.Value.County);
        var code = run.Words.GetValue(Household)!;
        var found = await run.Get<IHouseholds>().Find(actor, code, cancel);
        if (found is null || await run.Get<IScreening>().Explain(actor, found.Id, run.AsOf, cancel) is not { } explanation)
        {
            return await run.Refuse([new("cli.no-household", 404, new($"没有户编号 {code}。", $"There is no household {code}."),
                new("请核对编号，或先导入户表。", "Check the number, or import the household table first."))]);
        }
        return await run.Answer(
            new
            {
                household = explanation.Household, village = explanation.Village, asOf = explanation.AsOf,
                values = explanation.Values.Select(v => new { name = v.Name, value = v.Value == "unknown" ? null : v.Value, title = v.Title, source = v.Source, date = v.Date, subject = v.Subject }),
                rules = explanation.Rules.Select(r => new
                {
                    id = r.Id, state = r.State.ToString().ToLowerInvariant(), result = r.Result, level = r.Level?.ToString().ToLowerInvariant(),
                    missing = r.Missing, blocked = r.Blocked, says = r.Explanation?.Says,
                }),
            },
            [
                new($"{explanation.Household}，统计日 {explanation.AsOf:yyyy-MM-dd}", $"{explanation.Household}, as of {explanation.AsOf:yyyy-MM-dd}"),
                .. explanation.Values.Where(v => v.Value != "unknown").Select(v => new Text(
                    $"  {v.Title.Zh}：{v.Shown.Zh}{Origin(v, Language.Zh)}", $"  {v.Title.En}: {v.Shown.En}{Origin(v, Language.En)}")),
                .. explanation.Rules.Where(r => r.Explanation is not null).Select(r => new Text(
                    $"！{r.Id} {r.Title.Zh}：{r.Explanation!.Says.Zh}", $"! {r.Id} {r.Title.En}: {r.Explanation!.Says.En}")),
                .. explanation.Rules.Where(r => r.Result is null).Select(r => new Text(
                    $"？{r.Id} {r.Title.Zh}：{r.Blocked?.Zh ?? "缺 " + string.Join('、', r.Missing)}", $"? {r.Id} {r.Title.En}: {r.Blocked?.En ?? "lacks " + string.Join(", ", r.Missing)}")),
            ]);
    }

    private static string Origin(ExplainedValue value, Language language) =>
        value.Source is not { } source ? "" : $"（{source.In(language)}{(value.Date is { } date ? $" {date:yyyy-MM-dd}" : "")}）";
}
