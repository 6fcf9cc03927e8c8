using Shouwang.Kernel;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Reading;

/// <summary>Reads a file's data rows as a feed's fields, chunk by chunk.</summary>
internal sealed class RowSource(Policy policy, FeedDefinition feed, FileMapping mapping)
{
    /// <summary>Rows in a chunk: large enough for the database, small enough for memory.</summary>
    public const int ChunkRows = 4_000;

    private readonly FieldReader _reader = new(policy);

    public FeedShape Shape { get; } = new(feed);

    /// <summary>Every data row of every mapped sheet, in order.</summary>
    /// <exception cref="ImportStopped">The file cannot be read to its end.</exception>
    public IEnumerable<List<FeedRow>> Chunks(TableFile file)
    {
        var chunk = new List<FeedRow>(ChunkRows);
        foreach (var sheet in mapping.Sheets)
        {
            if (sheet.Index >= file.Sheets.Count)
                continue;
            using var rows = file.Sheets[sheet.Index].Rows(MergeFill.Down);
            var fields = FieldsOf(sheet);
            var kinds = new RowKinds(Shape, sheet, fields);
            while (rows.Read())
            {
                if (rows.Row.Number <= sheet.Bottom || !kinds.IsData(rows.Row))
                    continue;
                chunk.Add(Row(sheet.Sheet, rows.Row, fields));
                if (chunk.Count == ChunkRows)
                {
                    yield return chunk;
                    chunk = new(ChunkRows);
                }
            }
            if (rows.Problem is { } problem)
                throw new ImportStopped(problem);
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    /// <summary>A row again from the texts its cells held.</summary>
    public FeedRow Again(StoredRow stored)
    {
        var row = new FeedRow(stored.Sheet, stored.Row, new object?[feed.Fields.Count], new string?[feed.Fields.Count]);
        for (var field = 0; field < feed.Fields.Count; field++)
        {
            if (stored.Texts.TryGetValue(feed.Fields[field].Name, out var text) && text is not null)
                Read(row, field, new(CellKind.Text, text));
        }
        if (stored.IdDamaged && Shape.Number >= 0)
            (row.IdDamaged, row.Values[Shape.Number]) = (true, null);
        return row;
    }

    private int[] FieldsOf(SheetMapping sheet)
    {
        var fields = new int[sheet.Columns.Count == 0 ? 0 : sheet.Columns.Max(c => c.Column) + 1];
        Array.Fill(fields, -1);
        foreach (var column in sheet.Columns)
        {
            if (column.Field is { } name)
                fields[column.Column] = feed.Fields.ToList().FindIndex(f => f.Name == name);
        }
        return fields;
    }

    private FeedRow Row(string sheet, TableRow cells, int[] fields)
    {
        var row = new FeedRow(sheet, cells.Number, new object?[feed.Fields.Count], new string?[feed.Fields.Count]);
        for (var column = 0; column < Math.Min(fields.Length, cells.Count); column++)
        {
            if (fields[column] >= 0)
                Read(row, fields[column], cells[column]);
        }
        if (Shape.NeedsPerson && row.Values[Shape.Name] is null && row.Values[Shape.Number] is null && !row.IdDamaged
            && !row.Findings.Any(f => f.Field == feed.Fields[Shape.Number].Name))
        {
            row.Add(CellFindings.NoPerson.On(feed.Fields[Shape.Name].Name));
            return row;
        }
        foreach (var key in Shape.Keys)
        {
            if (row.Values[key] is null && !row.Findings.Any(f => f.Field == feed.Fields[key].Name))
                row.Add(CellFindings.Missing(feed.Fields[key].Title).On(feed.Fields[key].Name));
        }
        return row;
    }

    private void Read(FeedRow row, int field, in Cell cell)
    {
        if (cell.IsEmpty)
            return;
        row.Texts[field] = cell.Text;
        var read = _reader.Read(feed.Fields[field], cell);
        row.Values[field] = read.Value;
        if (read.Finding is null)
            return;
        row.Add(read.Finding.On(feed.Fields[field].Name));
        if (read.Finding == CellFindings.IdPrecisionLost)
            row.IdDamaged = true;
    }
}

/// <summary>Ends a pass over a file for a reason that its sender can act on.</summary>
internal sealed class ImportStopped(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}

/// <summary>A row as it waits, encrypted, for its person.</summary>
internal sealed record StoredRow(string Sheet, int Row, bool IdDamaged, Dictionary<string, string?> Texts)
{
    public static StoredRow Of(FeedRow row, FeedDefinition feed) => new(row.Sheet, row.Number, row.IdDamaged,
        feed.Fields.Select((f, i) => (f.Name, Text: row.Texts[i])).Where(f => f.Text is not null).ToDictionary(f => f.Name, f => f.Text));
}
