using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Imports;

/// <summary>How imports are called on the screen.</summary>
internal static class ImportWords
{
    public static Text Of(ImportState state) => state switch
    {
        ImportState.Received => new("已上传", "received"),
        ImportState.NeedsMapping => new("待指明列", "needs mapping"),
        ImportState.Recognised => new("已识别", "recognised"),
        ImportState.Checked => new("已试运行", "checked"),
        ImportState.Running => new("运行中", "running"),
        ImportState.Applied => new("已导入", "applied"),
        ImportState.Failed => new("失败", "failed"),
        ImportState.Undone => new("已撤销", "undone"),
    };

    public static Tone ToneOf(ImportState state) => state switch
    {
        ImportState.Applied => Tone.Good,
        ImportState.Failed => Tone.Bad,
        ImportState.NeedsMapping => Tone.Warn,
        ImportState.Recognised or ImportState.Checked or ImportState.Running => Tone.Note,
        ImportState.Received or ImportState.Undone => Tone.Plain,
    };

    public static Text Of(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => new("接受", "accepted"),
        Verdict.Warned => new("警告", "warning"),
        Verdict.Refused => new("拒收", "refused"),
    };
}
