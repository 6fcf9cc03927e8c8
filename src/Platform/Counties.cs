using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform;

/// <summary>The counties this installation holds: those in which anything ever happened.</summary>
public sealed class Counties(ShouwangDb db)
{
    /// <summary>The counties inside an area, in the order of their codes; of an area in a county, that county.</summary>
    public async Task<IReadOnlyList<AreaCode>> In(AreaCode area, CancellationToken cancel)
    {
        if (area.Level >= AreaLevel.County)
            return [area.County];
        var found = new List<AreaCode>();
        await db.Read("select county from event_heads where county >= @from and county < @to and length(county) = 6 order by county",
            row => found.Add(new(row.GetString(0))), cancel, ("@from", area.Digits), ("@to", area.RangeEnd));
        return found;
    }
}
