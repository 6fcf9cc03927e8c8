using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>
/// Codes that have no row in the register now. A number is for life (DOMAIN §4): when a code comes back, so does its id, and with
/// it everything other parts of the product keep about it. Members wait here for a household that is gone.
/// </summary>
internal sealed class Retired(ShouwangDb db)
{
    /// <summary>The ids that codes have, with the area of those that are listed (null for the retired).</summary>
    public async Task<Dictionary<string, (Guid Id, string? Area)>> Known(Subject subject, string county, IEnumerable<string> codes, CancellationToken cancel)
    {
        var known = new Dictionary<string, (Guid, string?)>();
        await db.Read($"""
            select code, id, area, 0 as place from {subject.Table} where county = @county and {db.Among("code", "@codes")}
            union all
            select code, id, null, 1 from retired_codes where county = @county and member = @member and {db.Among("code", "@codes")}
            order by place
            """, row => known.TryAdd(row.GetString(0), (row.GetGuid(1), row.IsDBNull(2) ? null : row.GetString(2))), cancel,
            ("@county", county), ("@member", subject.IsMember), ("@codes", db.KeysOf(codes.Distinct())));
        return known;
    }

    /// <summary>Members whose household is one of those codes.</summary>
    public async Task<List<(Guid Id, string Code)>> WaitingFor(string county, IEnumerable<string> households, CancellationToken cancel)
    {
        var waiting = new List<(Guid, string)>();
        await db.Read($"select id, code from retired_codes where county = @county and member and {db.Among("household_code", "@codes")}",
            row => waiting.Add((row.GetGuid(0), row.GetString(1))), cancel, ("@county", county), ("@codes", db.KeysOf(households)));
        return waiting;
    }

    /// <summary>Takes members off the register; with a household's code they come back when it does.</summary>
    public async Task Members(string county, IReadOnlyCollection<(Guid Id, string Code, string? Household)> members, CancellationToken cancel)
    {
        await Delete("members", county, members.Select(m => m.Id), cancel);
        await Write(members.Select(m => new object?[] { county, m.Id, true, m.Code, m.Household }), cancel);
    }

    public async Task Households(string county, IReadOnlyCollection<(Guid Id, string Code)> households, CancellationToken cancel)
    {
        await Delete("households", county, households.Select(h => h.Id), cancel);
        await Write(households.Select(h => new object?[] { county, h.Id, false, h.Code, null }), cancel);
    }

    /// <summary>They are listed again.</summary>
    public Task Remove(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        ids.Count == 0 ? Task.CompletedTask : Delete("retired_codes", county, ids, cancel);

    private Task<int> Delete(string table, string county, IEnumerable<Guid> ids, CancellationToken cancel) =>
        db.Execute($"delete from {table} where county = @county and {db.Among("id", "@ids")}", cancel, ("@county", county), ("@ids", db.KeysOf(ids)));

    private Task Write(IEnumerable<object?[]> rows, CancellationToken cancel) => new BulkUpsert(db, "retired_codes", ["county", "id"],
        ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("member", ColumnType.Boolean), ("code", ColumnType.Text), ("household_code", ColumnType.Text))
        .Write(rows, cancel);
}
