using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>The problems of a household, in its history.</summary>
internal sealed class IssueTimeline(ShouwangDb db) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(string county, Guid household, CancellationToken cancel)
    {
        var steps = await db.Set<IssueStep>().AsNoTracking()
            .Join(db.Set<Issue>().AsNoTracking().Where(i => i.County == county && i.HouseholdId == household),
                s => new { s.County, Id = s.IssueId }, i => new { i.County, i.Id }, (s, i) => new { Step = s, i.Code })
            .ToListAsync(cancel);
        return [.. steps.Select(s => new TimelineEntry(s.Step.HappenedOn, s.Step.RecordedAt, "issue",
            new($"问题 {s.Code}：{IssueStates.NameOf(s.Step.Event).Zh}", $"Problem {s.Code}: {IssueStates.NameOf(s.Step.Event).En}"),
            null, s.Step.Actor, $"/ledger/{s.Step.IssueId}"))];
    }
}
