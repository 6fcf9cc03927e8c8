using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Listings;

/// <inheritdoc cref="ISupervisions"/>
internal sealed class Supervisions(ShouwangDb db) : ISupervisions
{
    public async Task<IReadOnlyList<string>> Areas(AreaCode county, DateOnly until, CancellationToken cancel)
    {
        var key = county.County.Digits;
        return await db.Set<ListingStep>().AsNoTracking().Where(s => s.County == key && s.Event == ListingEvent.Supervise && s.HappenedOn <= until)
            .Join(db.Set<Listing>().AsNoTracking(), s => new { s.County, Id = s.ListingId }, l => new { l.County, l.Id }, (_, l) => l.Area).Distinct().ToListAsync(cancel);
    }
}
