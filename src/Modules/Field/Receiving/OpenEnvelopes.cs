using System.Security.Cryptography;
using System.Text.Json;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Opens what phones send; whatever cannot be opened is kept as it came.</summary>
internal sealed class OpenEnvelopes(CountyKeys keys)
{
    public async Task<Incoming> Run(string county, Envelope envelope, CancellationToken cancel)
    {
        var key = envelope.Key is { Length: > 0 and < 64 } id ? await keys.Find(county, id, cancel) : null;
        var (content, problem) = key is null ? (null, Seal.UnknownKey) : Seal.Open(envelope, key);
        if (problem is null && envelope.KnownKind is null)
            problem = Seal.UnknownKind;
        var asCame = content is null ? JsonSerializer.SerializeToUtf8Bytes(envelope, JsonTexts.Options) : null;
        var hash = envelope.KnownHash ?? Convert.ToHexStringLower(SHA256.HashData(asCame ?? content!));
        return new(envelope.Id, hash, envelope.KnownKind ?? "unknown", Plain(envelope.App), envelope.MadeAt, About(envelope, content), content, asCame, problem);
    }

    // A zero character is no text for PostgreSQL.
    private static string Plain(string? app) => app is { Length: <= 20 } && !app.Any(char.IsControl) ? app : "";

    private static Guid? About(Envelope envelope, byte[]? content)
    {
        if (content is null)
            return null;
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(envelope.KnownKind == Envelope.Signature ? "visit" : "household", out var about)
                && about.ValueKind == JsonValueKind.String && about.TryGetGuid(out var id) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
