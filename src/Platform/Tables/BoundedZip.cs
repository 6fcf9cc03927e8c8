using System.Buffers.Binary;
using System.IO.Compression;

namespace Shouwang.Platform.Tables;

/// <summary>A packed file (.xlsx, .ods) whose parts are read within <see cref="ReadLimits"/>; nothing is ever unpacked to disk.</summary>
internal sealed class BoundedZip : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ReadLimits _limits;
    private readonly string _file;

    public BoundedZip(Stream content, string file, ReadLimits limits)
    {
        (_file, _limits) = (file, limits);
        if (!DirectoryIsSmall(content, limits.Parts))
            throw new TableRefusal(FileProblems.UnsafeZip(file));
        content.Position = 0;
        _archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: false);
        var unpacked = 0L;
        foreach (var entry in _archive.Entries)
        {
            var name = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (name.Split('/').Contains("..") || name.Contains('\0') || name.Contains(':'))
                throw new TableRefusal(FileProblems.UnsafeZip(file));
            if (entry.IsEncrypted)
                throw new TableRefusal(FileProblems.Password(file));
            if (entry.Length < 0 || (unpacked += entry.Length) > limits.UnpackedBytes)
                throw new TableRefusal(FileProblems.UnpacksTooLarge(file));
            // Two parts of one name would let what is checked differ from what is read.
            if (!name.EndsWith('/') && !_parts.TryAdd(name, entry))
                throw new TableRefusal(FileProblems.UnsafeZip(file));
        }
    }

    /// <summary>The names of all parts, without a leading slash.</summary>
    public IEnumerable<string> Parts => _parts.Keys;

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>The part, or null when there is none. Reading past a limit throws.</summary>
    public Stream? Open(string part)
    {
        if (!_parts.TryGetValue(part, out var entry))
            return null;
        var free = 1L << 20;
        var most = Math.Min(_limits.UnpackedBytes, free + entry.CompressedLength * (long)_limits.UnpackRatio);
        return new Measured(entry.Open(), most, _file);
    }

    /// <summary>Walks the directory before the library loads it, for a file can claim millions of parts.</summary>
    private static bool DirectoryIsSmall(Stream content, int parts)
    {
        var tail = new byte[(int)Math.Min(content.Length, 22 + 65_535 + 20)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < 22)
            throw new DamagedTable("no zip directory");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (end >= 20 && tail.AsSpan(end - 20).StartsWith("PK\u0006\u0007"u8))
        {
            var record = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - 12));
            Span<byte> zip64 = stackalloc byte[56];
            if (record < 0 || record > content.Length - zip64.Length)
                throw new DamagedTable("no zip64 directory");
            content.Position = record;
            content.ReadExactly(zip64);
            start = BinaryPrimitives.ReadInt64LittleEndian(zip64[48..]);
        }
        if (start < 0 || start > content.Length)
            throw new DamagedTable("no zip directory");

        content.Position = start;
        var buffered = new BufferedStream(content, 1 << 16);
        Span<byte> header = stackalloc byte[46];
        for (var count = 0; count <= parts; count++)
        {
            if (buffered.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
                || !header.StartsWith("PK\u0001\u0002"u8))
                return true;
            buffered.Position += BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }
        return false;
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>Lets through so many bytes and no more.</summary>
    private sealed class Measured(Stream inner, long most, string file) : Stream
    {
        private long _seen;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _seen;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _seen += read;
            return _seen <= most ? read : throw new TableRefusal(FileProblems.UnpacksTooLarge(file));
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
