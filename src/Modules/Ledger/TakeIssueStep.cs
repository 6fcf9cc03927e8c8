using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Ledger.Contracts.IssueEvent;

namespace Shouwang.Modules.Ledger;

/// <summary>A step of a problem.</summary>
/// <param name="Task">With an assignment: what is to be done.</param>
/// <param name="Unit">With an assignment.</param>
/// <param name="Person">With an assignment.</param>
/// <param name="PersonUser">The person's account, where there is one.</param>
/// <param name="DueOn">With an assignment: by when; null takes the policy's time.</param>
public sealed record IssueStepRequest(
    IssueEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null,
    string? Task = null, string? Unit = null, string? Person = null, Guid? PersonUser = null, DateOnly? DueOn = null)
    : StepRequest<IssueEvent>(Event, Reason, Evidence, Version);

/// <summary>Moves a problem along its life. Who rectified it does not examine it, and who examined it alone does not strike it off.</summary>
internal sealed class TakeIssueStep(ShouwangDb db, Policies policies, Secrets secrets, Today today)
{
    public async Task<Outcome<IssueState>> Run(Actor actor, Guid id, IssueStepRequest request, CancellationToken cancel) => await db.Atomically<IssueState>(async () =>
    {
        var issue = await db.Set<Issue>().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(i => i.Id == id, cancel);
        if (issue is null)
            return Refusals.NotFound;
        var area = new AreaCode(issue.Area);
        string[] present = !string.IsNullOrWhiteSpace(request.Unit) && !string.IsNullOrWhiteSpace(request.Person) ? [EvidenceKinds.Responsible] : [];
        var checkedStep = IssueStates.Life.Check(issue.State, issue.Version, request, actor, area, issue.HouseholdId, present);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        if (Guard(issue, request, actor) is { } refusal)
            return refusal;

        var policy = await policies.For(area, today.Day, cancel);
        var (step, due) = (checkedStep.Value, issue.StageDueOn);
        Apply(issue, request, actor);
        issue.State = step.To;
        issue.StageDueOn = StageDue(issue, policy);
        issue.Version++;
        db.Add(ReportIssue.StepOf(issue, step.From, step.To, due, request, actor, secrets, today));
        db.Log($"ledger.{request.Event}", area, issue.Code, actor.Name, today.Clock, new { step.From, step.To });
        return issue.State;
    }, cancel);

    private Problem? Guard(Issue issue, IssueStepRequest request, Actor actor)
    {
        if (request is { Event: Assign, DueOn: { } due } && due < today.Day)
            return Refusals.DueTooEarly;
        if (actor.Unlimited)
            return null;
        return request.Event switch
        {
            Examine or Reject when issue.SubmittedBy == actor.User => Steps.OwnWork(new("整改", "rectification")),
            Close when issue.SubmittedBy == actor.User => Steps.OwnWork(new("整改", "rectification")),
            Close when issue.FoundBy == actor.User && issue.State == IssueState.FixedOnSpot => Steps.OwnWork(new("现场整改", "fix on the spot")),
            _ => null,
        };
    }

    private void Apply(Issue issue, IssueStepRequest request, Actor actor)
    {
        switch (request.Event)
        {
            case Assign:
                (issue.Unit, issue.Person, issue.PersonUser, issue.DueOn) = (request.Unit!.Trim(), request.Person!.Trim(), request.PersonUser, request.DueOn);
                issue.TaskEnc = secrets.Encrypt(request.Task?.Trim()) ?? issue.TaskEnc;
                break;
            case Submit or FixOnSpot:
                (issue.SubmittedBy, issue.SubmittedOn) = (actor.User, today.Day);
                issue.RectificationEnc = secrets.Encrypt(request.Of(EvidenceKinds.Rectification)?.Text);
                break;
            case Examine:
                issue.ExaminedBy = actor.User;
                break;
            case Close:
                (issue.ClosedBy, issue.ClosedOn) = (actor.User, today.Day);
                issue.EffectEnc = secrets.Encrypt(request.Of(EvidenceKinds.Effect)?.Text ?? request.Of(EvidenceKinds.Finding)?.Text);
                break;
            case Reopen:
                (issue.ClosedBy, issue.ClosedOn, issue.ExaminedBy) = (null, null, null);
                issue.TimesReopened++;
                break;
            case Register or Start or Reject or Escalate:
                break;
        }
    }

    // The date the assignment set counts before the policy's time for rectification.
    private DateOnly? StageDue(Issue issue, Shouwang.Platform.Policy.Policy policy) => issue.State switch
    {
        IssueState.Closed => null,
        IssueState.Assigned or IssueState.InRectification when issue.DueOn is { } due && due >= today.Day => due,
        _ => IssueStates.Life.Table.StepsFrom(issue.State).Select(s => s.Clock).FirstOrDefault(c => c is not null) is { } clock ? policy.Due(clock, today.Day) : null,
    };
}
