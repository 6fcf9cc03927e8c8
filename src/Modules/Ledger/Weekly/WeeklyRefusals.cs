using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger.Weekly;

/// <summary>Every refusal about weekly reports. The codes are part of the interface: add, never reuse.</summary>
internal static class WeeklyRefusals
{
    public static Problem NoWeeklyKind { get; } = new("weekly.no-such-kind", 422,
        new("这一类问题不要求周报。", "This kind of problem is not reported weekly."),
        new("请从列表中选择类别；需要周报的，由县级在政策包中设定。", "Choose a kind of the list; a county that wants one says so in its policy pack."));

    public static Problem NoWeek { get; } = new("weekly.no-such-week", 422,
        new("周次不对，或还没有到。", "It is no Monday, or the week has not begun."),
        new("请选择本周或以前的一周。", "Choose this week or an earlier one."));

    public static Problem FiledAlready { get; } = new("weekly.filed-already", 409,
        new("这一周的周报已报送。", "The report of this week is filed."),
        new("报送后不再改动；此后的变化请看对账。", "It stays as it is; what has changed since shows when it is reconciled."));
}
