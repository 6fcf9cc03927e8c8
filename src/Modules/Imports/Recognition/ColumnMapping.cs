using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>How a file is read: its kind, and for each sheet that holds data the head rows and what the columns are.</summary>
/// <remarks>Stored with the import as JSON. Sheets are named by position too, since a text file's sheet has no name.</remarks>
internal sealed record FileMapping(string Kind, IReadOnlyList<SheetMapping> Sheets)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonTexts.Options);

    public static FileMapping FromJson(string json) => JsonSerializer.Deserialize<FileMapping>(json, JsonTexts.Options)!;

    /// <summary>Equal for files that are read the same way.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())))[..32];
}

/// <param name="Index">Position in the workbook, from 0.</param>
/// <param name="Top">First heading row, as the spreadsheet numbers it.</param>
/// <param name="Bottom">Last heading row; data follow.</param>
internal sealed record SheetMapping(string Sheet, int Index, int Top, int Bottom, IReadOnlyList<MappedColumn> Columns);

/// <param name="Column">From 0.</param>
/// <param name="Key">The heading in normal form, groups included; remembered mappings go by it.</param>
/// <param name="Heading">The heading for people.</param>
/// <param name="Field">The feed's field, or null for a column that is not taken in.</param>
/// <param name="Guessed">The heading was only like a known one, and the values fitted.</param>
internal sealed record MappedColumn(int Column, string Key, string Heading, string? Field, bool Guessed = false);

/// <summary>What somebody said about a sender's headings: heading → field, or null for a column to leave out.</summary>
internal sealed record LearnedMapping(string Kind, IReadOnlyDictionary<string, string?> Columns);
