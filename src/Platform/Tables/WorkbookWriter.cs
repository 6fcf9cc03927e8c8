using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>A column of an exported sheet.</summary>
/// <param name="Width">In characters, as spreadsheets count them; a Chinese one counts two.</param>
public sealed record SheetColumn(string Heading, int Width = 14);

/// <summary>
/// Writes an .xlsx straight to a stream, such as a response, in bounded memory. Rows are filled from left to right:
/// <c>book.Text(name).Date(born).Money(income); await book.EndRow(cancel);</c>
/// </summary>
/// <remarks>
/// Safe against formula injection: every text is a typed text cell, never a formula; one that begins with = + - @, a tab or
/// a line end also carries Excel's quote prefix and so stays a text when the cell is edited. Characters that XML cannot hold
/// are left out, and the value is otherwise unchanged, so that the file imports again as it was exported.
/// </remarks>
public sealed class WorkbookWriter : IAsyncDisposable
{
    private const int MostRows = 1_048_576;
    private const int MostCharacters = 32_767;

    private readonly PackageWriter _package;
    private readonly string _footer;
    private readonly List<string> _names = [];
    private IReadOnlyList<SheetColumn> _columns = [];
    private Stream? _part;
    private XmlOut? _xml;
    private SheetOut? _sheet;
    private int _row, _column, _width;
    private bool _inRow, _finished;

    /// <param name="target">Not sought and only written asynchronously; left open.</param>
    /// <param name="footer">
    /// A line under the data and on every printed page: who took the file out, when, and that it is not to be passed on.
    /// </param>
    public WorkbookWriter(Stream target, string footer = "")
    {
        (_package, _footer) = (new PackageWriter(target), footer);
    }

    /// <summary>The names the sheets got, in their order.</summary>
    public IReadOnlyList<string> Sheets => _names;

    /// <summary>Begins a sheet with a frozen row of headings, ending the one before.</summary>
    /// <param name="name">Shortened and cleaned to what a spreadsheet takes, and numbered when it is taken.</param>
    public async ValueTask StartSheet(string name, IReadOnlyList<SheetColumn> columns, CancellationToken cancel)
    {
        EndSheet();
        await _package.Drain(cancel);
        _names.Add(SheetName.Fit(name, _names));
        _columns = columns;
        _part = _package.Start($"xl/worksheets/sheet{_names.Count}.xml");
        _xml = new XmlOut(_part);
        _sheet = new SheetOut(_xml);
        _xml.Raw($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{SheetStyles.MainNamespace}\">");
        if (columns.Count > 0)
        {
            _xml.Raw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"u8);
            for (var i = 0; i < columns.Count; i++)
                _xml.Raw($"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Math.Clamp(columns[i].Width, 1, 255)}\" customWidth=\"1\"/>");
            _xml.Raw("</cols>"u8);
        }
        _xml.Raw("<sheetData>"u8);
        (_row, _width, _inRow) = (0, Math.Max(1, columns.Count), false);
        if (columns.Count == 0)
            return;
        foreach (var column in columns)
            Put().Text(_column++, column.Heading, CellLook.Header);
        await EndRow(cancel);
    }

    public WorkbookWriter Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Empty();
        Put().Text(_column++, text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…");
        return this;
    }

    public WorkbookWriter Number(decimal? number)
    {
        if (number is not { } value)
            return Empty();
        Put().Number(_column++, value, CellLook.General);
        return this;
    }

    /// <summary>Yuan with two decimals and thousands commas.</summary>
    public WorkbookWriter Money(Money? amount)
    {
        if (amount is not { } value)
            return Empty();
        Put().Number(_column++, value.Yuan, CellLook.Money);
        return this;
    }

    public WorkbookWriter Date(DateOnly? day)
    {
        if (day is not { } value)
            return Empty();
        Put().Date(_column++, value);
        return this;
    }

    public WorkbookWriter Empty()
    {
        Put();
        _column++;
        return this;
    }

    /// <summary>Ends the row. A sheet that is full goes on in another of the same headings.</summary>
    public async ValueTask EndRow(CancellationToken cancel)
    {
        Put();
        _sheet!.EndRow();
        (_inRow, _column) = (false, 0);
        await _package.Drain(cancel);
        // One row is kept free for the footer.
        if (_row >= MostRows - 1)
            await StartSheet(_names[^1], _columns, cancel);
    }

    /// <summary>Ends the workbook. Without it the file is not complete and no program opens it.</summary>
    public async ValueTask Finish(CancellationToken cancel)
    {
        if (_names.Count == 0)
            await StartSheet("Sheet1", [], cancel);
        EndSheet();
        WorkbookParts.Write(_package, _names, []);
        _finished = true;
        await _package.Finish(cancel);
    }

    private SheetOut Put()
    {
        var sheet = _sheet ?? throw new InvalidOperationException("No sheet was started.");
        if (!_inRow)
            sheet.StartRow(++_row);
        _inRow = true;
        return sheet;
    }

    private void EndSheet()
    {
        if (_xml is null || _sheet is null || _part is null)
            return;
        if (_inRow)
            _sheet.EndRow();
        if (_footer.Length > 0)
        {
            _sheet.StartRow(++_row);
            _sheet.Text(0, _footer, CellLook.Note);
            _sheet.EndRow();
        }
        _xml.Raw("</sheetData>"u8);
        if (_footer.Length > 0)
        {
            if (_width > 1)
                _xml.Raw($"<mergeCells count=\"1\"><mergeCell ref=\"A{_row}:{ColumnName.Of(_width - 1)}{_row}\"/></mergeCells>");
            var line = _footer[..Math.Min(200, _footer.Length)].Replace("&", "&&", StringComparison.Ordinal);
            _xml.Raw("<headerFooter><oddFooter>&amp;L"u8).Text(line).Raw("&amp;R&amp;P/&amp;N</oddFooter></headerFooter>"u8);
        }
        _xml.Raw("</worksheet>"u8);
        _xml.Dispose();
        _part.Dispose();
        (_xml, _sheet, _part) = (null, null, null);
        (_inRow, _column) = (false, 0);
    }

    public ValueTask DisposeAsync()
    {
        if (!_finished)
        {
            _part?.Dispose();
            _package.Dispose();
        }
        return default;
    }
}

/// <summary>Names of sheets, within what spreadsheets allow.</summary>
internal static class SheetName
{
    public static string Fit(string name, IReadOnlyCollection<string> taken)
    {
        var clean = new string([.. name.Select(c => char.IsControl(c) || c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? ' ' : c)])
            .Trim(' ', '\'');
        if (clean.Length == 0 || clean.Equals("History", StringComparison.OrdinalIgnoreCase))
            clean = "Sheet";
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : $" ({number})";
            var most = 31 - suffix.Length;
            var fit = (clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)]) + suffix;
            if (!taken.Contains(fit, StringComparer.OrdinalIgnoreCase))
                return fit;
        }
    }
}

/// <summary>The parts every workbook has beside its sheets.</summary>
internal static class WorkbookParts
{
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /// <param name="commented">The numbers, from 1, of the sheets that have a comments part of the same number.</param>
    public static void Write(PackageWriter package, IReadOnlyList<string> sheets, IReadOnlyCollection<int> commented)
    {
        package.Write("[Content_Types].xml", $"""
            {Declaration}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="{CommentParts.ShapesType}"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{string.Concat(Numbers(sheets).Select(n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}{string.Concat(commented.Select(n => $"<Override PartName=\"/{CommentParts.CommentsPart(n)}\" ContentType=\"{CommentParts.CommentsType}\"/>"))}</Types>
            """);
        package.Write("_rels/.rels", $"""
            {Declaration}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        package.Write("xl/workbook.xml", $"""
            {Declaration}<workbook xmlns="{SheetStyles.MainNamespace}" xmlns:r="{Document}"><sheets>{string.Concat(Numbers(sheets).Select(n => $"<sheet name=\"{System.Security.SecurityElement.Escape(sheets[n - 1])}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))}</sheets></workbook>
            """);
        package.Write("xl/_rels/workbook.xml.rels", $"""
            {Declaration}<Relationships xmlns="{Package}/relationships">{string.Concat(Numbers(sheets).Select(n => $"<Relationship Id=\"rId{n}\" Type=\"{Document}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))}<Relationship Id="rIdStyles" Type="{Document}/styles" Target="styles.xml"/></Relationships>
            """);
        package.Write("xl/styles.xml", SheetStyles.Xml);
    }

    private static IEnumerable<int> Numbers(IReadOnlyList<string> sheets) => Enumerable.Range(1, sheets.Count);
}
