using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Income;

internal sealed class IncomeAccounts(ShouwangDb db, IIncomeFormula formula, ToldIncomes told) : IIncomeAccounts
{
    /// <summary>The columns of a stored sheet.</summary>
    public static readonly (string, ColumnType)[] Stored =
    [
        ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("household_id", ColumnType.Uuid), ("from_on", ColumnType.Date), ("to_on", ColumnType.Date),
        ("kind", ColumnType.Text), ("source", ColumnType.Text), ("observed_on", ColumnType.Date), ("recorded_at", ColumnType.BigInt),
        ("recorded_by", ColumnType.Text), ("import_id", ColumnType.Uuid), ("items", ColumnType.Text), ("stated", ColumnType.Text),
        ("wage_fen", ColumnType.BigInt), ("business_fen", ColumnType.BigInt), ("property_fen", ColumnType.BigInt), ("transfer_fen", ColumnType.BigInt),
        ("cost_fen", ColumnType.BigInt), ("claim_fen", ColumnType.BigInt), ("self_paid_fen", ColumnType.BigInt),
        ("previous_net_per_head", ColumnType.Text), ("content_hash", ColumnType.Bytes),
    ];

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

    // A county's sheets are not sorted by the database: most households have one, and keeping the later of two costs nothing.
    public async Task<IReadOnlyDictionary<Guid, IncomeSheet>> All(string county, DateOnly asOf, IReadOnlyCollection<Guid>? households, CancellationToken cancel)
    {
        var latest = new Dictionary<Guid, (IncomeSheet Sheet, long Recorded)>();
        var among = households is null ? "" : $"and {db.Among("household_id", "@ids")}";
        var parameters = new List<(string, object?)> { ("@county", county), ("@asOf", asOf) };
        if (households is not null)
            parameters.Add(("@ids", db.KeysOf(households)));
        await db.Scan($"select {Columns}, recorded_at from income_sheets where county = @county and to_on <= @asOf {among}", row =>
        {
            var (sheet, recorded) = (Sheet(row), row.GetInt64(17));
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, sheet.Household, out var there);
            if (!there || Order(sheet, recorded).CompareTo(Order(known.Sheet, known.Recorded)) > 0)
                known = (sheet, recorded);
        }, cancel, [.. parameters]);
        return latest.ToDictionary(l => l.Key, l => l.Value.Sheet);

        static (DateOnly, DateOnly, long, Guid) Order(IncomeSheet sheet, long recorded) => (sheet.To, sheet.ObservedOn, recorded, sheet.Id);
    }

    /// <summary>The latest sheets that ended by the scope's day, without their items, by the households' places.</summary>
    public async Task<IncomeTotals[]> Totals(FeatureScope scope, CancellationToken cancel)
    {
        var latest = new IncomeTotals[scope.Households.Count];
        await db.Scan(scope, $"""
            select household_id, {IncomeTotals.Columns}{(scope.WithSources ? ", source" : "")} from income_sheets where county = @county and to_on <= @asOf
            """, "household_id", (place, row) =>
        {
            var totals = new IncomeTotals(row, scope.WithSources);
            if (totals.ComesAfter(latest[place]))
                latest[place] = totals;
        }, cancel, [("@asOf", scope.AsOf)]);
        return latest;
    }

    public async Task Tell(string county, IReadOnlyList<ToldIncome> incomes, CancellationToken cancel)
    {
        if (incomes.Count == 0)
            return;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await told.Keep(county, incomes, await All(county, incomes.Max(i => i.On), [.. incomes.Select(i => i.Household).Distinct()], cancel), cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
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
