using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>Problems in people's work lists: what is to be put right, and what was struck off long enough ago to see whether it held.</summary>
internal sealed class IssueWork(ShouwangDb db) : IWorkSource
{
    // Nobody waits for these to happen.
    private static readonly IssueEvent[] Exceptions = [IssueEvent.Escalate, IssueEvent.HandOver, IssueEvent.Reopen, IssueEvent.SendUp, IssueEvent.Recheck];

    public Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var rows = db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => i.State != IssueState.Held && (i.State != IssueState.Closed || i.CheckOn <= today));
        if (actor.Role == Role.IndustryDept)
        {
            var own = actor.Department;
            rows = rows.Where(i => i.Department == own);
        }
        return IssueStates.Life.Work(
            rows.Select(i => new WorkRow<IssueState> { Id = i.Id, Code = i.Code, Household = i.HouseholdId, Area = i.Area, State = i.State, DueOn = i.StageDueOn }),
            "issue", "/ledger", Exceptions, actor, today, limit, cancel);
    }
}
