using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>F10, F14: loans, who has them, and arrears. Every row of the ledger counts, matched with a household or not. INDICATORS §6.</summary>
internal sealed class FinanceIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["F10h", "F10m", "F10n", "F10s", "F14"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        // Nobody can tell whether two rows without a household are about one: each counts.
        var borrowers = new HashSet<Guid>();
        await db.Read("""
            select household_id, village, amount_fen, balance_fen, overdue_days, bank from micro_loans
            where county = @county and in_force and as_of_on <= @to order by contract_no
            """, row =>
        {
            var (household, village) = (row.Id(0), row.GetString(1));
            (string, string)[] by = [("bank", row.IsDBNull(5) ? "" : row.GetString(5))];
            var (amount, balance) = (new Money(row.GetInt64(2)).Yuan, new Money(row.GetInt64(3)).Yuan);
            var isFirst = household is not { } home || borrowers.Add(home);
            part(new("F10n", village, household, 1, 0) { By = by });
            part(new("F10s", village, household, amount, 0) { By = by });
            part(new("F10m", village, household, amount, isFirst ? 1 : 0));
            if (isFirst)
                part(new("F10h", village, household, 1, 0));
            if (balance > 0)
                part(new("F14", village, household, row.GetInt32(4) > 0 ? balance : 0, balance) { By = by });
        }, cancel, ("@county", county.Digits), ("@to", asOf));
    }
}
