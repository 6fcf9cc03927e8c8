using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Notices;

/// <summary>Objections in people's work lists. They are the work of everybody who can see them.</summary>
internal sealed class ObjectionWork(ShouwangDb db) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var open = await db.Set<Objection>().AsNoTracking().VisibleTo(actor, Permissions.ObjectionsHandle).Where(o => o.State == ObjectionState.Open)
            .OrderBy(o => o.DueOn).Select(o => new { o.Id, o.HouseholdId, o.Area, o.DueOn }).ToListAsync(cancel);
        return new(
            [.. open.Take(limit).Select(o => new WorkItem("objection", o.Id, null, o.HouseholdId, o.Area, new("异议待处理", "objection to handle"),
                new("调查并答复异议", "look into it and answer"), o.DueOn, WorkQuery.UrgencyOf(o.DueOn, today), true, WhoActs.For(Permissions.ObjectionsHandle), "/notices/objections"))],
            open.Count(o => o.DueOn < today), open.Count(o => o.DueOn == today), open.Count(o => o.DueOn > today), 0);
    }
}
