using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>Leads in people's work lists.</summary>
internal sealed class LeadWork(ShouwangDb db) : IWorkSource
{
    public Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel) => LeadStates.Life.Work(
        db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId).Where(l => LeadStates.Open.Contains(l.State))
            .Select(l => new WorkRow<LeadState> { Id = l.Id, Code = l.Code, Household = l.HouseholdId, Area = l.Area, State = l.State, DueOn = l.StageDueOn }),
        "lead", "/leads", [LeadEvent.OpenGreenChannel], actor, today, limit, cancel);
}
