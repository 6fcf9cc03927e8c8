using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>What was said and shown with a step, as one reader finds it.</summary>
internal static class StepWords
{
    /// <param name="note">Encrypted.</param>
    /// <param name="evidence">The files, as they are kept with the step.</param>
    /// <returns>For who does not read it <see cref="Withheld.Notice"/> as the reason, where there is anything; the files would be refused, and so are no links.</returns>
    public static (Text? Reason, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files) Of(byte[]? note, string evidence, bool reads, Secrets secrets)
    {
        var files = StepNote.Files(evidence);
        if (!reads)
            return (note is null && files.Count == 0 ? null : Withheld.Notice, new Dictionary<string, string>(), []);
        var read = StepNote.Read(note, secrets);
        return (Withheld.Plain(read.Reason), read.Texts, files);
    }
}
