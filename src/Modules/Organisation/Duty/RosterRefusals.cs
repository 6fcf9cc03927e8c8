using Shouwang.Kernel;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>Every refusal about rosters. The codes are part of the interface: add, never reuse.</summary>
internal static class RosterRefusals
{
    public static Problem NoWeek { get; } = new("rosters.no-such-week", 422,
        new("值班表从星期一开始。", "A roster begins on a Monday."),
        new("请选择一周的任意一天。", "Choose any day of a week."));

    public static Problem WeekIsOver { get; } = new("rosters.week-is-over", 409,
        new("这一周已经过去，计划不再改动。", "The week is over; what was planned stays."),
        new("请编排本周或以后的一周。", "Plan this week or a later one."));

    public static Problem NoStaff { get; } = new("rosters.no-staff", 409,
        new("还没有登记乡镇班子与干部。", "The township's leaders and staff are not entered yet."),
        new("请先在组织架构中建立“乡镇班子与干部”并登记人员。", "Set up the group of leaders and staff first, and add its members."));

    public static Problem OutsideTownship { get; } = new("rosters.outside-township", 422,
        new("有人或地点不属于这个乡镇，或日期不在这一周。", "Somebody or some place does not belong to the township, or a day not to the week."),
        new("请刷新页面后重新编排。", "Reload the page and plan anew."));

    public static Problem NoVillage(string person) => new("rosters.no-village", 422,
        new($"{person}安排驻村，但没有选择驻点村。", $"{person} is planned for a village, but none is chosen."),
        new("请选择驻点村。", "Choose the village."));

    public static Problem GapWithoutReason(DutyGap gap) => new("rosters.gap-without-reason", 422,
        new($"{gap.Day:MM-dd} 未达到“{gap.Rule.Title.Zh}”：需 {gap.Needed} 人，安排 {gap.Planned} 人。", $"{gap.Day:MM-dd} does not keep \"{gap.Rule.Title.En}\": {gap.Needed} needed, {gap.Planned} planned."),
        new("请调整安排，或在该项后写明原因。", "Plan more people, or write the reason beside it."));
}
