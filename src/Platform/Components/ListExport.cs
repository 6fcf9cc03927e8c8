using Shouwang.Kernel;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Platform.Components;

/// <summary>A list as a workbook, or as comma-separated text: streamed, written into the audit log, and marked with who took it.</summary>
public sealed class ListExport(Screen screen, ShouwangDb db, Today today)
{
    /// <summary>In an address beside the list's name: <c>format=csv</c>. Without it a workbook is written.</summary>
    public const string Format = "format", Csv = "csv";

    /// <summary>Who took something out, when, and that it is not to be passed on.</summary>
    public static string Mark(Screen screen, Today today)
    {
        var (actor, taken) = (screen.Actor, Screen.Moment(today.Clock.GetUtcNow()));
        return screen.Language == Language.Zh
            ? $"{actor.DisplayName}（{actor.Name}）于 {taken} 从守望系统导出，仅限工作使用，不得外传。"
            : $"Taken from Shouwang by {actor.DisplayName} ({actor.Name}) on {taken}; for work only, not to be passed on.";
    }

    /// <summary>Writes the answer. Sensitive columns are left out for people who see such values masked.</summary>
    /// <param name="name">The list's name: file, sheet and audit entry carry it.</param>
    /// <param name="area">The area the rows lie in.</param>
    /// <param name="page">Gives the rows page by page: from null on, until it gives no next key.</param>
    public async Task Write<T>(
        Text name, AreaCode area, IReadOnlyList<Column<T>> columns, Func<string?, Task<(IReadOnlyList<T> Rows, string? Next)>> page, CancellationToken cancel)
    {
        var actor = screen.Actor;
        // Logged before the first byte leaves: an export that breaks off was an export, too.
        db.Log("lists.exported", area, name.Zh, actor.Name, today.Clock, new { Query = screen.Http.Request.QueryString.ToString() });
        await db.SaveChangesAsync(cancel);

        var (title, shown) = (screen.Say(name), columns.Where(c => !c.Sensitive || !actor.SeesMasked).ToList());
        if (screen.Query(Format) == Csv)
            await WriteText(title, shown, page, cancel);
        else
            await WriteBook(title, shown, page, cancel);
    }

    private async Task WriteBook<T>(string title, List<Column<T>> shown, Func<string?, Task<(IReadOnlyList<T> Rows, string? Next)>> page, CancellationToken cancel)
    {
        Head("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "list.xlsx", $"{title} {Screen.Date(today.Day)}.xlsx");
        await using var book = new WorkbookWriter(screen.Http.Response.Body, Mark(screen, today));
        await book.StartSheet(title, [.. shown.Select(c => new SheetColumn(screen.Say(c.Title), c.Numeric ? 12 : 20))], cancel);
        await foreach (var row in Rows(page))
        {
            foreach (var column in shown)
                Put(book, column.Value(row));
            await book.EndRow(cancel);
        }
        await book.Finish(cancel);
    }

    // Text has no place for a mark beside its rows, or it would not import again; the file's name says who took it out.
    private async Task WriteText<T>(string title, List<Column<T>> shown, Func<string?, Task<(IReadOnlyList<T> Rows, string? Next)>> page, CancellationToken cancel)
    {
        Head("text/csv; charset=utf-8", "list.csv", $"{title} {Screen.Date(today.Day)} {screen.Actor.Name}.csv");
        await using var text = new CsvWriter(screen.Http.Response.Body);
        foreach (var column in shown)
            text.Text(screen.Say(column.Title));
        await text.EndRow(cancel);
        await foreach (var row in Rows(page))
        {
            foreach (var column in shown)
                Put(text, column.Value(row));
            await text.EndRow(cancel);
        }
        await text.Flush(cancel);
    }

    private void Head(string type, string plain, string name)
    {
        var response = screen.Http.Response;
        response.ContentType = type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }

    private static async IAsyncEnumerable<T> Rows<T>(Func<string?, Task<(IReadOnlyList<T> Rows, string? Next)>> page)
    {
        string? after = null;
        do
        {
            var (rows, next) = await page(after);
            foreach (var row in rows)
                yield return row;
            after = next;
        }
        while (after is not null);
    }

    private void Put(WorkbookWriter book, object? value) => _ = value switch
    {
        null => book.Empty(),
        Text text => book.Text(screen.Say(text)),
        DateOnly day => book.Date(day),
        DateTimeOffset at => book.Text(Screen.Moment(at)),
        Money money => book.Money(money),
        decimal number => book.Number(number),
        int or long => book.Number(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)),
        bool yes => book.Text(yes ? screen.Say(new("是", "yes")) : screen.Say(new("否", "no"))),
        _ => book.Text(value.ToString()),
    };

    private void Put(CsvWriter text, object? value) => _ = value switch
    {
        null => text.Text(""),
        Text both => text.Text(screen.Say(both)),
        DateOnly day => text.Date(day),
        DateTimeOffset at => text.Text(Screen.Moment(at)),
        Money money => text.Money(money),
        decimal number => text.Number(number),
        int or long => text.Number(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)),
        bool yes => text.Text(yes ? screen.Say(new("是", "yes")) : screen.Say(new("否", "no"))),
        _ => text.Text(value.ToString()),
    };
}
