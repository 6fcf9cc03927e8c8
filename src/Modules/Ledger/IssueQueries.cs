using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>A problem with its five lists in clear, for pages.</summary>
/// <param name="Next">What the asking person can do now.</param>
public sealed record IssuePage(
    Guid Id, string Code, string Area, Guid? Household, string Source, string Subject, IssueState State, DateOnly FoundOn, string FoundBy,
    string Problem, string? Task, string? Unit, string? Person, DateOnly? DueOn, string? Rectification, DateOnly? SubmittedOn, string? Effect,
    DateOnly? ClosedOn, int TimesReopened, DateOnly? StageDueOn, bool Overdue, long Version,
    IReadOnlyList<(IssueEvent Event, Text Title)> Next, IReadOnlyList<IssueHistory> History);

public sealed record IssueHistory(
    DateOnly On, DateTimeOffset At, string Actor, IssueEvent Event, IssueState To, bool Late, string? Reason,
    IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files);

/// <summary>A row of the ledger.</summary>
public sealed record IssueRow(
    Guid Id, string Code, string Area, Guid? Household, string Subject, IssueState State, DateOnly FoundOn, string? Unit, string? Person,
    DateOnly? StageDueOn, bool Overdue, string Problem);

/// <summary>What the pages show.</summary>
internal sealed class IssueQueries(ShouwangDb db, Secrets secrets, Today today)
{
    public async Task<IReadOnlyList<IssueRow>> List(Actor actor, bool open, int limit, CancellationToken cancel) =>
        [.. (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => !open || i.State != IssueState.Closed).OrderBy(i => i.StageDueOn).ThenBy(i => i.Code).Take(limit).ToListAsync(cancel))
            .Select(i => new IssueRow(i.Id, i.Code, i.Area, i.HouseholdId, i.Subject, i.State, i.FoundOn, i.Unit, i.Person, i.StageDueOn, i.StageDueOn < today.Day,
                actor.SeesMasked ? "" : secrets.Decrypt(i.ProblemEnc)!))];

    /// <summary>Null when there is none in the actor's area.</summary>
    public async Task<IssuePage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } i)
            return null;
        var steps = await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == i.County && s.IssueId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        return new(i.Id, i.Code, i.Area, i.HouseholdId, i.Source, i.Subject, i.State, i.FoundOn, i.FoundByName, Clear(i.ProblemEnc) ?? "", Clear(i.TaskEnc), i.Unit, i.Person,
            i.DueOn, Clear(i.RectificationEnc), i.SubmittedOn, Clear(i.EffectEnc), i.ClosedOn, i.TimesReopened, i.StageDueOn, i.StageDueOn < today.Day, i.Version,
            [.. IssueStates.Life.Table.StepsFrom(i.State, actor.May).Select(s => (s.Event, IssueStates.NameOf(s.Event)))], [.. steps.Select(History)]);

        string? Clear(byte[]? stored) => actor.SeesMasked ? null : secrets.Decrypt(stored);

        IssueHistory History(IssueStep s)
        {
            var note = actor.SeesMasked ? StepNote.Read(null, secrets) : StepNote.Read(s.NoteEnc, secrets);
            return new(s.HappenedOn, s.RecordedAt, s.Actor, s.Event, s.ToState, s.DueOn < s.HappenedOn, note.Reason, note.Texts, StepNote.Files(s.Evidence));
        }
    }
}
