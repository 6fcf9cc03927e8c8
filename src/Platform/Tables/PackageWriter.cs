using System.IO.Compression;

namespace Shouwang.Platform.Tables;

/// <summary>
/// Writes a zip part by part to a stream that may only be written asynchronously and not sought, such as a response.
/// The archive writes into a small buffer; <see cref="Drain"/> passes it on.
/// </summary>
internal sealed class PackageWriter : IDisposable
{
    private const int Enough = 1 << 17;

    private readonly Forward _forward = new();
    private readonly ZipArchive _archive;
    private readonly Stream _target;

    public PackageWriter(Stream target)
    {
        _target = target;
        _archive = new ZipArchive(_forward, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Begins a part; the stream must be disposed of before the next begins.</summary>
    public Stream Start(string part)
    {
        var entry = _archive.CreateEntry(part, CompressionLevel.Fastest);
        // The same content gives the same bytes, whenever it is written.
        entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    public void Write(string part, string content)
    {
        using var stream = Start(part);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Passes on what has gathered; free when that is little.</summary>
    public ValueTask Drain(CancellationToken cancel) => _forward.Gathered < Enough ? default : _forward.PassTo(_target, cancel);

    /// <summary>Ends the package.</summary>
    public async ValueTask Finish(CancellationToken cancel)
    {
        _archive.Dispose();
        await _forward.PassTo(_target, cancel);
        await _target.FlushAsync(cancel);
    }

    public void Dispose() => _archive.Dispose();

    private sealed class Forward : Stream
    {
        private byte[] _buffer = new byte[Enough * 2];

        public int Gathered { get; private set; }

        public async ValueTask PassTo(Stream target, CancellationToken cancel)
        {
            var length = Gathered;
            Gathered = 0;
            await target.WriteAsync(_buffer.AsMemory(0, length), cancel);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Gathered + buffer.Length > _buffer.Length)
                Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Gathered + buffer.Length));
            buffer.CopyTo(_buffer.AsSpan(Gathered));
            Gathered += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
