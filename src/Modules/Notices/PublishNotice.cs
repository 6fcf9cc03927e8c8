using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Notices;

/// <summary>Puts up notices and takes them down.</summary>
internal sealed class PublishNotice(ShouwangDb db, Policies policies, Today today) : INotices
{
    /// <summary>The policy clock that a notice has to hang at least.</summary>
    public const string Clock = "notice.village";

    public async Task<Outcome<Guid>> Publish(NewNotice notice, Actor actor, CancellationToken cancel)
    {
        if (!actor.May(Permissions.NoticesPublish, notice.Village))
            return Steps.NotPermitted(Permissions.NoticesPublish);
        var policy = await policies.For(notice.Village, today.Day, cancel);
        if (Check(notice, policy) is { Count: > 0 } problems)
            return problems;

        return await db.Atomically<Guid>(async () =>
        {
            var row = new Notice
            {
                County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'N', notice.FromOn, cancel),
                Area = notice.Village.Digits, Kind = notice.Kind, Title = notice.Title.Trim(), Body = notice.Body.Trim(), Place = notice.Place.Trim(),
                Contact = notice.Contact.Trim(), Lines = JsonSerializer.Serialize(notice.Lines, JsonTexts.Options), FromOn = notice.FromOn,
                EarliestEndOn = policy.Due(Clock, notice.FromOn), PublishedBy = actor.User, PublishedByName = actor.Name,
            };
            db.Add(row);
            db.Log("notices.published", notice.Village, row.Code, actor.Name, today.Clock, new { row.Kind, row.FromOn, row.EarliestEndOn, Households = notice.Lines.Count });
            await db.SaveChangesAsync(cancel);
            return row.Id;
        }, cancel);
    }

    private List<Problem> Check(NewNotice notice, Policy policy)
    {
        var problems = LeaksOf(notice, policy).Select(l => Refusals.Leaks(l.Where, l.Leak)).ToList();
        problems.AddRange(notice.Lines.Index().Where(l => !l.Item.HeadName.Contains('*', StringComparison.Ordinal)).Select(l => Refusals.Unmasked(l.Index + 1)));
        if (notice.Lines.Count == 0)
            problems.Add(Refusals.Empty);
        if (new[] { notice.Title, notice.Place, notice.Contact }.Any(string.IsNullOrWhiteSpace))
            problems.Add(Refusals.WordsMissing);
        if (notice.FromOn > today.Day)
            problems.Add(Refusals.FromLater);
        return problems;
    }

    /// <summary>Everything private in a notice's texts, with the place where it stands.</summary>
    public static IEnumerable<(Text Where, Leak Leak)> LeaksOf(NewNotice notice, Policy policy)
    {
        var words = HealthWords(policy);
        var texts = new List<(Text Where, string? Text, bool Office)>
        {
            (new("标题", "title"), notice.Title, false), (new("正文", "body"), notice.Body, false),
            (new("张贴地点", "place"), notice.Place, false), (new("联系方式", "contact"), notice.Contact, true),
        };
        foreach (var (index, line) in notice.Lines.Index())
            texts.AddRange(new[] { line.HeadName, line.Group, line.Category }.Select(t => (new Text($"名单第 {index + 1} 行", $"line {index + 1}"), t, false)));
        return texts.SelectMany(t => LeakCheck.Find(t.Text, words, t.Office).Select(leak => (t.Where, leak)));
    }

    /// <summary>Words of health that a policy adds, as a code list of its own.</summary>
    private static IEnumerable<string> HealthWords(Policy policy) =>
        policy.CodeLists.TryGetValue("health_words", out var list) ? list.Items.Select(i => i.Title.Zh) : [];

    public async Task<NoticeStanding?> Standing(string county, Guid notice, Guid subject, CancellationToken cancel)
    {
        var row = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(n => n.County == county && n.Id == notice, cancel);
        if (row is null)
            return null;
        var open = await db.Set<Objection>().CountAsync(
            o => o.County == county && o.NoticeId == notice && o.SubjectId == subject && o.State == ObjectionState.Open, cancel);
        return new(row.Id, row.Code, row.FromOn, row.EarliestEndOn, row.ClosedOn, row.Photos != "[]", open);
    }

    public async Task<Outcome<NoticeStanding>> Close(string county, Guid notice, Guid subject, Actor actor, CancellationToken cancel)
    {
        if (await Standing(county, notice, subject, cancel) is not { } standing)
            return Refusals.NotFound;
        var problems = new List<Problem>();
        if (today.Day < standing.EarliestEndOn)
            problems.Add(Refusals.TooShort(standing.EarliestEndOn));
        if (!standing.HasPhoto)
            problems.Add(Refusals.NoPhoto);
        if (standing.OpenObjections > 0)
            problems.Add(Refusals.ObjectionsOpen(standing.OpenObjections));
        if (problems.Count > 0)
            return problems;

        var row = await db.Set<Notice>().SingleAsync(n => n.County == county && n.Id == notice, cancel);
        if (row.ClosedOn is null)
        {
            (row.ClosedOn, row.Version) = (today.Day, row.Version + 1);
            db.Log("notices.closed", new(row.Area), row.Code, actor.Name, today.Clock, new { row.FromOn, row.ClosedOn });
        }
        return standing with { ClosedOn = row.ClosedOn };
    }

    public async Task Withdraw(string county, Guid notice, Actor actor, CancellationToken cancel)
    {
        var row = await db.Set<Notice>().SingleAsync(n => n.County == county && n.Id == notice, cancel);
        if (row.ClosedOn is not null)
            return;
        (row.ClosedOn, row.Withdrawn, row.Version) = (today.Day, true, row.Version + 1);
        db.Log("notices.withdrawn", new(row.Area), row.Code, actor.Name, today.Clock, new { row.FromOn, row.ClosedOn });
    }
}

/// <summary>Adds a photo of the board with the notice on it.</summary>
internal sealed class AddNoticePhoto(ShouwangDb db, Files files, Today today)
{
    public async Task<Outcome<int>> Run(Actor actor, Guid notice, string hash, CancellationToken cancel) => await db.Atomically<int>(async () =>
    {
        var row = await db.Set<Notice>().VisibleTo(actor, Permissions.NoticesPublish).SingleOrDefaultAsync(n => n.Id == notice, cancel);
        if (row is null)
            return Refusals.NotFound;
        if (hash is not { Length: 64 } || !hash.All(char.IsAsciiHexDigitLower) || !File.Exists(files.PathOf(hash)))
            return Steps.Missing(EvidenceKinds.Photo);
        var photos = JsonSerializer.Deserialize<List<string>>(row.Photos, JsonTexts.Options)!;
        if (!photos.Contains(hash))
            photos.Add(hash);
        (row.Photos, row.Version) = (JsonSerializer.Serialize(photos, JsonTexts.Options), row.Version + 1);
        db.Log("notices.photographed", new(row.Area), row.Code, actor.Name, today.Clock, new { File = hash });
        return photos.Count;
    }, cancel);
}
