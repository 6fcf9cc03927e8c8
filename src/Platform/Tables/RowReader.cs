using System.Diagnostics.CodeAnalysis;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>
/// The row a reader stands on. One object for all rows: what is to be kept must be copied before the next
/// <see cref="RowReader.Read"/>.
/// </summary>
public sealed class TableRow
{
    private Cell[] _cells = new Cell[64];

    /// <summary>From 1, as the spreadsheet shows it; of a text file the line where the record starts.</summary>
    public int Number { get; internal set; }

    /// <summary>Hidden rows are data like any other.</summary>
    public bool Hidden { get; internal set; }

    /// <summary>How many cells there are up to the last that holds something.</summary>
    public int Count { get; private set; }

    /// <summary>Up to the last cell that holds something.</summary>
    public ReadOnlySpan<Cell> Cells => _cells.AsSpan(0, Count);

    /// <param name="column">From 0; an empty cell past the end.</param>
    public Cell this[int column] => column < Count ? _cells[column] : default;

    internal void Start(int number, bool hidden = false)
    {
        Array.Clear(_cells, 0, Count);
        (Number, Hidden, Count) = (number, hidden, 0);
    }

    internal void Set(int column, in Cell cell)
    {
        if (column >= _cells.Length)
            Array.Resize(ref _cells, Math.Max(_cells.Length * 2, column + 1));
        _cells[column] = cell;
        if (column >= Count && cell.Kind != CellKind.Empty)
            Count = column + 1;
    }
}

/// <summary>Reads the rows of a sheet, forward only. Rows without any content are passed over.</summary>
public abstract class RowReader : IDisposable
{
    private readonly string _file;
    private MergedCells? _merged;
    private readonly TableSheet? _sheet;
    private readonly MergeFill _fill;
    private bool _ended;

    private protected RowReader(string file, ReadLimits limits, TableSheet? sheet = null, MergeFill fill = MergeFill.None)
    {
        (_file, Limits, _sheet, _fill) = (file, limits, sheet, fill);
    }

    /// <summary>Where <see cref="Read"/> has come to.</summary>
    public TableRow Row { get; } = new();

    /// <summary>Why reading ended before the end of the sheet; null as long as all is well.</summary>
    public Problem? Problem { get; private set; }

    private protected ReadLimits Limits { get; }

    /// <summary>Goes to the next row that holds something.</summary>
    /// <returns>False at the end, and where <see cref="Problem"/> says why it cannot go on.</returns>
    public bool Read()
    {
        if (_ended)
            return false;
        try
        {
            _merged ??= Merged();
            while (Advance(Row))
            {
                if (Row.Count == 0)
                    continue;
                if (Row.Number > Limits.Rows)
                    throw new TableRefusal(FileProblems.TooManyRows(_file, _sheet?.Name, Limits.Rows));
                _merged.Fill(Row);
                return true;
            }
        }
        catch (Exception e) when (BadInput.Covers(e))
        {
            Problem = BadInput.Explain(e, _file);
        }
        _ended = true;
        return false;
    }

    /// <summary>Fills <paramref name="row"/> with the next row, perhaps a blank one.</summary>
    private protected abstract bool Advance(TableRow row);

    /// <summary>Puts a cell into the row, within the limits.</summary>
    private protected void Put(TableRow row, int column, in Cell cell)
    {
        if (cell.Kind == CellKind.Empty)
            return;
        if (column >= Limits.Columns)
            Refuse(FileProblems.TooManyColumns(_file, _sheet?.Name, row.Number, Limits.Columns));
        if (cell.Text.Length > Limits.CellLength)
            Refuse(FileProblems.CellTooLong(_file, _sheet?.Name, row.Number, column, Limits.CellLength));
        row.Set(column, cell);
    }

    [DoesNotReturn]
    private static void Refuse(Problem problem) => throw new TableRefusal(problem);

    private MergedCells Merged()
    {
        if (_fill == MergeFill.None || _sheet is null)
            return MergedCells.None;
        var ranges = _sheet.MergedRanges;
        return ranges.Succeeded
            ? new MergedCells(ranges.Value, _fill, Limits.Columns)
            : throw new TableRefusal(ranges.Problems[0]);
    }

    public void Dispose()
    {
        _ended = true;
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();
}

/// <summary>Repeats the value of a merged block in the cells it covers, row by row from top to bottom.</summary>
internal sealed class MergedCells
{
    public static MergedCells None { get; } = new([], MergeFill.None, 0);

    private readonly MergedRange[] _waiting;
    private readonly List<(MergedRange Range, Cell Value)> _open = [];
    private readonly MergeFill _fill;
    private readonly int _columns;
    private int _next;

    public MergedCells(IReadOnlyList<MergedRange> ranges, MergeFill fill, int columns)
    {
        (_fill, _columns) = (fill, columns);
        _waiting = [.. ranges.Where(r => fill == MergeFill.Everywhere || r.Bottom > r.Top).OrderBy(r => r.Top)];
    }

    public void Fill(TableRow row)
    {
        if (_next == _waiting.Length && _open.Count == 0)
            return;
        _open.RemoveAll(o => o.Range.Bottom < row.Number);
        foreach (var (range, value) in _open)
            Repeat(row, range, value, range.Left);
        for (; _next < _waiting.Length && _waiting[_next].Top <= row.Number; _next++)
        {
            var range = _waiting[_next];
            // A block whose first row was blank has no value: nothing to repeat.
            if (range.Top < row.Number || row[range.Left] is not { IsEmpty: false } value)
                continue;
            Repeat(row, range, value, range.Left + 1);
            if (range.Bottom > row.Number)
                _open.Add((range, value));
        }
    }

    private void Repeat(TableRow row, MergedRange range, in Cell value, int from)
    {
        var last = _fill == MergeFill.Down ? range.Left : Math.Min(range.Right, _columns - 1);
        for (var column = from; column <= last; column++)
            row.Set(column, value);
    }
}
