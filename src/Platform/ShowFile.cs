using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shouwang.Platform;

/// <summary>Shows a stored file to somebody who may see it; whether that is so the caller has found out.</summary>
public static class ShowFile
{
    extension(Files files)
    {
        /// <summary>True for the hash of a file that is there.</summary>
        public bool CanShow(string hash) => hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower) && File.Exists(files.PathOf(hash));

        /// <summary>The file as what its first bytes say, and never as a page: somebody uploaded it.</summary>
        public async Task<FileStreamHttpResult> Show(string hash, HttpContext http, CancellationToken cancel)
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
            return TypedResults.Stream(files.Open(hash), await TypeOf(files, hash, cancel));
        }
    }

    private static async Task<string> TypeOf(Files files, string hash, CancellationToken cancel)
    {
        await using var content = files.Open(hash);
        var first = new byte[8];
        var length = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancel);
        return first.AsSpan(0, length) switch
        {
            [0xff, 0xd8, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "application/pdf",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "image/webp",
            _ => "application/octet-stream",
        };
    }
}
