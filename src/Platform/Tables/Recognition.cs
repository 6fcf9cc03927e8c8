using System.Text;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>Tells what a file is by its first bytes and its parts, for extensions are often wrong.</summary>
internal static class Recognition
{
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static Outcome<TableFile> Open(Stream content, string name, ReadLimits limits)
    {
        if (content.Length == 0)
            throw new TableRefusal(FileProblems.Empty(name));
        var head = new byte[(int)Math.Min(content.Length, 1 << 16)];
        content.Position = 0;
        content.ReadExactly(head);
        content.Position = 0;

        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return Packed(content, name, limits);
        if (head.AsSpan().StartsWith(CompoundFile))
        {
            return Holds(content, Encoding.Unicode.GetBytes("EncryptedPackage"))
                ? throw new TableRefusal(FileProblems.Password(name))
                : new XlsFile(content, name, limits);
        }
        if (head is [0x09, 0x00 or 0x02 or 0x04 or 0x08, ..] && head.AsSpan(0, Math.Min(8, head.Length)).Contains((byte)0))
            return new XlsFile(content, name, limits);
        return Text(content, head, name, limits);
    }

    private static TableFile Packed(Stream content, string name, ReadLimits limits)
    {
        var zip = new BoundedZip(content, name, limits);
        if (zip.Has("content.xml"))
        {
            return Holds(zip.Open("META-INF/manifest.xml"), "encryption-data"u8.ToArray())
                ? throw new TableRefusal(FileProblems.Password(name))
                : new OdsFile(zip, name, limits);
        }
        if (zip.Has("xl/workbook.bin"))
            throw new TableRefusal(FileProblems.OtherFormat(name, "xlsb"));
        if (zip.Has("word/document.xml"))
            throw new TableRefusal(FileProblems.OtherFormat(name, "Word"));
        if (!zip.Has("[Content_Types].xml"))
            throw new TableRefusal(FileProblems.NotATable(name));
        return new XlsxFile(zip, name, limits);
    }

    private static CsvFile Text(Stream content, byte[] head, string name, ReadLimits limits)
    {
        ReadOnlySpan<byte> start = head;
        if (start.StartsWith("%PDF"u8) || start.StartsWith("{\\rtf"u8) || start.StartsWith("Rar!"u8) || start.StartsWith("PK"u8)
            || start is [0x89, (byte)'P', ..] or [0xFF, 0xD8, 0xFF, ..] or [0x1F, 0x8B, ..] or [(byte)'7', (byte)'z', 0xBC, ..])
            throw new TableRefusal(FileProblems.NotATable(name));

        var encoding = TextEncoding.Detect(content, head, name);
        var beginning = new char[head.Length + 1];
        // Not flushed: the last character of the sample may be cut in two.
        var length = TextEncoding.Lenient(encoding).GetDecoder().GetChars(head, beginning, flush: false);
        var text = beginning.AsSpan(0, length).TrimStart("\uFEFF \t\r\n");
        if (text.StartsWith("MIME-Version", StringComparison.OrdinalIgnoreCase))
            throw new TableRefusal(FileProblems.Html(name));
        if (text is ['<', '!' or '?' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..])
        {
            throw new TableRefusal(text.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal)
                && !text.Contains("<html", StringComparison.OrdinalIgnoreCase)
                ? FileProblems.OtherFormat(name, "XML 2003")
                : FileProblems.Html(name));
        }
        return new CsvFile(content, encoding, name, limits);
    }

    private static bool Holds(Stream? content, byte[] wanted)
    {
        if (content is null)
            return false;
        var buffer = new byte[1 << 16];
        var kept = 0;
        for (int read; (read = content.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            if (buffer.AsSpan(0, kept + read).IndexOf(wanted) >= 0)
                return true;
            var length = kept + read;
            kept = Math.Min(length, wanted.Length);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
        return false;
    }
}
