using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Income;

/// <summary>Makes sheets of what visits were told.</summary>
internal sealed class ToldIncomes(ShouwangDb db, Secrets secrets, IIncomeFormula formula, TimeProvider clock)
{
    /// <param name="latest">The latest sheets of the households, before this.</param>
    public async Task Keep(string county, IReadOnlyList<ToldIncome> told, IReadOnlyDictionary<Guid, IncomeSheet> latest, CancellationToken cancel)
    {
        if (told.Count == 0)
            return;
        var sizes = await Sizes(county, [.. told.Select(t => t.Household).Distinct()], cancel);
        var known = new HashSet<Guid>();
        await db.Read($"select id from income_sheets where county = @county and {db.Among("id", "@ids")}",
            row => known.Add(row.GetGuid(0)), cancel, ("@county", county), ("@ids", db.KeysOf(told.Select(t => t.Id))));
        // A blank sheet agreed to where nothing was known says nothing; next to a known sheet it says that there is no income left.
        var rows = told.Where(t => latest.ContainsKey(t.Household) || t.Items.Values.Any(a => a != Money.Zero)).Where(t => known.Add(t.Id)).Select(t => Row(county, t, latest.GetValueOrDefault(t.Household), sizes.GetValueOrDefault(t.Household))).ToList();
        if (rows.Count == 0)
            return;
        await new BulkInsert(db, "income_sheets", IncomeAccounts.Stored).Write(rows, cancel);
        await db.MarkDirty(county, [.. rows.Select(r => (Guid)r[2]!).Distinct()], clock, cancel);
    }

    private object?[] Row(string county, ToldIncome told, IncomeSheet? last, int size)
    {
        var (from, to) = ToldIncome.MonthsOf(told.On);
        var (items, totals) = IncomeItems.AddUp(code => told.Items.TryGetValue(code, out var amount) ? amount.Yuan : null, told.Items.ContainsKey);
        var (claim, selfPaid) = (told.Claim ?? last?.Claim ?? Money.Zero, told.SelfPaid ?? last?.SelfPaid ?? Money.Zero);
        var previous = Canonical.Of(told.Previous is { Fen: > 0 } year ? year.Yuan : ToldIncome.YearBefore(last, told.On, formula, size));
        var text = JsonSerializer.Serialize(items.ToDictionary(i => i.Key, i => i.Value.Fen));
        return
        [
            county, told.Id, told.Household, from, to, "yearly", "visit", told.On, clock.GetUtcNow().ToUnixTimeMilliseconds(), told.By, null, text, "{}",
            totals["A"].Fen, totals["B"].Fen, totals["C"].Fen, totals["D"].Fen, totals["E"].Fen, claim.Fen, selfPaid.Fen, previous,
            secrets.Hash(string.Create(CultureInfo.InvariantCulture, $"{told.On:yyyy-MM-dd}|{text}|{claim.Fen}|{selfPaid.Fen}|{previous}")),
        ];
    }

    private async Task<Dictionary<Guid, int>> Sizes(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var sizes = new Dictionary<Guid, int>();
        await db.Read($"""
            select household_id, count(*) from members where county = @county and life = '{nameof(LifeState.Normal)}' and {db.Among("household_id", "@ids")} group by household_id
            """, row => sizes.Add(row.GetGuid(0), row.GetInt32(1)), cancel, ("@county", county), ("@ids", db.KeysOf(households)));
        return sizes;
    }
}
