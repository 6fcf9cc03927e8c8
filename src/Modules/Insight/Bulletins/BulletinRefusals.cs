using Shouwang.Kernel;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Every refusal about bulletins, rankings and cards. The codes are part of the API: add, never reuse.</summary>
internal static class BulletinRefusals
{
    public static Problem NotFound { get; } = new("bulletins.not-found", 404,
        new("没有这份通报，或尚未发布。", "There is no such bulletin, or it is not published yet."), new("请在列表中查看。", "See the list."));

    public static Problem NoTemplate(string code) => new("bulletins.no-template", 422,
        new($"政策包里没有“{code}”。", $"The policy packs have no '{code}'."), new("请选择列出的一种。", "Choose one of those listed."));

    public static Problem NoPeriod(string text) => new("bulletins.no-period", 422,
        new($"“{text}”不是这类文件的期间。", $"'{text}' is no period of this kind."), new("月写 2020-06，季写 2020-Q2，年写 2020。", "A month is 2020-06, a quarter 2020-Q2, a year 2020."));

    public static Problem NotOver(DateOnly to) => new("bulletins.not-over", 409,
        new($"期间到 {Screen.Date(to)} 才结束。", $"The period ends on {Screen.Date(to)}."), new("请在期末当天或以后起草。", "Write it on that day or later."));

    public static Problem NoFigures(DateOnly from, DateOnly to) => new("bulletins.no-figures", 409,
        new($"{Screen.Date(from)} 至 {Screen.Date(to)} 没有统计过数字。", $"No figures were worked out from {Screen.Date(from)} to {Screen.Date(to)}."),
        new("期末当天系统会自动统计；过去的日子不能补算。", "The system works them out on the last day of the period; past days cannot be made up for."));

    public static Problem OpensNothing(DateOnly asOf) => new("bulletins.opens-nothing", 409,
        new($"{Screen.Date(asOf)} 的数字背后的农户没有保存，读者点开数字看不到户。", $"The households behind the figures of {Screen.Date(asOf)} were not kept, so that no number would open."),
        new("当天起草的请先发布当天的统计；以前的日子请改用月末的数字另行起草：月末的农户由系统保存。",
            "If it is of today, publish today's figures first. Else write another as of the end of a month: its households are kept by the system."));

    public static Problem Exists(string code) => new("bulletins.exists", 409,
        new($"同一期间已有 {code}。", $"There is {code} for the same period."), new("草稿请直接修改；已发布的请从原件“另发更正”。", "Edit it while it is a draft; once published, correct it from its page."));

    public static Problem NoUnit(string unit) => new("bulletins.no-unit", 422,
        new($"考核单位“{unit}”不存在，或不属于这一类。", $"There is no unit '{unit}' of this kind."), new("请从列表中选择。", "Choose one of those listed."));

    public static Problem Typed(string typed, IEnumerable<string> fields) => new("bulletins.number-typed", 422,
        new($"手工填写的“{typed}”与统计数字不一致，本段的数字是：{string.Join("、", fields)}。", $"'{typed}' was typed and is not what the figures say; the numbers of this paragraph are {string.Join(", ", fields)}."),
        new("请保留 ⟦ ⟧ 里的数字；数字有误请调整统计指标后重新起草。", "Keep the numbers in ⟦ ⟧; where a figure is wrong, adjust the indicator and write it anew."));

    public static Problem EmptyParagraph { get; } = new("bulletins.empty-paragraph", 422,
        new("段落为空，或超过2000字。", "A paragraph is empty, or longer than 2,000 characters."), new("请填写中英文两种文字。", "Give the text in both languages."));

    public static Problem PlacesDiffer { get; } = new("bulletins.places-differ", 422,
        new("中英文两段引用的数字不同。", "The two languages refer to different figures."), new("请在两种文字中保留同样的数字。", "Keep the same numbers in both."));

    public static Problem NotYours { get; } = new("bulletins.not-your-card", 403,
        new("这不是您单位的考核表。", "This is not your unit's card."), new("请打开本单位的考核表陈述意见。", "Open that of your own unit."));

    public static Problem ReplyOpen(DateOnly until) => new("bulletins.reply-open", 409,
        new($"单位还没有陈述意见，陈述期到 {Screen.Date(until)}。", $"The unit has not given its view, and has until {Screen.Date(until)}."), new("请在单位陈述后或期满后签发。", "Sign it after the unit spoke or its time is over."));

    public static Problem Changed { get; } = new("bulletins.changed", 409,
        new("内容与签发时不一致，未发布。", "The content is not what was signed; it was not published."), new("请退回后重新签发，并请管理员核查审计日志。", "Send it back and sign it anew; have an administrator look at the audit log."));
}
