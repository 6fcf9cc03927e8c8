using System.Data.Common;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Income;

internal sealed class IncomeAccounts(ShouwangDb db, IIncomeFormula formula) : IIncomeAccounts
{
    private const string Columns = """
        id, household_id, from_on, to_on, kind, source, observed_on, items, stated, wage_fen, business_fen, property_fen, transfer_fen, cost_fen,
        claim_fen, self_paid_fen, previous_net_per_head
        """;

    public IReadOnlyList<IncomeItem> Items => IncomeItems.All;

    public IIncomeFormula Formula => formula;

    public async Task<IncomeSheet?> Latest(string county, Guid household, DateOnly asOf, CancellationToken cancel) =>
        (await Of(county, household, cancel)).FirstOrDefault(s => s.To <= asOf);

    public async Task<IReadOnlyList<IncomeSheet>> Of(string county, Guid household, CancellationToken cancel)
    {
        var sheets = new List<IncomeSheet>();
        await db.Read($"""
            select {Columns} from income_sheets where county = @county and household_id = @household
            order by to_on desc, observed_on desc, recorded_at desc, id desc
            """, row => sheets.Add(Sheet(row)), cancel, ("@county", county), ("@household", household));

        // A sheet that was sent again for the same period replaces the earlier one.
        return [.. sheets.DistinctBy(s => (s.From, s.To, s.Kind))];
    }

    public async Task<IReadOnlyDictionary<Guid, IncomeSheet>> All(
        string county, DateOnly asOf, IReadOnlyCollection<Guid>? households, CancellationToken cancel)
    {
        var latest = new Dictionary<Guid, IncomeSheet>();
        var among = households is null ? "" : $"and {db.Among("household_id", "@ids")}";
        var parameters = new List<(string, object?)> { ("@county", county), ("@asOf", asOf) };
        if (households is not null)
            parameters.Add(("@ids", db.KeysOf(households)));
        await db.Read($"""
            select {Columns} from income_sheets where county = @county and to_on <= @asOf {among}
            order by household_id, to_on desc, observed_on desc, recorded_at desc, id desc
            """, row =>
        {
            if (!latest.ContainsKey(row.GetGuid(1)))
                latest.Add(row.GetGuid(1), Sheet(row));
        }, cancel, [.. parameters]);
        return latest;
    }

    private static IncomeSheet Sheet(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Household = row.GetGuid(1), From = row.GetFieldValue<DateOnly>(2), To = row.GetFieldValue<DateOnly>(3),
        Kind = row.GetString(4), Source = row.GetString(5), ObservedOn = row.GetFieldValue<DateOnly>(6),
        Items = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(7))!.ToDictionary(i => i.Key, i => new Money(i.Value)),
        Stated = new(JsonSerializer.Deserialize<Dictionary<string, decimal>>(row.GetString(8))!),
        Wage = new(row.GetInt64(9)), Business = new(row.GetInt64(10)), Property = new(row.GetInt64(11)), Transfer = new(row.GetInt64(12)),
        Cost = new(row.GetInt64(13)), Claim = new(row.GetInt64(14)), SelfPaid = new(row.GetInt64(15)),
        PreviousNetPerHead = row.IsDBNull(16) ? null : decimal.Parse(row.GetString(16), System.Globalization.CultureInfo.InvariantCulture),
    };
}
