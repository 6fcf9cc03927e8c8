using System.Globalization;
using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>Writes XML as UTF-8 into a stream through one buffer.</summary>
internal sealed class XmlOut(Stream target) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 15];
    private int _length;

    /// <summary>Bytes that are XML already.</summary>
    public XmlOut Raw(ReadOnlySpan<byte> xml)
    {
        if (xml.Length > _buffer.Length - _length)
        {
            Flush();
            if (xml.Length > _buffer.Length)
            {
                target.Write(xml);
                return this;
            }
        }
        xml.CopyTo(_buffer.AsSpan(_length));
        _length += xml.Length;
        return this;
    }

    public XmlOut Raw(ReadOnlySpan<char> xml)
    {
        for (; xml.Length > 4096; xml = xml[4096..])
            Chars(xml[..4096]);
        return Chars(xml);
    }

    public XmlOut Number(int number)
    {
        Span<byte> digits = stackalloc byte[12];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return Raw(digits[..length]);
    }

    /// <summary>Text of any origin: escaped, and without the characters XML cannot hold.</summary>
    public XmlOut Text(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // Runes are kept whole; what is not valid becomes the replacement character.
            var plain = PlainRun(text);
            if (plain > 0)
            {
                Chars(text[..plain]);
                text = text[plain..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            text = text[used..];
            Escaped(rune);
        }
        return this;
    }

    public void Flush()
    {
        target.Write(_buffer, 0, _length);
        _length = 0;
    }

    private static int PlainRun(ReadOnlySpan<char> text)
    {
        var most = Math.Min(text.Length, 4096);
        for (var i = 0; i < most; i++)
        {
            var c = text[i];
            if (c < ' ' || c is '<' or '>' or '&' or '"' || c is >= '\uD800' and <= '\uDFFF' or '\uFFFE' or '\uFFFF')
                return i;
        }
        return most;
    }

    private void Escaped(Rune rune)
    {
        _ = rune.Value switch
        {
            '<' => Raw("&lt;"u8),
            '>' => Raw("&gt;"u8),
            '&' => Raw("&amp;"u8),
            '"' => Raw("&quot;"u8),
            '\t' => Raw("&#9;"u8),
            '\n' => Raw("&#10;"u8),
            '\r' => Raw("&#13;"u8),
            < ' ' or 0xFFFE or 0xFFFF => this,
            _ => Plain(rune),
        };
    }

    private XmlOut Plain(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        return Raw(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    private XmlOut Chars(ReadOnlySpan<char> text)
    {
        if (text.Length * 3 > _buffer.Length - _length)
            Flush();
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        return this;
    }

    public void Dispose() => Flush();
}
