using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouwang.Modules.Access.Contracts;

namespace Shouwang.Modules.Field.Bundle;

/// <param name="Most">Households in the answer, each page leaving the phone with a cursor of its own, so that a line that breaks loses one page; null from phones that take everything at once.</param>
/// <param name="Columns">The <see cref="Bundle.Columns.Version"/> a phone reads; null from those that take cards one by one.</param>
internal sealed record BundleAsk(string? Cursor, string? App, int? Most, int? Columns = null);

/// <summary>Sends the bundle compressed, also over TLS: nothing in it comes from whoever might be listening.</summary>
internal static class BundleEndpoint
{
    public static async Task Handle(BundleAsk ask, HttpContext http, DeviceUser device, MakeBundle make, CancellationToken cancel)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(await make.Run(device, ask, cancel), MakeBundle.Json);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept-Encoding";
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var body = accepted.Contains("br", StringComparison.Ordinal) ? Packed(http, "br", json, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 6 }))
            : accepted.Contains("gzip", StringComparison.Ordinal) ? Packed(http, "gzip", json, to => new GZipStream(to, CompressionLevel.Optimal))
            : json;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, cancel);
    }

    private static byte[] Packed(HttpContext http, string encoding, byte[] json, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream(json.Length / 8);
        using (var stream = packer(packed))
            stream.Write(json);
        http.Response.Headers.ContentEncoding = encoding;
        return packed.ToArray();
    }
}
