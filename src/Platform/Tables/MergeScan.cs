using System.Buffers.Text;

namespace Shouwang.Platform.Tables;

/// <summary>
/// Finds the merged blocks of a worksheet. They stand behind the data, so the data is run past as bytes, which costs
/// little more than unpacking it.
/// </summary>
internal static class MergeScan
{
    /// <returns>Null when there are more than <paramref name="most"/>.</returns>
    public static MergedRange[]? Read(Stream sheet, int most)
    {
        using var tail = new PastData(sheet);
        var ranges = new List<MergedRange>();
        // What is left begins inside the worksheet element, so the scanner meets its end tag first: a root of our own opens it.
        using var xml = new XmlScanner(tail);
        while (xml.Read())
        {
            if (!xml.IsStart("mergeCell"u8))
                continue;
            var attributes = xml.Attributes;
            while (attributes.Next())
            {
                if (attributes.Name.SequenceEqual("ref"u8) && Parse(attributes.Value) is { } range)
                    ranges.Add(range);
            }
            if (ranges.Count > most)
                return null;
        }
        ranges.Sort((a, b) => a.Top != b.Top ? a.Top.CompareTo(b.Top) : a.Left.CompareTo(b.Left));
        return [.. ranges];
    }

    /// <summary>Reads <c>B6:C74</c>.</summary>
    public static MergedRange? Parse(ReadOnlySpan<byte> reference)
    {
        var colon = reference.IndexOf((byte)':');
        if (colon < 0 || !TryCell(reference[..colon], out var top, out var left)
            || !TryCell(reference[(colon + 1)..], out var bottom, out var right))
            return null;
        return new(Math.Min(top, bottom), Math.Max(top, bottom), Math.Min(left, right), Math.Max(left, right));
    }

    /// <summary>Reads <c>AK17</c> into row 17, column 36.</summary>
    public static bool TryCell(ReadOnlySpan<byte> reference, out int row, out int column)
    {
        var letters = column = row = 0;
        while (letters < reference.Length && letters < 4 && (reference[letters] | 32) is >= 'a' and <= 'z')
            column = column * 26 + (reference[letters++] & 31);
        column--;
        return letters is > 0 and < 4 && Utf8Parser.TryParse(reference[letters..], out row, out var used)
            && used == reference.Length - letters && row > 0;
    }

    /// <summary>A worksheet without the content of its sheetData, as a document of its own.</summary>
    private sealed class PastData(Stream sheet) : Stream
    {
        private static ReadOnlySpan<byte> End => "sheetData>"u8;

        private readonly byte[] _buffer = new byte[1 << 17];
        private int _from, _to;
        private bool _found;
        private bool _opened;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_opened)
            {
                _opened = true;
                Seek();
                "<tail>"u8.CopyTo(buffer.AsSpan(offset));
                return "<tail>"u8.Length;
            }
            if (_from < _to)
            {
                var now = Math.Min(count, _to - _from);
                _buffer.AsSpan(_from, now).CopyTo(buffer.AsSpan(offset));
                _from += now;
                return now;
            }
            if (!_found)
                return Close(buffer.AsSpan(offset));
            var read = sheet.Read(buffer, offset, count);
            return read;
        }

        /// <summary>An empty sheet may have no sheetData to close: then there is nothing behind it.</summary>
        private int Close(Span<byte> buffer)
        {
            if (_from < 0)
                return 0;
            _from = _to = -1;
            "</tail>"u8.CopyTo(buffer);
            return "</tail>"u8.Length;
        }

        private void Seek()
        {
            var kept = 0;
            for (int read; (read = sheet.Read(_buffer, kept, _buffer.Length - kept)) > 0;)
            {
                var length = kept + read;
                for (var at = 0; _buffer.AsSpan(at, length - at).IndexOf(End) is >= 0 and var hit; at += hit + End.Length)
                {
                    // The end tag, with or without a prefix; not the start tag of the same name.
                    if (!IsEnd(_buffer.AsSpan(0, at + hit)))
                        continue;
                    (_from, _to, _found) = (at + hit + End.Length, length, true);
                    return;
                }
                kept = Math.Min(length, End.Length + 64);
                _buffer.AsSpan(length - kept, kept).CopyTo(_buffer);
            }
            _from = _to = 0;
        }

        private static bool IsEnd(ReadOnlySpan<byte> before) => before.LastIndexOf((byte)'<') is >= 0 and var open
            && open + 1 < before.Length && before[open + 1] == '/';

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
