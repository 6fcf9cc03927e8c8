using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <inheritdoc/>
internal sealed class VillagePlaces(ShouwangDb db, AreaTable table, Today today) : IVillagePlaces
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    // Villages do not move; reading every household's place for every look at a map would be the map's whole cost. As long-lived as the area table.
    private static readonly ConditionalWeakTable<AreaTable, ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<VillagePlace> Places)>> Kept = [];

    public async Task<IReadOnlyList<VillagePlace>> Of(AreaCode county, CancellationToken cancel)
    {
        var (kept, digits, now) = (Kept.GetOrCreateValue(table), county.County.Digits, today.Clock.GetUtcNow());
        // While no place is known it is asked again: an import may just have brought them.
        if (kept.TryGetValue(digits, out var last) && last.Places.Count > 0 && now - last.At < GoodFor)
            return last.Places;
        var places = new List<VillagePlace>();
        await db.Read("""
            select area, avg(cast(lat as double precision)), avg(cast(lng as double precision)), count(*) from households
            where county = @county and lat is not null and lng is not null group by area order by area
            """, row =>
        {
            if (new AreaCode(row.GetString(0)) is { Level: AreaLevel.Village } village)
                places.Add(new(village, row.GetDouble(1), row.GetDouble(2), (int)row.GetInt64(3)));
        }, cancel, ("@county", digits));
        kept[digits] = (now, places);
        return places;
    }
}
