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
        await db.Read($"{Count.Select} {RegisterFeatures.Scoped(db, scope, "household_id")} group by household_id", row =>
        {
            if (scope.IndexOf(row.GetGuid(0)) is >= 0 and var at)
                counts[at] = new(row, sources);
        }, cancel, RegisterFeatures.Parameters(db, scope));

        for (var at = 0; at < counts.Length; at++)
        {
            if (known[at])
                Fill(columns, at, counts[at]);
        }
        foreach (var (household, sheet) in await accounts.Totals(scope.County.Digits, scope.AsOf, scope.WholeCounty ? null : scope.Households, cancel))
        {
            if (scope.IndexOf(household) is >= 0 and var at)
                Fill(columns, at, sheet, (int)counts[at].Size, scope.WithSources);
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

    private void Fill(IReadOnlyDictionary<string, FeatureColumn> columns, int at, IncomeSheet sheet, int size, bool withSource)
    {
        var result = accounts.Formula.Calculate(sheet, size);
        var source = !withSource ? null : new FeatureSource(sheet.Source, sheet.ObservedOn, null, new(
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
    private readonly struct Count(System.Data.Common.DbDataReader row, Sources sources)
    {
        /// <summary>Counted by the database: a county has millions of members and a fourth as many households.</summary>
        public static readonly string Select = $"""
            select household_id, max(source), max(observed_on), count(*),
                {Sum("labour in ('1', '2')")}, {Sum("labour = '3'")}, {Sum("labour in ('4', '5')")},
                {Sum("work_state is not null or work_place is not null or work_months > 0 or post_type is not null")},
                {Sum("ins_res = false and ins_emp = false")}, {Sum("not coalesce(ins_res, false) and not coalesce(ins_emp, false)")},
                {Sum(string.Join(" or ", BeyondCompulsory.Select(stage => $"student like '{stage}%'")))},
                {Sum("dibao or tekun")}, {Sum("not coalesce(dibao, false) and not coalesce(tekun, false) and (dibao is null or tekun is null)")}
            from members where county = @county and life = 'Normal'
            """;

        public FeatureSource? Source { get; } = sources.Of(row.GetString(1), row.GetFieldValue<DateOnly>(2));

        public long Size { get; } = row.GetInt64(3);

        public long Able { get; } = row.GetInt64(4);

        public long Weak { get; } = row.GetInt64(5);

        public long Unable { get; } = row.GetInt64(6);

        public long Working { get; } = row.GetInt64(7);

        public long Uninsured { get; } = row.GetInt64(8);

        /// <summary>Nobody says that they are insured, nor that they are in neither insurance.</summary>
        public long InsuranceUnknown { get; } = row.GetInt64(9) - row.GetInt64(8);

        public long Studying { get; } = row.GetInt64(10);

        public long Allowance { get; } = row.GetInt64(11);

        public long AllowanceUnknown { get; } = row.GetInt64(12);

        private static string Sum(string condition) => $"sum(case when {condition} then 1 else 0 end)";
    }
}
