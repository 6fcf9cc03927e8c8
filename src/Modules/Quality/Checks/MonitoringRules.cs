using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>Households on the monitoring list, those taken off it, and those that perhaps should be on it. FIELDS D4.</summary>
internal static class MonitoringRules
{
    public static readonly IReadOnlyList<HouseholdRule> OfHouseholds =
    [
        HouseholdRule.Of("DQ-47", Error, new("监测对象无风险类型", "Monitored without a risk"), "监测对象，致贫返贫风险全空",
            h => h.Monitored && !h.Register.Risks.Any() ? new("监测对象没有填致贫返贫风险。", "A monitored household without any risk.") : null),
        HouseholdRule.Of("DQ-48", Error, new("灾害子项或其他备注为空", "Kind of disaster or note on other risk missing"), "因自然灾害而子项为空，或其他而备注为空",
            h => !h.Monitored ? null
                : h.Names(Risks.Disaster) && h.Register.DisasterSub is null ? new("风险为因自然灾害，没有填灾害子项。", "The risk is a disaster, but not which.")
                : h.Names(Risks.Other) && h.Register.RiskRemark is null ? new("风险为其他，没有填备注。", "The risk is 'other', without a note.") : null),
        HouseholdRule.Of("DQ-49", Warning, new("风险因残但家中无残疾人", "Risk is disability, nobody is disabled"), "因残，成员均无残疾",
            h => h.Monitored && h.Names(Risks.Disability) && !h.People.Any(p => p.Disabled)
                ? new("风险为因残，家中没有登记残疾人。", "The risk is disability, but nobody is registered as disabled.") : null),
        HouseholdRule.Of("DQ-50", Warning, new("风险因病但家中无病人", "Risk is illness, nobody is ill"), "因病，成员均无长期慢性病或大病",
            h => h.Monitored && h.Names(Risks.Illness) && !h.People.Any(p => p.Ill)
                ? new("风险为因病，家中没有登记病人。", "The risk is illness, but nobody is registered as ill.") : null),
        HouseholdRule.Of("DQ-51", Warning, new("因病但合规自付支出为零", "Risk is illness, no self-paid spending"), "因病，合规自付支出为空或0",
            h => h.Monitored && h.Names(Risks.Illness) && (h.Sheet is null || h.Sheet.SelfPaid.Fen == 0)
                ? new("风险为因病，合规自付支出为空或0。", "The risk is illness, but self-paid spending is empty or zero.") : null),
        HouseholdRule.Of("DQ-52", Warning, new("因务工不稳但无劳力或无务工记录", "Risk is unstable work, without labour or work record"), "因务工就业不稳，家中无劳力或无人务工",
            h => !h.Monitored || !h.Names(Risks.Work) ? null
                : !h.People.Any(p => Labours.Full(p.Register.Labour) || p.Register.Labour == Labours.Weak)
                    ? new("风险为务工就业不稳，家中没有劳动力。", "The risk is unstable work, but nobody has labour ability.")
                : !h.People.Any(p => p.Works) ? new("风险为务工就业不稳，家中没有务工记录。", "The risk is unstable work, but nobody has a record of work.") : null),
        HouseholdRule.Of("DQ-53", Warning, new("缺劳动力但全员有劳力", "Risk is lack of labour, all can work"), "缺劳动力，成员均为普通或技能劳动力",
            h => h.Monitored && h.Names(Risks.Labour) && h.People.Count > 0 && h.People.All(p => Labours.Full(p.Register.Labour))
                ? new("风险为缺劳动力，全部成员都有劳动力。", "The risk is lack of labour, but every member can work.") : null),
        HouseholdRule.Of("DQ-54", Error, new("监测对象必填指标缺失", "Monitored: required fields missing"), "识别监测时间、收支表、住房或饮水为空",
            h => h.Monitored && Missing(h) is { Count: > 0 } missing
                ? new($"缺少：{string.Join('、', missing.Select(m => m.Zh))}。", $"Missing: {string.Join(", ", missing.Select(m => m.En))}.") : null),
        HouseholdRule.Of("DQ-55", Error, new("脱贫户有保障问题但未纳入监测", "Lifted, a guarantee missing, not monitored"), "脱贫、不在监测名单，且危房、饮水未解决、病人未参加大病保险或适龄儿童不在校",
            h => h.LiftedAndUnwatched && Gaps(h, withMajor: true) is { Count: > 0 } gaps
                ? new($"未纳入监测，但{string.Join('、', gaps.Select(g => g.Zh))}。", $"Not monitored, but: {string.Join(", ", gaps.Select(g => g.En))}.") : null),
        HouseholdRule.Of("DQ-56", Error, new("脱贫户收入低于监测线未纳入", "Lifted, below the line, not monitored"), "脱贫、不在监测名单，人均纯收入 < 监测线",
            h => h.LiftedAndUnwatched && h.Income?.NetPerHead < h.Day.MonitoringLine
                ? new($"人均纯收入{Yuan(h)}元，低于监测线{h.Day.MonitoringLine:0.##}元，未纳入监测。",
                    $"Net income {Yuan(h)} yuan a head is below the line of {h.Day.MonitoringLine:0.##}; not monitored.") : null),
        HouseholdRule.Of("DQ-58", Warning, new("当月及次月即消除风险", "Eliminated too soon"), "帮扶消除在识别当月或次月",
            h => h.Register.ElimState == EliminationKind.ByAssistance && MonthsBetween(h) is <= 1 and var months
                ? new($"识别后{months}个月即标注帮扶消除。", $"Marked as eliminated by assistance {months} months after identification.") : null),
        HouseholdRule.Of("DQ-59", Error, new("已消除风险仍有保障问题", "Eliminated, but a guarantee is missing"), "已消除，且危房、饮水未解决、适龄儿童不在校或未参加基本医保",
            h => h.Eliminated && Gaps(h, withMajor: false) is { Count: > 0 } gaps
                ? new($"风险已消除，但{string.Join('、', gaps.Select(g => g.Zh))}。", $"Taken off the list, but: {string.Join(", ", gaps.Select(g => g.En))}.") : null),
        HouseholdRule.Of("DQ-61", Error, new("消除后收入指标为空", "No income after elimination"), "已消除，消除前12个月内及以后没有收支表",
            h => h.Eliminated && (h.Sheet is null || h.Sheet.To < h.Register.ElimOn?.AddMonths(-12))
                ? new("风险已消除，没有消除时或消除后的收支表。", "Taken off the list without an income account of that time or later.") : null),
        HouseholdRule.Of("DQ-62", Error, new("消除时人均低于监测线", "Eliminated below the line"), "已消除，人均纯收入 < 监测线",
            h => h.Eliminated && h.Income?.NetPerHead < h.Day.MonitoringLine
                ? new($"风险已消除，人均纯收入{Yuan(h)}元，低于监测线{h.Day.MonitoringLine:0.##}元。",
                    $"Taken off the list with {Yuan(h)} yuan a head, below the line of {h.Day.MonitoringLine:0.##}.") : null),
        HouseholdRule.Of("DQ-63", Warning, new("整户无劳力已消除", "No-labour household eliminated"), "已消除，成员均为丧失或无劳动力",
            h => h.Eliminated && h.People.Count > 0 && h.People.All(p => p.Register.Labour is Labours.Lost or Labours.None)
                ? new("风险已消除，全部成员没有劳动能力。", "Taken off the list, though no member can work.") : null),
        HouseholdRule.Of("DQ-104", Warning, new("监测对象无帮扶责任人", "Monitored household without a helper"), "监测对象，帮扶责任人为空",
            h => h.Monitored && h.Register.Helper is null ? new("监测对象没有帮扶责任人。", "A monitored household without a helper.") : null),
    ];

    private static List<Text> Missing(CheckedHousehold h)
    {
        var missing = new List<Text>();
        if (h.Register.Identified is null)
            missing.Add(new("识别监测时间", "month of identification"));
        if (h.Sheet is null)
            missing.Add(new("收支表", "income account"));
        if (h.Register.Unsafe is null && h.Register.Grade is null)
            missing.Add(new("住房安全", "safe housing"));
        if (h.Register.WaterSolved is null)
            missing.Add(new("饮水安全", "safe water"));
        return missing;
    }

    /// <summary>What the register itself says is missing of the guarantees 三保障和饮水.</summary>
    private static List<Text> Gaps(CheckedHousehold h, bool withMajor)
    {
        var gaps = new List<Text>();
        if (h.UnsafeHouse)
            gaps.Add(new("住房为危房", "the house is unsafe"));
        if (h.Register.WaterSolved is false)
            gaps.Add(new("饮水未解决", "there is no safe water"));
        if (withMajor && h.People.Any(p => p.Ill && p.Register.InsMajor is false))
            gaps.Add(new("病人未参加大病保险", "somebody ill has no major-illness insurance"));
        if (!withMajor && h.People.Any(p => p.Uninsured))
            gaps.Add(new("有成员未参加基本医保", "somebody is not insured"));
        if (h.People.Any(p => p.OutOfSchool))
            gaps.Add(new("适龄儿童不在校", "a child of school age is not at school"));
        return gaps;
    }

    /// <summary>Calendar months from identification to elimination.</summary>
    private static int? MonthsBetween(CheckedHousehold h) =>
        h.Register.ElimOn is { } off && DateOnly.TryParseExact(h.Register.Identified + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            ? (off.Year - on.Year) * 12 + off.Month - on.Month
            : null;

    private static string Yuan(CheckedHousehold h) =>
        decimal.Round(h.Income!.NetPerHead!.Value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
