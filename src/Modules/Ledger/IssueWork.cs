using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>Problems in people's work lists.</summary>
internal sealed class IssueWork(ShouwangDb db) : IWorkSource
{
    public Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel) => IssueStates.Life.Work(
        db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.State != IssueState.Closed)
            .Select(i => new WorkRow<IssueState> { Id = i.Id, Code = i.Code, Household = i.HouseholdId, Area = i.Area, State = i.State, DueOn = i.StageDueOn }),
        "issue", "/ledger", [IssueEvent.Escalate], actor, today, limit, cancel);
}
