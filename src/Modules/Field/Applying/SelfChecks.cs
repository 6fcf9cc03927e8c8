using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <inheritdoc cref="ISelfChecks"/>
internal sealed class SelfChecks(ShouwangDb db) : ISelfChecks
{
    public async Task<IReadOnlyList<SelfCheckMade>> Latest(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var latest = new Dictionary<(string, string), SelfCheckMade>();
        await db.Read("""
            select id, village, table_code, on_day, rows_json, ok, checked_by from field_selfchecks
            where county = @county and village >= @from and village < @to and on_day >= @first and on_day <= @last order by on_day, id
            """, row =>
            {
                var rows = JsonSerializer.Deserialize<List<CheckedRow>>(row.GetString(4), JsonTexts.Options)!;
                latest[(row.GetString(1), row.GetString(2))] = new(row.GetGuid(0), new(row.GetString(1)), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetString(6), row.GetInt32(5),
                    [.. rows.Where(r => !r.Ok).Select(r => (r.Item, r.Note ?? ""))]);
            }, cancel, ("@county", within.County.Digits), ("@from", within.Digits), ("@to", within.RangeEnd), ("@first", from), ("@last", to));
        return [.. latest.Values.OrderBy(c => c.Village).ThenBy(c => c.Table, StringComparer.Ordinal)];
    }
}
