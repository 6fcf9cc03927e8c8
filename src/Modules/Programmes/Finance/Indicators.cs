using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>F10, F11, F14: loans, access to them and arrears. Every row of the ledger counts, matched or not.</summary>
internal sealed class FinanceIndicators(ShouwangDb db, IResidents register) : IIndicatorSource
{
    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("F10n", new("小额信贷笔数", "Loans"), new("笔", "loans"), 0, new("台账中的贷款笔数", "Loans in the ledger"), IndicatorKind.Count),
        new("F10s", new("小额信贷金额", "Loan amount"), new("元", "yuan"), 2, new("台账中的贷款金额之和", "Σ amounts in the ledger"), IndicatorKind.Count),
        new("F11", new("贫困户获贷率", "Loan access"), new("%", "%"), 2,
            new("有贷款的建档立卡户数 ÷ 建档立卡户数", "Registered households with a loan ÷ registered households"), IndicatorKind.Percent),
        new("F14", new("逾期率", "Overdue rate"), new("%", "%"), 2,
            new("逾期贷款余额 ÷ 全部贷款余额", "Balance of overdue loans ÷ balance of all loans"), IndicatorKind.Percent),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var borrowers = new HashSet<Guid>();
        await db.Read("""
            select household_id, village, amount_fen, balance_fen, overdue_days from micro_loans
            where county = @county and in_force and as_of_on <= @to
            """, row =>
            {
                var (household, village) = (row.Id(0), row.GetString(1));
                var (amount, balance) = (new Money(row.GetInt64(2)).Yuan, new Money(row.GetInt64(3)).Yuan);
                if (household is { } id)
                    borrowers.Add(id);
                part(new("F10n", village, household, 1, 0));
                part(new("F10s", village, household, amount, 0));
                if (balance > 0)
                    part(new("F14", village, household, row.GetInt32(4) > 0 ? balance : 0, balance));
            }, cancel, ("@county", county.Digits), ("@to", asOf));

        foreach (var home in (await register.Households(county.Digits, null, cancel)).Where(h => h.Registered))
            part(new("F11", home.Area.Digits, home.Id, borrowers.Contains(home.Id) ? 1 : 0, 1));
    }
}
