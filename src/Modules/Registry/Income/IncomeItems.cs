using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Modules.Registry.Income;

/// <summary>The items of the income account, as the 2023 schema has them (DOMAIN §10).</summary>
internal static class IncomeItems
{
    public static readonly IReadOnlyList<IncomeItem> All =
    [
        Of("A", "工资性收入", "Wages"), Of("B", "生产经营性收入", "Business income"), Of("C", "财产性收入", "Property income"),
        Of("D", "转移性收入", "Transfer income"), Of("E", "生产经营性支出", "Business cost"),
        Of("A1", "务工收入", "Work", "A"), Of("A2", "行业部门公益岗位", "Department posts", "A"), Of("A3", "乡镇公益岗位", "Township posts", "A"),
        Of("A4", "村级公益岗位", "Village posts", "A"), Of("A5", "自主采摘", "Own gathering", "A"),
        Of("B1", "种植业", "Crops", "B"), Of("B2", "养殖业", "Animals", "B"), Of("B3", "林果业", "Fruit and forest", "B"), Of("B4", "其他经营", "Other business", "B"),
        Of("C1", "资产收益分红", "Dividends", "C"), Of("C2", "土地流转", "Land transfer", "C"), Of("C3", "金融项目收入", "Loan projects", "C"),
        Of("C4", "代种代养", "Contracted growing and rearing", "C"), Of("C5", "其他财产性收入", "Other property income", "C"),
        Of("D1", "计划生育金", "Family-planning money", "D"), Of("D2", "低保金", "Subsistence allowance", "D"), Of("D3", "特困供养金", "Destitution support", "D"),
        Of("D4", "养老金", "Pension", "D"), Of("D5", "生态补偿金", "Ecological compensation", "D"), Of("D6", "其他转移性收入", "Other transfers", "D"),
        Of("D5a", "退耕还林", "Return to forest", "D5"), Of("D5b", "公益林", "Public forest", "D5"), Of("D5c", "草原补奖", "Grassland", "D5"),
        Of("D5d", "移民后扶", "Migrant subsidy", "D5"), Of("D5e", "其他生态", "Other ecological", "D5"),
        Of("D6a", "玉米大豆补贴", "Corn and soy subsidy", "D6"), Of("D6b", "地力保护补贴", "Land fertility", "D6"), Of("D6c", "农业保险赔付", "Crop insurance", "D6"),
        Of("D6d", "高龄补贴", "Old age", "D6"), Of("D6e", "优抚金", "Veterans", "D6"), Of("D6f", "残疾人补贴", "Disability", "D6"),
        Of("D6g", "教育补助", "Education", "D6"), Of("D6h", "救灾款", "Disaster relief", "D6"), Of("D6i", "失能老人补贴", "Disabled elderly", "D6"),
        Of("D6j", "赡养费", "Maintenance by children", "D6"), Of("D6k", "取暖补贴", "Heating", "D6"), Of("D6l", "物价补贴", "Price subsidy", "D6"),
        Of("D6m", "救济款", "Relief", "D6"), Of("D6n", "防贫保险金", "Anti-poverty insurance", "D6"), Of("D6o", "捐赠或赔偿", "Regular donations or compensation", "D6"),
        Of("D6p", "其他", "Other", "D6"),
        Of("E1", "种植业支出", "Crop cost", "E"), Of("E2", "养殖业支出", "Animal cost", "E"), Of("E3", "林果业支出", "Fruit cost", "E"), Of("E4", "其他支出", "Other cost", "E"),
    ];

    /// <summary>Totals from the lowest upward, each with what adds to it.</summary>
    public static readonly IReadOnlyList<(string Total, IReadOnlyList<string> Parts)> Totals =
        [.. ((string[])["D5", "D6", "A", "B", "C", "D", "E"]).Select(t => (t, (IReadOnlyList<string>)[.. All.Where(i => i.Parent == t).Select(i => i.Code)]))];

    /// <summary>
    /// Adds the account up. A total is the sum of its items, an empty one being zero; where the sheet has no columns for the items
    /// at all, its own total stands for them.
    /// </summary>
    /// <param name="stated">What the cell of an item or total holds, in yuan.</param>
    /// <param name="has">Whether the sheet has a column for it.</param>
    /// <returns>The items that are not zero, and the totals.</returns>
    public static (Dictionary<string, Money> Items, Dictionary<string, Money> Totals) AddUp(Func<string, decimal?> stated, Func<string, bool> has)
    {
        var (items, totals) = (new Dictionary<string, Money>(), new Dictionary<string, Money>());
        foreach (var (total, parts) in Totals)
        {
            var sum = Money.Zero;
            if (!parts.Any(has))
            {
                sum = Money.FromYuan(stated(total) ?? 0);
                if (sum != Money.Zero)
                    items[total] = sum;
            }
            foreach (var part in parts)
            {
                if (totals.TryGetValue(part, out var subtotal))
                {
                    sum += subtotal;
                }
                else if (Money.FromYuan(stated(part) ?? 0) is var amount && amount != Money.Zero)
                {
                    items[part] = amount;
                    sum += amount;
                }
            }
            totals[total] = sum;
        }
        return (items, totals);
    }

    private static IncomeItem Of(string code, string zh, string en, string? parent = null) => new(code, new(zh, en), parent);
}

/// <summary>The formula of DOMAIN §10. How claims and self-paid spending enter is assumed there; that is why it can be replaced.</summary>
internal sealed class StandardIncomeFormula : IIncomeFormula
{
    public Text Words => new(
        "家庭纯收入 = 工资性收入 + 生产经营性收入 + 财产性收入 + 转移性收入 − 生产经营性支出；收入参考范围 = 家庭纯收入 + 理赔收入 − 合规自付支出；人均 = ÷ 正常状态成员数",
        "Net income = wages + business + property + transfers − business cost; monitoring income = net + claims − compliant self-paid spending; per head = ÷ members of state normal");

    public IncomeResult Calculate(IncomeSheet sheet, int size)
    {
        var gross = (sheet.Wage + sheet.Business + sheet.Property + sheet.Transfer).Yuan;
        var net = gross - sheet.Cost.Yuan;
        var monitoring = net + sheet.Claim.Yuan - sheet.SelfPaid.Yuan;
        return size > 0 ? new(gross, net, monitoring, net / size, monitoring / size) : new(gross, net, monitoring, null, null);
    }
}
