using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Ledger.Contracts.IssueEvent;

namespace Shouwang.Modules.Ledger;

/// <summary>A step of a problem.</summary>
/// <param name="Task">With an assignment: what is to be done.</param>
/// <param name="Unit">With an assignment.</param>
/// <param name="Person">With an assignment, or who takes it over in the other department.</param>
/// <param name="PersonUser">The person's account, where there is one.</param>
/// <param name="DueOn">With an assignment: by when; null takes the policy's time.</param>
/// <param name="Channel">With an assignment: the green channel it enters; null leaves it where it is.</param>
/// <param name="Department">With an assignment, the department whose queue it enters; with a hand-over, the one that takes it over.</param>
/// <param name="Level">With sending up: to which level.</param>
/// <param name="Letter">With sending up, and with the answer: the number of the letter 文号.</param>
public sealed record IssueStepRequest(
    IssueEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null,
    string? Task = null, string? Unit = null, string? Person = null, Guid? PersonUser = null, DateOnly? DueOn = null, string? Channel = null, string? Department = null,
    AreaLevel? Level = null, string? Letter = null)
    : StepRequest<IssueEvent>(Event, Reason, Evidence, Version);

/// <summary>Moves a problem along its life. Who put it right neither examines it nor strikes it off.</summary>
internal sealed class TakeIssueStep(ShouwangDb db, Policies policies, IssueGuards guards, ListedAgain listings, Secrets secrets, Today today)
{
    public Task<Outcome<IssueState>> Run(Actor actor, Guid id, IssueStepRequest request, CancellationToken cancel) => Run(actor, id, request, actor, cancel);

    /// <summary>Assigns what was decided among those who are to do it. It needs no post that assigns: whoever may decide it was looked at before.</summary>
    public Task<Outcome<IssueState>> Entrust(Actor actor, Guid id, IssueStepRequest request, CancellationToken cancel) => Run(actor, id, request, Actor.System(actor.Area), cancel);

    /// <param name="permitted">Whose permissions count.</param>
    private async Task<Outcome<IssueState>> Run(Actor actor, Guid id, IssueStepRequest request, Actor permitted, CancellationToken cancel) => await db.Atomically<IssueState>(async () =>
    {
        var issue = await db.Set<Issue>().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(i => i.Id == id, cancel);
        if (issue is null)
            return Refusals.NotFound;
        var area = new AreaCode(issue.Area);
        string[] present = !string.IsNullOrWhiteSpace(request.Unit) && !string.IsNullOrWhiteSpace(request.Person) ? [EvidenceKinds.Responsible] : [];
        var checkedStep = IssueStates.Life.Check(issue.State, issue.Version, request, permitted, area, issue.HouseholdId, present);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        var policy = await policies.For(area, today.Day, cancel);
        if (await guards.Look(issue, request, actor, policy, today.Day, cancel) is { } refusal)
            return refusal;

        Take(issue, checkedStep.Value.To, request, actor, policy);
        if (request.Event == Reopen)
            await ReopenWhatRestsOn(issue, actor, policy, cancel);
        return issue.State;
    }, cancel);

    private void Take(Issue issue, IssueState to, IssueStepRequest request, Actor actor, Policy policy)
    {
        var (from, due, struckOff) = (issue.State, issue.StageDueOn, issue.ClosedOn);
        Apply(issue, request, actor, policy);
        issue.State = to;
        // The clock goes on with the problem when another department takes it over.
        issue.StageDueOn = request.Event == HandOver ? due : IssueClock.Due(issue, policy, today.Day);
        issue.Version++;
        db.Add(ReportIssue.StepOf(issue, from, due, request, actor, secrets, today));
        db.Log($"ledger.{request.Event}", new(issue.Area), issue.Code, actor.Name, today.Clock, new { From = from, To = to, issue.Department, Household = issue.HouseholdId, StruckOff = struckOff });
    }

    /// <summary>What was struck off because this was: the problem it is a part of, and so on upwards, and the listed object it was found at.</summary>
    private async Task ReopenWhatRestsOn(Issue issue, Actor actor, Policy policy, CancellationToken cancel)
    {
        await listings.Because(issue, actor, cancel);
        if (issue.PartOfId is not { } id || await db.Set<Issue>().SingleOrDefaultAsync(i => i.County == issue.County && i.Id == id, cancel) is not { } whole
            || !IssueStates.Ended.Contains(whole.State))
            return;
        Take(whole, IssueState.InRectification, new(Reopen, new Text($"其中的问题 {issue.Code} 已重新打开。", $"Its part {issue.Code} was reopened.").ToString()), actor, policy);
        await ReopenWhatRestsOn(whole, actor, policy, cancel);
    }

    private void Apply(Issue issue, IssueStepRequest request, Actor actor, Policy policy)
    {
        switch (request.Event)
        {
            case Assign:
                (issue.Unit, issue.Person, issue.PersonUser, issue.DueOn) = (request.Unit!.Trim(), request.Person!.Trim(), request.PersonUser, request.DueOn);
                issue.TaskEnc = secrets.Encrypt(request.Task?.Trim()) ?? issue.TaskEnc;
                // Assigning once more inside a channel does not set its clock back.
                if (policy.GreenChannel(request.Channel) is { } channel && issue.Channel is null)
                    issue.Enter(channel, policy, today.Day);
                if (request.Department is { } department && department != issue.Department)
                    (issue.Department, issue.DepartmentSince) = (department, today.Day);
                break;
            case HandOver:
                (issue.Department, issue.DepartmentSince) = (request.Department, today.Day);
                (issue.Unit, issue.Person, issue.PersonUser) = (policy.Departments[request.Department!].Title.Zh, Named(request.Person), null);
                break;
            case Submit or FixOnSpot:
                (issue.SubmittedBy, issue.SubmittedOn) = (actor.User, today.Day);
                issue.RectificationEnc = secrets.Encrypt(request.Of(EvidenceKinds.Rectification)?.Text);
                break;
            case Recheck:
                (issue.SubmittedBy, issue.SubmittedOn) = (actor.User, today.Day);
                issue.RectificationEnc = secrets.Encrypt(request.Of(EvidenceKinds.Rectification)?.Text);
                break;
            case SendUp:
                (issue.Level, issue.SentUpOn, issue.SentUpAs) = (request.Level!.Value, today.Day, Named(request.Letter));
                (issue.AnswerEnc, issue.AnsweredOn, issue.AnsweredAs) = (null, null, null);
                break;
            case Instruct or RecordAnswer or IssueEvent.Return:
                (issue.Level, issue.AnsweredOn, issue.AnsweredAs) = (AreaLevel.County, today.Day, Named(request.Letter));
                issue.AnswerEnc = secrets.Encrypt(request.Of(EvidenceKinds.Reply)?.Text ?? request.Reason?.Trim());
                break;
            case Examine:
                issue.ExaminedBy = actor.User;
                break;
            case Close:
                (issue.ClosedBy, issue.ClosedByName, issue.ClosedOn, issue.CheckOn) = (actor.User, actor.Name, today.Day, policy.Due(IssueStates.Clocks.Hold, today.Day));
                issue.EffectEnc = secrets.Encrypt(request.Of(EvidenceKinds.Effect)?.Text ?? request.Of(EvidenceKinds.Finding)?.Text);
                break;
            case ConfirmEffect:
                (issue.HeldOn, issue.HeldEnc) = (today.Day, secrets.Encrypt(request.Of(EvidenceKinds.Effect)?.Text));
                break;
            case Escalate:
                issue.Level = issue.Level == AreaLevel.Village ? AreaLevel.Township : AreaLevel.County;
                break;
            case Reopen:
                Begin(issue, policy);
                break;
            case Register or Start or Reject:
                break;
        }
    }

    // What was said of it the first time stays in the steps; its days begin anew.
    private void Begin(Issue issue, Policy policy)
    {
        (issue.ClosedBy, issue.ClosedByName, issue.ClosedOn, issue.CheckOn, issue.ExaminedBy) = (null, null, null, null, null);
        (issue.HeldOn, issue.HeldEnc, issue.EffectEnc) = (null, null, null);
        issue.TimesReopened++;
        issue.ZeroBy = policy.IssueKind(issue.Subject)?.ZeroBy(today.Day);
        issue.DueOn = null;
        if (policy.GreenChannel(issue.Channel) is { } channel)
            (issue.ChannelOn, issue.ChannelDueOn) = (today.Day, policy.WorkCalendar.Due(today.Day, channel.Target));
    }

    private static string? Named(string? word) => string.IsNullOrWhiteSpace(word) ? null : word.Trim();
}
