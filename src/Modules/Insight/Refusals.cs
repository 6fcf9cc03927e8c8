using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight;

/// <summary>Every refusal this module can give. The codes are part of the API: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NotPermitted(string permission) => new("access.not-permitted", 403,
        new($"您的岗位或区域不能“{Permissions.Find(permission).Title.Zh}”。", $"Your post or area does not allow \"{Permissions.Find(permission).Title.En}\"."),
        new("请交由有权限的人员办理。", "Hand it to somebody whose post allows it."));

    public static Problem NoIndicator(string code) => new("insight.no-indicator", 404,
        new($"没有指标 {code}。", $"There is no indicator {code}."), new("请在指标页面查看编号。", "See the page of indicators for the codes."));

    public static Problem Published(DateOnly asOf) => new("insight.published", 409,
        new($"{Screen.Date(asOf)} 的数字已经发布，不再改动。", $"The figures of {Screen.Date(asOf)} are published and stay as they are."),
        new("请更正后以另一天的数字发布。", "Correct them and publish those of another day."));

    public static Problem NotKept(DateOnly asOf) => new("insight.not-kept", 409,
        new($"{Screen.Date(asOf)} 的数字背后的农户没有保存。", $"The households behind the figures of {Screen.Date(asOf)} were not kept."),
        new("当天的数字当天发布；每月最后一天的由系统保存，以后也可以发布。", "Figures are published on their day; those of the last day of each month are kept by the system and can be published later, too."));

    public static Problem OwnAdjustment() => new("insight.own-adjustment", 409,
        new("当日有您本人调整的数字。", "You adjusted a figure of this day yourself."),
        new("请由另一名有权限的人员发布。", "Somebody else who may publish has to do it."));

    public static Problem Moving() => new("insight.moving", 409,
        new("统计期间数据有变动，未发布。", "The data changed while it was counted; nothing was published."), new("请再试一次。", "Try again."));

    public static Problem BadNumerator() => new("insight.bad-numerator", 422,
        new("数值（分子）不是数，或过大。", "The value (numerator) is no number, or too large."), new("请填不带单位的数。", "Give a number without a unit."));

    public static Problem BadDenominator() => new("insight.bad-denominator", 422,
        new("分母应为大于0的数。", "The denominator has to be a number above 0."), new("基数不详时请留空，只显示分子。", "Leave it empty where the base is not known; then only the numerator is shown."));

    public static Problem NoReason() => new("insight.no-reason", 422,
        new("没有说明理由或出处，或超过500字。", "The reason or source is missing, or longer than 500 characters."),
        new("请写明为何调整，或由谁、依据哪份文件上报。", "Say why it is adjusted, or who reports it and in which document."));

    public static Problem InFuture() => new("insight.in-future", 422,
        new("统计日期还没有到。", "The as-of day has not come yet."), new("请填今天或以前的日期。", "Give today or an earlier day."));

    public static Problem NothingToAdjust() => new("insight.nothing-to-adjust", 422,
        new("这个辖区当日没有计算出的数字。", "Nothing was computed for this area and day."), new("请先统计，或改填有数字的日期。", "Have it worked out first, or give a day that has figures."));
}
