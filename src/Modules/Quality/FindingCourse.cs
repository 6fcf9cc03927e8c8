using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <inheritdoc cref="IFindingCourse"/>
internal sealed class FindingCourse(ShouwangDb db) : IFindingCourse
{
    public async Task<IReadOnlyList<FindingMade>> Of(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (county, first, end) = (within.County.Digits, within.Digits, within.RangeEnd);
        return await db.Set<StoredFinding>().AsNoTracking()
            .Where(f => f.County == county && (f.ClosedOn == null || f.ClosedOn >= from && f.ClosedOn <= to) && string.Compare(f.Area, first) >= 0 && string.Compare(f.Area, end) < 0)
            .Select(f => new FindingMade(f.Area, f.HouseholdId, f.Rule, f.Severity, f.State, f.FirstOn, f.ClosedOn)).ToListAsync(cancel);
    }
}
