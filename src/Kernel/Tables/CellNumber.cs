using System.Globalization;

namespace Shouwang.Kernel.Tables;

/// <summary>Amounts and counts as people type them. What is doubtful is refused, never guessed.</summary>
public static class CellNumber
{
    /// <summary>
    /// Reads an amount of yuan: <c>12,345.60</c>, <c>１２３</c>, <c>¥1,200</c>, <c>1200元</c>, <c>-5</c>. Refuses words and
    /// multiples (<c>约3万</c>, <c>1.2万</c>), commas that do not stand by threes, brackets and exponents.
    /// </summary>
    /// <param name="text">The cell's text, clean or not.</param>
    /// <param name="yuan">Exact; the caller decides about rounding.</param>
    public static bool TryMoney(string? text, out decimal yuan)
    {
        var amount = CellText.Clean(text).AsSpan();
        var negative = TakeMinus(ref amount);
        if (amount is ['¥' or '￥' or '$', .. var bare] && bare.Length > 0 && amount[0] != '$')
            amount = bare.TrimStart();
        if (!negative)
            negative = TakeMinus(ref amount);
        if (amount is [.. var before, '元' or '圆'])
            amount = before.TrimEnd();
        if (!TryPlain(amount, out yuan))
            return false;
        yuan = negative ? -yuan : yuan;
        return true;
    }

    /// <summary>Reads a number without currency signs; commas by threes, full-width digits and a sign are fine.</summary>
    public static bool TryDecimal(string? text, out decimal number)
    {
        var digits = CellText.Clean(text).AsSpan();
        var negative = TakeMinus(ref digits);
        if (!TryPlain(digits, out number))
            return false;
        number = negative ? -number : number;
        return true;
    }

    /// <summary>Reads a whole number; <c>3.0</c> is one, <c>3.5</c> and <c>3人</c> are none.</summary>
    public static bool TryWhole(string? text, out long number)
    {
        number = 0;
        if (!TryDecimal(text, out var value) || value != decimal.Truncate(value) || value is < long.MinValue or > long.MaxValue)
            return false;
        number = (long)value;
        return true;
    }

    private static bool TakeMinus(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('-' or '−' or '–' or '+') || text.Length == 1)
            return false;
        var negative = text[0] != '+';
        text = text[1..].TrimStart();
        return negative;
    }

    /// <summary>Digits, commas by threes before the point, and a point.</summary>
    private static bool TryPlain(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        if (text.Length is 0 or > 40)
            return false;
        Span<char> digits = stackalloc char[text.Length];
        int length = 0, sinceComma = -1;
        var (point, any) = (false, false);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                any = true;
                sinceComma += sinceComma >= 0 && !point ? 1 : 0;
                digits[length++] = c;
            }
            else if (c is ',' or '，' && !point && (sinceComma == 3 || (sinceComma < 0 && length is >= 1 and <= 3)))
            {
                sinceComma = 0;
            }
            else if (c == '.' && !point && sinceComma is -1 or 3)
            {
                point = true;
                digits[length++] = c;
            }
            else
            {
                return false;
            }
        }
        if (!any || sinceComma is >= 0 and not 3)
            return false;
        return decimal.TryParse(digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
