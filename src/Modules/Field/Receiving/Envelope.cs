using System.Security.Cryptography;
using Shouwang.Kernel;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Something made on a phone, sealed there for the county. Texts as they came: one that is damaged must not hold up the others.</summary>
/// <param name="Id">Made on the phone; the same however often it is sent.</param>
/// <param name="Kind"><c>visit</c>, <c>lead</c>, <c>selfcheck</c>, <c>signature</c>.</param>
/// <param name="Hash">SHA-256 of the plain content in hex.</param>
internal sealed record Envelope(
    Guid Id, string? Kind, string? Made, string? App, int Schema, string? Key, string? Epk, string? Iv, string? Data, string? Hash)
{
    public const string Visit = "visit", Lead = "lead", SelfCheck = "selfcheck", Signature = "signature";

    private static readonly string[] Kinds = [Visit, Lead, SelfCheck, Signature];

    /// <summary>The kind, if it is one.</summary>
    public string? KnownKind => Kinds.FirstOrDefault(k => k == Kind);

    /// <summary>The content's hash as the phone gives it, or null where that is no hash.</summary>
    public string? KnownHash => Hash is { Length: 64 } && Hash.All(char.IsAsciiHexDigit) ? Hash.ToLowerInvariant() : null;

    public DateTimeOffset? MadeAt =>
        DateTimeOffset.TryParse(Made, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

/// <summary>Opens envelopes: P-256 agreement, HKDF-SHA-256 with the id as salt, AES-256-GCM.</summary>
internal static class Seal
{
    public static readonly Text
        UnknownKey = new("不是用本县密钥封装的，已原样保存。", "It was not sealed with this county's key; it is kept as it came."),
        Damaged = new("内容损坏、无法解开，已原样保存。", "It is damaged and cannot be opened; it is kept as it came."),
        OtherHash = new("内容与其校验值不一致，已保存待核。", "The content does not match its hash; it is kept for somebody to look at."),
        UnknownKind = new("应用版本过新，暂不能识别这类内容，已保存。", "The app is newer than the server: this kind is not known yet; it is kept.");

    private static readonly byte[] Info = "shouwang/envelope/1"u8.ToArray();

    /// <returns>The plain content, or why it could not be opened.</returns>
    public static (byte[]? Content, Text? Problem) Open(Envelope envelope, OpenKey key)
    {
        if (Bytes(envelope.Epk) is not { Length: 65 } point || point[0] != 4 || Bytes(envelope.Iv) is not { Length: 12 } iv || Bytes(envelope.Data) is not { Length: >= 16 } data)
            return (null, Damaged);
        try
        {
            var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Agree(point), 32, envelope.Id.ToByteArray(bigEndian: true), Info);
            var content = new byte[data.Length - 16];
            using var cipher = new AesGcm(secret, 16);
            cipher.Decrypt(iv, data.AsSpan(0, content.Length), data.AsSpan(content.Length), content);
            return (content, Convert.ToHexStringLower(SHA256.HashData(content)) == envelope.KnownHash ? null : OtherHash);
        }
        catch (CryptographicException)
        {
            return (null, Damaged);
        }
    }

    private static byte[]? Bytes(string? base64)
    {
        if (base64 is null)
            return null;
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
