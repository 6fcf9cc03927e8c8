namespace Shouwang.Modules.Imports.Recognition;

/// <summary>What somebody says about how a file is to be read; everything left out is recognised.</summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="Sheet">The only sheet to read.</param>
/// <param name="Top">First heading row, from 1.</param>
/// <param name="Bottom">Last heading row.</param>
/// <param name="Columns">A column by its letter or heading → the field, or null to leave it out.</param>
internal sealed record MappingWish(string? Kind, string? Sheet, int? Top, int? Bottom, IReadOnlyDictionary<string, string?> Columns);
