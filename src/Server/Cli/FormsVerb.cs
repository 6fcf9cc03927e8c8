using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;

namespace Shouwang.Server.Cli;

/// <summary><c>forms check FILE</c>: what is known already of what a new form asks; <c>forms publish FILE</c>: makes it a form of the county's visits.</summary>
internal static class FormsVerb
{
    private static readonly Argument<FileInfo> Given = new("file") { Description = "表单（YAML，写法同政策包） / the form, written as in a policy pack" };
    private static readonly Option<DateOnly?> From = new("--from") { Description = "自何日起启用 / first day" };
    private static readonly Option<string?> Source = new("--source") { Description = "文件依据 / the document that orders it" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var check = new Command("check", "新表单问的，是否已有数据 / whether a new form asks for what is known") { Given };
        check.SetAction((words, cancel) => Run.With(words, Check, cancel));
        var publish = new Command("publish", "启用表单 / make a form part of the county's visits") { Given, From, Source };
        publish.SetAction((words, cancel) => Run.With(words, Publish, cancel));
        return new("forms", "走访表单 / forms of visits") { check, publish };
    }

    private static async Task<int> Check(Run run, CancellationToken cancel)
    {
        var (area, yaml, problems) = await Read(run, cancel);
        if (problems.Count > 0)
            return await run.Refuse(problems);
        var file = run.Words.GetValue(Given)!;
        var found = await run.Get<IVisitForms>().Check(Run.Operator(area.County), yaml, file.Name, cancel);
        if (found.Problems.Count > 0)
            return await run.Refuse([.. found.Problems.Select(p => new Problem("forms.does-not-read", 422, new($"{p.File}:{p.Line}:{p.Column} {p.Key}：{p.What.Zh}", $"{p.File}:{p.Line}:{p.Column} {p.Key}: {p.What.En}"), p.Remedy))]);
        await run.Answer(Json(found), [.. found.Questions.SelectMany(Lines), Verdict(found)]);
        return found.Accepted ? Commands.Done : Commands.Refused;
    }

    private static async Task<int> Publish(Run run, CancellationToken cancel)
    {
        var (area, yaml, problems) = await Read(run, cancel);
        if (problems.Count > 0)
            return await run.Refuse(problems);
        var made = await run.Get<IVisitForms>().Publish(Run.Operator(area.County), yaml, run.Words.GetValue(From) ?? run.AsOf, run.Words.GetValue(Source) ?? "", cancel);
        return made.Succeeded
            ? await run.Answer(new { id = made.Value }, new Text("已启用，手机下次同步时得到。", "It is in use; phones get it with their next sync."))
            : await run.Refuse(made.Problems);
    }

    private static async Task<(AreaCode Area, string Yaml, IReadOnlyList<Problem> Problems)> Read(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return (default, "", area.Problems);
        var file = run.Words.GetValue(Given)!;
        return file.Exists ? (area.Value, await File.ReadAllTextAsync(file.FullName, cancel), [])
            : (area.Value, "", [new("cli.no-file", 404, new($"文件不存在：{file}", $"There is no such file: {file}"), new("请核对路径。", "Check the path."))]);
    }

    private static object Json(CheckedForms found) => new
    {
        accepted = found.Accepted, looked = found.Looked, households = found.Households,
        questions = found.Questions.Select(q => new
        {
            form = q.Form, section = q.Section, name = q.Field.Name, title = q.Field.Title, state = char.ToLowerInvariant($"{q.State}"[0]) + $"{q.State}"[1..],
            known = q.Known.Select(k => new { name = k.Name, title = k.Title, share = k.Share, medianDays = k.MedianDays, isKnown = k.IsKnown, sources = k.Sources.Select(s => new { source = s.Source, share = s.Share }) }),
            remedy = q.Remedy,
        }),
    };

    private static IEnumerable<Text> Lines(CheckedQuestion question)
    {
        var state = question.State switch
        {
            QuestionState.New => new("新问题", "new"),
            QuestionState.Aged => new("可问", "may be asked"),
            QuestionState.Shown => new("显示并确认", "shown"),
            QuestionState.Known => new Text("已有数据", "known"),
        };
        yield return new($"  {state.Zh}  {question.Field.Title.Zh}（{question.Field.Name}）", $"  {state.En}: {question.Field.Title.En} ({question.Field.Name})");
        foreach (var known in question.Known)
            yield return new($"      {known.Title.Zh} {known.Name}：{string.Join("、", known.Sources.Select(s => s.Source.Zh))}{Percent(known, "，已知 ")}{(known.MedianDays is { } zh ? $"，中位 {zh} 天前" : "")}",
                $"      {known.Title.En} {known.Name}: {string.Join(", ", known.Sources.Select(s => s.Source.En))}{Percent(known, ", known for ")}{(known.MedianDays is { } en ? $", median {en} days old" : "")}");
        if (question.Remedy is { } remedy)
            yield return new($"      → {remedy.Zh}", $"      → {remedy.En}");
    }

    private static string Percent(KnownFact known, string words) => known.Share is { } share ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{words}{share * 100:0.#}%") : "";

    private static Text Verdict(CheckedForms found) => found.Accepted ? new("可以启用。", "It can be used.")
        : new($"不能启用：{found.Questions.Count(q => q.State == QuestionState.Known)} 个问题已有数据。", $"Refused: {found.Questions.Count(q => q.State == QuestionState.Known)} questions ask for what is known.");
}
