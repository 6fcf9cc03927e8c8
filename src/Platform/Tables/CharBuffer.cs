using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Shouwang.Platform.Tables;

/// <summary>The text of one cell while it is put together, and the strings that many cells share.</summary>
internal sealed class CharBuffer(int most)
{
    // Villages, kinds and codes repeat from row to row: one string each instead of one a cell.
    private readonly string?[] _seen = new string?[1 << 14];
    private char[] _chars = new char[256];
    private int _length;

    /// <summary>Whether the text grew past what a cell may hold; the rest was dropped.</summary>
    public bool IsTooLong { get; private set; }

    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    public void Clear() => (_length, IsTooLong) = (0, false);

    /// <summary>Adds XML text, resolving its references.</summary>
    public void Append(ReadOnlySpan<byte> xml, bool cdata)
    {
        if (!Room(xml.Length))
            return;
        _length += XmlText.Decode(xml, cdata, _chars.AsSpan(_length));
        Trim();
    }

    /// <summary>Adds plain UTF-8.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        if (!Room(utf8.Length))
            return;
        Utf8.ToUtf16(utf8, _chars.AsSpan(_length), out _, out var count);
        _length += count;
        Trim();
    }

    public void Append(char c, int times = 1)
    {
        if (!Room(times))
            return;
        _chars.AsSpan(_length, times).Fill(c);
        _length += times;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (!Room(text.Length))
            return;
        text.CopyTo(_chars.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Resolves the <c>_x000D_</c> escapes of spreadsheet strings.</summary>
    public void Unescape()
    {
        var text = _chars.AsSpan(0, _length);
        var at = text.IndexOf("_x");
        if (at < 0)
            return;
        var to = at;
        for (var from = at; from < text.Length;)
        {
            if (text[from] == '_' && from + 7 <= text.Length && text[from + 1] == 'x' && text[from + 6] == '_'
                && ushort.TryParse(text.Slice(from + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var c))
            {
                text[to++] = (char)c;
                from += 7;
            }
            else
            {
                text[to++] = text[from++];
            }
        }
        _length = to;
    }

    public override string ToString() => Share(Text);

    /// <summary>The text as a string, the same one for a text that came shortly before.</summary>
    public string Share(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 64)
            return text.ToString();
        ref var slot = ref _seen[string.GetHashCode(text) & (_seen.Length - 1)];
        if (slot is null || !text.SequenceEqual(slot))
            slot = text.ToString();
        return slot;
    }

    private bool Room(int more)
    {
        if (IsTooLong || _length > most)
        {
            IsTooLong = true;
            return false;
        }
        if (_length + more > _chars.Length)
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _length + more));
        return true;
    }

    private void Trim() => IsTooLong |= _length > most;
}

/// <summary>Characters in XML.</summary>
internal static class XmlText
{
    /// <summary>UTF-8 that refuses what is none.</summary>
    public static UTF8Encoding Strict { get; } = new(false, true);

    public static string Decode(ReadOnlySpan<byte> xml)
    {
        if (!xml.Contains((byte)'&'))
            return Strict.GetString(xml);
        var chars = new char[xml.Length];
        return new string(chars, 0, Decode(xml, false, chars));
    }

    /// <returns>How many characters were written; never more than there are bytes.</returns>
    public static int Decode(ReadOnlySpan<byte> xml, bool cdata, Span<char> to)
    {
        var written = 0;
        while (!cdata && xml.IndexOf((byte)'&') is >= 0 and var at)
        {
            written += Plain(xml[..at], to[written..]);
            xml = xml[(at + 1)..];
            var end = xml[..Math.Min(xml.Length, 12)].IndexOf((byte)';');
            if (end < 0)
                throw new DamagedTable("a reference that is not closed");
            written += Reference(xml[..end], to[written..]);
            xml = xml[(end + 1)..];
        }
        return written + Plain(xml, to[written..]);
    }

    private static int Plain(ReadOnlySpan<byte> xml, Span<char> to)
    {
        // The transcoder itself: an Encoding object costs more than the few letters of a cell.
        if (Utf8.ToUtf16(xml, to, out _, out var count, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new DamagedTable("text that is not UTF-8");
        // Line ends are one line feed in XML, whatever the file has.
        if (!to[..count].Contains('\r'))
            return count;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (to[i] != '\r')
                to[kept++] = to[i];
            else if (i + 1 >= count || to[i + 1] != '\n')
                to[kept++] = '\n';
        }
        return kept;
    }

    private static int Reference(ReadOnlySpan<byte> name, Span<char> to)
    {
        var c = name switch
        {
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            [(byte)'#', .. var number] => Numbered(number),
            _ => throw new ForbiddenXml(),
        };
        return new Rune(c).EncodeToUtf16(to);
    }

    private static int Numbered(ReadOnlySpan<byte> number)
    {
        var hex = number is [(byte)'x' or (byte)'X', ..];
        var parsed = hex
            ? Utf8Parser.TryParse(number[1..], out int code, out var used, 'x') && used == number.Length - 1
            : Utf8Parser.TryParse(number, out code, out used) && used == number.Length;
        return parsed && Rune.IsValid(code) ? code : throw new DamagedTable("a reference to no character");
    }
}
