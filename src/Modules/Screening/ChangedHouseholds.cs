using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>The list of households whose facts changed since their rules were last looked at.</summary>
internal sealed class ChangedHouseholds(ShouwangDb db)
{
    /// <param name="Since">When it was put on the list for the last time, in milliseconds since 1970.</param>
    public readonly record struct Entry(string County, Guid Household, long Since);

    /// <summary>Reads the list, the longest waiting first.</summary>
    /// <param name="county">Null for all counties.</param>
    public async Task<IReadOnlyList<Entry>> Read(string? county, int most, CancellationToken cancel)
    {
        var list = new List<Entry>();
        await db.Read($"select county, household_id, since_at from dirty_households {(county is null ? "" : "where county = @county")} order by since_at limit {most}",
            row => list.Add(new(row.GetString(0), row.GetGuid(1), row.GetInt64(2))), cancel, ("@county", county ?? ""));
        return list;
    }

    /// <summary>Takes households off the list, unless they changed again since the list was read.</summary>
    public async Task Strike(IEnumerable<Entry> entries, CancellationToken cancel)
    {
        foreach (var together in entries.GroupBy(e => (e.County, e.Since), e => e.Household))
            await db.Execute($"delete from dirty_households where county = @county and since_at = @since and {db.Among("household_id", "@households")}", cancel,
                ("@county", together.Key.County), ("@since", together.Key.Since), ("@households", db.KeysOf(together)));
    }
}
