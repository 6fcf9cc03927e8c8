namespace Shouwang.Platform.Tables;

/// <summary>What a cell holds, as its file says it; a text that looks like a number is a text.</summary>
public enum CellKind : byte { Empty, Text, Number, Date, Bool, Error }

/// <summary>One cell. The default value is the empty cell.</summary>
/// <param name="Kind">Every cell of a text file is <see cref="CellKind.Text"/> or empty.</param>
/// <param name="Number">
/// Of a number, and the day serial of a date; 15 significant digits. Null for numbers past the range of decimal.
/// </param>
/// <param name="Date">The day of a date cell; a time of day stands in <see cref="Text"/> only.</param>
public readonly record struct Cell(CellKind Kind, string? Held, decimal? Number = null, DateOnly? Date = null)
{
    /// <summary>
    /// What the cell holds: a text as it stands; a number in digits without exponent or grouping, whatever its format
    /// (<c>990231196405160000</c>); a date as <c>1956-03-02</c>, or <c>1956-03-02 08:30:00</c>; TRUE or FALSE; <c>#N/A</c>.
    /// Empty for an empty cell.
    /// </summary>
    public string Text => Held ?? "";

    public bool IsEmpty => Kind == CellKind.Empty;

    public override string ToString() => Text;
}

/// <summary>A block of merged cells; the upper left one holds the value. Rows and columns count from 1 and 0.</summary>
/// <param name="Top">First row, as the spreadsheet numbers it (from 1).</param>
/// <param name="Bottom">Last row.</param>
/// <param name="Left">First column, from 0.</param>
/// <param name="Right">Last column.</param>
public readonly record struct MergedRange(int Top, int Bottom, int Left, int Right);

/// <summary>How the cells that a merged block covers are read.</summary>
public enum MergeFill
{
    /// <summary>As the file holds them: empty but for the upper left.</summary>
    None,

    /// <summary>The value is repeated down the first column of its block: for data, where a village covers its households.</summary>
    Down,

    /// <summary>The value is repeated in the whole block: for headings over several columns and rows.</summary>
    Everywhere,
}

/// <summary>The letters of spreadsheet columns.</summary>
public static class ColumnName
{
    /// <param name="column">From 0.</param>
    /// <returns>A, B … Z, AA …</returns>
    public static string Of(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            letters[--at] = (char)('A' + (rest - 1) % 26);
        return letters[at..].ToString();
    }

    /// <summary>The column, from 0, of letters in either case; null when they are none or past column XFD.</summary>
    public static int? Parse(ReadOnlySpan<char> letters)
    {
        var column = 0;
        foreach (var c in letters)
        {
            if (!char.IsAsciiLetter(c) || column > 16_384)
                return null;
            column = column * 26 + (c & 31);
        }
        return column is > 0 and <= 16_384 ? column - 1 : null;
    }
}
