using System.Buffers;
using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>
/// The encoding of a text file: a byte order mark, else zeros in every second byte (UTF-16), else UTF-8 when the whole
/// file is that, else GB18030, which covers GBK and GB2312. All strict: what they cannot read is refused, not replaced.
/// </summary>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>The same encoding for looking at a sample: what it cannot read does not stop it.</summary>
    public static Encoding Lenient(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }

    /// <exception cref="TableRefusal">No text at all, or UTF-8 with damage in it.</exception>
    public static Encoding Detect(Stream content, ReadOnlySpan<byte> head, string file)
    {
        if (head.StartsWith((byte[])[0xFF, 0xFE]))
            return new UnicodeEncoding(false, true, true);
        if (head.StartsWith((byte[])[0xFE, 0xFF]))
            return new UnicodeEncoding(true, true, true);
        if (WithoutMark(head) is { } wide)
            return wide;
        if (head.ContainsAny(Binary))
            throw new TableRefusal(FileProblems.NotATable(file));
        var (bad, good, line) = Utf8(content);
        if (bad == 0)
            return new UTF8Encoding(true, true);
        // A few broken bytes among much good UTF-8 are damage; text in GB18030 has hardly any good UTF-8 in it.
        return good > 20 * bad ? throw new TableRefusal(FileProblems.Encoding(file, line)) : Gb18030;
    }

    private static readonly SearchValues<byte> Binary = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31]);

    /// <summary>UTF-16 without a mark: separators and digits have a zero beside them, always on the same side.</summary>
    private static UnicodeEncoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        var zeros = (even: 0, odd: 0);
        var sample = head[..Math.Min(head.Length & ~1, 4096)];
        for (var i = 0; i < sample.Length; i += 2)
        {
            zeros.even += sample[i] == 0 ? 1 : 0;
            zeros.odd += sample[i + 1] == 0 ? 1 : 0;
        }
        var many = sample.Length / 40 + 1;
        if (sample.Length < 4)
            return null;
        return zeros switch
        {
            (0, var odd) when odd >= many => new(false, false, true),
            (var even, 0) when even >= many => new(true, false, true),
            _ => null,
        };
    }

    /// <summary>How many sequences of several bytes are right and wrong in the whole file, and the line of the first wrong.</summary>
    private static (long Bad, long Good, int Line) Utf8(Stream content)
    {
        var buffer = new byte[1 << 16];
        long bad = 0, good = 0;
        int kept = 0, lines = 1, wrong = 0;
        content.Position = 0;
        while (true)
        {
            var read = content.Read(buffer, kept, buffer.Length - kept);
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, kept + read);
            var last = read == 0;
            while (!rest.IsEmpty)
            {
                var ascii = rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
                if (ascii != 0)
                {
                    var run = ascii < 0 ? rest : rest[..ascii];
                    lines += run.Count((byte)'\n');
                    rest = rest[run.Length..];
                    continue;
                }
                var status = Rune.DecodeFromUtf8(rest, out _, out var used);
                if (status == OperationStatus.NeedMoreData && !last)
                    break;
                if (status == OperationStatus.Done)
                    good++;
                // A character cut off by the very end is a truncated file, to be told as such: it counts as wrong.
                else if (bad++ == 0)
                    wrong = lines;
                rest = rest[used..];
            }
            if (last)
                break;
            kept = rest.Length;
            rest.CopyTo(buffer);
        }
        content.Position = 0;
        return (bad, good, wrong);
    }
}
