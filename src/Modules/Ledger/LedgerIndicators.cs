using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>C01–C03 and C15 of INDICATORS: problems, how they are dealt with, and listed objects.</summary>
internal sealed class LedgerIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C01n", "C01r", "C01c", "C02", "C03", "C15n", "C15r"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var key = county.Digits;
        var onSpot = (await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == key && s.Event == IssueEvent.FixOnSpot).Select(s => s.IssueId).ToListAsync(cancel)).ToHashSet();
        var issues = await db.Set<Issue>().AsNoTracking().Where(i => i.County == key && i.FoundOn <= asOf)
            .Select(i => new { i.Id, i.Area, i.HouseholdId, i.State, i.StageDueOn }).ToListAsync(cancel);
        foreach (var i in issues)
        {
            var ended = IssueStates.Ended.Contains(i.State);
            var putRight = ended || i.State is IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot;
            part(new("C01n", i.Area, i.HouseholdId, 1, 0));
            part(new("C01r", i.Area, i.HouseholdId, putRight ? 1 : 0, 1));
            part(new("C01c", i.Area, i.HouseholdId, ended ? 1 : 0, 1));
            part(new("C02", i.Area, i.HouseholdId, onSpot.Contains(i.Id) ? 1 : 0, 1));
            if (!ended && i.StageDueOn < asOf)
                part(new("C03", i.Area, i.HouseholdId, 1, 0));
        }
        foreach (var l in await db.Set<Listing>().AsNoTracking().Where(l => l.County == key && l.ListedOn <= asOf).Select(l => new { l.Area, l.HouseholdId, l.State }).ToListAsync(cancel))
        {
            part(new("C15n", l.Area, l.HouseholdId, 1, 0));
            part(new("C15r", l.Area, l.HouseholdId, l.State == ListingState.Removed ? 1 : 0, 1));
        }
    }
}
