using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class People(ShouwangDb db, Secrets secrets) : IPeople
{
    public async Task<PeopleIndex> Load(string county, CancellationToken cancel)
    {
        var (households, members) = (0, 0);
        await db.Read("select (select count(*) from households where county = @county), (select count(*) from members where county = @county)",
            row => (households, members) = (row.GetInt32(0), row.GetInt32(1)), cancel, ("@county", county));
        var index = new PeopleIndex(secrets, households, members);
        await db.Read("select id, code, area, head_name, phone_hash from households where county = @county", row => index.AddHousehold(
            row.GetGuid(0), row.GetString(1), new AreaCode(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : (byte[])row.GetValue(4)),
            cancel, ("@county", county));
        await db.Read("select id, code, household_id, life, name, birth_on, birth, id_hash, phone_hash from members where county = @county", row => index.AddMember(
            row.GetGuid(0), row.GetString(1), row.GetGuid(2), Enum.Parse<LifeState>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5), row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? null : (byte[])row.GetValue(7), row.IsDBNull(8) ? null : (byte[])row.GetValue(8)), cancel, ("@county", county));
        return index;
    }
}
