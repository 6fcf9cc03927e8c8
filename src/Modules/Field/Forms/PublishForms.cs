using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Field.Forms;

/// <summary>A county's own forms, kept as dated versions of its policy; phones get them with their next bundle from that day on.</summary>
internal sealed class PublishForms(ShouwangDb db, CheckForms check, Policies policies, IFeatures features, Today today) : IVisitForms
{
    private const int MaxSource = 300, MaxYaml = 100_000;

    public async Task<CheckedForms> Check(Actor actor, string yaml, string name, CancellationToken cancel) =>
        yaml.Length > MaxYaml ? new([new(name, 1, 1, "", new($"表单超过 {MaxYaml} 字。", $"The form is longer than {MaxYaml} characters."), new("请分成几张。", "Make several of it."))], [], 0, 0)
            : await check.Run(actor, yaml, name, cancel);

    public async Task<Outcome<Guid>> Publish(Actor actor, string yaml, DateOnly? from, string source, CancellationToken cancel)
    {
        if (!actor.May(Permissions.FormsEdit))
            return NotPermitted;
        if (from is not { } day || day < today.Day)
            return new Problem("forms.bad-start", 422, new("没有写明启用日期，或日期已过。", "The first day is missing or has passed."), new($"请填 {today.Day:yyyy-MM-dd} 或以后的日期。", $"Give {today.Day:yyyy-MM-dd} or a later day."));
        if (source.Trim() is not { Length: > 0 and <= MaxSource } document)
            return new Problem("forms.no-source", 422, new("没有写明文件依据。", "The document that orders it is missing."), new("请填文件名称和文号。", "Give its title and number."));
        var found = await Check(actor, yaml, "", cancel);
        if (found.Problems.Count > 0)
            return found.Problems.Select(p => new Problem("forms.does-not-read", 422, new($"第{p.Line}行第{p.Column}列 {p.Key}：{p.What.Zh}", $"Line {p.Line}, column {p.Column}, {p.Key}: {p.What.En}"), p.Remedy)).ToList();
        if (found.Questions.Count == 0)
            return new Problem("forms.nothing-new", 422, new("没有新的问题。", "There is no new question in it."), new("请在 forms 下写出问题。", "Give the questions under forms."));
        if (!found.Accepted)
            return found.Questions.Where(q => q.State == QuestionState.Known).Select(KnownAlready).ToList();

        var version = new PolicyVersion
        {
            County = actor.County, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), FromOn = day, Content = JsonSerializer.Serialize(new RuleChanges([], []) { Forms = yaml }, JsonTexts.Options),
            Source = document, MadeBy = actor.Name, PublishedBy = actor.Name, PublishedAt = today.Clock.GetUtcNow(),
        };
        return await db.Atomically<Guid>(async () =>
        {
            db.Add(version);
            db.Log("forms.published", actor.Area.County, version.Id.ToString(), actor.Name, today.Clock,
                new { from = day, source = document, forms = found.Questions.Select(q => q.Form).Distinct(), questions = found.Questions.Select(q => q.Field.Name) });
            await db.SaveChangesAsync(cancel);
            return version.Id;
        }, cancel);
    }

    public async Task<IReadOnlyList<CountyForms>> Published(Actor actor, CancellationToken cancel)
    {
        var symbols = new SymbolTable(features.All.Values.Select(f => f.Symbol));
        var versions = await db.Set<PolicyVersion>().AsNoTracking().Where(v => v.County == actor.County).ToListAsync(cancel);
        return [.. versions.Select(v => (Version: v, Yaml: v.Changes.Forms)).Where(v => v.Yaml is not null).OrderByDescending(v => (v.Version.FromOn, v.Version.PublishedAt))
            .Select(v => new CountyForms(v.Version.Id, v.Version.FromOn, v.Version.Source, v.Version.PublishedBy, v.Version.PublishedAt, v.Yaml!,
                policies.Book.ReadForms(actor.Area.County, today.Day, v.Yaml!, "", symbols).Forms is not null))];
    }

    private static Problem KnownAlready(CheckedQuestion question)
    {
        var known = question.Known.First(k => k.IsKnown);
        return new("forms.known-already", 422,
            new($"“{question.Field.Title.Zh}”已有数据：{FormWords.Of(known).Zh}", $"\"{question.Field.Title.En}\" is known already: {FormWords.Of(known).En}"), question.Remedy!.Value);
    }

    private static readonly Problem NotPermitted = new("access.not-permitted", 403,
        new("您的岗位不能修改走访表单。", "Your post does not allow changing forms of visits."), new("请交由县级部门办理。", "Hand it to the county office."));
}

/// <summary>How what is known is told.</summary>
internal static class FormWords
{
    /// <summary>Source, share and age of what is known.</summary>
    public static Text Of(KnownFact known)
    {
        var sources = known.Sources.Take(3).ToList();
        return new(
            $"{known.Title.Zh}（{known.Name}），{string.Join("、", sources.Select(s => s.Source.Zh))}{(known.Share is { } zh ? $"，{zh * 100:0.#}% 已知" : "")}{(known.MedianDays is { } days ? $"，中位时间 {days} 天前" : "")}",
            $"{known.Title.En} ({known.Name}), {string.Join(", ", sources.Select(s => s.Source.En))}{(known.Share is { } en ? $", known for {en * 100:0.#}%" : "")}{(known.MedianDays is { } age ? $", median {age} days old" : "")}");
    }

    public static Text Of(QuestionState state) => state switch
    {
        QuestionState.New => new("新问题", "new"),
        QuestionState.Aged => new("不全或过时，可问", "partly known or old: may be asked"),
        QuestionState.Shown => new("显示并确认", "shown to be confirmed"),
        QuestionState.Known => new("已有数据，不得再问", "known: may not be asked"),
    };
}
