using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Shouwang.Modules.Field.Applying;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Files that phones sealed for the county when they were taken: opened when they are whole, and stored by their content.</summary>
internal sealed class SealedFiles(ShouwangDb db, CountyKeys keys, Files files, WaitingSubmissions waiting, Today today, ILogger<SealedFiles> log)
{
    /// <summary>What became of an upload, or null where it is not whole yet.</summary>
    /// <param name="name">SHA-256 of the sealed bytes.</param>
    public async Task<FileState?> Find(string county, string name, CancellationToken cancel)
    {
        FileState? found = null;
        await db.Read("select size, file_hash from field_sealed_files where county = @county and sealed_hash = @name",
            row => found = new(row.GetInt64(0), true, row.IsDBNull(1) ? null : row.GetString(1)), cancel, ("@county", county), ("@name", name));
        return found;
    }

    /// <summary>Opens what has arrived whole. What cannot be opened is stored as it came: no phone keeps sending it, and nothing is lost.</summary>
    public async Task<FileState> Take(string county, string name, byte[] sealedFile, CancellationToken cancel)
    {
        var content = SealedFile.KeyOf(sealedFile) is { } id && await keys.Find(county, id, cancel) is { } key ? SealedFile.Open(sealedFile, key) : null;
        if (content is null)
            log.LogWarning("The file {Name} cannot be opened; it is stored as it came.", name);
        using var stream = new MemoryStream(content ?? sealedFile);
        var hash = (await files.Store(stream, cancel)).Hash;
        await db.Execute("""
            insert into field_sealed_files (county, sealed_hash, file_hash, size, received_at) values (@county, @name, @file, @size, @now) on conflict do nothing
            """, cancel, ("@county", county), ("@name", name), ("@file", content is null ? null : hash), ("@size", (long)sealedFile.Length),
            ("@now", today.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        if (content is not null)
            await waiting.Release(county, [FieldTexts.FileKey(hash)], cancel);
        return new(sealedFile.Length, true, content is null ? null : hash);
    }
}

/// <summary>A sealed file byte by byte: 1, length of the key's name, its name, the phone's point (65), IV (12), AES-256-GCM with its tag.</summary>
/// <remarks>All before the IV is authenticated with the content.</remarks>
internal static class SealedFile
{
    private const int Point = 65, Iv = 12, Tag = 16;

    private static readonly byte[] Info = "shouwang/file/1"u8.ToArray();

    /// <summary>The key it was sealed with, or null for what is no sealed file.</summary>
    public static string? KeyOf(ReadOnlySpan<byte> file) =>
        file.Length > 2 && file[0] == 1 && file[1] is > 0 and < 64 && file.Length >= 2 + file[1] + Point + Iv + Tag && file[2 + file[1]] == 4
        && !file.Slice(2, file[1]).ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? Encoding.UTF8.GetString(file.Slice(2, file[1])) : null;

    /// <summary>The content, or null where it is damaged or meant for another key. <see cref="KeyOf"/> must have found one.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> file, OpenKey key)
    {
        var head = 2 + file[1] + Point;
        var point = file.Slice(head - Point, Point);
        var data = file[(head + Iv)..];
        try
        {
            var secret = new byte[32];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Agree(point), secret, point, Info);
            var content = new byte[data.Length - Tag];
            using var cipher = new AesGcm(secret, Tag);
            cipher.Decrypt(file.Slice(head, Iv), data[..^Tag], data[^Tag..], content, file[..head]);
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
