using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>A problem with its five lists in clear, for pages.</summary>
/// <param name="Next">What the asking person's post can do now.</param>
/// <param name="Barred">Of these, what this person would be refused whatever is filled in, and why.</param>
public sealed record IssuePage(
    Guid Id, string Code, string Area, Guid? Household, string Source, string Subject, IssueState State, DateOnly FoundOn, string FoundBy,
    Text? Problem, Text? Task, string? Unit, string? Person, DateOnly? DueOn, Text? Rectification, DateOnly? SubmittedOn, Text? Effect,
    DateOnly? ClosedOn, int TimesReopened, DateOnly? StageDueOn, bool Overdue, long Version,
    IReadOnlyList<(IssueEvent Event, Text Title)> Next, IReadOnlyDictionary<IssueEvent, Problem> Barred, IReadOnlyList<IssueHistory> History)
{
    public required int Occurrence { get; init; }
    public required AreaLevel Level { get; init; }
    public string? Department { get; init; }
    public DateOnly? DepartmentSince { get; init; }
    public string? Channel { get; init; }
    public DateOnly? ChannelOn { get; init; }
    public DateOnly? ChannelDueOn { get; init; }
    public DateOnly? ZeroBy { get; init; }
    public DateOnly? CheckOn { get; init; }
    public DateOnly? HeldOn { get; init; }
    public Text? Held { get; init; }
    public Guid? Listing { get; init; }

    /// <summary>The rule of entry that entered it, and the check it stands for; null where somebody entered it.</summary>
    public string? Rule { get; init; }

    public string? Check { get; init; }

    /// <summary>When, and by which letter, it was last sent up above the county; and what was answered.</summary>
    public DateOnly? SentUpOn { get; init; }

    public string? SentUpAs { get; init; }
    public DateOnly? AnsweredOn { get; init; }
    public string? AnsweredAs { get; init; }
    public Text? Answer { get; init; }

    /// <summary>The page of the visit or meeting it came from; null where it came from neither.</summary>
    public string? SourceLink { get; init; }

    /// <summary>The problem of which this is a recurrence, and those that are recurrences of this.</summary>
    public IssueLink? Earlier { get; init; }

    public IReadOnlyList<IssueLink> Later { get; init; } = [];

    /// <summary>The problem this is a part of, and the parts of this.</summary>
    public IssueLink? Whole { get; init; }

    public IReadOnlyList<IssueLink> Parts { get; init; } = [];
}

/// <summary>Another problem, as a link to it.</summary>
public sealed record IssueLink(Guid Id, string Code, IssueState State);

public sealed record IssueHistory(
    DateOnly On, DateTimeOffset At, string Actor, IssueEvent Event, IssueState To, bool Late, Text? Reason,
    IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files);

/// <summary>One problem with everything about it.</summary>
internal sealed class IssueQueries(ShouwangDb db, IssueGuards guards, Secrets secrets, Today today)
{
    /// <summary>Null when there is none in the actor's area.</summary>
    public async Task<IssuePage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } i)
            return null;
        var steps = await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == i.County && s.IssueId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var (reads, next) = (i.IsReadBy(actor), IssueStates.Life.Table.StepsFrom(i.State, actor.May).Select(s => s.Event).Where(e => e != IssueEvent.Recheck).ToList());
        var links = (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(o => o.Id == i.RecursId || o.Id == i.PartOfId || o.RecursId == id || o.PartOfId == id).OrderBy(o => o.Code)
            .Select(o => new { Link = new IssueLink(o.Id, o.Code, o.State), o.RecursId, o.PartOfId }).ToListAsync(cancel));
        return new(i.Id, i.Code, i.Area, i.HouseholdId, i.Source, i.Subject, i.State, i.FoundOn, i.FoundByName, Clear(i.ProblemEnc), Clear(i.TaskEnc), i.Unit, i.Person,
            i.DueOn, Clear(i.RectificationEnc), i.SubmittedOn, Clear(i.EffectEnc), i.ClosedOn, i.TimesReopened, i.StageDueOn, i.StageDueOn < today.Day, i.Version,
            [.. next.Select(e => (e, IssueStates.NameOf(e)))], await guards.Barred(i, next, actor, today.Day, cancel), [.. steps.Select(History)])
        {
            Occurrence = i.Occurrence, Level = i.Level, Department = i.Department, DepartmentSince = i.DepartmentSince, Channel = i.Channel, ChannelOn = i.ChannelOn,
            ChannelDueOn = i.ChannelDueOn, ZeroBy = i.ZeroBy, CheckOn = i.CheckOn, HeldOn = i.HeldOn, Held = Clear(i.HeldEnc), Listing = i.ListingId,
            Rule = i.Rule, Check = i.CheckCode, SentUpOn = i.SentUpOn, SentUpAs = i.SentUpAs, AnsweredOn = i.AnsweredOn, AnsweredAs = i.AnsweredAs, Answer = Clear(i.AnswerEnc),
            SourceLink = (i.Source, i.SourceId) switch { ("visit", { } visit) => $"/visits/{visit}", ("meeting", { } meeting) => $"/organisation/meetings/{meeting}", _ => null },
            Earlier = links.FirstOrDefault(l => l.Link.Id == i.RecursId)?.Link, Later = [.. links.Where(l => l.RecursId == id).Select(l => l.Link)],
            Whole = links.FirstOrDefault(l => l.Link.Id == i.PartOfId)?.Link, Parts = [.. links.Where(l => l.PartOfId == id).Select(l => l.Link)],
        };

        Text? Clear(byte[]? stored) => EntryWords.Shown(stored, reads, secrets);

        IssueHistory History(IssueStep s)
        {
            var (said, texts, files) = StepWords.Of(s.NoteEnc, s.Evidence, reads, secrets);
            return new(s.HappenedOn, s.RecordedAt, s.Actor, s.Event, s.ToState, s.DueOn < s.HappenedOn, said, texts, files);
        }
    }
}
