using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>What a department of the joint office has before it.</summary>
/// <param name="Open">In its queue and not yet put right.</param>
public sealed record DepartmentQueue(string Department, int Open, int Overdue);

/// <summary>How a green channel does.</summary>
/// <param name="All">Every problem that entered it.</param>
/// <param name="Open">Not yet put right.</param>
/// <param name="Late">Not yet put right, and past the channel's time.</param>
/// <param name="InTime">Put right within the channel's time.</param>
/// <param name="PutRight">Put right at all.</param>
public sealed record ChannelFigures(string Channel, int All, int Open, int Late, int InTime, int PutRight);

/// <summary>The joint office 集中办公: one queue a department, and how each green channel does.</summary>
internal sealed class Channels(ShouwangDb db, Today today)
{
    private static readonly IReadOnlyList<IssueState> Waiting = [IssueState.Registered, IssueState.Assigned, IssueState.InRectification, IssueState.Escalated, IssueState.SentUp, IssueState.Answered];

    public async Task<IReadOnlyList<DepartmentQueue>> Queues(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        return await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.Department != null && Waiting.Contains(i.State))
            .GroupBy(i => i.Department!).Select(g => new DepartmentQueue(g.Key, g.Count(), g.Count(i => i.StageDueOn < day))).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<ChannelFigures>> Figures(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        return await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.Channel != null)
            .GroupBy(i => i.Channel!).Select(g => new ChannelFigures(g.Key, g.Count(), g.Count(i => Waiting.Contains(i.State)),
                g.Count(i => Waiting.Contains(i.State) && i.ChannelDueOn < day), g.Count(i => !Waiting.Contains(i.State) && i.SubmittedOn <= i.ChannelDueOn),
                g.Count(i => !Waiting.Contains(i.State)))).ToListAsync(cancel);
    }
}
