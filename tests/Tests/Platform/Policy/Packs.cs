using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>The packs of the product, read once, with the features that the modules promise.</summary>
internal static class Packs
{
    private static readonly Lazy<PolicyBook> TheBook = new(() => PolicyBook.Load(PolicyFolder.Find(), Features).Require());

    public static PolicyBook Book => TheBook.Value;

    public static readonly AreaCode Chongqing = new("50"), Dianjiang = new("500231"), Jinqian = new("500231111200"),
        Hubei = new("42"), Gucheng = new("420625"), Dongkou = new("430525");

    public static readonly DateOnly June2020 = new(2020, 6, 30);

    /// <summary>Every feature a rule may name, with type and unit.</summary>
    public static readonly ISymbols Features = new SymbolTable(
    [
        .. Of(RuleType.Text, Unit.None, "registry.status", "monitoring.category", "monitoring.cause", "monitoring.elimination", "housing.grade"),
        .. Of(RuleType.Bool, Unit.None, "registry.registered", "registry.lifted", "monitoring.active", "monitoring.eliminated",
            "monitoring.has_helper", "people.whole_no_labour", "people.on_allowance", "education.guaranteed", "housing.unsafe",
            "housing.guaranteed", "housing.has_appraisal", "water.short_area", "water.quality_ok", "water.piped",
            "water.seasonal_shortage", "water.guaranteed", "health.guaranteed", "casework.has_plan", "casework.has_measure",
            "casework.only_social_security", "casework.able"),
        .. Of(RuleType.Int, Unit.Persons, "registry.size", "people.able", "people.weak", "people.working", "people.uninsured",
            "people.insurance_unknown", "people.without_labour", "people.male", "people.female", "people.gender_unknown", "education.school_age", "health.people_above_cap", "people.studying_beyond_compulsory", "education.out_of_school", "education.without_aid",
            "education.without_letter", "welfare.new_certificates", "welfare.decisions_this_month", "welfare.allowances"),
        .. Of(RuleType.Int, Unit.Months, "monitoring.months_since_identified", "monitoring.months_since_eliminated",
            "employment.unemployed_months_max"),
        .. Of(RuleType.Int, Unit.Days, "education.absent_days_max", "water.days_short", "employment.returned_idle_days_max",
            "employment.post_ends_in_days_min", "finance.loan_due_in_days_min", "finance.overdue_days_max",
            "casework.days_since_identified", "casework.days_since_visit", "casework.identification_days", "leads.days_unverified", "monitoring.days_since_update"),
        .. Of(RuleType.Int, Unit.None, "registry.values_required", "registry.values_known", "people.values_required", "people.values_known"),
        .. Of(RuleType.Int, Unit.Years, "registry.years_since_lifted"),
        .. Of(RuleType.Int, Unit.Times, "finance.loans", "education.home_lessons_min", "leads.complaints_30d"),
        .. Of(RuleType.Int, Unit.Minutes, "water.trip_minutes"),
        .. Of(RuleType.Int, Unit.Metres, "water.horizontal", "water.vertical"),
        .. Of(RuleType.Decimal, Unit.Yuan, "income.gross", "income.net", "income.wage", "income.business", "income.property",
            "income.transfer", "income.cost", "income.claim", "income.rigid", "health.self_paid_12m", "health.self_paid_year_max",
            "health.stay_self_paid_max", "health.special_month_max", "education.cost_after_aid_max", "health.inpatient_self_12m",
            "health.inpatient_total_12m", "health.special_self_12m", "health.special_total_12m"),
        .. Of(RuleType.Decimal, Unit.YuanPerHead, "income.net_per_capita", "income.monitoring_per_capita",
            "income.previous_net_per_capita"),
        .. Of(RuleType.Decimal, Unit.Ratio, "health.inpatient_ratio_max", "health.special_ratio_max"),
        .. Of(RuleType.Decimal, Unit.Litres, "water.litres"),
        .. Of(RuleType.Date, Unit.None, "housing.appraised_on", "housing.unsafe_found_on", "housing.renovation_planned_end",
            "water.tested_on"),
    ]);

    private static IEnumerable<Symbol> Of(RuleType type, Unit unit, params string[] names) =>
        names.Select(n => new Symbol(n, type, unit, new(n, n)));
}
