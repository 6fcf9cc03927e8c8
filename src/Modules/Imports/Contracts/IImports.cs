using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports.Contracts;

/// <summary>File intake, as the command line and the desk use it. What an actor may not do or see is refused or left out.</summary>
public interface IImports
{
    /// <summary>
    /// Stores files and recognises what they hold. A workbook with several kinds of data becomes several imports; a .zip
    /// is unpacked. They come back in the order in which they have to be applied.
    /// </summary>
    /// <returns>One import per file and kind, some perhaps in state <see cref="ImportState.NeedsMapping"/> or Failed.</returns>
    Task<Outcome<IReadOnlyList<ImportSummary>>> Upload(Actor actor, IReadOnlyList<FileGiven> files, ImportWishes wishes, CancellationToken cancel);

    /// <summary>How a file looks and would be read.</summary>
    Task<Outcome<ImportPreview>> Preview(Actor actor, Guid import, CancellationToken cancel);

    /// <summary>Says how a file is to be read, and remembers it for the sender.</summary>
    /// <param name="mapping">A mapping file's text; what it leaves out is recognised.</param>
    Task<Outcome<ImportSummary>> Map(Actor actor, Guid import, string mapping, CancellationToken cancel);

    /// <summary>Tries files out together, in order, without writing anything but what was found.</summary>
    Task<Outcome<IReadOnlyList<ImportSummary>>> Check(Actor actor, IReadOnlyList<Guid> imports, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>Takes files in, each in one transaction: all of it or nothing. One whose content was applied before changes nothing.</summary>
    /// <returns>The imports as they stand after it; a file that failed says so and does not keep others from being applied.</returns>
    Task<Outcome<IReadOnlyList<ImportSummary>>> Apply(Actor actor, IReadOnlyList<Guid> imports, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>Takes an import back. Refused while later imports build on it; the problem names them.</summary>
    Task<Outcome<ImportSummary>> Undo(Actor actor, Guid import, CancellationToken cancel);

    /// <summary>Writes a copy of the file with the cells coloured and commented in which something was found.</summary>
    /// <param name="to">Written once, from beginning to end; left open.</param>
    /// <returns>The name to give the copy.</returns>
    Task<Outcome<string>> Report(Actor actor, Guid import, Stream to, CancellationToken cancel);

    /// <summary>Imports, the latest first.</summary>
    Task<Page<ImportSummary>> List(Actor actor, int skip, int take, CancellationToken cancel);

    Task<Outcome<ImportSummary>> Find(Actor actor, Guid import, CancellationToken cancel);

    /// <param name="verdict">Only these, or null for all.</param>
    Task<Page<Finding>> Findings(Actor actor, Guid import, Verdict? verdict, int skip, int take, CancellationToken cancel);

    /// <summary>Rows that wait for a person.</summary>
    /// <param name="import">Of this import only, or null for all.</param>
    /// <param name="doubtful">Only rows that fit several people (true) or nobody (false); null for both.</param>
    Task<Page<WaitingRow>> Waiting(Actor actor, Guid? import, bool? doubtful, int skip, int take, CancellationToken cancel);

    /// <summary>Decides who a waiting row is about; the row is taken in at once.</summary>
    /// <param name="member">The person, or null: it is nobody of the register, and the row is laid aside.</param>
    Task<Outcome<WaitingRow>> Decide(Actor actor, Guid row, Guid? member, CancellationToken cancel);

    /// <summary>Tries the rows again that found nobody, after people were registered.</summary>
    /// <returns>How many found their person and were taken.</returns>
    Task<int> Retry(Actor actor, CancellationToken cancel);

    /// <summary>Marks imports that were interrupted (power cut, kill) as failed. Nothing of them was written; they can be run again.</summary>
    Task<int> Recover(string county, CancellationToken cancel);
}

/// <summary>What other modules ask about imports.</summary>
public interface IImportFindings
{
    /// <summary>Refusals with one of these codes in the imports in force, such as <c>duplicate_same</c>.</summary>
    Task<IReadOnlyList<Finding>> Refusals(string county, string kind, IReadOnlyList<string> codes, CancellationToken cancel);
}
