using System.Data.Common;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class Residents(ShouwangDb db) : IResidents
{
    public async Task<IReadOnlyList<Residence>> Households(string county, IReadOnlyCollection<Guid>? among, CancellationToken cancel)
    {
        var found = new List<Residence>();
        // Asked of a whole county, PostgreSQL is quicker with one pass over its members; otherwise one look at each household is best.
        var (inhabited, from) = among is null && db.Dialect == Dialect.Postgres
            ? ("m.household_id is not null", $"households h left join (select distinct household_id from members where county = @county and life = '{nameof(LifeState.Normal)}') m on m.household_id = h.id")
            : ($"exists (select 1 from members m where m.county = h.county and m.household_id = h.id and m.life = '{nameof(LifeState.Normal)}')", "households h");
        await Each($"select h.id, h.code, h.area, h.status, {inhabited} from {from} where h.county = @county", "h.id", county, among, null, row => found.Add(new(
            row.GetGuid(0), row.GetString(1), new(row.GetString(2)),
            !row.IsDBNull(3) && Enum.TryParse<RegistryStatus>(row.GetString(3), out var status) ? status : null, row.GetBoolean(4))), cancel);
        found.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        return found;
    }

    public Task Read(string county, IReadOnlyCollection<Guid>? households, YoungOrUninsured? only, Action<Resident> read, CancellationToken cancel) =>
        Each($"""
            select id, code, household_id, birth_on, birth, ins_res, ins_emp, dibao, tekun from members
            where county = @county and life = '{nameof(LifeState.Normal)}'
            {(only is null ? "" : "and (birth_on is null or birth_on >= @since or not (coalesce(ins_res, false) or coalesce(ins_emp, false)))")}
            """, "household_id", county, households, only?.BornSince, row => read(Resident(row)), cancel);

    private Task Each(
        string select, string key, string county, IReadOnlyCollection<Guid>? among, DateOnly? since, Action<DbDataReader> read, CancellationToken cancel)
    {
        List<(string, object?)> parameters = [("@county", county)];
        if (among is not null)
            parameters.Add(("@ids", db.KeysOf(among)));
        if (since is { } day)
            parameters.Add(("@since", day));
        return db.Read(among is null ? select : $"{select} and {db.Among(key, "@ids")}", read, cancel, [.. parameters]);
    }

    private static Resident Resident(DbDataReader row)
    {
        DateOnly? born = row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3);
        PartialDate? month = born is null && !row.IsDBNull(4) && CellDate.TryYearMonth(row.GetString(4), out var stated) ? stated : null;
        var (resident, employee) = (Flag(row, 5), Flag(row, 6));
        bool? insured = resident is true || employee is true ? true : resident is false && employee is false ? false : null;
        return new(row.GetGuid(0), row.GetString(1), row.GetGuid(2), born, month, insured, Flag(row, 7), Flag(row, 8));
    }

    private static bool? Flag(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
}
