using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>Enters problems, and answers what other modules ask about them.</summary>
internal sealed class ReportIssue(ShouwangDb db, Policies policies, Secrets secrets, Today today) : ILedger
{
    public Problem? Check(NewIssue issue, Actor actor) =>
        !actor.May(Permissions.IssuesReport, issue.Area, issue.Household) ? Steps.NotPermitted(Permissions.IssuesReport)
        : string.IsNullOrWhiteSpace(issue.Problem) ? Refusals.NoProblem
        : issue.FoundOn > today.Day ? Refusals.FoundLater
        : issue.Fixed is not null && issue.Photo is null ? Refusals.NoPhotoOfFix
        : null;

    public async Task<Outcome<Guid>> Report(NewIssue found, Actor actor, CancellationToken cancel)
    {
        if (Check(found, actor) is { } problem)
            return problem;

        return await db.Atomically<Guid>(async () =>
        {
            var (policy, onSpot) = (await policies.For(found.Area, today.Day, cancel), found.Fixed is not null);
            var (happening, to) = onSpot ? (IssueEvent.FixOnSpot, IssueState.FixedOnSpot) : (IssueEvent.Register, IssueState.Registered);
            var issue = new Issue
            {
                County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'P', found.FoundOn, cancel), Area = found.Area.Digits,
                HouseholdId = found.Household, Source = found.Source, SourceId = found.SourceId, Subject = found.Subject, FoundOn = found.FoundOn, FoundBy = actor.User,
                FoundByName = actor.Name, ProblemEnc = secrets.Encrypt(found.Problem.Trim())!, RectificationEnc = secrets.Encrypt(found.Fixed?.Trim()), State = to,
                SubmittedBy = onSpot ? actor.User : null, SubmittedOn = onSpot ? found.FoundOn : null,
                StageDueOn = policy.Due(onSpot ? IssueStates.Clocks.Examine : IssueStates.Clocks.Assign, today.Day),
            };
            var evidence = onSpot ? new[] { new Evidence(EvidenceKinds.Photo, found.Photo), new Evidence(EvidenceKinds.Rectification, Text: found.Fixed) } : [];
            db.Add(issue);
            db.Add(StepOf(issue, IssueState.Found, to, policy.Due(IssueStates.Clocks.Register, found.FoundOn), new(happening, Evidence: evidence), actor, secrets, today));
            db.Log("ledger.issue-reported", found.Area, issue.Code, actor.Name, today.Clock, new { issue.Subject, issue.Source, OnSpot = onSpot });
            await db.SaveChangesAsync(cancel);
            return issue.Id;
        }, cancel);
    }

    public static IssueStep StepOf(
        Issue issue, IssueState from, IssueState to, DateOnly? due, StepRequest<IssueEvent> request, Actor actor, Secrets secrets, Today today)
    {
        var (evidence, note) = StepNote.Keep(request, secrets);
        return new()
        {
            County = issue.County, Id = Guid.CreateVersion7(), IssueId = issue.Id, Event = request.Event, FromState = from, ToState = to, UserId = actor.User,
            Actor = actor.Name, HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(), DueOn = due, Evidence = evidence, NoteEnc = note,
        };
    }

    public async Task<IReadOnlyList<IssueRef>> Of(string county, Guid household, CancellationToken cancel) =>
        [.. (await db.Set<Issue>().AsNoTracking().Where(i => i.County == county && i.HouseholdId == household)
            .OrderByDescending(i => i.FoundOn).ToListAsync(cancel)).Select(i => i.Ref)];

    public Task<int> OpenCount(string county, Guid household, CancellationToken cancel) =>
        db.Set<Issue>().CountAsync(i => i.County == county && i.HouseholdId == household && i.State != IssueState.Closed, cancel);

    public async Task<IReadOnlyList<IssueRef>> Open(Actor actor, IReadOnlyCollection<IssueState> states, int limit, CancellationToken cancel) =>
        [.. (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => i.State != IssueState.Closed && states.Contains(i.State)).OrderBy(i => i.StageDueOn).Take(limit).ToListAsync(cancel)).Select(i => i.Ref)];
}
