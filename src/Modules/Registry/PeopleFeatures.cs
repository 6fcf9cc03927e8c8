using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>The members of a household counted by what they can do and have, and its income account, which divides by them.</summary>
internal sealed class PeopleFeatures(ShouwangDb db, IIncomeAccounts accounts) : IFeatureSource
{
    private static readonly string[] BeyondCompulsory = ["senior", "vocational", "college", "technical", "bachelor", "postgraduate"];

    public IReadOnlyList<Feature> Features =>
    [
        Persons("registry.size", "家庭人口", "Size of household", "状态正常的成员数", "Members of state normal"),
        Persons("people.able", "有劳动力人数", "Able to work", "普通或技能劳动力（正常成员）", "Ordinary or skilled labour among normal members"),
        Persons("people.weak", "弱劳动力人数", "Weak or half labour", "弱劳动力或半劳动力（正常成员）", "Weak or half labour among normal members"),
        Flag("people.whole_no_labour", "整户无劳动力", "Nobody can work", "正常成员全部丧失或无劳动力", "All normal members have lost labour or have none"),
        Persons("people.working", "务工人数", "Working", "有务工情况、地点或月数，或在公益岗位（正常成员）", "Normal members with work state, place or months, or in a public post"),
        Persons("people.uninsured", "未参保人数", "Not insured", "居民医保和职工医保均为否（正常成员）", "Neither resident nor employee medical insurance"),
        Persons("people.insurance_unknown", "参保情况不明人数", "Insurance unknown", "没有参保为是，且至少一项为空（正常成员）", "No insurance stated, and a flag is empty"),
        Persons("people.studying_beyond_compulsory", "义务教育以上在读人数", "Studying beyond compulsory school", "在校生状况为高中、中职及以上（正常成员）", "Student state is senior school or above"),
        Flag("people.on_allowance", "享受低保或特困", "On an allowance", "有正常成员享受低保或特困供养", "A normal member receives the subsistence allowance or destitution support"),
        Yuan("income.wage", "工资性收入", "Wages", "A"), Yuan("income.business", "生产经营性收入", "Business income", "B"),
        Yuan("income.property", "财产性收入", "Property income", "C"), Yuan("income.transfer", "转移性收入", "Transfer income", "D"),
        Yuan("income.cost", "生产经营性支出", "Business cost", "E"), Yuan("income.claim", "理赔收入", "Insurance claims", "理赔收入"),
        Yuan("income.rigid", "刚性支出", "Rigid spending", "合规自付支出"),
        Yuan("income.gross", "家庭总收入", "Gross income", "A + B + C + D"), Yuan("income.net", "家庭纯收入", "Net income", "A + B + C + D − E"),
        PerHead("income.net_per_capita", "家庭人均纯收入", "Net income per head", "纯收入 ÷ 家庭人口"),
        PerHead("income.monitoring_per_capita", "人均收入参考范围", "Monitoring income per head", "（纯收入 + 理赔收入 − 合规自付支出）÷ 家庭人口"),
        PerHead("income.previous_net_per_capita", "上年度人均纯收入", "Last year's net income per head", "收支表“上年度家庭人均纯收入”"),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var counts = new Count[scope.Households.Count];
        var (known, sources) = (new bool[counts.Length], new Sources());
        await db.Read($"select id from households where county = @county {RegisterFeatures.Scoped(db, scope, "id")}", row =>
        {
            if (scope.IndexOf(row.GetGuid(0)) is >= 0 and var at)
                known[at] = true;
        }, cancel, RegisterFeatures.Parameters(db, scope));
        await db.Read($"""
            select household_id, source, observed_on, labour, work_state, work_place, work_months, post_type, ins_res, ins_emp, student, dibao, tekun
            from members where county = @county and life = 'Normal' {RegisterFeatures.Scoped(db, scope, "household_id")}
            """, row =>
        {
            var at = scope.IndexOf(row.GetGuid(0));
            if (at < 0)
                return;
            ref var count = ref counts[at];
            count.Source = sources.Of(row.GetString(1), row.GetFieldValue<DateOnly>(2));
            count.Add(row);
        }, cancel, RegisterFeatures.Parameters(db, scope));

        for (var at = 0; at < counts.Length; at++)
        {
            if (known[at])
                Fill(columns, at, counts[at]);
        }
        foreach (var (household, sheet) in await accounts.All(scope.County.Digits, scope.AsOf, scope.WholeCounty ? null : scope.Households, cancel))
        {
            if (scope.IndexOf(household) is >= 0 and var at)
                Fill(columns, at, sheet, counts[at].Size);
        }
    }

    private static void Fill(IReadOnlyDictionary<string, FeatureColumn> columns, int at, in Count count)
    {
        var source = count.Source;
        columns["registry.size"].Set(at, count.Size, source);
        columns["people.able"].Set(at, count.Able, source);
        columns["people.weak"].Set(at, count.Weak, source);
        columns["people.whole_no_labour"].Set(at, count.Able + count.Weak > 0 ? false : count.Size > 0 && count.Unable == count.Size ? true : null, source);
        columns["people.working"].Set(at, count.Working, source);
        columns["people.uninsured"].Set(at, count.Uninsured, source);
        columns["people.insurance_unknown"].Set(at, count.InsuranceUnknown, source);
        columns["people.studying_beyond_compulsory"].Set(at, count.Studying, source);
        columns["people.on_allowance"].Set(at, count.Allowance > 0 ? true : count.AllowanceUnknown > 0 ? null : false, source);
    }

    private void Fill(IReadOnlyDictionary<string, FeatureColumn> columns, int at, IncomeSheet sheet, int size)
    {
        var result = accounts.Formula.Calculate(sheet, size);
        var source = new FeatureSource(sheet.Source, sheet.ObservedOn, null, new(
            $"收支表 {sheet.From:yyyy-MM} 至 {sheet.To:yyyy-MM}", $"Income sheet {sheet.From:yyyy-MM} to {sheet.To:yyyy-MM}"));
        columns["income.wage"].Set(at, sheet.Wage.Yuan, source);
        columns["income.business"].Set(at, sheet.Business.Yuan, source);
        columns["income.property"].Set(at, sheet.Property.Yuan, source);
        columns["income.transfer"].Set(at, sheet.Transfer.Yuan, source);
        columns["income.cost"].Set(at, sheet.Cost.Yuan, source);
        columns["income.claim"].Set(at, sheet.Claim.Yuan, source);
        columns["income.rigid"].Set(at, sheet.SelfPaid.Yuan, source);
        columns["income.gross"].Set(at, result.Gross, source);
        columns["income.net"].Set(at, result.Net, source);
        columns["income.net_per_capita"].Set(at, result.NetPerHead, source);
        columns["income.monitoring_per_capita"].Set(at, result.MonitoringPerHead, source);
        columns["income.previous_net_per_capita"].Set(at, sheet.PreviousNetPerHead, source);
    }

    private static Feature Persons(string name, string zh, string en, string formulaZh, string formulaEn) =>
        RegisterFeatures.Feature(name, RuleType.Int, Unit.Persons, zh, en, formulaZh, formulaEn);

    private static Feature Flag(string name, string zh, string en, string formulaZh, string formulaEn) =>
        RegisterFeatures.Feature(name, RuleType.Bool, Unit.None, zh, en, formulaZh, formulaEn);

    private static Feature Yuan(string name, string zh, string en, string formula) =>
        RegisterFeatures.Feature(name, RuleType.Decimal, Unit.Yuan, zh, en, $"收支表：{formula}", $"Income sheet: {formula}");

    private static Feature PerHead(string name, string zh, string en, string formula) =>
        RegisterFeatures.Feature(name, RuleType.Decimal, Unit.YuanPerHead, zh, en, formula, $"Income sheet: {formula}");

    /// <summary>The normal members of a household, counted.</summary>
    private struct Count
    {
        public FeatureSource? Source;
        public int Size, Able, Weak, Unable, Working, Uninsured, InsuranceUnknown, Studying, Allowance, AllowanceUnknown;

        public void Add(System.Data.Common.DbDataReader row)
        {
            Size++;
            switch (row.IsDBNull(3) ? null : row.GetString(3))
            {
                case "1" or "2":
                    Able++;
                    break;
                case "3":
                    Weak++;
                    break;
                case "4" or "5":
                    Unable++;
                    break;
            }
            if (!row.IsDBNull(4) || !row.IsDBNull(5) || !row.IsDBNull(6) && row.GetInt64(6) > 0 || !row.IsDBNull(7))
                Working++;
            bool? resident = row.IsDBNull(8) ? null : row.GetBoolean(8), employee = row.IsDBNull(9) ? null : row.GetBoolean(9);
            if (resident is false && employee is false)
                Uninsured++;
            else if (resident is not true && employee is not true)
                InsuranceUnknown++;
            if (!row.IsDBNull(10) && row.GetString(10) is var student && BeyondCompulsory.Any(stage => student.StartsWith(stage, StringComparison.Ordinal)))
                Studying++;
            bool? allowance = row.IsDBNull(11) ? null : row.GetBoolean(11), support = row.IsDBNull(12) ? null : row.GetBoolean(12);
            if (allowance is true || support is true)
                Allowance++;
            else if (allowance is null || support is null)
                AllowanceUnknown++;
        }
    }
}
