using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>leads</c>: open leads, the most urgent deadline first; with <c>--shadow</c>, what shadow rules would have found.</summary>
internal static class LeadsVerb
{
    private static readonly Option<bool> Shadow = new("--shadow") { Description = "列出影子规则的命中 / list the hits of shadow rules instead" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("leads", "列出未办结线索 / list open leads") { Shadow };
        command.SetAction((words, cancel) => Run.With(words, List, cancel));
        return command;
    }

    private static async Task<int> List(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var leads = await run.Get<ILeads>().Open(Run.Operator(area.Value), run.Words.GetValue(Shadow), cancel);
        return await run.Answer(
            leads.Select(l => new { household = l.Household, village = l.Village, opened = l.Opened, due = l.Due, rules = l.Rules, category = l.Category }),
            [
                new($"{leads.Count} 户", $"{leads.Count} households"),
                .. leads.Select(l => new Text(
                    $"  {l.Household}  {l.Opened:yyyy-MM-dd} 起，{l.Due:yyyy-MM-dd} 前办结  {string.Join('、', l.Rules)}",
                    $"  {l.Household}  since {l.Opened:yyyy-MM-dd}, due {l.Due:yyyy-MM-dd}  {string.Join(", ", l.Rules)}")),
            ]);
    }
}
