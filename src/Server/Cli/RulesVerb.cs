using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Server.Cli;

/// <summary><c>rules</c>: the rules of an area; with <c>--quality</c>, how often their warnings proved true.</summary>
internal static class RulesVerb
{
    private static readonly Option<bool> Quality = new("--quality") { Description = "准确率：预警之后查实了多少 / how many warnings proved true" };
    private static readonly Option<DateOnly?> From = new("--from") { Description = "线索发现自何日起 / leads raised from this day on" };
    private static readonly Option<DateOnly?> To = new("--to") { Description = "至何日止 / up to this day" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("rules", "列出预警规则及其准确率 / list the warning rules, or how often they proved true") { Quality, From, To };
        command.SetAction((words, cancel) => Run.With(words, Answer, cancel));
        return command;
    }

    private static async Task<int> Answer(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        return run.Words.GetValue(Quality) ? await Precision(run, area.Value, cancel) : await List(run, area.Value, cancel);
    }

    private static async Task<int> List(Run run, AreaCode area, CancellationToken cancel)
    {
        var rules = await run.Get<IRuleSettings>().All(area.County, run.AsOf, cancel);
        return await run.Answer(
            rules.Select(r => new
            {
                id = r.Definition.Id, title = r.Definition.Title, state = r.Definition.State.ToString().ToLowerInvariant(), when = r.Definition.When, words = r.Words,
                parameters = r.Definition.Parameters.ToDictionary(p => p.Key, p => p.Value.Value.ToString()), hits = r.Hits, unknown = r.Unknown, blocked = r.Blocked,
            }),
            rules.Select(r => new Text(
                $"  {r.Definition.Id}  {(r.Definition.State == RuleState.Live ? "正式  " : "试运行")}  {r.Definition.Title.Zh}：{r.Words.Zh}",
                $"  {r.Definition.Id}  {r.Definition.State.ToString().ToLowerInvariant(),-6}  {r.Definition.Title.En}: {r.Words.En}")));
    }

    private static async Task<int> Precision(Run run, AreaCode area, CancellationToken cancel)
    {
        var (from, to) = (run.Words.GetValue(From), run.Words.GetValue(To));
        var report = await run.Get<IRulePrecision>().Of(Run.Operator(area), new(from, to), cancel);
        return await run.Answer(
            new
            {
                from, to, rules = report.Rules.Select(Figures), sources = report.Sources.Select(Figures),
                unwarned = new
                {
                    since = report.Unwarned.Since, identified = report.Unwarned.Identified, unwarned = report.Unwarned.Households.Count,
                    categories = report.Unwarned.Categories.Select(c => new { category = c.Category, identified = c.Identified, unwarned = c.Unwarned }),
                },
            },
            [
                .. report.Rules.Where(r => r.Warned > 0).Select(Line),
                .. report.Sources.Where(s => s.Warned > 0).Select(Line),
                new($"首次筛查以来认定 {report.Unwarned.Identified} 户，其中 {report.Unwarned.Households.Count} 户没有规则预警过。",
                    $"{report.Unwarned.Identified} households identified since the first screening; no rule had warned about {report.Unwarned.Households.Count} of them."),
            ]);
    }

    private static object Figures(Precision p) => new
    {
        id = p.Id, title = p.Title, warned = p.Warned, confirmed = p.Confirmed, dismissed = p.Dismissed, open = p.Open,
        precision = Rounded(p.Share?.Share), low = Rounded(p.Share?.Low), high = Rounded(p.Share?.High), medianDays = p.MedianDays,
    };

    private static decimal? Rounded(decimal? share) => share is { } s ? decimal.Round(s, 6) : null;

    private static Text Line(Precision p)
    {
        var share = p.Share is { } s ? $"{s.Share:0%} ({s.Low:0%}–{s.High:0%})" : "—";
        return new($"  {p.Id} {p.Title.Zh}：预警 {p.Warned}，属实 {p.Confirmed}，排除 {p.Dismissed}，未办结 {p.Open}，准确率 {share}",
            $"  {p.Id} {p.Title.En}: {p.Warned} warned, {p.Confirmed} confirmed, {p.Dismissed} dismissed, {p.Open} open, precision {share}");
    }
}
