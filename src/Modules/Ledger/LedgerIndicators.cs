using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>C01–C03 and C15 of INDICATORS: problems and listed objects as they stood on the day.</summary>
internal sealed class LedgerIndicators(ShouwangDb db, LedgerBook book) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C01n", "C01r", "C01c", "C02", "C03", "C15n", "C15r"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var key = county.Digits;
        var households = await db.Set<Issue>().AsNoTracking().Where(i => i.County == key).ToDictionaryAsync(i => i.Id, i => i.HouseholdId, cancel);
        var onSpot = (await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == key && s.Event == IssueEvent.FixOnSpot && s.HappenedOn <= asOf)
            .Select(s => s.IssueId).ToListAsync(cancel)).ToHashSet();
        foreach (var i in await book.AsOf(Actor.System(county), new(county), asOf, cancel))
        {
            var (id, area, ended) = (i.Id!.Value, i.Area!, i.Ended == true);
            var putRight = ended || i.State is IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot;
            part(new("C01n", area, households[id], 1, 0));
            part(new("C01r", area, households[id], putRight ? 1 : 0, 1));
            part(new("C01c", area, households[id], ended ? 1 : 0, 1));
            part(new("C02", area, households[id], onSpot.Contains(id) ? 1 : 0, 1));
            if (!ended && i.DueOn < asOf)
                part(new("C03", area, households[id], 1, 0));
        }
        foreach (var l in await db.Set<Listing>().AsNoTracking().Where(l => l.County == key && l.ListedOn <= asOf).Select(l => new { l.Area, l.HouseholdId, l.RemovedOn }).ToListAsync(cancel))
        {
            part(new("C15n", l.Area, l.HouseholdId, 1, 0));
            part(new("C15r", l.Area, l.HouseholdId, l.RemovedOn <= asOf ? 1 : 0, 1));
        }
    }
}
