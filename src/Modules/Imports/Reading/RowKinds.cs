using System.Text.RegularExpressions;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Reading;

/// <summary>Tells data from what offices write around them: notes, totals, column numbers, repeated headings, lines that part villages.</summary>
internal sealed partial class RowKinds
{
    private readonly FeedShape _shape;
    private readonly int[] _fields;
    private readonly string?[] _headings;
    private readonly int _mapped;
    private readonly int _bottom;

    /// <param name="fields">Column → position of its field, or -1.</param>
    public RowKinds(FeedShape shape, SheetMapping sheet, int[] fields)
    {
        (_shape, _fields, _bottom) = (shape, fields, sheet.Bottom);
        _mapped = fields.Count(f => f >= 0);
        _headings = new string?[fields.Length];
        foreach (var column in sheet.Columns)
        {
            if (column.Column < fields.Length)
                _headings[column.Column] = column.Key[(column.Key.LastIndexOf('/') + 1)..];
        }
    }

    /// <summary>Whether the row is data: right or wrong, it is somebody's record.</summary>
    public bool IsData(TableRow row)
    {
        var (telling, keyed) = (0, false);
        for (var column = 0; column < Math.Min(_fields.Length, row.Count); column++)
        {
            var field = _fields[column];
            if (field < 0 || field == _shape.Serial || row[column].IsEmpty || CellText.IsPlaceholder(row[column].Text))
                continue;
            telling++;
            keyed |= _shape.Codes.Contains(field) && row[column].Text.AsSpan().ContainsAnyInRange('0', '9');
        }
        // A line with one entry parts villages or is a note; a template's numbered empty line has none.
        if (telling < Math.Min(2, _mapped))
            return false;
        return keyed ? !IsNumbering(row) : !IsTotalOrNote(row) && !IsNumbering(row) && !IsHeading(row);
    }

    private static bool IsTotalOrNote(TableRow row)
    {
        var seen = 0;
        for (var column = 0; column < row.Count && seen < 4; column++)
        {
            if (row[column] is not { Kind: CellKind.Text } cell)
                continue;
            seen++;
            var text = HeadingText.Shown(cell.Text);
            if (Total().IsMatch(text) || seen == 1 && Note().IsMatch(text))
                return true;
        }
        return false;
    }

    // 1 2 3 4 … or 甲 乙 1 2 … under the heading.
    private bool IsNumbering(TableRow row)
    {
        if (row.Number > _bottom + 2)
            return false;
        var (last, count) = (0, 0);
        for (var column = 0; column < row.Count; column++)
        {
            var text = CellText.Code(row[column].Text).Trim('(', ')', '栏');
            if (text.Length == 0 || text is "甲" or "乙" or "丙" or "丁" or "戊" or "次")
                continue;
            if (text.Length > 3 || !int.TryParse(text, out var number) || number != last + 1)
                return false;
            (last, count) = (number, count + 1);
        }
        return count >= 3;
    }

    private bool IsHeading(TableRow row)
    {
        var same = 0;
        for (var column = 0; column < Math.Min(_headings.Length, row.Count); column++)
        {
            if (_fields[column] >= 0 && _headings[column] is { } heading && row[column].Kind == CellKind.Text && HeadingText.Normal(row[column].Text) == heading)
                same++;
        }
        return same * 2 >= _mapped;
    }

    [GeneratedRegex(@"^.{0,12}(?:合计|总计|小计|共计|累计|平均|合计数|总数)(?:[:：].*)?$")]
    private static partial Regex Total();

    [GeneratedRegex(@"^(?:注[:：1-9]|备注[:：]|说明[:：]|填[表报]说明|填[表报](?:人|单位|日期)|制表|审核(?:人)?[:：]|单位负责人|联系人[:：]|※)")]
    private static partial Regex Note();
}
