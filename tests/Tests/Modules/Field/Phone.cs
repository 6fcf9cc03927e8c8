using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Modules.Field;

/// <summary>A phone as the server knows one: it seals what it makes as docs/field.md says, and talks HTTP.</summary>
internal sealed class Phone(DeskServer server) : IDisposable
{
    private const string Base = "/api/v1/field";

    private readonly HttpClient _http = server.Browser("application/json");
    private byte[] _serverPoint = [];
    private string _serverKey = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid User { get; private set; }

    public string Authorization => _http.DefaultRequestHeaders.Authorization!.ToString();

    /// <summary>Signs in and keeps the token.</summary>
    public async Task<HttpResponseMessage> Enrol(string user, string password = DeskServer.Password, string? code = null)
    {
        var answer = await _http.PostAsJsonAsync($"{Base}/devices", new { user, password, code, device = new { id = Id, name = "test phone", app = "1.0.0" } }, Cancel);
        if (answer.IsSuccessStatusCode)
        {
            var enrolled = await Json(answer);
            _http.DefaultRequestHeaders.Authorization = new("Device", $"{Id}.{enrolled["token"]}");
            User = enrolled["user"]!["id"]!.GetValue<Guid>();
            _serverKey = enrolled["serverKey"]!["id"]!.GetValue<string>();
            _serverPoint = [4, .. Url(enrolled["serverKey"]!["jwk"]!["x"]!), .. Url(enrolled["serverKey"]!["jwk"]!["y"]!)];
        }
        return answer;
    }

    /// <summary>Seals something made on the phone.</summary>
    public object Seal(string kind, Guid id, object content, Action<byte[]>? damage = null)
    {
        var sealedData = Sealed.Of(id, JsonSerializer.SerializeToUtf8Bytes(content, JsonTexts.Options), _serverPoint);
        damage?.Invoke(sealedData.Data);
        return sealedData.Envelope(id, kind, "1.0.0", _serverKey);
    }

    /// <summary>Hands envelopes in and gives their receipts.</summary>
    public async Task<IReadOnlyList<JsonNode>> HandIn(params object[] envelopes)
    {
        var answer = await Post("submissions", new { items = envelopes });
        Assert.True(answer.IsSuccessStatusCode, await answer.Text());
        return [.. (await Json(answer))["receipts"]!.AsArray().Select(r => r!)];
    }

    public Task<HttpResponseMessage> Post(string path, object body) => _http.PostAsJsonAsync($"{Base}/{path}", body, Cancel);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body = null) =>
        await _http.SendAsync(new HttpRequestMessage(method, $"{Base}/{path}") { Content = body }, Cancel);

    public async Task<JsonNode> Bundle(string? cursor = null, int? most = null) => await Json(await Post("bundle", new { cursor, app = "1.1.0", most }));

    /// <summary>What became of a submission, as the phone hears it.</summary>
    public async Task<JsonNode> Receipt(Guid id) =>
        (await Json(await Send(HttpMethod.Get, "receipts")))["receipts"]!.AsArray().Last(r => r!["id"]!.GetValue<Guid>() == id)!;

    /// <summary>Sends a file in parts of so many bytes.</summary>
    public async Task<string> Upload(byte[] content, int part = 1000, bool isSealed = false)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        for (var at = 0; at < content.Length; at += part)
        {
            var answer = await Send(HttpMethod.Patch, $"files/{hash}?offset={at}&total={content.Length}{(isSealed ? "&sealed=true" : "")}", new ByteArrayContent(content[at..Math.Min(at + part, content.Length)]));
            Assert.True(answer.IsSuccessStatusCode, await answer.Text());
        }
        return hash;
    }

    /// <summary>Seals a file as docs/field.md says.</summary>
    public byte[] SealFile(byte[] content, string? key = null)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = _serverPoint[1..33], Y = _serverPoint[33..] } });
        var (q, name) = (own.ExportParameters(false).Q, Encoding.UTF8.GetBytes(key ?? _serverKey));
        byte[] point = [4, .. q.X!, .. q.Y!], head = [1, (byte)name.Length, .. name, .. point];
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other.PublicKey), 32, point, Encoding.UTF8.GetBytes("shouwang/file/1"));
        var (iv, data, tag) = (RandomNumberGenerator.GetBytes(12), new byte[content.Length], new byte[16]);
        using var cipher = new AesGcm(secret, 16);
        cipher.Encrypt(iv, content, data, tag, head);
        return [.. head, .. iv, .. data, .. tag];
    }

    public static async Task<JsonNode> Json(HttpResponseMessage answer) => JsonNode.Parse(await answer.Text())!;

    public void Dispose() => _http.Dispose();

    private static byte[] Url(JsonNode text) => System.Buffers.Text.Base64Url.DecodeFromChars(text.GetValue<string>());
}
