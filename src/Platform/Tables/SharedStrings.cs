using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>
/// The string table of a workbook, kept as UTF-8 in large blocks: five million names and numbers take the room of their
/// letters, not that of five million objects.
/// </summary>
internal sealed class SharedStrings
{
    private const int BlockSize = 1 << 20;
    private const long MostBytes = 512L << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<(int Block, int Offset, int Length)> _strings = [];
    private int _used = BlockSize;

    public SharedStrings(Stream? content, string file, ReadLimits limits)
    {
        if (content is null)
            return;
        var text = new CharBuffer(limits.CellLength);
        int phonetic = 0, depth = 0;
        using var xml = new XmlScanner(content);
        var inText = false;
        while (xml.Read())
        {
            if (xml.Kind == XmlToken.Text)
            {
                if (inText && phonetic == 0)
                    text.Append(xml.Text, xml.IsCData);
            }
            else if (xml.IsStart("t"u8))
            {
                inText = !xml.IsEmpty;
            }
            else if (xml.IsEnd("t"u8))
            {
                inText = false;
            }
            else if (xml.IsStart("rPh"u8) && !xml.IsEmpty)
            {
                phonetic++;
            }
            else if (xml.IsEnd("rPh"u8))
            {
                phonetic--;
            }
            else if (xml.IsStart("si"u8))
            {
                text.Clear();
                if (xml.IsEmpty)
                    Add([]);
                else
                    depth++;
            }
            else if (xml.IsEnd("si"u8) && depth-- > 0)
            {
                if (text.IsTooLong || (long)_blocks.Count * BlockSize > MostBytes)
                    throw new TableRefusal(FileProblems.UnpacksTooLarge(file));
                text.Unescape();
                Add(text.Text);
            }
        }
    }

    public int Count => _strings.Count;

    /// <summary>The string with a number of a cell, as UTF-8.</summary>
    /// <exception cref="DamagedTable">There is no such string.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_strings.Count)
                throw new DamagedTable("no such shared string");
            var (block, offset, length) = _strings[index];
            return _blocks[block].AsSpan(offset, length);
        }
    }

    private void Add(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_used + most > BlockSize)
        {
            _blocks.Add(new byte[BlockSize]);
            _used = 0;
        }
        var length = Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used));
        _strings.Add((_blocks.Count - 1, _used, length));
        _used += length;
    }
}
