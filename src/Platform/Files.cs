using System.Security.Cryptography;

namespace Shouwang.Platform;

/// <summary>Uploaded files and evidence, kept once by the hash of their content under the data folder.</summary>
public sealed class Files(string folder)
{
    /// <summary>Stores a stream; storing the same content again is harmless.</summary>
    /// <returns>The SHA-256 of the content in lower-case hex, and its length in bytes.</returns>
    public async Task<(string Hash, long Length)> Store(Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var incoming = Path.Combine(folder, $"incoming-{Guid.CreateVersion7():n}");
        try
        {
            string hash;
            long length;
            await using (var target = File.Create(incoming))
            {
                using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var buffer = new byte[81920];
                int read;
                while ((read = await content.ReadAsync(buffer, cancel)) > 0)
                {
                    sha.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
                hash = Convert.ToHexStringLower(sha.GetHashAndReset());
                length = target.Length;
                target.Flush(flushToDisk: true);
            }
            var place = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(incoming, place, overwrite: true);
            return (hash, length);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Where a stored file lies.</summary>
    public string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);

    /// <summary>Whether something with that hash is stored; false for a text that is no hash.</summary>
    public bool Has(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) && File.Exists(PathOf(hash));

    /// <summary>The hashes of everything stored.</summary>
    public IEnumerable<string> All() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles).Select(f => Path.GetFileName(f)!).Where(n => n.Length == 64)
        : [];

    public Stream Open(string hash) => File.OpenRead(PathOf(hash));
}
