using System.Buffers.Text;

namespace Shouwang.Platform.Tables;

/// <summary>Copies a worksheet part and gives cells other styles on the way; adds cells and rows that are not there.</summary>
internal static class SheetMarks
{
    /// <param name="marks">By row and column.</param>
    /// <param name="addDrawing">Whether the sheet has to be told where the shapes of its comments are.</param>
    public static async Task Write(PackageWriter package, string part, Stream from, CellMarks.Mark[] marks,
        StyleMarks styles, bool addDrawing, CancellationToken cancel)
    {
        using var stream = package.Start(part);
        using var to = new XmlOut(stream);
        using var xml = new XmlScanner(from);
        var walk = new Walk(xml, to, marks, styles, addDrawing && marks.Length > 0);
        while (walk.Go())
            await package.Drain(cancel);
    }

    private sealed class Walk(XmlScanner xml, XmlOut to, CellMarks.Mark[] marks, StyleMarks styles, bool addDrawing)
    {
        private string _prefix = "";
        private int _next, _row;
        private bool _pastData, _drawn = !addDrawing;

        /// <summary>Copies one row, or one token outside of rows.</summary>
        public bool Go()
        {
            if (!xml.Read())
                return false;
            if (xml.IsStart("worksheet"u8))
            {
                _prefix = xml.Prefix;
            }
            else if (xml.IsStart("row"u8) && xml.Depth == (xml.IsEmpty ? 2 : 3))
            {
                Row();
                return true;
            }
            else if (xml.IsStart("sheetData"u8) && xml.IsEmpty)
            {
                to.Raw($"<{_prefix}sheetData>");
                RowsBefore(int.MaxValue);
                to.Raw($"</{_prefix}sheetData>");
                _pastData = true;
                return true;
            }
            else if (xml.IsEnd("sheetData"u8))
            {
                RowsBefore(int.MaxValue);
                _pastData = true;
            }
            else if (_pastData && !_drawn && ComesAfterDrawing())
            {
                to.Raw(CommentParts.DrawingElement(_prefix));
                _drawn = true;
            }
            to.Raw(xml.Raw);
            return true;
        }

        /// <summary>The order of elements in a worksheet is fixed (ECMA-376 §18.3.1.99).</summary>
        private bool ComesAfterDrawing() => xml.IsEnd("worksheet"u8)
            || (xml.Kind == XmlToken.Start && xml.Depth == (xml.IsEmpty ? 1 : 2)
                && (xml.Name.SequenceEqual("legacyDrawingHF"u8) || xml.Name.SequenceEqual("drawingHF"u8)
                    || xml.Name.SequenceEqual("picture"u8) || xml.Name.SequenceEqual("oleObjects"u8)
                    || xml.Name.SequenceEqual("controls"u8) || xml.Name.SequenceEqual("AlternateContent"u8)
                    || xml.Name.SequenceEqual("webPublishItems"u8) || xml.Name.SequenceEqual("tableParts"u8)
                    || xml.Name.SequenceEqual("extLst"u8)));

        private void Row()
        {
            _row++;
            var attributes = xml.Attributes;
            while (attributes.Next())
            {
                if (attributes.Name.SequenceEqual("r"u8) && Utf8Parser.TryParse(attributes.Value, out int number, out _) && number > 0)
                    _row = number;
            }
            RowsBefore(_row);
            var marked = _next < marks.Length && marks[_next].Row == _row;
            if (!marked && !styles.HasOwnColours && xml.IsEmpty)
            {
                to.Raw(xml.Raw);
                return;
            }
            var empty = xml.IsEmpty;
            StartTag("row"u8, _row, -1, null);
            to.Raw(">"u8);
            var column = -1;
            while (!empty && xml.Read() && !xml.IsEnd("row"u8))
            {
                if (xml.IsStart("c"u8))
                    Cell(ref column);
                else
                    to.Raw(xml.Raw);
            }
            CellsBefore(int.MaxValue);
            to.Raw($"</{_prefix}row>");
        }

        private void Cell(ref int column)
        {
            column++;
            var style = 0;
            var attributes = xml.Attributes;
            while (attributes.Next())
            {
                if (attributes.Name is [(byte)'r'] && MergeScan.TryCell(attributes.Value, out _, out var at))
                    column = at;
                else if (attributes.Name is [(byte)'s'] && Utf8Parser.TryParse(attributes.Value, out int number, out _))
                    style = number;
            }
            CellsBefore(column);
            NoteSeverity? mark = _next < marks.Length && marks[_next].Row == _row && marks[_next].Column == column
                ? marks[_next++].Severity
                : null;
            var changed = styles.Of(style, mark);
            var outside = xml.IsEmpty ? xml.Depth : xml.Depth - 1;
            StartTag("c"u8, _row, column, changed);
            to.Raw(xml.IsEmpty ? "/>"u8 : ">"u8);
            while (xml.Depth > outside && xml.Read())
                to.Raw(xml.Raw);
        }

        /// <summary>The start tag at hand with its place written out, and without what may no longer be true of it.</summary>
        private void StartTag(ReadOnlySpan<byte> name, int row, int column, int? style)
        {
            to.Raw("<"u8).Raw(_prefix).Raw(name).Raw(" r=\""u8);
            if (column >= 0)
                to.Raw(ColumnName.Of(column));
            to.Number(row).Raw("\""u8);
            if (style is > 0)
                to.Raw(" s=\""u8).Number(style.Value).Raw("\""u8);
            var attributes = xml.Attributes;
            while (attributes.Next())
            {
                if (attributes.Name is [(byte)'r'] || attributes.Name.SequenceEqual("spans"u8) || attributes.IsPrefixed
                    || (style is not null && attributes.Name is [(byte)'s']))
                    continue;
                to.Raw(" "u8).Raw(attributes.Name).Raw("="u8).Raw([attributes.Quote]).Raw(attributes.Value).Raw([attributes.Quote]);
            }
        }

        /// <summary>Writes rows for notes that the sheet has no row for.</summary>
        private void RowsBefore(int row)
        {
            while (_next < marks.Length && marks[_next].Row < row)
            {
                var own = marks[_next].Row;
                to.Raw($"<{_prefix}row r=\"{own}\">");
                AddCells(own, int.MaxValue);
                to.Raw($"</{_prefix}row>");
            }
        }

        private void CellsBefore(int column) => AddCells(_row, column);

        private void AddCells(int row, int before)
        {
            for (; _next < marks.Length && marks[_next].Row == row && marks[_next].Column < before; _next++)
                to.Raw($"<{_prefix}c r=\"{ColumnName.Of(marks[_next].Column)}{row}\" s=\"{styles.Of(0, marks[_next].Severity)}\"/>");
        }
    }
}
