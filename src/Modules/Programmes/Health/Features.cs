using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>What medical care cost the families themselves. Refunds are negative settlements and reduce every sum.</summary>
internal sealed class HealthFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("health.self_paid_12m", RuleType.Decimal, Unit.Yuan, new("十二个月医疗自付", "self-paid medical costs of twelve months"),
            new("统计周期（十二个月）内全家个人自付之和，退费相减；没有结算为0；所在乡镇没有医保结算文件时未知",
                "Σ self-paid of all members over the window, refunds subtracted; 0 without settlements; unknown where no settlement file speaks about the township")),
        Feature("health.self_paid_year_max", RuleType.Decimal, Unit.Yuan, new("个人本年医疗自付最高", "largest self-paid sum of one person this year"),
            new("一名成员从1月1日到统计截止日个人自付之和的最大值，不分医疗类别；所在乡镇没有医保结算文件时为入户所问（当年）",
                "Largest Σ self-paid of one member from 1 January to the as-of day, all kinds of care; where no settlement file speaks about the township, what a visit of the year was told")).SaidAs("household.paid_year"),
        Feature("health.stay_self_paid_max", RuleType.Decimal, Unit.Yuan, new("单次住院自付最高", "largest self-paid amount of one stay"),
            new("统计周期内一笔住院结算个人自付的最大值；没有结算文件时为十二个月内入户所问",
                "Largest self-paid amount of one inpatient settlement in the window; without settlement files, what a visit within twelve months was told")).SaidAs("household.paid_stay"),
        Feature("health.special_month_max", RuleType.Decimal, Unit.Yuan, new("慢特病门诊月自付最高", "largest monthly self-paid sum of special outpatient care"),
            new("统计周期内一名成员一个自然月慢特病门诊个人自付之和的最大值；没有结算文件时为十二个月内入户所问",
                "Largest Σ self-paid of one member in one calendar month of the window, special outpatient care; without settlement files, what a visit within twelve months was told")).SaidAs("household.paid_month"),
        Feature("health.inpatient_ratio_max", RuleType.Decimal, Unit.Ratio, new("住院自付比例最高", "largest self-paid share of inpatient costs"),
            new("一名成员统计周期内住院个人自付之和÷总费用之和的最大值；没有住院为0",
                "Largest Σ self-paid ÷ Σ total of one member over the window, stays in hospital; 0 without stays")),
        Feature("health.special_ratio_max", RuleType.Decimal, Unit.Ratio, new("慢特病门诊自付比例最高", "largest self-paid share of special outpatient costs"),
            new("一名成员统计周期内慢特病门诊个人自付之和÷总费用之和的最大值；没有则为0",
                "Largest Σ self-paid ÷ Σ total of one member over the window, special outpatient care; 0 without such care")),
        Sum("health.inpatient_self_12m", new("十二个月住院自付", "self-paid inpatient costs of twelve months"), new("统计周期内各成员住院个人自付之和；没有结算为0", "Σ self-paid of members' stays over the window; 0 without")),
        Sum("health.inpatient_total_12m", new("十二个月住院总费用", "inpatient costs of twelve months"), new("统计周期内各成员住院总费用之和；没有结算为0", "Σ total costs of members' stays over the window; 0 without")),
        Sum("health.special_self_12m", new("十二个月慢特病门诊自付", "self-paid special outpatient costs of twelve months"), new("统计周期内各成员慢特病门诊个人自付之和；没有结算为0", "Σ self-paid of members' special outpatient care over the window; 0 without")),
        Sum("health.special_total_12m", new("十二个月慢特病门诊总费用", "special outpatient costs of twelve months"), new("统计周期内各成员慢特病门诊总费用之和；没有结算为0", "Σ total costs of members' special outpatient care over the window; 0 without")),
        Feature("health.people_above_cap", RuleType.Int, Unit.Persons, new("本年自付超5000元人数", "people above 5,000 self-paid this year"),
            new("1月1日到统计截止日个人自付合计大于5000元的成员数", "Members whose self-paid sum from 1 January to the as-of day is above 5,000 yuan")),
        Feature("health.guaranteed", RuleType.Bool, Unit.None, new("基本医疗有保障", "basic medical care guaranteed"),
            new("正常成员全部参加基本医保；参保标志不全时未知",
                "Every member of state normal is in basic medical insurance; unknown when a flag is missing")),
    ];

    private static Feature Sum(string name, Text title, Text formula) => Feature(name, RuleType.Decimal, Unit.Yuan, title, formula);

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (homes, inhabitants) = (await register.Homes(scope, cancel), await register.Inhabitants(scope, cancel));
        var covered = await MedicalSettlement.Table.Covered(db, scope.County.Digits, cancel);
        var costs = await MedicalCosts.Load(db, scope, cancel);
        var sums = PersonalSums.Of(costs, inhabitants, scope);

        var visits = new FromVisits(scope, homes, Sources.MedicalInsurance);

        for (var i = 0; i < scope.Households.Count; i++)
        {
            if (!costs.HasAny(i) && !covered.Covers(homes.Village(i)))
            {
                Say(columns["health.self_paid_year_max"], i, "paid_year", visits, new(scope.AsOf.Year, 1, 1));
                Say(columns["health.stay_self_paid_max"], i, "paid_stay", visits, scope.AsOf.AddMonths(-12));
                Say(columns["health.special_month_max"], i, "paid_month", visits, scope.AsOf.AddMonths(-12));
                continue;
            }
            columns["health.self_paid_12m"].Set(
                i, new Money(costs.SelfPaid(i)).Yuan, new(Sources.MedicalInsurance, scope.WindowTo));
            Set(columns["health.stay_self_paid_max"], i, costs.Stay(i));
            Set(columns["health.self_paid_year_max"], i, sums[i].Year);
            Set(columns["health.special_month_max"], i, sums[i].SpecialMonth);
            Set(columns["health.inpatient_ratio_max"], i, sums[i].InpatientRatio);
            Set(columns["health.special_ratio_max"], i, sums[i].SpecialRatio);
            columns["health.inpatient_self_12m"].Set(i, new Money(sums[i].InpatientSelf).Yuan, null);
            columns["health.inpatient_total_12m"].Set(i, new Money(sums[i].InpatientTotal).Yuan, null);
            columns["health.special_self_12m"].Set(i, new Money(sums[i].SpecialSelf).Yuan, null);
            columns["health.special_total_12m"].Set(i, new Money(sums[i].SpecialTotal).Yuan, null);
            columns["health.people_above_cap"].Set(i, sums[i].AboveCap);
        }
        Guarantee(inhabitants, scope, columns["health.guaranteed"]);
    }

    // Somebody who has nothing but a refund did not pay less than nothing.
    private static void Set(FeatureColumn column, int place, Largest largest) =>
        column.Set(place, Math.Max(0, largest.Value ?? 0), largest.Source);

    // Sums of a year or of twelve months: what was said before says nothing about them.
    private static void Say(FeatureColumn column, int place, string field, FromVisits visits, DateOnly since)
    {
        if (visits.Of(place, field) is { } seen && seen.SourceOf(field).On >= since)
            column.Set(place, seen.Number(field), visits.Source(seen, field));
    }

    private static void Guarantee(Inhabitants inhabitants, FeatureScope scope, FeatureColumn column)
    {
        for (var i = 0; i < scope.Households.Count; i++)
            column.Set(i, inhabitants.Insured(i), inhabitants.UninsuredCode(i) is { } code ? new(Sources.Register, null, code) : null);
    }
}

/// <summary>The largest sums of one person, household by household, in yuan or as shares.</summary>
internal struct PersonalSums
{
    /// <summary>Yuan a person and year that registered people should not have to pay over [seed 3].</summary>
    private const decimal YearlyCap = 5000;

    public Largest Year, SpecialMonth, InpatientRatio, SpecialRatio;

    /// <summary>Sums of all persons, in fen.</summary>
    public long InpatientSelf, InpatientTotal, SpecialSelf, SpecialTotal;

    /// <summary>Persons above the yearly cap.</summary>
    public long AboveCap;

    // Figures need no translation.
    private static Text Same(string figures) => new(figures, figures);

    public static PersonalSums[] Of(MedicalCosts costs, Inhabitants inhabitants, FeatureScope scope)
    {
        var sums = new PersonalSums[scope.Households.Count];
        foreach (var (member, person) in costs.People)
        {
            ref var sum = ref sums[person.Place];
            var code = inhabitants.CodeOf(member);
            sum.Year.Take(new Money(person.Year).Yuan, scope.WithSources ? Source(scope.AsOf, code) : null);
            var months = person.SpecialMonths;
            for (var month = 0; month < months.Length; month++)
                sum.SpecialMonth.Take(new Money(months[month]).Yuan, scope.WithSources ? Source(null, code, costs.MonthName(month)) : null);
            (sum.InpatientSelf, sum.InpatientTotal) = (sum.InpatientSelf + person.InpatientSelf, sum.InpatientTotal + person.InpatientTotal);
            (sum.SpecialSelf, sum.SpecialTotal) = (sum.SpecialSelf + person.SpecialSelf, sum.SpecialTotal + person.SpecialTotal);
            sum.AboveCap += new Money(person.Year).Yuan > YearlyCap ? 1 : 0;
            Ratio(ref sum.InpatientRatio, person.InpatientSelf, person.InpatientTotal, code);
            Ratio(ref sum.SpecialRatio, person.SpecialSelf, person.SpecialTotal, code);
        }
        return sums;

        void Ratio(ref Largest largest, long self, long total, string? code)
        {
            if (total > 0)
                largest.Take((decimal)self / total, scope.WithSources ? Source(scope.WindowTo, code, $"{new Money(self)}/{new Money(total)}") : null);
        }

        static FeatureSource Source(DateOnly? day, string? code, string? figures = null) =>
            new(Sources.MedicalInsurance, day, code, figures is null ? null : Same(figures));
    }
}
