using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Ledger;

/// <summary>By when a problem has to leave the state it is in.</summary>
internal static class IssueClock
{
    /// <summary>The last day of the stage that begins on a day; null where no clock runs.</summary>
    /// <remarks>
    /// The earliest counts: the time of the stage (once assigned, the day that the assignment set), the time of the green channel until the
    /// problem has been put right, and the monthly zero until it is struck off. So a channel or the end of the month can be due in a stage that has just begun.
    /// </remarks>
    public static DateOnly? Due(Issue issue, Policy policy, DateOnly from)
    {
        if (issue.State == IssueState.Held)
            return null;
        if (issue.State == IssueState.Closed)
            return policy.Due(IssueStates.Clocks.Effect, issue.CheckOn ?? from);
        var toBePutRight = issue.State is not (IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot);
        return Least(OfStage(issue, policy, from), toBePutRight ? issue.ChannelDueOn : null, issue.ZeroBy);
    }

    private static DateOnly? OfStage(Issue issue, Policy policy, DateOnly from) => issue.State switch
    {
        IssueState.Assigned or IssueState.InRectification when issue.DueOn is { } due => due,
        _ => IssueStates.Life.Table.StepsFrom(issue.State).Select(s => s.Clock).FirstOrDefault(c => c is not null) is { } clock ? policy.Due(clock, from) : null,
    };

    private static DateOnly? Least(params ReadOnlySpan<DateOnly?> days)
    {
        DateOnly? least = null;
        foreach (var day in days)
        {
            if (least is null || day < least)
                least = day;
        }
        return least;
    }

    /// <summary>Puts a problem into a green channel: its clock begins, and it stands in the queue of the channel's first department.</summary>
    public static void Enter(this Issue issue, GreenChannel channel, Policy policy, DateOnly on) =>
        (issue.Channel, issue.ChannelOn, issue.ChannelDueOn, issue.Department, issue.DepartmentSince) =
        (channel.Code, on, policy.WorkCalendar.Due(on, channel.Target), channel.Department, on);
}
