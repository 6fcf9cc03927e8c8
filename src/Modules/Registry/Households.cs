using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class Households(ShouwangDb db, Register register, HouseholdSearch search, Areas areas) : IHouseholds
{
    public async Task<HouseholdRef?> Find(Actor actor, string codeOrId, CancellationToken cancel)
    {
        var visible = db.Set<Household>().AsNoTracking().VisibleTo(actor, Permissions.HouseholdsRead, h => h.Id);
        var found = Guid.TryParse(codeOrId, out var id)
            ? await visible.FirstOrDefaultAsync(h => h.Id == id, cancel)
            : await visible.FirstOrDefaultAsync(h => h.Code == codeOrId, cancel);
        return found is null ? null : Ref(found.Id, found.Code, found.Area, found.HeadName, await areas.Of(actor.County, cancel));
    }

    public async Task<IReadOnlyDictionary<Guid, HouseholdRef>> Refs(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var tree = await areas.Of(county, cancel);
        var refs = new Dictionary<Guid, HouseholdRef>();
        await db.Read($"select id, code, area, head_name from households where county = @county and {db.Among("id", "@ids")}", row =>
            refs.Add(row.GetGuid(0), Ref(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), tree)),
            cancel, ("@county", county), ("@ids", db.KeysOf(ids.Distinct())));
        return refs;
    }

    public async Task<IReadOnlyList<HouseholdRef>> All(string county, CancellationToken cancel)
    {
        var tree = await areas.Of(county, cancel);
        var refs = new List<HouseholdRef>();
        await db.Scan("select id, code, area, head_name from households where county = @county order by code", row =>
            refs.Add(Ref(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), tree)), cancel, ("@county", county));
        return refs;
    }

    public async Task<IReadOnlyList<Guid>> Ids(string county, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        await db.Scan("select id from households where county = @county order by code", row => ids.Add(row.GetGuid(0)), cancel, ("@county", county));
        return ids;
    }

    public Task<HouseholdPage> List(Actor actor, HouseholdFilter filter, CancellationToken cancel) => search.Run(actor, filter, cancel);

    public async Task<RegisterHousehold?> Open(Actor actor, Guid household, bool inFull, CancellationToken cancel)
    {
        if (!await db.Set<Household>().VisibleTo(actor, Permissions.HouseholdsRead, h => h.Id).AnyAsync(h => h.Id == household, cancel))
            return null;
        var found = await register.Households(actor.County, "and h.id = @id", [("@id", household)], cancel);
        if (found is not [var open])
            return null;
        return inFull && actor.May(Permissions.HouseholdsReveal, open.Area, household) ? open : open.Masked();
    }

    public async Task<IReadOnlyList<MembershipChange>> History(string county, Guid household, CancellationToken cancel)
    {
        var changes = new List<MembershipChange>();
        await db.Read("""
            select c.member_id, coalesce(m.code, r.code, ''), m.name, c.kind, c.household_id, c.from_household_id, c.from_state, c.to_state,
                   c.observed_on, c.recorded_at, c.recorded_by
            from membership_changes c
            left join members m on m.county = c.county and m.id = c.member_id
            left join retired_codes r on r.county = c.county and r.id = c.member_id
            where c.county = @county and (c.household_id = @household or c.from_household_id = @household)
            order by c.observed_on desc, c.recorded_at desc
            """, row => changes.Add(new(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
                Enum.Parse<MembershipKind>(row.GetString(3)), row.GetGuid(4), row.IsDBNull(5) ? null : row.GetGuid(5),
                row.IsDBNull(6) ? null : Enum.Parse<LifeState>(row.GetString(6)), row.IsDBNull(7) ? null : Enum.Parse<LifeState>(row.GetString(7)),
                row.GetFieldValue<DateOnly>(8), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)), row.GetString(10))),
            cancel, ("@county", county), ("@household", household));
        return changes;
    }

    private static HouseholdRef Ref(Guid id, string code, string area, string? head, AreaTree tree)
    {
        var place = new AreaCode(area);
        return new(id, code, place, tree.NameOf(place), head ?? "");
    }
}
