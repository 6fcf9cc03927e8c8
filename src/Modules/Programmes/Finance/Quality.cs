using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>Loans outside the terms of the programme: FIELDS D5; up to 50,000 yuan, three years, borrowers of 18 to 65 (U48).</summary>
internal sealed class FinanceQuality(ShouwangDb db) : IQualityCheck
{
    private const int LongestMonths = 36, YoungestBorrower = 18, OldestBorrower = 65;
    private static readonly Money LargestAmount = new(50_000_00);

    public IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("DQ-86", QualitySeverity.Error, new("小额信贷超额或超期", "Loan above the amount or term"),
            "贷款金额 > 50,000 yuan, or 放款日期 to 到期日期 (before any extension) > 36 months"),
        new("DQ-87", QualitySeverity.Warning, new("借款人年龄不符", "Age of the borrower"), "borrower under 18 or over 65 on 放款日期"),
    ];

    public Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel) => db.Read("""
        select contract_no, village, household_id, amount_fen, lent_on, due_on, borrower_age from micro_loans
        where county = @county and in_force and as_of_on <= @to
        """, row =>
        {
            var amount = new Money(row.GetInt64(3));
            var months = row.Date(4) is { } lent && row.Date(5) is { } due && due > lent ? Term(lent, due) : 0;
            if (amount > LargestAmount || months > LongestMonths)
                Report("DQ-86", new($"贷款{amount}元，期限{months}个月。", $"{amount} yuan over {months} months."));
            if (row.Whole(6) is { } age and (< YoungestBorrower or > OldestBorrower))
                Report("DQ-87", new($"放款时借款人{age}周岁。", $"The borrower was {age} when the loan was paid out."));

            void Report(string rule, Text message) =>
                report(new(rule, null, null, row.GetString(0), row.GetString(1), row.Id(2), message));
        }, cancel, ("@county", scope.County.Digits), ("@to", scope.AsOf));

    /// <summary>Months of the term; a day over counts as another month.</summary>
    private static int Term(DateOnly lent, DateOnly due) => Ages.MonthsBetween(lent, due) + (due.Day > lent.Day ? 1 : 0);
}
