using Shouwang.Kernel;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>A row near the top of a sheet, as people see it: merged cells show their value everywhere.</summary>
/// <param name="Number">As the spreadsheet numbers it.</param>
internal sealed record TopRow(int Number, IReadOnlyList<Cell> Cells)
{
    public string Text(int column) => column < Cells.Count ? Cells[column].Text : "";

    /// <summary>How many different texts the row shows.</summary>
    public int Distinct { get; } = Cells.Where(c => !c.IsEmpty).Select(c => c.Text).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whether it may be part of a heading: different words in several cells, hardly an amount or date among them.</summary>
    public bool MayBeHeading { get; } =
        Cells.Where(c => c.Kind == CellKind.Text).Select(c => c.Text).Distinct(StringComparer.Ordinal).Take(2).Count() == 2
        && Cells.Count(c => c.Kind is CellKind.Number or CellKind.Date) * 4 <= Cells.Count(c => c.Kind == CellKind.Text);
}

/// <summary>The first rows of a sheet: titles, headings, and some rows of data to try guesses on.</summary>
internal sealed record SheetTop(string Sheet, int Index, IReadOnlyList<TopRow> Rows)
{
    private const int Most = 60;

    public int Columns { get; } = Rows.Count == 0 ? 0 : Rows.Max(r => r.Cells.Count);

    /// <summary>Reads them; a sheet without content has no rows.</summary>
    public static Outcome<SheetTop> Read(TableSheet sheet, int index)
    {
        using var reader = sheet.Rows(MergeFill.Everywhere);
        var rows = new List<TopRow>();
        while (rows.Count < Most && reader.Read())
            rows.Add(new(reader.Row.Number, reader.Row.Cells.ToArray()));
        return reader.Problem is { } problem ? problem : new SheetTop(sheet.Name, index, rows);
    }
}

/// <summary>A column's heading, from the group above to the heading itself, repeats and sheet-wide titles left out.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Path">Normal forms, top to bottom; the last is the heading itself.</param>
/// <param name="Title">For people: <c>健康/残疾等级</c>.</param>
internal sealed record ColumnHead(int Column, IReadOnlyList<string> Path, string Title)
{
    public string Leaf => Path[^1];

    /// <summary>The heading without numbering and unit.</summary>
    public string Bare { get; } = HeadingText.Bare(Path[^1]);

    /// <summary>The groups above it in the same form, the nearest first.</summary>
    public IReadOnlyList<string> Groups { get; } = [.. Path.Take(Path.Count - 1).Reverse().Select(HeadingText.Bare)];

    /// <summary>The path in one text: how remembered mappings name a column.</summary>
    public string Key { get; } = string.Join('/', Path);
}

/// <summary>The rows of a sheet that are its heading, and what they say column by column.</summary>
internal sealed record SheetHead(int Top, int Bottom, IReadOnlyList<ColumnHead> Columns)
{
    /// <summary>Puts the heading rows <paramref name="from"/> to <paramref name="to"/> (positions in the top rows) together.</summary>
    public static SheetHead Of(SheetTop top, int from, int to)
    {
        var heads = new List<ColumnHead>();
        var rows = Enumerable.Range(from, to - from + 1).Select(i => Filled(top, i, i == to)).Where(r => r is not null).ToList();
        for (var column = 0; column < top.Columns; column++)
        {
            var (path, shown) = (new List<string>(), new List<string>());
            foreach (var row in rows)
            {
                if (row![column] is not { Length: > 0 } text || HeadingText.Normal(text) is not { Length: > 0 } normal || path.LastOrDefault() == normal)
                    continue;
                path.Add(normal);
                shown.Add(HeadingText.Shown(text));
            }
            if (path.Count > 0)
                heads.Add(new(column, path, string.Join('/', shown)));
        }
        return new(top.Rows[from].Number, top.Rows[to].Number, heads);
    }

    // Text files and careless workbooks write a group once, above its first column: it reaches to the next one.
    private static string[]? Filled(SheetTop top, int at, bool last)
    {
        var row = top.Rows[at];
        if (!last && row.Distinct < 2)
            return null;
        var texts = Enumerable.Range(0, top.Columns).Select(row.Text).ToArray();
        if (last)
            return texts;
        var below = top.Rows[at + 1];
        var group = "";
        for (var column = 0; column < texts.Length; column++)
        {
            if (texts[column].Length > 0)
                group = below.Text(column).Length > 0 && below.Text(column) != texts[column] ? texts[column] : "";
            else if (below.Text(column).Length > 0)
                texts[column] = group;
        }
        return texts;
    }
}
