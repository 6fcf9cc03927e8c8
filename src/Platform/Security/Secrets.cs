using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Platform.Security;

/// <summary>Encrypts personal data field by field, and hashes it for exact matching.</summary>
/// <remarks>
/// AES-256-GCM with a random nonce: equal values look different, so nothing can be counted in a stolen file. Matching
/// goes through a keyed hash (HMAC-SHA-256, cut to 16 bytes). Layout of a value: version 1, nonce 12, text, tag 16.
/// </remarks>
public sealed class Secrets
{
    private const byte Version = 1;
    private readonly byte[] _encryption;
    private readonly byte[] _matching;

    [ThreadStatic]
    private static (Secrets Owner, AesGcm Cipher)? _cached;

    /// <param name="master">32 bytes that never leave the installation.</param>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Secrets(ReadOnlySpan<byte> master)
    {
        if (master.Length != 32)
            throw new ArgumentException("The key must have 32 bytes.", nameof(master));
        _encryption = HKDF.DeriveKey(HashAlgorithmName.SHA256, master.ToArray(), 32, info: "shouwang/field"u8.ToArray());
        Fingerprint = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, master.ToArray(), 8, info: "shouwang/fingerprint"u8.ToArray()));
        _matching = HKDF.DeriveKey(HashAlgorithmName.SHA256, master.ToArray(), 32, info: "shouwang/match"u8.ToArray());
    }

    /// <summary>Tells keys apart without giving them away.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the key of a data folder, from <c>SHOUWANG_KEY</c> (base64) or <c>key</c> in the folder; makes one on first use.</summary>
    public static Secrets Of(string folder)
    {
        if (Environment.GetEnvironmentVariable("SHOUWANG_KEY") is { Length: > 0 } given)
            return new(Convert.FromBase64String(given));
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "key");
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }
        return new(Convert.FromBase64String(File.ReadAllText(file).Trim()));
    }

    /// <summary>The encrypted value; null and empty stay null.</summary>
    public byte[]? Encrypt(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> plain = length <= 512 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, plain);
        return Encrypt(plain);
    }

    /// <summary>The encrypted value of a text that is UTF-8 already.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        var value = new byte[1 + 12 + text.Length + 16];
        value[0] = Version;
        RandomNumberGenerator.Fill(value.AsSpan(1, 12));
        Cipher().Encrypt(value.AsSpan(1, 12), text, value.AsSpan(13, text.Length), value.AsSpan(13 + text.Length, 16));
        return value;
    }

    /// <summary>The text again; null stays null.</summary>
    /// <exception cref="CryptographicException">The value was changed, or belongs to another installation's key.</exception>
    public string? Decrypt(byte[]? value)
    {
        if (value is null)
            return null;
        if (value.Length < 29 || value[0] != Version)
            throw new CryptographicException("Not a value this version encrypted.");
        var length = value.Length - 29;
        Span<byte> plain = length <= 512 ? stackalloc byte[length] : new byte[length];
        Cipher().Decrypt(value.AsSpan(1, 12), value.AsSpan(13, length), value.AsSpan(13 + length, 16), plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The bytes again.</summary>
    /// <exception cref="CryptographicException">The value was changed, or belongs to another installation's key.</exception>
    public byte[] DecryptBytes(byte[] value)
    {
        if (value.Length < 29 || value[0] != Version)
            throw new CryptographicException("Not a value this version encrypted.");
        var plain = new byte[value.Length - 29];
        Cipher().Decrypt(value.AsSpan(1, 12), value.AsSpan(13, plain.Length), value.AsSpan(13 + plain.Length, 16), plain);
        return plain;
    }

    /// <summary>16 bytes that are equal exactly when the texts are; null and empty give null.</summary>
    public byte[]? Hash(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        Span<byte> plain = text.Length <= 128 ? stackalloc byte[text.Length * 3] : new byte[text.Length * 3];
        return Hash(plain[..Encoding.UTF8.GetBytes(text, plain)]);
    }

    /// <summary>The hash of a text that is UTF-8 already.</summary>
    public byte[] Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(_matching, text, full);
        return full[..16].ToArray();
    }

    private AesGcm Cipher()
    {
        if (_cached is not { } cached || !ReferenceEquals(cached.Owner, this))
            _cached = cached = (this, new AesGcm(_encryption, 16));
        return cached.Cipher;
    }
}
