using System.IO.Compression;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports;

/// <summary>A file under the hash of its content.</summary>
internal sealed record StoredFile(string Name, string Hash, long Length);

/// <summary>Brings files in, within limits; archives of files are unpacked.</summary>
internal static class Arrival
{
    private const int MostFiles = 100;

    /// <summary>Stores a file, or the tables in an archive.</summary>
    public static async Task<Outcome<List<StoredFile>>> Store(Files files, FileGiven given, CancellationToken cancel)
    {
        var name = Plain(given.Name);
        await using var content = given.Open();
        var limit = ReadLimits.Default.FileBytes;
        await using var bounded = new BoundedStream(content, limit);
        StoredFile stored;
        try
        {
            var (hash, length) = await files.Store(bounded, cancel);
            stored = new(name, hash, length);
        }
        catch (TooLongException)
        {
            return Problems.TooLarge(name, limit >> 20);
        }
        return IsArchive(files.PathOf(stored.Hash)) ? await Unpack(files, stored, cancel) : new List<StoredFile> { stored };
    }

    private static string Plain(string name)
    {
        var plain = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return plain.Length > 200 ? plain[^200..] : plain;
    }

    // Workbooks are zips too; what they always hold tells them from an archive of files.
    private static bool IsArchive(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.Count > 0 && zip.Entries.All(e => e.FullName is not ("[Content_Types].xml" or "mimetype" or "content.xml")
                && !e.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static async Task<Outcome<List<StoredFile>>> Unpack(Files files, StoredFile archive, CancellationToken cancel)
    {
        try
        {
            // Chinese archivers write names in GB18030 unless they say UTF-8.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            await using var zip = await ZipFile.OpenAsync(files.PathOf(archive.Hash), ZipArchiveMode.Read, Encoding.GetEncoding("GB18030"), cancel);
            var entries = zip.Entries.Where(e => e.Length > 0 && !e.FullName.EndsWith('/') && !Plain(e.FullName).StartsWith('.')
                && !e.FullName.StartsWith("__MACOSX", StringComparison.Ordinal)).ToList();
            if (entries.Count is 0 or > MostFiles || entries.Exists(e => e.IsEncrypted))
                return Problems.Archive(archive.Name);
            var (unpacked, left) = (new List<StoredFile>(), ReadLimits.Default.FileBytes * 2);
            foreach (var entry in entries)
            {
                await using var content = await entry.OpenAsync(cancel);
                await using var bounded = new BoundedStream(content, Math.Min(left, 1L << 20 | entry.CompressedLength * ReadLimits.Default.UnpackRatio));
                var (hash, length) = await files.Store(bounded, cancel);
                left -= length;
                unpacked.Add(new(Plain(entry.FullName), hash, length));
            }
            return unpacked;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or TooLongException or NotSupportedException or ArgumentException)
        {
            return Problems.Archive(archive.Name);
        }
    }
}

/// <summary>More bytes than a file may have.</summary>
internal sealed class TooLongException : Exception;

/// <summary>A stream that ends with an exception where it would pass a limit.</summary>
internal sealed class BoundedStream(Stream inner, long limit) : Stream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    private int Counted(int read)
    {
        _read += read;
        return _read <= limit ? read : throw new TooLongException();
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
