using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger;

/// <summary>Every refusal of this module. The codes are part of the interface: add, never reuse.</summary>
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

    public static Problem FoundLater { get; } = new("ledger.found-later", 422,
        new("发现日期不能晚于今天。", "It cannot have been found later than today."),
        new("请更正日期。", "Correct the date."));
}
