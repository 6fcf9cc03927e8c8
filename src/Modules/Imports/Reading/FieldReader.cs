using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Reading;

/// <summary>What came of reading a cell as a field.</summary>
/// <param name="Value">As <c>FeedRow.Values</c> wants it; null where the cell is empty or could not be read.</param>
/// <param name="Finding">What is wrong, or null.</param>
internal readonly record struct FieldValue(object? Value, CellFinding? Finding = null);

/// <summary>Reads cells as the fields of a feed. The conventions are those of every county seen; none is asked to change its habits.</summary>
internal sealed class FieldReader(Policy policy)
{
    // A number cell of a spreadsheet holds 15 digits; what stands behind them is lost.
    private const decimal TooLong = 1_000_000_000_000_000m;

    // Units that leave a number what it is; 万元 would not.
    private static readonly string[] Units =
        ["平方米", "个月", "分钟", "元", "人", "户", "天", "日", "次", "月", "年", "岁", "亩", "米", "升", "㎡", "m2", "%"];

    public FieldValue Read(FeedField field, in Cell cell)
    {
        if (cell.IsEmpty || CellText.Clean(cell.Text) is not { Length: > 0 } text)
            return default;
        if (field.Type is FieldType.Code or FieldType.Codes && field.CodeList is not null)
            return Coded(field, text);
        if (field.MayBeEmpty && CellText.IsPlaceholder(text))
            return default;
        if (cell.Kind == CellKind.Error)
            return new(null, CellFindings.FormulaError(text));
        return field.Type switch
        {
            FieldType.Text or FieldType.Code or FieldType.Codes => DigitsLost(cell) ? new(null, CellFindings.DigitsLost) : new(text),
            FieldType.Name => new(CellText.PersonName(text)),
            FieldType.Phone => new(CellText.Code(text)),
            FieldType.Village => new(AreaCode.TryParse(CellText.Code(text), out var area) && area.Level == AreaLevel.Village ? area : text),
            FieldType.Id or FieldType.Certificate => Number(field, cell, text),
            FieldType.Date or FieldType.PartialDate => Date(cell, text),
            FieldType.YearMonth => Month(cell, text),
            FieldType.Money or FieldType.Decimal => Amount(cell, text) is { } amount ? new(amount) : new(null, CellFindings.BadNumber),
            FieldType.Int => Amount(cell, text) is { } count ? new(Whole(count)) : new(null, CellFindings.BadNumber),
            FieldType.Bool => CellText.TryYesNo(text, out var yes) ? new(yes) : new(null, CellFindings.UnknownFlag),
            FieldType.HouseholdCode or FieldType.MemberCode =>
                DigitsLost(cell) ? new(null, CellFindings.KeyPrecisionLost) : new(CellText.Code(text)),
        };
    }

    /// <summary>Whether a cell may be a value of the field; decides about columns whose heading is only like a known one.</summary>
    public bool Fits(FeedField field, in Cell cell)
    {
        if (CellText.IsPlaceholder(cell.Text))
            return true;
        var read = Read(field, cell);
        if (read.Finding is { } finding && finding != CellFindings.DigitsLost && finding != CellFindings.IdPrecisionLost)
            return false;
        var text = CellText.Code(cell.Text);
        return field.Type switch
        {
            FieldType.Id or FieldType.Certificate => text.Length is >= 15 and <= 22 && !text.AsSpan(0, 14).ContainsAnyExceptInRange('0', '9'),
            FieldType.Name => text.Length <= 20 && !text.Any(char.IsDigit),
            FieldType.Phone => text.Length is >= 7 and <= 30 && text.Count(char.IsDigit) >= 7,
            FieldType.HouseholdCode or FieldType.MemberCode => text.Length is >= 6 and <= 24 && text.Any(char.IsDigit),
            FieldType.Village => text.Length <= 40 && (text.Any(c => c is '村' or '居' or '社') || AreaCode.TryParse(text, out _)),
            FieldType.Text or FieldType.Date or FieldType.PartialDate or FieldType.YearMonth or FieldType.Money or FieldType.Int
                or FieldType.Decimal or FieldType.Bool or FieldType.Code or FieldType.Codes => true,
        };
    }

    private FieldValue Coded(FeedField field, string text)
    {
        if (!policy.CodeLists.TryGetValue(field.CodeList!, out var list))
            return new(text);
        if (list.Find(text) is { } item)
            return new(item.Code);
        if (field.MayBeEmpty && CellText.IsPlaceholder(text))
            return default;
        if (field.Type == FieldType.Codes)
            return Several(list, text);
        return list.Open ? new(text)
            : field.Required ? new(null, CellFindings.BadCode)
            : new(text, CellFindings.UnknownCode);
    }

    private static FieldValue Several(CodeList list, string text)
    {
        var codes = new List<string>();
        CellFinding? finding = null;
        foreach (var part in text.Split(['、', ',', '，', ';', '；', '/', '|', '+', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var item = list.Find(part);
            if (item is null && CellText.IsPlaceholder(part))
                continue;
            if (item is null && !list.Open)
                finding = CellFindings.UnknownCode;
            codes.Add(item?.Code ?? part);
        }
        return new(codes.Count == 0 ? null : string.Join(',', codes), finding);
    }

    private static FieldValue Number(FeedField field, in Cell cell, string text)
    {
        if (DigitsLost(cell))
            return new(null, CellFindings.IdPrecisionLost);
        var number = CellText.Code(text);
        // Cut by a spreadsheet on its way into a text file: the three digits that a cell loses are zeros.
        if (number.Length == 18 && number.EndsWith("000", StringComparison.Ordinal) && !number.AsSpan().ContainsAnyExceptInRange('0', '9')
            && !CitizenId.HasValidCheck(number))
            return new(null, CellFindings.IdPrecisionLost);
        return field is { Type: FieldType.Certificate, Required: true } && number.Length is not (18 or 20 or 22)
            ? new(null, CellFindings.BadCertificate)
            : new(number);
    }

    private static FieldValue Date(in Cell cell, string text)
    {
        if (cell.Date is { } day)
            return new(day);
        if (!CellDate.TryPartial(text, out var date))
            return new(null, CellFindings.BadDate);
        return date.Full is { } full ? new(full) : new(date);
    }

    private static FieldValue Month(in Cell cell, string text)
    {
        if (cell.Date is { } day)
            return new(new PartialDate(day.Year, day.Month));
        return CellDate.TryPartial(text, out var date) ? new(date with { Day = null }) : new(null, CellFindings.BadDate);
    }

    private static decimal? Amount(in Cell cell, string text)
    {
        if (cell.Kind is CellKind.Number or CellKind.Date)
            return cell.Number;
        if (CellNumber.TryMoney(text, out var amount))
            return amount;
        foreach (var unit in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                return CellNumber.TryDecimal(text[..^unit.Length], out amount) ? amount : null;
        }
        return null;
    }

    private static object Whole(decimal count) =>
        count == decimal.Truncate(count) && count is >= long.MinValue and <= long.MaxValue ? (object)(long)count : count;

    // Text files carry what the spreadsheet showed: 9.90231E+17.
    private static bool DigitsLost(in Cell cell) => cell.Kind == CellKind.Number
        ? cell.Number is not { } number || Math.Abs(number) >= TooLong
        : cell.Kind == CellKind.Text && cell.Text.Contains("E+", StringComparison.OrdinalIgnoreCase)
            && decimal.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var spelled) && Math.Abs(spelled) >= TooLong;
}
