using System.Globalization;

namespace Shouwang.Kernel.Tables;

/// <summary>
/// A number as a spreadsheet holds it: 15 significant decimal digits, never a binary double. A citizen id that was typed
/// as a number, <c>9.9023119640516E+17</c>, reads 990231196405160000; as a double it would print …159936.
/// </summary>
public static class SheetNumber
{
    private const int Digits = 15;

    /// <summary>Reads a number of a file (sign, digits, point, exponent; always with a point, never grouped).</summary>
    /// <param name="text">The number, without blanks around it.</param>
    /// <param name="value">Rounded half up to 15 significant digits, without trailing zeros after the point.</param>
    /// <param name="canonical">Whether <paramref name="text"/> is already what <see cref="Print"/> would give.</param>
    /// <returns>False for what is no number, and for numbers past the range of <see cref="decimal"/>.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out decimal value, out bool canonical)
    {
        (value, canonical) = (0m, false);
        var i = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var plain = true;
        if (text.Length > 0 && text[0] is '-' or '+')
            (plain, i) = (negative, 1);

        ulong mantissa = 0;
        int significant = 0, exponent = 0, seen = 0, fraction = -1;
        var roundUp = false;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.' && fraction < 0)
            {
                fraction = 0;
                plain &= seen > 0;
                continue;
            }
            if (!char.IsAsciiDigit(c))
                break;
            if (fraction < 0 && seen == 1 && mantissa == 0)
                plain = false; // a leading zero
            seen++;
            if (fraction >= 0)
                fraction++;
            if (significant < Digits)
            {
                mantissa = mantissa * 10 + (uint)(c - '0');
                if (mantissa > 0)
                    significant++;
                if (fraction >= 0)
                    exponent--;
            }
            else
            {
                if (significant == Digits)
                    roundUp = c >= '5';
                significant++;
                if (fraction < 0)
                    exponent++;
                plain &= fraction < 0 && c == '0';
            }
        }
        if (seen == 0 || !TryExponent(text[i..], ref exponent, ref plain))
            return false;
        if (roundUp)
            mantissa++;
        if (!TryScale(mantissa, exponent, negative, out value))
            return false;
        canonical = plain && fraction != 0 && !(fraction > 0 && text[^1] == '0') && !(negative && mantissa == 0);
        return true;
    }

    /// <summary>Digits, and a point where there are places; no exponent, no grouping, no trailing zeros.</summary>
    public static string Print(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static bool TryExponent(ReadOnlySpan<char> text, ref int exponent, ref bool plain)
    {
        if (text.IsEmpty)
            return true;
        plain = false;
        if (text[0] is not ('e' or 'E') || text.Length is < 2 or > 6
            || !int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var written))
            return false;
        exponent += written;
        return true;
    }

    private static bool TryScale(ulong mantissa, int exponent, bool negative, out decimal value)
    {
        while (exponent < 0 && mantissa != 0 && mantissa % 10 == 0)
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        for (; exponent < -28; exponent++)
            mantissa /= 10;
        value = 0m;
        if (mantissa == 0)
            return true;
        value = new decimal((int)(mantissa & 0x7FFFFFFF) | ((mantissa & 0x80000000) != 0 ? int.MinValue : 0),
            (int)(mantissa >> 32), 0, negative, (byte)Math.Max(0, -exponent));
        for (; exponent > 0; exponent--)
        {
            if (Math.Abs(value) > decimal.MaxValue / 10)
                return false;
            value *= 10m;
        }
        return true;
    }
}
