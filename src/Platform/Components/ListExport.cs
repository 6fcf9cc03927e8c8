using Shouwang.Kernel;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Platform.Components;

/// <summary>A list as a workbook: streamed, written into the audit log, and marked with who took it.</summary>
public sealed class ListExport(Screen screen, ShouwangDb db, Today today)
{
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

        var title = screen.Say(name);
        var taken = Screen.Moment(today.Clock.GetUtcNow());
        var response = screen.Http.Response;
        response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        response.Headers.ContentDisposition = $"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{Uri.EscapeDataString($"{title} {Screen.Date(today.Day)}.xlsx")}";
        await using var book = new WorkbookWriter(response.Body, screen.Language == Language.Zh
            ? $"{actor.DisplayName}（{actor.Name}）于 {taken} 从守望系统导出，仅限工作使用，不得外传。"
            : $"Taken from Shouwang by {actor.DisplayName} ({actor.Name}) on {taken}; for work only, not to be passed on.");
        var shown = columns.Where(c => !c.Sensitive || !actor.SeesMasked).ToList();
        await book.StartSheet(title, [.. shown.Select(c => new SheetColumn(screen.Say(c.Title), c.Numeric ? 12 : 20))], cancel);
        string? after = null;
        do
        {
            var (rows, next) = await page(after);
            foreach (var row in rows)
            {
                foreach (var column in shown)
                    Put(book, column.Value(row));
                await book.EndRow(cancel);
            }
            after = next;
        }
        while (after is not null);
        await book.Finish(cancel);
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
}
