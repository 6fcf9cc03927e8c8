using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>Enters and hands in problems after the checks of data quality ran.</summary>
internal sealed class EnterAfterCheck(ShouwangDb db, EnterProblems enter) : IFollowUp
{
    public string On => "quality.run";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => EnterAfter.Run(db, enter, cause, cancel);
}

/// <summary>The same after a county was screened.</summary>
internal sealed class EnterAfterScreening(ShouwangDb db, EnterProblems enter) : IFollowUp
{
    public string On => "screening.run";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => EnterAfter.Run(db, enter, cause, cancel);
}

/// <summary>The same after a lead's check found risk.</summary>
internal sealed class EnterAfterEscalation(ShouwangDb db, EnterProblems enter) : IFollowUp
{
    public string On => "screening.lead.Escalate";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => EnterAfter.Run(db, enter, cause, cancel);
}

/// <summary>The same after a lead went into the green channel.</summary>
internal sealed class EnterAfterGreenChannel(ShouwangDb db, EnterProblems enter) : IFollowUp
{
    public string On => "screening.lead.OpenGreenChannel";

    public bool ReadsLong => true;

    public Task Run(Event cause, CancellationToken cancel) => EnterAfter.Run(db, enter, cause, cancel);
}

internal static class EnterAfter
{
    private static readonly string[] Causes = ["quality.run", "screening.run", "screening.lead.Escalate", "screening.lead.OpenGreenChannel"];

    /// <summary>Of several causes one after another the last one looks for all.</summary>
    public static async Task Run(ShouwangDb db, EnterProblems enter, Event cause, CancellationToken cancel)
    {
        if (!await db.Set<Event>().AsNoTracking().AnyAsync(e => e.County == cause.County && e.Seq > cause.Seq && Causes.Contains(e.Name), cancel))
            await enter.Run(new(cause.County), cancel);
    }
}
