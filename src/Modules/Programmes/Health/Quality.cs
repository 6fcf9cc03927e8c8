using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>Settlements that contradict themselves: FIELDS D5.</summary>
internal sealed class HealthQuality(ShouwangDb db) : IQualityCheck
{
    // One yuan, as offices round the parts of a settlement.
    private const long ToleranceFen = 100;

    public IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("DQ-84", QualitySeverity.Error, new("医疗费用不平", "A settlement does not balance"),
            "总费用 = 基本医保 + 大病保险 + 医疗救助 + 补充保险 + 个人自付, ± 1 yuan"),
        new("DQ-85", QualitySeverity.Error, new("自付大于总额", "Self-paid is more than the total"),
            "个人自付 > 总费用; refunds, whose amounts are negative, are left out"),
    ];

    public Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel) => db.Read($"""
        select settlement_no, village, household_id, total_fen, basic_fen + major_fen + aid_fen + supplementary_fen + self_paid_fen, self_paid_fen
        from medical_settlements
        where county = @county and in_force and settled_on <= @to
          and (abs(total_fen - basic_fen - major_fen - aid_fen - supplementary_fen - self_paid_fen) > {ToleranceFen}
               or (total_fen >= 0 and self_paid_fen > total_fen))
        """, row =>
        {
            var (total, parts, self) = (new Money(row.GetInt64(3)), new Money(row.GetInt64(4)), new Money(row.GetInt64(5)));
            if (Math.Abs(total.Fen - parts.Fen) > ToleranceFen)
                report(new("DQ-84", null, null, row.GetString(0), row.GetString(1), row.Id(2), new(
                    $"总费用{total}元，各方支付合计{parts}元。", $"The total is {total} yuan, the payments add up to {parts}.")));
            if (total.Fen >= 0 && self > total)
                report(new("DQ-85", null, null, row.GetString(0), row.GetString(1), row.Id(2), new(
                    $"个人自付{self}元，大于总费用{total}元。", $"Self-paid {self} yuan is more than the total of {total}.")));
        }, cancel, ("@county", scope.County.Digits), ("@to", scope.AsOf));
}
