using System.Text;

namespace Shouwang.Platform.Tables;

internal enum XmlToken { Start, End, Text, Other }

/// <summary>
/// Walks XML as UTF-8 bytes, one tag or text at a time, without building anything. Sheets are most of the work of an
/// import, and this takes a fraction of the time of <see cref="System.Xml.XmlReader"/>; it also gives each token's own
/// bytes, so that an annotated copy changes nothing but what it must.
/// </summary>
/// <remarks>
/// Names are local names. A document type is refused, so there are no entities but the five and character references.
/// Depth and the length of one token are bounded. Spans hold until the next <see cref="Read"/>.
/// </remarks>
internal sealed class XmlScanner : IDisposable
{
    private const int Deepest = 128;
    private const int LongestToken = 1 << 20;

    private readonly Stream _source;
    private byte[] _buffer = new byte[1 << 16];
    private int _token, _next, _end;
    private int _name, _nameEnd;
    private bool _root;

    public XmlScanner(Stream source)
    {
        _source = source;
        while (_end < 4 && Fill())
        {
        }
        var head = _buffer.AsSpan(0, _end);
        if (head.StartsWith((byte[])[0xFF, 0xFE]) || head.StartsWith((byte[])[(byte)'<', 0])
            || head.StartsWith((byte[])[0xFE, 0xFF]) || head.StartsWith((byte[])[0, (byte)'<']))
        {
            var encoding = head[0] is 0xFF or (byte)'<' ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var rest = new Prefixed(head.ToArray(), source);
            _source = Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8);
            _end = 0;
            while (_end < 4 && Fill())
            {
            }
        }
        if (_buffer.AsSpan(0, _end).StartsWith((byte[])[0xEF, 0xBB, 0xBF]))
            (_token, _next) = (3, 3);
    }

    public XmlToken Kind { get; private set; }

    /// <summary>Of a start tag that ends itself; no end tag follows it.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>How many elements are open, the one of a start tag included unless it is empty.</summary>
    public int Depth { get; private set; }

    public bool IsCData { get; private set; }

    /// <summary>The local name of a tag.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_name, _nameEnd - _name);

    /// <summary>The prefix of a tag with its colon, or nothing.</summary>
    public string Prefix
    {
        get
        {
            var start = _token + (Kind == XmlToken.End ? 2 : 1);
            return Encoding.UTF8.GetString(_buffer, start, _name - start);
        }
    }

    /// <summary>The token as it stands in the file.</summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_token, _next - _token);

    /// <summary>The characters of a text, references not yet resolved.</summary>
    public ReadOnlySpan<byte> Text => IsCData ? Raw[9..^3] : Raw;

    public XmlAttributes Attributes => new(_buffer.AsSpan(_nameEnd, _next - _nameEnd - (IsEmpty ? 2 : 1)));

    public bool IsStart(ReadOnlySpan<byte> name) => Kind == XmlToken.Start && Name.SequenceEqual(name);

    public bool IsEnd(ReadOnlySpan<byte> name) => Kind == XmlToken.End && Name.SequenceEqual(name);

    /// <summary>The value of an attribute by its local name, references resolved; null when there is none.</summary>
    public string? Attribute(ReadOnlySpan<byte> name)
    {
        var attributes = Attributes;
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual(name))
                return XmlText.Decode(attributes.Value);
        }
        return null;
    }

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of a complete document.</returns>
    /// <exception cref="DamagedTable">Not well formed, or cut off.</exception>
    /// <exception cref="ForbiddenXml">There is a document type.</exception>
    public bool Read()
    {
        _token = _next;
        IsCData = IsEmpty = false;
        if (_token == _end && !Fill())
            return Depth == 0 && _root ? false : throw new DamagedTable("XML ends early");
        if (_buffer[_token] != '<')
        {
            Kind = XmlToken.Text;
            _next = Find(_token, (byte)'<');
            if (_next < 0)
                _next = Depth == 0 ? _end : throw new DamagedTable("XML ends in a text");
            return true;
        }
        var gt = Find(_token, (byte)'>');
        if (gt < 0)
            throw new DamagedTable("XML ends in a tag");
        switch (_buffer[_token + 1])
        {
            case (byte)'!':
                Declaration(gt);
                break;
            case (byte)'?':
                Kind = XmlToken.Other;
                Through("?>"u8, gt, "<??>".Length);
                break;
            case (byte)'/':
                Kind = XmlToken.End;
                _next = gt + 1;
                FindName(_token + 2);
                if (--Depth < 0)
                    throw new DamagedTable("an end tag without a start");
                break;
            default:
                while (!Balanced(_buffer.AsSpan(_token, gt - _token)))
                {
                    gt = Find(gt + 1, (byte)'>');
                    if (gt < 0)
                        throw new DamagedTable("XML ends in a tag");
                }
                Start(gt);
                break;
        }
        return true;
    }

    /// <summary>Passes over the rest of the element whose start tag was read.</summary>
    public void Skip()
    {
        if (IsEmpty)
            return;
        var outside = Depth - 1;
        while (Depth > outside && Read())
        {
        }
    }

    private void Start(int gt)
    {
        Kind = XmlToken.Start;
        _root = true;
        _next = gt + 1;
        IsEmpty = _buffer[gt - 1] == '/';
        FindName(_token + 1);
        if (!IsEmpty && ++Depth > Deepest)
            throw new DamagedTable("XML too deep");
    }

    private void FindName(int from)
    {
        var end = from;
        for (_name = from; end < _next; end++)
        {
            var b = _buffer[end];
            if (b is (byte)' ' or (byte)'>' or (byte)'/' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                break;
            if (b == ':')
                _name = end + 1;
        }
        _nameEnd = end;
        if (_name >= _nameEnd)
            throw new DamagedTable("a tag without a name");
    }

    private void Declaration(int gt)
    {
        if (Head(4).SequenceEqual("<!--"u8))
        {
            Kind = XmlToken.Other;
            Through("-->"u8, gt, "<!---->".Length);
        }
        else if (Head(9).SequenceEqual("<![CDATA["u8))
        {
            (Kind, IsCData) = (XmlToken.Text, true);
            Through("]]>"u8, gt, "<![CDATA[]]>".Length);
        }
        else
        {
            throw new ForbiddenXml();
        }
    }

    private ReadOnlySpan<byte> Head(int length) => _buffer.AsSpan(_token, Math.Min(length, _end - _token));

    /// <summary>Ends the token at the first '>' from <paramref name="gt"/> on that closes <paramref name="end"/>.</summary>
    private void Through(ReadOnlySpan<byte> end, int gt, int shortest)
    {
        while (gt >= 0 && (gt + 1 - _token < shortest || !_buffer.AsSpan(_token, gt + 1 - _token).EndsWith(end)))
            gt = Find(gt + 1, (byte)'>');
        _next = gt >= 0 ? gt + 1 : throw new DamagedTable("XML ends in a declaration");
    }

    /// <summary>Whether every quotation mark of a tag is closed, so that a '>' found is its end and not part of a value.</summary>
    private static bool Balanced(ReadOnlySpan<byte> tag)
    {
        // Most tags are short, and a plain loop is done before vectors have started.
        byte open = 0;
        foreach (var b in tag)
        {
            if (open == 0 && b is (byte)'"' or (byte)'\'')
                open = b;
            else if (b == open)
                open = 0;
        }
        return open == 0;
    }

    private int Find(int from, byte what)
    {
        while (true)
        {
            var at = _buffer.AsSpan(from, _end - from).IndexOf(what);
            if (at >= 0)
                return from + at;
            var seen = _end - _token;
            if (!Fill())
                return -1;
            from = _token + seen;
        }
    }

    /// <summary>Reads more, moving the token to the front or growing the buffer; moves <see cref="_token"/> only.</summary>
    private bool Fill()
    {
        if (_end == _buffer.Length)
        {
            if (_token > 0)
            {
                _buffer.AsSpan(_token, _end - _token).CopyTo(_buffer);
                (_end, _token, _next) = (_end - _token, 0, 0);
            }
            else if (_buffer.Length < LongestToken)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
            else
            {
                throw new DamagedTable("a tag or text too long");
            }
        }
        var read = _source.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    public void Dispose() => _source.Dispose();

    private sealed class Prefixed(byte[] head, Stream rest) : Stream
    {
        private int _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_given == head.Length)
                return rest.Read(buffer, offset, count);
            var now = Math.Min(count, head.Length - _given);
            head.AsSpan(_given, now).CopyTo(buffer.AsSpan(offset));
            _given += now;
            return now;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>The attributes of a tag, one after the other, references not yet resolved.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>The local name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The quotation mark around the value.</summary>
    public char Quote { get; private set; }

    /// <summary>Whether it belongs to another vocabulary, or declares one.</summary>
    public bool IsPrefixed { get; private set; }

    public bool Next()
    {
        var start = 0;
        while (start < _rest.Length && IsBlank(_rest[start]))
            start++;
        int at = start, colon = -1;
        for (; at < _rest.Length && _rest[at] != '='; at++)
        {
            if (_rest[at] == ':')
                colon = at;
        }
        if (at == _rest.Length)
            return false;
        IsPrefixed = colon >= 0;
        Name = _rest[(IsPrefixed ? colon + 1 : start)..at];
        if (Name.IsEmpty || IsBlank(Name[^1]))
            Name = Name.TrimEnd(" \t\r\n"u8);
        _rest = _rest[(at + 1)..];
        if (!_rest.IsEmpty && IsBlank(_rest[0]))
            _rest = _rest.TrimStart(" \t\r\n"u8);
        if (_rest.IsEmpty || _rest[0] is not ((byte)'"' or (byte)'\''))
            throw new DamagedTable("an attribute without quotation marks");
        var end = _rest[1..].IndexOf(_rest[0]);
        if (end < 0)
            throw new DamagedTable("an attribute that is not closed");
        Quote = (char)_rest[0];
        Value = _rest.Slice(1, end);
        _rest = _rest[(end + 2)..];
        return true;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
