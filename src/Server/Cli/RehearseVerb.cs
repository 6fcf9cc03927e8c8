using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Server.Cli;

/// <summary><c>rehearse</c>: what other lines, parameters and rules would find. Changes nothing.</summary>
internal static class RehearseVerb
{
    private static readonly Option<string[]> County = Many("--county", "同 --area / the same as --area");
    private static readonly Option<string[]> Line = Many("--line", "改收入线，如 monitoring=8000 / another line: monitoring=8000 or poverty=4500");
    private static readonly Option<string[]> Param = Many("--param", "改参数，如 W14.limit=6000 / another parameter: W14.limit=6000");
    private static readonly Option<string[]> On = Many("--on", "启用规则，如 W33 / a rule to be live");
    private static readonly Option<string[]> Off = Many("--off", "停用规则，如 W21 / a rule to be silent");
    private static readonly Option<string[]> Rule = Many("--rule", "新规则的表达式 / the condition of a new rule");
    private static readonly Option<FileInfo?> Rules = new("--rules") { Description = "新规则的 YAML 文件 / new rules in a YAML file" };
    private static readonly Option<string[]> Cost = Many("--cost", "措施每户每年费用，如 M802=1500 / what a measure costs a household and year");
    private static readonly Option<int?> Visits = new("--visits") { Description = "每个新进户走访次数 / visits to each household that enters" };
    private static readonly Option<decimal?> Help = new("--help-yuan") { Description = "断崖检查用的每户每年帮扶额 / yearly help for the cliff check" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("rehearse", "推演：换一条线、一个参数或一条规则会怎样 / what other lines, parameters and rules would find") { County, Line, Param, On, Off, Rule, Rules, Cost, Visits, Help };
        command.SetAction((words, cancel) => Run.With(words, Rehearse, cancel));
        return command;
    }

    private static async Task<int> Rehearse(Run run, CancellationToken cancel)
    {
        var words = run.Words;
        var areas = words.GetValue(County) is { Length: > 0 } counties ? Run.Parse(counties) : await run.Areas(cancel);
        if (!areas.Succeeded)
            return await run.Refuse(areas.Problems);
        var (asked, problems) = (new List<(string, string)>(), new List<Problem>());
        Add(Line, "line.");
        Add(Param, "");
        Add(Cost, "cost.");
        asked.AddRange((words.GetValue(On) ?? []).Select(id => (id, "on")));
        asked.AddRange((words.GetValue(Off) ?? []).Select(id => (id, "off")));
        foreach (var when in words.GetValue(Rule) ?? [])
            asked.AddRange(NewRule(when, "", "", ""));
        if (words.GetValue(Visits) is { } visits)
            asked.Add(("visits", visits.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (words.GetValue(Help) is { } help)
            asked.Add(("help", help.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (words.GetValue(Rules) is { } file)
        {
            var read = RuleFile.Read(file);
            if (read.Succeeded)
                asked.AddRange(read.Value.SelectMany(r => NewRule(r.When, r.Title, r.Category, r.Cause)));
            else
                problems.AddRange(read.Problems);
        }
        if (problems.Count > 0)
            return await run.Refuse(problems);

        var all = Together(areas.Value);
        if (areas.Value.Count > 1)
            asked.AddRange(areas.Value.Select(a => ("area", a.Digits)));
        var figures = await run.Get<IRehearsal>().Run(Run.Operator(all), asked, cancel);
        return figures.Succeeded ? await run.Answer(figures.Value, Lines(figures.Value, run.Get<AreaTable>())) : await run.Refuse(figures.Problems);

        void Add(Option<string[]> option, string prefix)
        {
            foreach (var text in words.GetValue(option) ?? [])
                if (text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value])
                    asked.Add((prefix + name, value));
                else
                    problems.Add(new("cli.bad-pair", 422, new($"{option.Name} 不能是“{text}”。", $"{option.Name} cannot be '{text}'."),
                        new("请写成 名称=数值，如 monitoring=8000。", "Write NAME=NUMBER, such as monitoring=8000.")));
        }
    }

    private static IEnumerable<(string, string)> NewRule(string when, string title, string category, string cause) =>
        [("rule", when), ("rule.title", title), ("rule.category", category), ("rule.cause", cause)];

    /// <summary>The least area that holds them all.</summary>
    private static AreaCode Together(IReadOnlyList<AreaCode> areas)
    {
        var all = areas[0];
        while (!areas.All(all.Contains))
            all = all.Parent;
        return all;
    }

    private static IEnumerable<Text> Lines(RehearsalFigures f, AreaTable names) =>
    [
        new($"统计日 {f.AsOf:yyyy-MM-dd}，{f.Population} 户：现在预警 {f.Before.Households} 户 {f.Before.Persons} 人，推演后 {f.After.Households} 户 {f.After.Persons} 人。",
            $"As of {f.AsOf:yyyy-MM-dd}, {f.Population} households: {f.Before.Households} households with {f.Before.Persons} persons are warned about, {f.After.Households} with {f.After.Persons} would be."),
        new($"  新进 {f.Entering.Households} 户 {f.Entering.Persons} 人，退出 {f.Leaving.Households} 户 {f.Leaving.Persons} 人；需走访 {f.Visits} 次。",
            $"  {f.Entering.Households} households with {f.Entering.Persons} persons enter, {f.Leaving.Households} with {f.Leaving.Persons} leave; {f.Visits} visits are needed."),
        new($"  一年帮扶费用 {f.Money.Before:#,##0} → {f.Money.After:#,##0} 元（按措施通常费用）。", $"  Help would cost {f.Money.After:#,##0} yuan a year instead of {f.Money.Before:#,##0}, at usual costs."),
        .. f.Cliff is { } cliff ? [new Text($"  断崖：{cliff.Before} → {cliff.After} 户线上所得少于失去的帮扶（{cliff.Help:#,##0} 元/年）。", $"  Cliff: {cliff.Before} → {cliff.After} households have less above the line than the help they lose ({cliff.Help:#,##0} yuan a year).")] : (Text[])[],
        new($"  未预警的监测户 {f.Unwarned.Households} 户，其中推演后能发现 {f.Unwarned.Found} 户。", $"  Of {f.Unwarned.Households} monitored households nobody had warned about, {f.Unwarned.Found} would be found."),
        .. f.Counties.Count > 1 ? f.Counties.Select(c => new Text(
            $"  {NameOf(c.Code, names)}（{c.Population} 户）：{c.Before.Households} → {c.After.Households} 户（进 {c.Entering.Households} 户 {c.Entering.Persons} 人，出 {c.Leaving.Households} 户 {c.Leaving.Persons} 人）",
            $"  {NameOf(c.Code, names)} ({c.Population} households): {c.Before.Households} → {c.After.Households} ({c.Entering.Households} with {c.Entering.Persons} persons in, {c.Leaving.Households} with {c.Leaving.Persons} out)")) : [],
        .. f.Rules.Where(r => r.Before != r.After || r.Entering > 0 || r.WasLive != r.IsLive).Select(r => new Text(
            $"  {r.Id} {r.Title.Zh}：{r.Before} → {r.After} 户（进 {r.Entering}，出 {r.Leaving}）", $"  {r.Id} {r.Title.En}: {r.Before} → {r.After} households ({r.Entering} in, {r.Leaving} out)")),
    ];

    private static string NameOf(string code, AreaTable names) => names.Find(new(code)) is { } area ? $"{code} {area.ShortName}" : code;

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = false };
}
