using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger;

/// <summary>Every refusal about problems. The codes are part of the interface: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NotFound { get; } = new("ledger.not-found", 404,
        new("您的区域内没有这个问题。", "There is no such problem in your area."),
        new("请核对编号。", "Check the number."));

    public static Problem NoProblem { get; } = new("ledger.no-problem", 422,
        new("请写明发现的问题。", "Say what the problem is."),
        new("写清在哪里、什么问题。", "Say where, and what."));

    public static Problem NoPhotoOfFix { get; } = new("ledger.no-photo", 422,
        new("现场整改须有照片。", "What was fixed on the spot needs a photo."),
        new("请上传整改前后的照片，或不勾选现场整改。", "Upload one, or do not mark it as fixed."));

    public static Problem DueTooEarly { get; } = new("ledger.due-too-early", 422,
        new("整改期限不能早于今天。", "The date cannot lie in the past."),
        new("请重新选择期限。", "Choose another."));

    public static Problem DueTooLate(DateOnly latest) => new("ledger.due-too-late", 422,
        new($"绿色通道或月清零要求最迟 {latest:yyyy-MM-dd} 办结。", $"The green channel or the monthly zero wants it done by {latest:yyyy-MM-dd}."),
        new("请选择不晚于该日的期限。", "Choose that day or an earlier one."));

    public static Problem FoundLater { get; } = new("ledger.found-later", 422,
        new("发现日期不能晚于今天。", "It cannot have been found later than today."),
        new("请更正日期。", "Correct the date."));

    public static Problem KindUnknown(string kind) => new("ledger.kind-unknown", 422,
        new($"没有问题类别“{kind}”。", $"There is no kind of problem '{kind}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem SourceUnknown(string source) => new("ledger.source-unknown", 422,
        new($"没有问题来源“{source}”。", $"There is no source of problems '{source}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem ChannelUnknown(string channel) => new("ledger.channel-unknown", 422,
        new($"没有绿色通道“{channel}”。", $"There is no green channel '{channel}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem DepartmentUnknown(string department) => new("ledger.department-unknown", 422,
        new($"集中办公部门中没有“{department}”。", $"The joint office has no department '{department}'."),
        new("请从列表中选择接收部门。", "Choose the department that takes it over."));

    public static Problem SameDepartment { get; } = new("ledger.same-department", 422,
        new("该问题已在这个部门。", "It is with this department already."),
        new("请选择另一个部门，或直接办理。", "Choose another, or go on with it."));

    public static Problem InNoQueue { get; } = new("ledger.in-no-queue", 409,
        new("该问题没有进入部门队列，不能移交。", "It stands in no department's queue, and so cannot be handed over."),
        new("请由乡镇或县级交办时指定部门或绿色通道。", "Whoever assigns it names a department or a green channel."));

    public static Problem OtherDepartment { get; } = new("ledger.other-department", 403,
        new("该问题在另一个部门的队列中。", "It stands in another department's queue."),
        new("请由该部门办理，或由其移交给您的部门。", "That department goes on with it, or hands it over to yours."));

    public static Problem HigherLevel(AreaLevel level) => new("ledger.higher-level", 403,
        new($"该问题已上报到{Words.Of(level).Zh}，由该级决定。", $"It was handed up to the {Words.Of(level).En}, which decides."),
        new("请等待上级交办。", "Wait for it to be assigned from there."));

    public static Problem NoHigherLevel { get; } = new("ledger.no-higher-level", 409,
        new("该问题已在县级。", "It is with the county already."),
        new("请由县级交办部门；县级解决不了的，由县级办公室“报送市级或省级”。", "Let the county assign it to a department; what the county cannot solve its office sends up to the prefecture or province."));

    public static Problem NotAbove { get; } = new("ledger.not-above", 422,
        new("请选择报送到市级还是省级。", "Say whether it goes to the prefecture or the province."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem NoLetter(AreaLevel level) => new("ledger.no-letter", 422,
        new($"系统内没有{Words.Of(level).Zh}用户可以答复，须以文件报送。", $"No user of the {Words.Of(level).En} can answer here, so it goes up by letter."),
        new("请填写报送文件的文号；收到答复后，用“登记上级答复”记入。", "Give the number of the letter; when the answer comes, enter it."));

    public static Problem ByCheckOnly { get; } = new("ledger.by-check-only", 403,
        new("复查结果由系统登记。", "What a check finds is entered by the program."),
        new("请改正或说明数据，复查后自动提交；也可以自己提交整改结果和照片。", "Put the data right or explain them, and it is handed in by itself; or hand in what was done, with a photo."));

    public static Problem ExaminedBySelf { get; } = new("ledger.examined-by-self", 403,
        new("该问题由系统复查后提交，不知道由谁整改，审查和销号须由两人办理。", "A check handed it in, and nobody knows who mended it: two people examine it and strike it off."),
        new("请由另一人销号。", "Let somebody else strike it off."));

    public static Problem StillFound(int count) => new("ledger.still-found", 409,
        new($"仍有 {count} 条没有消除，不能销号。", $"{count} of what it stands for are still there."),
        new("请退回整改，或先逐条改正、说明；复查后不再发现的自动核减。", "Send it back, or have them put right or explained first; what a check does not find any more is taken off by itself."));

    public static Problem PartsOpen(IReadOnlyList<string> codes) => new("ledger.parts-open", 409,
        new($"分解出的问题还没有销号：{string.Join('、', codes)}。", $"Parts of it are not struck off yet: {string.Join(", ", codes)}."),
        new("请先办结这些问题。", "Finish those first."));

    public static Problem WholeIsStruckOff { get; } = new("ledger.whole-struck-off", 409,
        new("该问题已销号，不能再分解。", "It is struck off, and has no parts any more."),
        new("请重新打开，或另行登记。", "Reopen it, or enter a problem of its own."));

    public static Problem TooEarlyToTell(DateOnly from) => new("ledger.too-early-to-tell", 409,
        new($"{from:yyyy-MM-dd} 以后才能判断成效是否稳定。", $"Whether it held can be told from {from:yyyy-MM-dd} on."),
        new("请到期再复核；现已反弹的，请重新打开。", "Look again then; if it has come back already, reopen it."));

    public static Problem NoCodes(string file, string headings) => new("ledger.list-no-codes", 422,
        new($"“{file}”里没有找到写有“编号”的表头，不能对账。", $"No heading in '{file}' says where the codes are, so that it cannot be reconciled."),
        new($"请在表头写明问题编号所在的列（如{headings}），编号为 P2020-00001 的样式。", $"Give the column of codes a heading such as {headings}; codes look like P2020-00001."));

    public static Problem EmptyList(string file) => new("ledger.list-empty", 422,
        new($"“{file}”的表头下面没有数据。", $"There is nothing below the headings of '{file}'."),
        new("请确认上传的是有数据的清单。", "Check that it is the list with the rows."));

    public static Problem NothingPasted { get; } = new("ledger.list-no-lines", 422,
        new("粘贴的内容中没有问题编号。", "What was pasted holds no code of a problem."),
        new("每行写一个 P2020-00001 样式的编号，后面可以跟状态和期限；或上传文件。", "Write a code like P2020-00001 in each line, with state and day behind it if you like; or upload the file."));

    public static Problem NoSuchList { get; } = new("ledger.list-not-found", 404,
        new("您的区域内没有这份清单。", "There is no such list in your area."),
        new("请重新上传。", "Upload it again."));

    public static Problem NoFile { get; } = new("ledger.list-no-file", 422,
        new("没有选择文件，或文件是空的。", "No file was chosen, or it is empty."),
        new("请选择要对账的清单。", "Choose the list to reconcile."));
}
