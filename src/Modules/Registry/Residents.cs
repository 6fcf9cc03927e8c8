using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class Residents(ShouwangDb db) : IResidents
{
    public async Task<IReadOnlyList<Residence>> Households(string county, IReadOnlyCollection<Guid>? among, CancellationToken cancel)
    {
        var found = new List<Residence>();
        List<(string, object?)> parameters = [("@county", county)];
        if (among is not null)
            parameters.Add(("@ids", db.KeysOf(among)));
        await db.Scan($"select id, code, area, status from households where county = @county {(among is null ? "" : $"and {db.Among("id", "@ids")}")}", row =>
            found.Add(new(row.GetGuid(0), row.GetString(1), new(row.GetString(2)),
                !row.IsDBNull(3) && Enum.TryParse<RegistryStatus>(row.GetString(3), out var status) ? status : null)), cancel, [.. parameters]);
        found.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        return found;
    }

    public Task Read(string county, Action<Resident> read, CancellationToken cancel) =>
        db.Scan($"select id, code, household_id, dibao from members where county = @county and life = '{nameof(LifeState.Normal)}'", row =>
            read(new(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.IsDBNull(3) ? null : row.GetBoolean(3))), cancel, ("@county", county));
}
