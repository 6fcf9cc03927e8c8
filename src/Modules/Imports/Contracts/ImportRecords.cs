using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Imports.Contracts;

/// <summary>How far a file has come.</summary>
public enum ImportState
{
    /// <summary>Stored, not looked at.</summary>
    Received,

    /// <summary>Somebody has to say what the file or its columns are.</summary>
    NeedsMapping,

    Recognised,

    /// <summary>Tried out without writing; what would become of every row is known.</summary>
    Checked,

    /// <summary>Being checked or applied right now.</summary>
    Running,

    Applied,

    /// <summary>Nothing of it was written; <see cref="ImportSummary.Problem"/> says why. It can be run again.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    Undone,
}

/// <summary>A file somebody hands over.</summary>
/// <param name="Name">The name it had; for messages and lists, never for recognition.</param>
/// <param name="Open">Opens its content; the caller of this disposes the stream.</param>
public sealed record FileGiven(string Name, Func<Stream> Open);

/// <summary>What is known about files besides their content.</summary>
/// <param name="Area">The area the files are about: a county or township.</param>
/// <param name="Mapping">The text of a mapping file (YAML or JSON), or null. Its form is described in docs/cli.md.</param>
/// <param name="Sender">Who made the files, for remembered mappings; null: the actor's department or the area.</param>
public sealed record ImportWishes(AreaCode Area, string? Mapping = null, string? Sender = null);

/// <summary>Rows of a file by what became of them.</summary>
/// <param name="Rows">Data rows; titles, notes and totals are not counted.</param>
/// <param name="Warned">Rows accepted with a warning.</param>
/// <param name="ById">Rows that found their person by number.</param>
/// <param name="ByHousehold">Rows that found their household by its code.</param>
/// <param name="ByName">Rows that found their person by name, birth date and village.</param>
/// <param name="Doubtful">Accepted rows that fit several people; they wait for a decision.</param>
/// <param name="Unmatched">Accepted rows that fit nobody; they are kept and tried again when people are registered.</param>
public sealed record ImportCounts(int Rows, int Warned, int Refused, int ById, int ByHousehold, int ByName, int Doubtful, int Unmatched)
{
    public static readonly ImportCounts None = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Rows that were not refused, warned ones included.</summary>
    public int Accepted => Rows - Refused;
}

/// <summary>One import: one kind of data in one file.</summary>
/// <param name="Kind">The feed's kind; null while it is not known.</param>
/// <param name="Repeated">The same content was applied before; nothing was done this time.</param>
public sealed record ImportSummary(
    Guid Id, AreaCode Area, string FileName, string? Kind, Text? KindTitle, ImportState State, DateOnly AsOf, ImportCounts Counts,
    DateTimeOffset UploadedAt, string UploadedBy, DateTimeOffset? AppliedAt, DateTimeOffset? UndoneAt, Problem? Problem, bool Repeated = false);

/// <summary>Something found in a file, in words for whoever has to correct it.</summary>
/// <param name="Sheet">Empty for text files.</param>
/// <param name="Row">As the spreadsheet numbers it.</param>
/// <param name="Column">The letter, or null for the row as a whole.</param>
/// <param name="Value">What the cell holds, in full: whoever may see findings has the file.</param>
public sealed record Finding(
    Guid Import, string File, string Sheet, int Row, string? Column, string? Heading, string? Value, string Code, Verdict Verdict, Text Reason, Text Remedy);

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>A row that waits for a person: it fits nobody, or several.</summary>
/// <param name="Village">As the row says it.</param>
/// <param name="Candidates">Who it fits; empty for rows that fit nobody.</param>
public sealed record WaitingRow(
    Guid Id, Guid Import, string File, string Kind, string Sheet, int Row, string? Name, string? Number, string? Birth, string? Village,
    bool Doubtful, IReadOnlyList<MatchCandidate> Candidates);

public sealed record MatchCandidate(Guid Member, string MemberCode, Guid Household, string HouseholdCode, string Village);

/// <summary>How a file looks and how it would be read: for the page on which somebody says what the columns are.</summary>
/// <param name="Kinds">Every kind there is, the likeliest first.</param>
public sealed record ImportPreview(ImportSummary Import, IReadOnlyList<PreviewKind> Kinds, IReadOnlyList<PreviewSheet> Sheets);

/// <param name="Fields">The fields a column can be, in the policy's order.</param>
public sealed record PreviewKind(string Kind, Text Title, IReadOnlyList<PreviewField> Fields);

public sealed record PreviewField(string Name, Text Title, bool Required);

/// <param name="Top">First heading row, or 0 where none was found.</param>
/// <param name="Columns">Every column of the heading, with the field it was taken for.</param>
/// <param name="Rows">The first rows as they stand, so that people see what they decide about.</param>
/// <param name="Missing">Required fields without a column.</param>
public sealed record PreviewSheet(
    string Name, string? Kind, bool Certain, int Top, int Bottom, IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<PreviewRow> Rows, IReadOnlyList<Text> Missing);

public sealed record PreviewColumn(string Letter, string Heading, string? Field, bool Guessed);

public sealed record PreviewRow(int Number, IReadOnlyList<string> Cells);

/// <summary>How a long run is getting on.</summary>
/// <param name="Rows">Data rows done so far in this file.</param>
/// <param name="RowsPerSecond">Since the file was begun.</param>
/// <param name="Done">The file is finished.</param>
public sealed record ImportProgress(Guid Import, string File, string? Kind, long Rows, long RowsPerSecond, bool Done);
