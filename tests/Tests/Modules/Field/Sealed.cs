using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Something sealed on a phone for the county, as docs/field.md says.</summary>
/// <param name="Epk">The phone's own point, uncompressed.</param>
/// <param name="Data">Encrypted, with its tag.</param>
/// <param name="Hash">SHA-256 of the plain content in hex.</param>
internal sealed record Sealed(byte[] Epk, byte[] Iv, byte[] Data, string Hash)
{
    private static readonly byte[] Info = Encoding.UTF8.GetBytes("shouwang/envelope/1");

    /// <param name="serverPoint">The county's public key, uncompressed.</param>
    public static Sealed Of(Guid id, byte[] plain, byte[] serverPoint)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = serverPoint[1..33], Y = serverPoint[33..] } });
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other.PublicKey), 32, id.ToByteArray(bigEndian: true), Info);
        var (iv, data) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length + 16]);
        using var cipher = new AesGcm(secret, 16);
        cipher.Encrypt(iv, plain, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length));
        var q = own.ExportParameters(false).Q;
        return new([4, .. q.X!, .. q.Y!], iv, data, Convert.ToHexStringLower(SHA256.HashData(plain)));
    }

    /// <summary>What is sent.</summary>
    public object Envelope(Guid id, string kind, string app, string key) => new
    {
        id, kind, made = "2020-06-01T01:00:00Z", app, schema = 1, key, epk = Convert.ToBase64String(Epk), iv = Convert.ToBase64String(Iv), data = Convert.ToBase64String(Data), hash = Hash,
    };
}
