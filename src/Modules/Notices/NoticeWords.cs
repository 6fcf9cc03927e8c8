using Shouwang.Kernel;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Notices;

/// <summary>How notices are called on the screen.</summary>
internal static class NoticeWords
{
    public static Text Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Identification => new("识别公示", "identification"),
        NoticeKind.Elimination => new("风险消除公示", "elimination"),
    };

    public static Text Of(ObjectionState state) => state switch
    {
        ObjectionState.Open => new("待处理", "open"),
        ObjectionState.Founded => new("成立", "founded"),
        ObjectionState.Unfounded => new("不成立", "unfounded"),
    };

    public static Tone ToneOf(ObjectionState state) => state switch
    {
        ObjectionState.Open => Tone.Warn,
        ObjectionState.Founded => Tone.Bad,
        ObjectionState.Unfounded => Tone.Plain,
    };
}
