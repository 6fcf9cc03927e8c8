namespace Shouwang.Platform.Tables;

/// <summary>An .xlsx with the cells of another file in the same places, marked.</summary>
internal static class PlainCopy
{
    public static async Task Write(
        TableFile source, Dictionary<string, CellMarks> marks, Stream target, CancellationToken cancel)
    {
        using var package = new PackageWriter(target);
        var (names, commented) = (new List<string>(), new List<int>());
        foreach (var sheet in source.Sheets)
        {
            names.Add(SheetName.Fit(sheet.Name, names));
            var own = marks.GetValueOrDefault(sheet.Name);
            await Sheet(package, sheet, names.Count, own?.Marks ?? [], cancel);
            if (own is null)
                continue;
            commented.Add(names.Count);
            CommentParts.Write(package, names.Count, own.Commented);
            await package.Drain(cancel);
        }
        WorkbookParts.Write(package, names, commented);
        await package.Finish(cancel);
    }

    private static async Task Sheet(
        PackageWriter package, TableSheet source, int number, CellMarks.Mark[] marks, CancellationToken cancel)
    {
        var merged = source.MergedRanges;
        if (!merged.Succeeded)
            throw new TableRefusal(merged.Problems[0]);
        if (marks.Length > 0)
            package.Write(PackageParts.RelationsOf($"xl/worksheets/sheet{number}.xml"), CommentParts.Relations(number));
        using var part = package.Start($"xl/worksheets/sheet{number}.xml");
        using var xml = new XmlOut(part);
        var sheet = new SheetOut(xml);
        xml.Raw($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{SheetStyles.MainNamespace}\"><sheetData>");
        using var rows = source.Rows();
        var next = 0;
        while (rows.Read())
        {
            for (; next < marks.Length && marks[next].Row < rows.Row.Number; next = MarksAlone(sheet, marks, next))
            {
            }
            next = Row(sheet, rows.Row, marks, next);
            await package.Drain(cancel);
        }
        if (rows.Problem is { } problem)
            throw new TableRefusal(problem);
        while (next < marks.Length)
            next = MarksAlone(sheet, marks, next);
        xml.Raw("</sheetData>"u8);
        if (merged.Value.Length > 0)
        {
            xml.Raw("<mergeCells>"u8);
            foreach (var range in merged.Value)
                xml.Raw($"<mergeCell ref=\"{ColumnName.Of(range.Left)}{range.Top}:{ColumnName.Of(range.Right)}{range.Bottom}\"/>");
            xml.Raw("</mergeCells>"u8);
        }
        if (marks.Length > 0)
            xml.Raw(CommentParts.DrawingElement(""));
        xml.Raw("</worksheet>"u8);
    }

    private static int Row(SheetOut sheet, TableRow row, CellMarks.Mark[] marks, int next)
    {
        sheet.StartRow(row.Number, row.Hidden);
        for (var column = 0; column < row.Count; column++)
        {
            var marked = next < marks.Length && marks[next].Row == row.Number && marks[next].Column == column;
            if (marked || !row[column].IsEmpty)
                sheet.Same(column, row[column], marked ? marks[next++].Severity : null);
        }
        for (; next < marks.Length && marks[next].Row == row.Number; next++)
            sheet.Blank(marks[next].Column, SheetStyles.Of(CellLook.General, marks[next].Severity));
        sheet.EndRow();
        return next;
    }

    /// <summary>A row the source does not have, with notes on cells that are missing.</summary>
    private static int MarksAlone(SheetOut sheet, CellMarks.Mark[] marks, int next)
    {
        var row = marks[next].Row;
        sheet.StartRow(row);
        for (; next < marks.Length && marks[next].Row == row; next++)
            sheet.Blank(marks[next].Column, SheetStyles.Of(CellLook.General, marks[next].Severity));
        sheet.EndRow();
        return next;
    }
}
