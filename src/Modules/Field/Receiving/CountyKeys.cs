using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>A public key as browsers import it.</summary>
internal sealed record Jwk(string Kty, string Crv, string X, string Y);

/// <summary>The key phones seal with.</summary>
internal sealed record ServerKey(string Id, Jwk Jwk);

/// <summary>The county's pair of keys: made on first use, the private half encrypted at rest, opened once for each process.</summary>
internal sealed class CountyKeys(IServiceScopeFactory scopes, Secrets secrets, Today today)
{
    private readonly ConcurrentDictionary<(string County, string Id), OpenKey> _open = new();

    /// <summary>The newest key of a county.</summary>
    public async Task<ServerKey> Current(string county, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        if (await Newest(db, county, cancel) is { } found)
            return found;
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        // Two servers that start at the same moment make one key: the name is the same, and the first row stays.
        await db.Execute("""
            insert into field_keys (county, id, public_raw, private_enc, made_at) values (@county, @id, @public, @private, @now) on conflict do nothing
            """, cancel, ("@county", county), ("@id", "1"), ("@public", Raw(pair)), ("@private", secrets.Encrypt(pair.ExportPkcs8PrivateKey())),
            ("@now", today.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return (await Newest(db, county, cancel))!;
    }

    /// <summary>The private half, or null where the county never had such a key.</summary>
    public async Task<OpenKey?> Find(string county, string id, CancellationToken cancel)
    {
        if (_open.TryGetValue((county, id), out var open))
            return open;
        await using var scope = scopes.CreateAsyncScope();
        byte[]? stored = null;
        await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Read("select private_enc from field_keys where county = @county and id = @id",
            row => stored = (byte[])row.GetValue(0), cancel, ("@county", county), ("@id", id));
        return stored is null ? null : _open.GetOrAdd((county, id), new OpenKey(secrets.DecryptBytes(stored)));
    }

    private static async Task<ServerKey?> Newest(ShouwangDb db, string county, CancellationToken cancel)
    {
        ServerKey? found = null;
        await db.Read("select id, public_raw from field_keys where county = @county order by made_at desc limit 1", row =>
        {
            var raw = (byte[])row.GetValue(1);
            found = new(row.GetString(0), new("EC", "P-256", Url(raw.AsSpan(1, 32)), Url(raw.AsSpan(33, 32))));
        }, cancel, ("@county", county));
        return found;
    }

    private static byte[] Raw(ECDiffieHellman pair)
    {
        var q = pair.ExportParameters(false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static string Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>A private key in use. An instance of the framework's key serves one thread at a time, so there are as many as are needed at once.</summary>
internal sealed class OpenKey(byte[] pkcs8)
{
    private readonly ConcurrentBag<ECDiffieHellman> _idle = [];

    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public byte[] Agree(ReadOnlySpan<byte> point)
    {
        if (!_idle.TryTake(out var key))
        {
            key = ECDiffieHellman.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
        }
        try
        {
            using var other = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point.Slice(1, 32).ToArray(), Y = point.Slice(33, 32).ToArray() },
            });
            return key.DeriveRawSecretAgreement(other.PublicKey);
        }
        finally
        {
            _idle.Add(key);
        }
    }
}
