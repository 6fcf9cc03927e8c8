using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Tells screening which households were admitted to monitoring, so that it can see whom its rules missed.</summary>
internal sealed class IdentifiedHouseholds(ShouwangDb db) : IIdentifiedHouseholds
{
    public async Task<IReadOnlyList<IdentifiedHousehold>> In(AreaCode area, CancellationToken cancel)
    {
        var (county, from, to) = (area.County.Digits, area.Digits, area.RangeEnd);
        var objects = await db.Set<MonitoredObject>().AsNoTracking()
            .Where(o => o.County == county && string.Compare(o.Area, from) >= 0 && string.Compare(o.Area, to) < 0 && o.State != ObjectState.Removed)
            .Select(o => new { o.HouseholdId, o.Area, o.Category, o.Causes, o.IdentifiedOn }).ToListAsync(cancel);
        return [.. objects.Select(o => new IdentifiedHousehold(o.HouseholdId, o.Area, o.Category, CauseList.Read(o.Causes) is [var main, ..] ? main.Code : null, o.IdentifiedOn))];
    }
}
