using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Keeps what other sources say where they differ from the current value, and since when; settled ones stay as history.</summary>
internal sealed class DisagreementLog(ShouwangDb db, Secrets secrets, TimeProvider clock)
{
    private sealed record Open(Guid Id, Guid? Member, Guid Household, Difference Difference);

    /// <param name="subjects">Subjects that changed, and whether a disagreement about them may stand from before.</param>
    public async Task Reconcile(
        string county, IEnumerable<(Guid Household, Guid? Member, bool MayStand, Resolution Now)> subjects, CancellationToken cancel)
    {
        var touched = subjects.Where(s => s.MayStand || s.Now.Differences.Count > 0).ToList();
        if (touched.Count == 0)
            return;
        var open = (await OpenOnes(county, touched.Select(t => t.Member ?? t.Household).ToHashSet(), cancel)).ToLookup(o => o.Member ?? o.Household);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (settled, fresh) = (new List<Guid>(), new List<object?[]>());
        foreach (var (household, member, _, resolution) in touched)
        {
            var standing = open[member ?? household].Where(o => o.Household == household).ToDictionary(o => o.Difference);
            settled.AddRange(open[member ?? household].Where(o => o.Household != household).Select(o => o.Id));
            foreach (var difference in resolution.Differences)
            {
                if (!standing.Remove(difference))
                    fresh.Add([county, Guid.CreateVersion7(), household, member, difference.Attribute, difference.Source, difference.ObservedOn,
                        secrets.Encrypt(difference.Value), now, null]);
            }
            settled.AddRange(standing.Values.Select(o => o.Id));
        }
        if (settled.Count > 0)
            await db.Execute($"update disagreements set settled_at = @now where county = @county and {db.Among("id", "@ids")}", cancel,
                ("@now", now), ("@county", county), ("@ids", db.KeysOf(settled)));
        if (fresh.Count > 0)
            await new BulkInsert(db, "disagreements",
                ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("household_id", ColumnType.Uuid), ("member_id", ColumnType.Uuid),
                ("attribute", ColumnType.Text), ("source", ColumnType.Text), ("observed_on", ColumnType.Date), ("value_enc", ColumnType.Bytes),
                ("since_at", ColumnType.BigInt), ("settled_at", ColumnType.BigInt)).Write(fresh, cancel);
    }

    private async Task<List<Open>> OpenOnes(string county, HashSet<Guid> subjects, CancellationToken cancel)
    {
        var open = new List<Open>();
        await db.Read($"""
            select id, household_id, member_id, attribute, source, observed_on, value_enc from disagreements
            where county = @county and settled_at is null
              and (member_id is null and {db.Among("household_id", "@ids")} or {db.Among("member_id", "@ids")})
            """, row => open.Add(new(row.GetGuid(0), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetGuid(1),
                new(row.GetString(3), row.GetString(4), secrets.Decrypt((byte[])row.GetValue(6))!, row.GetFieldValue<DateOnly>(5)))),
            cancel, ("@county", county), ("@ids", db.KeysOf(subjects)));
        return open;
    }
}
