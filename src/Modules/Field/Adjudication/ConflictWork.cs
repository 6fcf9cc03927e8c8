using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Field.Adjudication;

/// <summary>Conflicts in the work lists of those who decide them.</summary>
internal sealed class ConflictWork(Decisions decisions) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        if (!actor.May(Permissions.MatchesDecide))
            return WorkPart.Nothing;
        var open = await decisions.Open(actor, 1_000, cancel);
        return new([.. open.Take(limit).Select(c => new WorkItem("conflict", c.Id, null, c.Household, c.Area, new("两人填报不一致", "two people said different things"),
            new("裁定数据冲突", "decide which value holds"), null, Urgency.Later, true, WhoActs.For(Permissions.MatchesDecide), "/field/conflicts"))], 0, 0, open.Count, 0);
    }
}
