using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>What is to be said about one cell of a file.</summary>
/// <param name="Sheet">The name of the sheet; empty for a text file.</param>
/// <param name="Row">From 1, as <see cref="TableRow.Number"/>.</param>
/// <param name="Column">From 0.</param>
/// <param name="Message">Both languages go into the comment, Chinese first.</param>
public sealed record CellNote(string Sheet, int Row, int Column, Text Message, NoteSeverity Severity);

/// <summary>
/// The report on an import as a copy of the file itself: the cells in question coloured (red: the row was refused; amber: a
/// warning) and commented, everything else as it was, ready to be corrected and sent again.
/// </summary>
/// <remarks>
/// An .xlsx is copied part by part and only the sheets with notes are rewritten on the way; other formats become an .xlsx
/// with the same cells in the same places. A copy that is annotated again loses the colours of cells that are right by now.
/// The first <see cref="MostComments"/> notes of a sheet become comments, for spreadsheets choke on more; all are coloured.
/// </remarks>
public static class AnnotatedCopy
{
    public const int MostComments = 10_000;

    /// <param name="source">The file as it was sent; stays open.</param>
    /// <param name="notes">In any order; several on one cell are joined.</param>
    /// <param name="target">Written asynchronously, not sought, left open.</param>
    /// <returns>Null, or why the source could not be read to its end; the target is then of no use.</returns>
    public static async Task<Problem?> Write(
        TableFile source, IEnumerable<CellNote> notes, Stream target, CancellationToken cancel)
    {
        var bySheet = notes.GroupBy(n => n.Sheet).ToDictionary(g => g.Key, CellMarks.Of);
        try
        {
            if (source is XlsxFile { CanBeMarked: true } workbook)
                await new MarkedWorkbook(workbook, bySheet).Write(target, cancel);
            else
                await PlainCopy.Write(source, bySheet, target, cancel);
            return null;
        }
        catch (Exception e) when (BadInput.Covers(e))
        {
            // An error of the target is not the file's: those who pass a stream hear of it themselves.
            if (e is IOException and not EndOfStreamException)
                throw;
            return BadInput.Explain(e, source.Name);
        }
    }
}

/// <summary>The notes of one sheet, one for each cell, row by row.</summary>
internal sealed class CellMarks
{
    public readonly record struct Mark(int Row, int Column, NoteSeverity Severity, string Comment);

    private CellMarks(Mark[] marks) => Marks = marks;

    /// <summary>By row, then column; no two of one cell.</summary>
    public Mark[] Marks { get; }

    public IEnumerable<Mark> Commented => Marks.Take(AnnotatedCopy.MostComments);

    public static CellMarks Of(IEnumerable<CellNote> notes) => new([.. notes
        .Where(n => n.Row is >= 1 and <= 1_048_576 && n.Column is >= 0 and < 16_384)
        .GroupBy(n => (n.Row, n.Column))
        .OrderBy(g => g.Key.Row).ThenBy(g => g.Key.Column)
        .Select(g => new Mark(g.Key.Row, g.Key.Column, g.Max(n => n.Severity), Comment(g)))]);

    private static string Comment(IEnumerable<CellNote> notes)
    {
        var lines = notes.OrderByDescending(n => n.Severity).Select(n => n.Message).Distinct()
            .Select(m => m.Zh == m.En ? m.Zh : $"{m.Zh}\n{m.En}");
        var text = string.Join("\n\n", lines);
        return text.Length <= 4_000 ? text : text[..4_000] + "…";
    }
}
