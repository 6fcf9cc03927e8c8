using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>Loans that fall due and loans in arrears, by the latest ledger.</summary>
internal sealed class FinanceFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("finance.loan_due_in_days_min", RuleType.Int, Unit.Days, new("小额信贷最近到期天数", "days until a micro-loan is due"),
            new("统计截止日到有余额贷款最近一个未过的到期日（展期的按展期到期日）的天数；没有时未知",
                "Days from the as-of day to the next due date (the extended one, where extended) of a loan with a balance that is not past; unknown without one")),
        Feature("finance.overdue_days_max", RuleType.Int, Unit.Days, new("小额信贷逾期天数最多", "most days overdue"),
            new("有余额贷款逾期天数的最大值，以台账为准；没有逾期为0",
                "Most days overdue of a loan with a balance, as the ledger gives it; 0 when none is overdue")),
        Feature("finance.loans", RuleType.Int, Unit.Times, new("小额信贷笔数", "micro-loans"),
            new("台账中该户的贷款笔数，还清的也算；没有为0", "Loans of the household in the ledger, repaid ones included; 0 without")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var homes = await register.Homes(scope, cancel);
        var covered = await MicroLoan.Table.Covered(db, scope.County.Digits, cancel);
        var (due, overdue, loans) = (new Largest[scope.Households.Count], new Largest[scope.Households.Count], new long[scope.Households.Count]);

        await MicroLoan.Table.Read(
            db, scope, "contract_no, coalesce(extended_on, due_on), overdue_days, balance_fen", "as_of_on <= @to", (place, row) =>
            {
                loans[place]++;
                if (row.GetInt64(4) <= 0)
                    return;
                var source = new FeatureSource(Sources.Bank, row.Date(2), row.GetString(1));
                overdue[place].Take(row.GetInt32(3), source);

                // One that is already due is in arrears, which is the other feature.
                if (row.Date(2) is { } end && end >= scope.AsOf)
                    due[place].Take(scope.AsOf.DayNumber - end.DayNumber, source);
            }, cancel, ("@to", scope.AsOf));

        for (var i = 0; i < scope.Households.Count; i++)
        {
            columns["finance.loans"].Set(i, loans[i]);
            if (overdue[i].Value is not null)
                columns["finance.overdue_days_max"].Set(i, overdue[i].Whole, overdue[i].Source);
            else if (covered.Covers(homes.Village(i)))
                columns["finance.overdue_days_max"].Set(i, 0L);
            if (due[i].Value is not null)
                columns["finance.loan_due_in_days_min"].Set(i, -due[i].Whole, due[i].Source);
        }
    }
}
