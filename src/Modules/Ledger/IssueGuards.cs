using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Modules.Ledger.Entering;
using static Shouwang.Modules.Ledger.Contracts.IssueEvent;

namespace Shouwang.Modules.Ledger;

/// <summary>What the state table cannot say of a step: whose problem it is, and what has to be done before.</summary>
internal sealed class IssueGuards(ShouwangDb db, IDeskPeople people)
{
    private static readonly IssueState[] Judged = [IssueState.FixedOnSpot, IssueState.Submitted, IssueState.Examined, IssueState.Closed];

    /// <summary>Why the step is refused, or null.</summary>
    public async Task<Problem?> Look(Issue issue, IssueStepRequest request, Actor actor, Policy policy, DateOnly today, CancellationToken cancel) =>
        await Bar(issue, request.Event, actor, today, cancel) ?? request.Event switch
        {
            Assign => Assignment(issue, request, policy, today),
            HandOver => Receiver(issue, request, policy),
            SendUp => await Above(issue, request, cancel),
            Close => await StillFound(issue, policy, cancel),
            Register or FixOnSpot or Start or Submit or Examine or Reject or Escalate or Reopen or ConfirmEffect or Instruct or Return or RecordAnswer or Recheck => null,
        };

    /// <summary>Of some steps those that the actor is refused whatever is filled in, with the reason.</summary>
    public async Task<IReadOnlyDictionary<IssueEvent, Problem>> Barred(Issue issue, IReadOnlyList<IssueEvent> steps, Actor actor, DateOnly today, CancellationToken cancel)
    {
        var barred = new Dictionary<IssueEvent, Problem>();
        foreach (var step in steps)
        {
            if (await Bar(issue, step, actor, today, cancel) is { } problem)
                barred[step] = problem;
        }
        return barred;
    }

    /// <summary>The same over many rows, for work lists: problems whose next step waits for another level, or for somebody who had no part in mending them.</summary>
    public IQueryable<Issue> WaitingForOthers(IQueryable<Issue> rows, Actor actor)
    {
        var (user, above) = (actor.User, Enum.GetValues<AreaLevel>().Where(l => l < actor.Area.Level).ToList());
        return rows.Where(i => (i.State == IssueState.Registered || i.State == IssueState.Escalated) && above.Contains(i.Level)
            || Judged.Contains(i.State) && (i.SubmittedBy == user || i.PersonUser == user || db.Set<IssueStep>().Any(
                s => s.County == i.County && s.IssueId == i.Id && s.UserId == user && (s.Event == Submit || s.Event == FixOnSpot))));
    }

    private async Task<Problem?> Bar(Issue issue, IssueEvent step, Actor actor, DateOnly today, CancellationToken cancel) => step switch
    {
        Assign => BelowItsLevel(issue, actor) ? Refusals.HigherLevel(issue.Level) : null,
        Escalate => Escalation(issue, actor),
        Start or Submit or HandOver => OtherQueue(issue, actor),
        Examine or Reject => await OwnWork(issue, actor, cancel),
        Close => await OwnWork(issue, actor, cancel) ?? SecondPerson(issue, actor) ?? await OpenParts(issue, cancel),
        Instruct or Return => actor.Post.Level > issue.Level ? Refusals.HigherLevel(issue.Level) : null,
        ConfirmEffect => issue.CheckOn > today ? Refusals.TooEarlyToTell(issue.CheckOn.Value) : await OwnWork(issue, actor, cancel),
        Register or FixOnSpot or Reopen or RecordAnswer or SendUp => null,
        // That a check finds nothing any more is not for people to say.
        Recheck => actor.Unlimited ? null : Refusals.ByCheckOnly,
    };

    private static Problem? Assignment(Issue issue, IssueStepRequest request, Policy policy, DateOnly today) =>
        request.DueOn < today ? Refusals.DueTooEarly
        : request.DueOn is { } due && Latest(issue) is { } latest && latest >= today && due > latest ? Refusals.DueTooLate(latest)
        : request.Channel is { } channel && policy.GreenChannel(channel) is null ? Refusals.ChannelUnknown(channel)
        : request.Department is { } department && !policy.Departments.ContainsKey(department) ? Refusals.DepartmentUnknown(department)
        : null;

    // A later day than the channel or the month leaves could not be kept. Once that has passed it is late whatever day is set.
    private static DateOnly? Latest(Issue issue) => issue.ChannelDueOn < (issue.ZeroBy ?? DateOnly.MaxValue) ? issue.ChannelDueOn : issue.ZeroBy;

    private static Problem? Escalation(Issue issue, Actor actor) =>
        BelowItsLevel(issue, actor) ? Refusals.HigherLevel(issue.Level)
        : issue.Level <= AreaLevel.County ? Refusals.NoHigherLevel
        : null;

    // What was handed up is decided by the level it was handed to, or above.
    private static bool BelowItsLevel(Issue issue, Actor actor) => actor.Area.Level > issue.Level;

    private static Problem? OtherQueue(Issue issue, Actor actor) =>
        actor.Role == Role.IndustryDept && issue.Department is { } department && department != actor.Department ? Refusals.OtherDepartment : null;

    private static Problem? Receiver(Issue issue, IssueStepRequest request, Policy policy) =>
        issue.Department is null ? Refusals.InNoQueue
        : string.IsNullOrWhiteSpace(request.Department) || policy.JointOffice.All(d => d.Code != request.Department) ? Refusals.DepartmentUnknown(request.Department ?? "")
        : request.Department == issue.Department ? Refusals.SameDepartment
        : null;

    /// <summary>A level above the county, and a letter where nobody of that level works here.</summary>
    private async Task<Problem?> Above(Issue issue, IssueStepRequest request, CancellationToken cancel)
    {
        if (request.Level is not (AreaLevel.Prefecture or AreaLevel.Province))
            return Refusals.NotAbove;
        if (!string.IsNullOrWhiteSpace(request.Letter))
            return null;
        var prefecture = new AreaCode(issue.County).Parent;
        IReadOnlyList<AreaCode> offices = request.Level == AreaLevel.Province ? [prefecture.Parent] : [prefecture, prefecture.Parent];
        return await people.HaveAny(offices, Permissions.IssuesAnswer, cancel) ? null : Refusals.NoLetter(request.Level.Value);
    }

    // Whoever ever put it right, or answers for doing so, judges it neither this time nor after it was sent back or reopened. Where a check
    // handed it in, whoever began with it may have mended it.
    private async Task<Problem?> OwnWork(Issue issue, Actor actor, CancellationToken cancel)
    {
        var began = issue.IsHandedInByCheck;
        return issue.SubmittedBy == actor.User || issue.PersonUser == actor.User || await db.Set<IssueStep>().AnyAsync(
            s => s.County == issue.County && s.IssueId == issue.Id && s.UserId == actor.User && (s.Event == Submit || s.Event == FixOnSpot || began && s.Event == Start), cancel)
            ? Steps.OwnWork(new("整改", "rectification")) : null;
    }

    // Nobody knows who mended what a check handed in. With two people for examining and striking off, it is never that one alone.
    private static Problem? SecondPerson(Issue issue, Actor actor) =>
        issue.IsHandedInByCheck && issue.ExaminedBy == actor.User ? Refusals.ExaminedBySelf : null;

    // While the policy has the rule: a county that takes it away has said that this is no problem.
    private async Task<Problem?> StillFound(Issue issue, Policy policy, CancellationToken cancel)
    {
        if (policy.IssueRule(issue.Rule) is null)
            return null;
        var standing = await db.Set<IssueSubject>().CountAsync(s => s.County == issue.County && s.IssueId == issue.Id && s.GoneOn == null, cancel);
        return standing > 0 ? Refusals.StillFound(standing) : null;
    }

    private async Task<Problem?> OpenParts(Issue issue, CancellationToken cancel)
    {
        var open = await db.Set<Issue>().Where(i => i.County == issue.County && i.PartOfId == issue.Id && !IssueStates.Ended.Contains(i.State))
            .OrderBy(i => i.Code).Select(i => i.Code).ToListAsync(cancel);
        return open.Count > 0 ? Refusals.PartsOpen(open) : null;
    }
}
