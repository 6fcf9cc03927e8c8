using System.Globalization;
using System.Text;

namespace Shouwang.Kernel.Rules;

internal enum TokenKind { End, Name, Number, Text, Sign, Broken }

/// <summary>A piece of a rule's text.</summary>
/// <param name="Value">Of a number or a text, its value.</param>
internal readonly record struct Token(TokenKind Kind, Place Place, RuleValue Value = default);

/// <summary>Cuts a rule's text into tokens, one at a time. The first fault is kept and is where the text ends.</summary>
internal sealed class Lexer(string source)
{
    private int _at;

    public (Place Place, string Code, Text What, Text Remedy)? Fault { get; private set; }

    public ReadOnlySpan<char> TextOf(Token token) => source.AsSpan(token.Place.Start, token.Place.Length);

    public Token Next()
    {
        SkipBlanksAndComments();
        if (_at >= source.Length)
            return new(TokenKind.End, new(source.Length, 0));
        var c = source[_at];
        return c is '"' or '\'' || (c is 'r' or 'R' && Peek(1) is '"' or '\'') ? Text()
            : c == '_' || char.IsAsciiLetter(c) ? Word()
            : char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))) ? Number()
            : Sign();
    }

    private char Peek(int ahead) => _at + ahead < source.Length ? source[_at + ahead] : '\0';

    private void SkipBlanksAndComments()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\r' or '\n' or '\f')
                _at++;
            else if (source[_at] == '/' && Peek(1) == '/')
                _at = source.IndexOf('\n', _at) is >= 0 and var end ? end : source.Length;
            else
                return;
        }
    }

    private Token Word()
    {
        var start = _at;
        while (Peek(0) == '_' || char.IsAsciiLetterOrDigit(Peek(0)))
            _at++;
        return new(TokenKind.Name, new(start, _at - start));
    }

    private Token Number()
    {
        var start = _at;
        var hexadecimal = Peek(0) == '0' && Peek(1) is 'x' or 'X';
        if (hexadecimal)
            _at += 2;
        var digits = _at;
        while (hexadecimal ? char.IsAsciiHexDigit(Peek(0)) : char.IsAsciiDigit(Peek(0)))
            _at++;
        var whole = true;
        if (!hexadecimal && Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            whole = false;
            for (_at++; char.IsAsciiDigit(Peek(0)); _at++) { }
        }
        if (!hexadecimal && Peek(0) is 'e' or 'E'
            && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            whole = false;
            for (_at += 2; char.IsAsciiDigit(Peek(0)); _at++) { }
        }
        var place = new Place(start, _at - start);
        if (Peek(0) == '_' || char.IsAsciiLetter(Peek(0)))
            return Refuse(new(start, place.Length + 1), "rule.number", RuleMessages.NumberFollowed(source[_at]));
        var text = source.AsSpan(start, place.Length);
        var value = !whole ? Exact(text)
            : hexadecimal ? Hexadecimal(source.AsSpan(digits, _at - digits))
            // One past the largest is kept for the sign that may stand before it: -9223372036854775808.
            : decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= -(decimal)long.MinValue
                ? n > long.MaxValue ? RuleValue.Unsigned(n) : RuleValue.Int((long)n)
            : default;
        return value.IsKnown
            ? new(TokenKind.Number, place, value)
            : Refuse(place, "rule.number", RuleMessages.NumberTooLong);
    }

    private static RuleValue Hexadecimal(ReadOnlySpan<char> digits) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var n) && n <= long.MaxValue
            ? RuleValue.Int((long)n)
            : default;

    /// <summary>A decimal, or unknown where 12 digits and 16 after the point cannot hold it: a threshold must not be rounded silently.</summary>
    private static RuleValue Exact(ReadOnlySpan<char> text)
    {
        var mantissa = text;
        var exponent = 0;
        if (text.IndexOfAny('e', 'E') is >= 0 and var e)
        {
            mantissa = text[..e];
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return default;
        }
        var point = mantissa.IndexOf('.');
        var fraction = point < 0 ? [] : mantissa[(point + 1)..].TrimEnd('0');
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
        var digits = $"{whole}{fraction}".AsSpan();
        var places = fraction.Length - (long)exponent;
        for (; digits is [.., '0'] && places > 0; places--)
            digits = digits[..^1];
        digits = digits.TrimStart('0');
        if (digits.Length == 0)
            return RuleValue.Decimal(0);
        if (places > Numbers.Places || digits.Length - places > 12)
            return default;
        var number = decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return RuleValue.Decimal(places >= 0 ? number / Power((int)places) : number * Power((int)-places));
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>In quotation marks: single or double, one or three (then over several lines), with r before them without escapes.</summary>
    private Token Text()
    {
        var start = _at;
        var raw = source[_at] is 'r' or 'R';
        var quote = source[raw ? ++_at : _at];
        var triple = Peek(1) == quote && Peek(2) == quote;
        _at += triple ? 3 : 1;
        var text = new StringBuilder();
        while (_at < source.Length && !(source[_at] == quote && (!triple || (Peek(1) == quote && Peek(2) == quote))))
        {
            var c = source[_at];
            if (c is '\n' or '\r' && !triple)
                return Refuse(new(start, _at - start), "rule.text-not-closed", RuleMessages.NotClosed(quote));
            if (c == '\\' && !raw)
            {
                if (!Escape(text))
                    return Refuse(new(_at, Math.Min(2, source.Length - _at)), "rule.escape", RuleMessages.Escape);
            }
            else if (char.IsSurrogate(c) && !char.IsSurrogatePair(c, Peek(1)))
                return Refuse(new(_at, 1), "rule.character", RuleMessages.BrokenCharacter);
            else
            {
                var length = char.IsSurrogate(c) ? 2 : 1;
                text.Append(source, _at, length);
                _at += length;
            }
        }
        if (_at >= source.Length)
            return Refuse(new(start, _at - start), "rule.text-not-closed", RuleMessages.NotClosed(quote));
        _at += triple ? 3 : 1;
        return new(TokenKind.Text, new(start, _at - start), RuleValue.Text(text.ToString()));
    }

    /// <summary>Reads one escape; leaves the position at its backslash when it is none of CEL's.</summary>
    private bool Escape(StringBuilder text)
    {
        var (digits, radix) = Peek(1) switch
        {
            'x' or 'X' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            >= '0' and <= '3' => (3, 8),
            _ => (0, 0),
        };
        if (digits == 0)
        {
            var plain = "\\\"'`?abfnrtv".IndexOf(Peek(1), StringComparison.Ordinal);
            if (plain < 0 || _at + 1 >= source.Length)
                return false;
            text.Append("\\\"'`?\a\b\f\n\r\t\v"[plain]);
            _at += 2;
            return true;
        }
        var first = _at + (radix == 8 ? 1 : 2);
        if (first + digits > source.Length)
            return false;
        long code = 0;
        foreach (var c in source.AsSpan(first, digits))
        {
            if (!char.IsAsciiHexDigit(c) || (radix == 8 && c > '7'))
                return false;
            code = code * radix + Convert.ToInt32(c.ToString(), 16);
        }
        if (code > 0x10FFFF || !Rune.IsValid((int)code))
            return false;
        text.Append(new Rune((int)code).ToString());
        _at = first + digits;
        return true;
    }

    private Token Sign()
    {
        var two = source.AsSpan(_at, Math.Min(2, source.Length - _at));
        var length = two is "&&" or "||" or "==" or "!=" or "<=" or ">=" ? 2 : 1;
        var place = new Place(_at, length);
        if (length == 1 && !"()[],.?:+-*/%<>!".Contains(source[_at], StringComparison.Ordinal))
            return Refuse(place, "rule.character", RuleMessages.Character(source[_at]));
        _at += length;
        return new(TokenKind.Sign, place);
    }

    private Token Refuse(Place place, string code, (Text What, Text Remedy) message)
    {
        Fault ??= (place, code, message.What, message.Remedy);
        _at = source.Length;
        return new(TokenKind.Broken, place);
    }
}
