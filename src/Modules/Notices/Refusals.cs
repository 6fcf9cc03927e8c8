using Shouwang.Kernel;

namespace Shouwang.Modules.Notices;

/// <summary>Every refusal of this module. The codes are part of the interface: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NotFound { get; } = new("notices.not-found", 404,
        new("您的区域内没有这个公示。", "There is no such notice in your area."),
        new("请核对编号。", "Check the number."));

    public static Problem Leaks(Text where, Leak leak) => new("notices.private", 422,
        new($"“{where.Zh}”中含有{LeakCheck.NameOf(leak.Kind).Zh}：{leak.Shown}。",
            $"\"{where.En}\" holds {LeakCheck.NameOf(leak.Kind).En}: {leak.Shown}."),
        new("公示不得出现证件号、电话、银行账号和健康状况，请删除后再发布。",
            "A notice must not show ids, telephones, bank accounts or health; take it out and publish again."));

    public static Problem Unmasked(int line) => new("notices.unmasked", 422,
        new($"第 {line} 行的姓名未脱敏。", $"The name in line {line} is not masked."),
        new("姓名只保留姓氏，其余用 * 代替。", "Keep the surname and put stars for the rest."));

    public static Problem Empty { get; } = new("notices.empty", 422,
        new("公示名单为空。", "The list of the notice is empty."),
        new("请至少选择一户。", "Choose at least one household."));

    public static Problem WordsMissing { get; } = new("notices.words-missing", 422,
        new("公示的标题、张贴地点或联系方式未填写。", "The title, place or contact of the notice is missing."),
        new("请补充完整后再发布。", "Fill them in and publish again."));

    public static Problem FromLater { get; } = new("notices.from-later", 422,
        new("公示开始日期不能晚于今天。", "A notice cannot begin later than today."),
        new("请在张贴当天发布。", "Publish it on the day it is put up."));

    public static Problem TooShort(DateOnly earliest) => new("notices.too-short", 409,
        new($"公示期未满，最早 {earliest:yyyy-MM-dd} 结束。", $"The notice has not hung long enough; it may end on {earliest:yyyy-MM-dd}."),
        new("请在公示期满后办理。", "Come back then."));

    public static Problem NoPhoto { get; } = new("notices.no-photo", 409,
        new("还没有公示栏照片。", "There is no photo of the notice board."),
        new("请先上传张贴照片。", "Upload one first."));

    public static Problem ObjectionsOpen(int count) => new("notices.objections-open", 409,
        new($"还有 {count} 条异议未处理。", $"{count} objections are not handled."),
        new("请先处理异议并答复。", "Handle and answer them first."));

    public static Problem Over { get; } = new("notices.over", 409,
        new("公示已经结束。", "The notice is over."),
        new("请向乡镇人民政府反映。", "Turn to the township government."));

    public static Problem NoWords { get; } = new("notices.no-words", 422,
        new("请写明异议内容。", "Say what you object to."),
        new("用几句话说明情况，可以不留姓名。", "A few words are enough; you need not give your name."));

    public static Problem TooLong { get; } = new("notices.too-long", 422,
        new("内容太长。", "This is too long."),
        new("请控制在 2000 字以内，姓名和电话不超过 50 字。", "Keep to 2,000 characters, and 50 for name and telephone."));

    public static Problem TooMany { get; } = new("notices.too-many", 429,
        new("短时间内提交过多。", "Too many objections in a short time."),
        new("请一小时后再试，或拨打公示上的电话。", "Try again in an hour, or call the telephone on the notice."));

    public static Problem NoObjection { get; } = new("notices.no-objection", 404,
        new("没有这条异议，或已处理。", "There is no such objection, or it was handled."),
        new("请刷新列表。", "Reload the list."));

    public static Problem NoFinding { get; } = new("notices.no-finding", 422,
        new("请填写调查结论。", "The finding is missing."),
        new("写明调查过程和结论，将答复异议人。", "Say what was found; whoever objected will read it."));
}
