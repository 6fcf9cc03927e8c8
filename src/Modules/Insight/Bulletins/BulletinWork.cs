using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Drafts, and what waits for a signature or to be published, in people's work lists.</summary>
internal sealed class BulletinWork(BulletinQueries queries) : IWorkSource
{
    // Nobody waits for these to happen.
    private static readonly BulletinEvent[] Exceptions = [BulletinEvent.Edit, BulletinEvent.Discard, BulletinEvent.Return, BulletinEvent.Remark, BulletinEvent.Answer];

    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        if (!actor.May(Permissions.BulletinsWrite) && !actor.May(Permissions.BulletinsSign))
            return WorkPart.Nothing;
        return await BulletinStates.Life.Work(
            queries.Visible(actor).AsNoTracking().Where(b => b.State == BulletinState.Draft || b.State == BulletinState.PutForward || b.State == BulletinState.Signed)
                // No clock runs; what is not published has no such day, and the query wants a column.
                .Select(b => new WorkRow<BulletinState> { Id = b.Id, Code = b.Code, Area = b.Area, State = b.State, DueOn = b.PublishedOn }),
            "bulletin", "/bulletins", Exceptions, actor, today, limit, cancel);
    }
}
