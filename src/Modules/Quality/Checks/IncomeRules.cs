using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>The income account of a household and its land. FIELDS D4, D5.</summary>
/// <remarks>A sheet's own totals are held against its items; everything else goes by the items.</remarks>
internal static class IncomeRules
{
    // Yuan: offices round.
    private const decimal Tolerance = 1;
    private const decimal HighestPerHead = 200_000, SmallestWage = 100, LargestChange = 0.5m, MostLand = 100, MostForest = 200;

    public static readonly IReadOnlyList<HouseholdRule> OfHouseholds =
    [
        HouseholdRule.Of("DQ-64", Error, new("人均纯收入低于贫困线", "Net income a head below the poverty line"), "人均纯收入 < 扶贫标准",
            h => h.Income?.NetPerHead < h.Day.PovertyLine
                ? new($"人均纯收入{Yuan(h.Income!.NetPerHead)}元，低于{h.Day.PovertyLine:0.##}元。",
                    $"Net income {Yuan(h.Income!.NetPerHead)} yuan a head is below {h.Day.PovertyLine:0.##}.") : null),
        HouseholdRule.Of("DQ-69", Warning, new("有低保等但无转移收入", "Allowance but no transfer income"), "有人享受低保或特困供养，转移性收入为0",
            h => h.Sheet is { Transfer.Fen: 0 } && h.People.Any(p => p.Register.Dibao is true || p.Register.Tekun is true)
                ? new("有成员享受低保或特困供养，转移性收入为0。", "Somebody is on an allowance, but the account has no transfer income.") : null),
        HouseholdRule.Of("DQ-76", Error, new("分项之和与合计不符", "Items differ from their total"), "A–E各类及D5、D6：小计 ≠ 分项之和，误差1元",
            h => h.Sheet is { } sheet && Unbalanced(sheet) is { } wrong
                ? new($"{wrong.Code}类小计{Yuan(wrong.Stated)}元，分项合计{Yuan(wrong.Items)}元。",
                    $"Class {wrong.Code} states {Yuan(wrong.Stated)} yuan; its items add up to {Yuan(wrong.Items)}.") : null),
        HouseholdRule.Of("DQ-77", Error, new("纯收入或人均计算错误", "Net or per-head income wrong"), "纯收入 ≠ A+B+C+D−E，或人均 ≠ 纯收入 ÷ 人口，误差1元", WrongNet),
        HouseholdRule.Of("DQ-78", Error, new("收入为负或过高", "Negative or implausible income"), "任一分项 < 0，或人均纯收入 > 200,000元",
            h => h.Sheet is not { } sheet ? null
                : sheet.Items.FirstOrDefault(i => i.Value.Fen < 0) is { Key: { } item } ? new($"{item}为负数。", $"Item {item} is negative.")
                : h.Income?.NetPerHead > HighestPerHead
                    ? new($"人均纯收入{Yuan(h.Income.NetPerHead)}元，高得不合理。", $"Net income of {Yuan(h.Income.NetPerHead)} yuan a head is implausible.") : null),
        HouseholdRule.Of("DQ-79", Warning, new("工资性收入与务工不符", "Wages do not fit work"), "有工资性收入而无人务工或在岗，或 0 < 工资性收入 < 100元",
            h => h.Sheet is not { } sheet ? null
                : sheet.Wage.Yuan is > 0 and < SmallestWage ? new($"工资性收入只有{Yuan(sheet.Wage.Yuan)}元。", $"Wages of only {Yuan(sheet.Wage.Yuan)} yuan.")
                : sheet.Wage.Fen > 0 && !h.People.Any(Earns) ? new("有工资性收入，家中没有人务工或在公益岗位。", "There are wages, but nobody works or has a post.") : null),
        HouseholdRule.Of("DQ-80", Warning, new("面积超范围", "Land out of range"), "耕地不在0–100亩，或林地不在0–200亩",
            h => h.Register.Land is < 0 or > MostLand ? new($"耕地{h.Register.Land:0.##}亩，超出范围。", $"{h.Register.Land:0.##} mu of farmland are out of range.")
                : h.Register.Forest is < 0 or > MostForest ? new($"林地{h.Register.Forest:0.##}亩，超出范围。", $"{h.Register.Forest:0.##} mu of woodland are out of range.") : null),
        HouseholdRule.Of("DQ-81", Warning, new("收入同比变化过大", "Income jump"), "人均纯收入较上年变化 > 50%",
            h => h is { Income.NetPerHead: { } now, Sheet.PreviousNetPerHead: { } before and not 0 } && Math.Abs(now - before) / Math.Abs(before) > LargestChange
                ? new($"人均纯收入{Yuan(now)}元，上年{Yuan(before)}元，变化超过50%。", $"{Yuan(now)} yuan a head after {Yuan(before)} the year before: a change of more than half.") : null),
    ];

    private static bool Earns(CheckedPerson p) => p.Works || p.Register.PostType is not null || p.Register.PostMonths > 0;

    private static (string Code, decimal Stated, decimal Items)? Unbalanced(IncomeSheet sheet)
    {
        foreach (var (code, items) in Totals(sheet))
        {
            if (sheet.Stated[code] is { } stated && Math.Abs(stated - items) > Tolerance)
                return (code, stated, items);
        }
        return null;
    }

    private static IEnumerable<(string, decimal)> Totals(IncomeSheet sheet) =>
    [
        ("A", sheet.Wage.Yuan), ("B", sheet.Business.Yuan), ("C", sheet.Property.Yuan), ("D", sheet.Transfer.Yuan), ("E", sheet.Cost.Yuan),
        ("D5", Group(sheet, "D5")), ("D6", Group(sheet, "D6")),
    ];

    private static decimal Group(IncomeSheet sheet, string group) =>
        sheet.Items.Where(i => i.Key.StartsWith(group, StringComparison.Ordinal)).Sum(i => i.Value.Yuan);

    // A total that differs from its items is DQ-76; here the net may follow from either.
    private static Text? WrongNet(CheckedHousehold h)
    {
        if (h is not { Sheet: { } sheet, Income: { } income })
            return null;
        var stated = sheet.Stated["net"];
        if (stated is { } net && Math.Abs(net - income.Net) > Tolerance && Math.Abs(net - NetOfTotals(sheet)) > Tolerance)
            return new($"填写的纯收入{Yuan(net)}元，按各项计算为{Yuan(income.Net)}元。", $"The stated net income is {Yuan(net)} yuan; the account gives {Yuan(income.Net)}.");
        if (sheet.Stated["net_pc"] is { } perHead && h.People.Count > 0 && (stated ?? income.Net) / h.People.Count is var right && Math.Abs(perHead - right) > Tolerance)
            return new($"填写的人均纯收入{Yuan(perHead)}元，应为{Yuan(right)}元。", $"The stated income a head is {Yuan(perHead)} yuan; it should be {Yuan(right)}.");
        return null;
    }

    private static decimal NetOfTotals(IncomeSheet sheet) =>
        (sheet.Stated["A"] ?? sheet.Wage.Yuan) + (sheet.Stated["B"] ?? sheet.Business.Yuan) + (sheet.Stated["C"] ?? sheet.Property.Yuan)
        + (sheet.Stated["D"] ?? sheet.Transfer.Yuan) - (sheet.Stated["E"] ?? sheet.Cost.Yuan);

    private static string Yuan(decimal? yuan) =>
        decimal.Round(yuan ?? 0, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
