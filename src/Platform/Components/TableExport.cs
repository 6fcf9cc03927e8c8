using Shouwang.Kernel;

namespace Shouwang.Platform.Components;

/// <summary>A page that is asked for as a workbook (<c>?export=NAME</c>): its table hands over columns and rows instead of being looked at.</summary>
/// <remarks>Every table with a name can be taken away, with exactly the columns of the screen and the rows of all its pages.</remarks>
public sealed class TableExport
{
    /// <summary>The word in the address that asks for a workbook, with the table's name behind it.</summary>
    public const string Query = "export";

    /// <summary>The most rows that a page may gather; whoever needs more narrows the list.</summary>
    public const int MostRows = 100_000;

    /// <summary>Writes the answer; null while no table of that name has come by.</summary>
    public Func<ListExport, AreaCode, CancellationToken, Task>? Write { get; private set; }

    /// <summary>Takes the rows of the table that was asked for.</summary>
    public void Take<T>(Text name, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows) =>
        Write ??= (export, area, cancel) => export.Write(name, area, columns, _ => Task.FromResult<(IReadOnlyList<T>, string?)>((rows, null)), cancel);
}
