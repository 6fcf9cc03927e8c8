using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>Who is meant to put a problem right, before anybody assigned it.</summary>
/// <param name="Level">Who has it in hand; null for the level of its place.</param>
internal sealed record ProposedTask(
    string Task, string Unit, DateOnly DueOn, string? Person = null, Guid? PersonUser = null, string? Department = null, AreaLevel? Level = null);

/// <summary>Enters problems, and answers what other modules ask about them.</summary>
internal sealed class ReportIssue(ShouwangDb db, Policies policies, TakeIssueStep steps, Secrets secrets, Today today) : ILedger
{
    public Problem? Check(NewIssue issue, Actor actor) =>
        !actor.May(Permissions.IssuesReport, issue.Area, issue.Household) ? Steps.NotPermitted(Permissions.IssuesReport)
        : string.IsNullOrWhiteSpace(issue.Problem) ? Refusals.NoProblem
        : issue.FoundOn > today.Day ? Refusals.FoundLater
        : issue.Fixed is not null && issue.Photo is null ? Refusals.NoPhotoOfFix
        : null;

    public Task<Outcome<Guid>> Report(NewIssue found, Actor actor, CancellationToken cancel) => Enter(found, actor, mayRecur: true, null, null, cancel);

    /// <summary>Enters what a rule of the policy found, with whom it is meant for.</summary>
    /// <param name="check">The check it stands for in its place, or null.</param>
    public Task<Outcome<Guid>> ReportByRule(NewIssue found, IssueRule rule, string? check, ProposedTask task, Actor actor, CancellationToken cancel) =>
        Enter(found, actor, mayRecur: true, (rule, check), task, cancel);

    /// <param name="mayRecur">It is something wrong, and not a task: a later one of the same kind in the same place is its recurrence.</param>
    /// <param name="task">Who is meant to do what; whoever assigns it finds it, and may decide otherwise.</param>
    private async Task<Outcome<Guid>> Enter(NewIssue found, Actor actor, bool mayRecur, (IssueRule Rule, string? Check)? by, ProposedTask? task, CancellationToken cancel)
    {
        if (Check(found, actor) is { } problem)
            return problem;

        return await db.Atomically<Guid>(async () =>
        {
            var policy = await policies.For(found.Area, today.Day, cancel);
            if (await Refused(found, policy, actor, cancel) is { } refusal)
                return refusal;
            var onSpot = found.Fixed is not null;
            var (happening, to) = onSpot ? (IssueEvent.FixOnSpot, IssueState.FixedOnSpot) : (IssueEvent.Register, IssueState.Registered);
            var before = mayRecur ? await Before(found, by, policy, actor.County, cancel) : null;
            var issue = new Issue
            {
                County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'P', found.FoundOn, cancel), Area = found.Area.Digits,
                HouseholdId = found.Household, Source = found.Source, SourceId = found.SourceId, Subject = found.Subject, FoundOn = found.FoundOn, FoundBy = actor.User,
                FoundByName = actor.Name, ProblemEnc = secrets.Encrypt(found.Problem.Trim())!, RectificationEnc = secrets.Encrypt(found.Fixed?.Trim()), State = to,
                SubmittedBy = onSpot ? actor.User : null, SubmittedOn = onSpot ? found.FoundOn : null, Level = task?.Level ?? found.Area.Level, PartOfId = found.PartOf, ListingId = found.Listing,
                RecursId = before?.Id, Occurrence = (before?.Occurrence ?? 0) + 1, ZeroBy = policy.IssueKind(found.Subject)?.ZeroBy(found.FoundOn),
                Rule = by?.Rule.Code, CheckCode = by?.Check,
            };
            if (task is not null)
                Propose(issue, task);
            if (policy.GreenChannel(found.Channel) is { } channel)
                issue.Enter(channel, policy, today.Day);
            issue.StageDueOn = IssueClock.Due(issue, policy, today.Day);
            var evidence = onSpot ? new[] { new Evidence(EvidenceKinds.Photo, found.Photo), new Evidence(EvidenceKinds.Rectification, Text: found.Fixed) } : [];
            db.Add(issue);
            db.Add(StepOf(issue, IssueState.Found, policy.Due(IssueStates.Clocks.Register, found.FoundOn), new(happening, Evidence: evidence), actor, secrets, today));
            db.Log("ledger.issue-reported", found.Area, issue.Code, actor.Name, today.Clock, new { issue.Subject, issue.Source, OnSpot = onSpot, issue.Channel, issue.Occurrence });
            await db.SaveChangesAsync(cancel);
            return issue.Id;
        }, cancel);
    }

    public async Task<Outcome<Guid>> Entrust(NewIssue found, IssueTask task, bool own, Actor actor, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(task.Unit) || string.IsNullOrWhiteSpace(task.Person))
            return Steps.Missing(EvidenceKinds.Responsible);
        if (task.DueOn < today.Day)
            return Refusals.DueTooEarly;
        return await db.Atomically<Guid>(async () =>
        {
            var assigns = actor.May(Permissions.IssuesAssign, found.Area, found.Household) || own && actor.Sees(found.Area);
            // Whoever assigns it finds what was decided, and may decide otherwise.
            var reported = await Enter(found, actor, mayRecur: false, null, assigns ? null : new(task.Task, task.Unit, task.DueOn, task.Person, task.PersonUser), cancel);
            if (!reported.Succeeded || !assigns)
                return reported;
            var assignment = new IssueStepRequest(IssueEvent.Assign, Task: task.Task, Unit: task.Unit, Person: task.Person, PersonUser: task.PersonUser, DueOn: task.DueOn);
            var assigned = await steps.Entrust(actor, reported.Value, assignment, cancel);
            return assigned.Succeeded ? reported : assigned.Problems.ToList();
        }, cancel);
    }

    private void Propose(Issue issue, ProposedTask task)
    {
        (issue.TaskEnc, issue.Unit, issue.Person, issue.PersonUser) = (secrets.Encrypt(task.Task.Trim()), task.Unit.Trim(), task.Person?.Trim(), task.PersonUser);
        issue.DueOn = issue.ZeroBy < task.DueOn ? issue.ZeroBy : task.DueOn;
        if (task.Department is { } department)
            (issue.Department, issue.DepartmentSince) = (department, today.Day);
    }

    private async Task<Problem?> Refused(NewIssue found, Policy policy, Actor actor, CancellationToken cancel)
    {
        if (policy.IssueKind(found.Subject) is null)
            return Refusals.KindUnknown(found.Subject);
        if (policy.IssueSources.All(s => s.Code != found.Source))
            return Refusals.SourceUnknown(found.Source);
        if (found.Channel is { } channel && policy.GreenChannel(channel) is null)
            return Refusals.ChannelUnknown(channel);
        if (found.Listing is { } listing && !await db.Set<Listing>().VisibleTo(actor, Permissions.ListingsRead).AnyAsync(l => l.Id == listing && l.State != ListingState.Removed, cancel))
            return ListingRefusals.NotFound;
        if (found.PartOf is not { } whole)
            return null;
        var state = await db.Set<Issue>().VisibleTo(actor, Permissions.IssuesAssign).Where(i => i.Id == whole).Select(i => (IssueState?)i.State).SingleOrDefaultAsync(cancel);
        return state is null ? Refusals.NotFound : IssueStates.Ended.Contains(state.Value) ? Refusals.WholeIsStruckOff : null;
    }

    /// <summary>
    /// The last problem of the same kind in the same place that was struck off not too long ago; for what a rule enters of many findings, of the same check.
    /// A part of a problem is not its recurrence.
    /// </summary>
    private async Task<Issue?> Before(NewIssue found, (IssueRule Rule, string? Check)? by, Policy policy, string county, CancellationToken cancel)
    {
        if (found.PartOf is not null)
            return null;
        var area = found.Area.Digits;
        var same = db.Set<Issue>().AsNoTracking()
            .Where(i => i.County == county && i.Subject == found.Subject && i.Area == area && i.HouseholdId == found.Household && IssueStates.Ended.Contains(i.State) && i.ClosedOn <= found.FoundOn);
        // Two checks that find something in a village are of one kind, and nothing comes back if the second does after the first.
        if (by is { } entered && found.Household is null)
            same = same.Where(i => i.Rule == entered.Rule.Code && i.CheckCode == entered.Check);
        var before = await same
            .OrderByDescending(i => i.ClosedOn).ThenByDescending(i => i.Code).FirstOrDefaultAsync(cancel);
        return before?.ClosedOn is { } closed && policy.Due(IssueStates.Clocks.Recurrence, closed) >= found.FoundOn ? before : null;
    }

    /// <summary>The record of a step that has just changed the problem.</summary>
    /// <param name="due">The last day of the stage it ended.</param>
    public static IssueStep StepOf(Issue issue, IssueState from, DateOnly? due, StepRequest<IssueEvent> request, Actor actor, Secrets secrets, Today today)
    {
        var (evidence, note) = StepNote.Keep(request, secrets);
        return new()
        {
            County = issue.County, Id = Guid.CreateVersion7(), IssueId = issue.Id, Event = request.Event, FromState = from, ToState = issue.State, UserId = actor.User,
            Actor = actor.Name, HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(), DueOn = due, NextDueOn = issue.StageDueOn, Unit = issue.Unit,
            Evidence = evidence, NoteEnc = note,
        };
    }

    public async Task<IReadOnlyList<IssueRef>> Of(string county, Guid household, CancellationToken cancel) =>
        [.. (await db.Set<Issue>().AsNoTracking().Where(i => i.County == county && i.HouseholdId == household)
            .OrderByDescending(i => i.FoundOn).ThenByDescending(i => i.Code).ToListAsync(cancel)).Select(i => i.Ref)];

    public async Task<IReadOnlyDictionary<Guid, IssueRef>> Find(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToList();
        return (await db.Set<Issue>().AsNoTracking().Where(i => i.County == county && wanted.Contains(i.Id)).ToListAsync(cancel)).ToDictionary(i => i.Id, i => i.Ref);
    }

    public async Task<IReadOnlyList<IssueRef>> FoundOn(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        return [.. (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => i.FoundOn == day && string.Compare(i.Area, from) >= 0 && string.Compare(i.Area, to) < 0).OrderBy(i => i.Code).ToListAsync(cancel)).Select(i => i.Ref)];
    }

    public Task<int> OpenCount(string county, Guid household, CancellationToken cancel) =>
        db.Set<Issue>().CountAsync(i => i.County == county && i.HouseholdId == household && !IssueStates.Ended.Contains(i.State), cancel);

    public async Task<IReadOnlyList<IssueRef>> Open(Actor actor, IReadOnlyCollection<IssueState> states, int limit, CancellationToken cancel) =>
        [.. (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => !IssueStates.Ended.Contains(i.State) && states.Contains(i.State)).OrderBy(i => i.StageDueOn).Take(limit).ToListAsync(cancel)).Select(i => i.Ref)];

    public async Task<IReadOnlyDictionary<Guid, Text>> Words(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToList();
        return (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => wanted.Contains(i.Id)).ToListAsync(cancel))
            .ToDictionary(i => i.Id, i => EntryWords.Shown(i.ProblemEnc, i.IsReadBy(actor), secrets) ?? new("", ""));
    }
}
