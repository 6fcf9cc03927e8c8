using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>Insurance and support of a member. FIELDS D4, D5.</summary>
internal static class InsuranceRules
{
    public static readonly IReadOnlyList<PersonRule> OfPeople =
    [
        PersonRule.Of("DQ-72", Warning, new("健康青壮年享受特困供养", "Healthy adult in destitution support"), "特困供养，健康，18–59岁，非在校生",
            p => p.Register is { Tekun: true, Health: Healths.Healthy } && p.Age is >= 18 and <= 59 && p.Stage is null
                ? new($"{p.Age}周岁，健康，不在校，登记为特困供养人员。", $"{p.Age} years old, healthy and no student, but in destitution support.") : null),
        PersonRule.Of("DQ-73", Warning, new("同时参加居民和职工医保", "In both basic insurances"), "城乡居民医保和城镇职工医保均为是",
            p => p.Register is { InsRes: true, InsEmp: true } ? new("同时登记参加居民医保和职工医保。", "Registered in both the residents' and the employees' insurance.") : null),
        PersonRule.Of("DQ-74", Error, new("未参加基本医保", "Not insured"), "城乡居民医保和城镇职工医保均为否",
            p => p.Uninsured ? new("居民医保和职工医保都没有参加。", "In neither the residents' nor the employees' insurance.") : null),
        PersonRule.Of("DQ-75", Error, new("医保养老标志为空", "Insurance or pension flag missing"), "医保标志不足以判断是否参保，或居民养老标志为空",
            p => p.Register is { InsRes: not true, InsEmp: not true } and ({ InsRes: null } or { InsEmp: null })
                ? new("没有填是否参加基本医保。", "It is not said whether the person is insured.")
                : p.Register is { PenRes: null, PenEmp: not true } ? new("没有填是否参加基本养老保险。", "It is not said whether the person is in a pension scheme.") : null),
    ];
}
