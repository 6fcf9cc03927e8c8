using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Applying;
using Shouwang.Platform;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Files in parts: ask how much is there, send what follows.</summary>
internal static class FileEndpoints
{
    private static readonly Problem
        NoHash = new("field.no-hash", 400, new("文件编号不是 SHA-256。", "The file's name is not a SHA-256."), new("请升级应用后重试。", "Update the app and try again.")),
        BadPart = new("field.bad-part", 400, new("分片的位置或大小不对。", "The part's place or size is wrong."),
            new($"每片至多 {FileParts.LargestPart / 1024} KB，整个文件至多 {FileParts.Largest / 1024 / 1024} MB。", $"A part has at most {FileParts.LargestPart / 1024} KB, a file {FileParts.Largest / 1024 / 1024} MB.")),
        WrongHash = new("field.wrong-hash", 422, new("文件内容与编号不符，已丢弃。", "The file is not what its name says; it was dropped."), new("请重新上传该文件。", "Send it again from the beginning."));

    public static void Map(RouteGroupBuilder field)
    {
        field.MapGet("/files/{hash}", Look).SignedIn().ForDevices();
        field.MapPatch("/files/{hash}", Add).SignedIn().ForDevices().WithMetadata(new RequestSizeLimitAttribute(FileParts.LargestPart));
    }

    private static async Task<IResult> Look(
        string hash, HttpContext http, DeviceUser device, FileParts parts, SealedFiles opened, CancellationToken cancel, [FromQuery(Name = "sealed")] bool isSealed = false) =>
        !IsHash(hash) ? NoHash.ToResult(FieldEndpoints.LanguageOf(http))
            : TypedResults.Ok(isSealed ? await opened.Find(device.Actor.County, hash, cancel) ?? parts.Arrived(hash) : parts.State(hash));

    private static async Task<IResult> Add(
        string hash, long offset, long total, HttpContext http, DeviceUser device, FileParts parts, SealedFiles opened, WaitingSubmissions waiting,
        CancellationToken cancel, [FromQuery(Name = "sealed")] bool isSealed = false)
    {
        if (!IsHash(hash))
            return NoHash.ToResult(FieldEndpoints.LanguageOf(http));
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var part = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (part.Length == 0 || offset < 0 || total is <= 0 or > FileParts.Largest || offset + part.Length > total)
            return BadPart.ToResult(FieldEndpoints.LanguageOf(http));
        var county = device.Actor.County;
        var added = isSealed
            ? await parts.Add(hash, offset, total, part, async () => await opened.Find(county, hash, cancel) ?? parts.Arrived(hash), file => opened.Take(county, hash, file, cancel), cancel)
            : await parts.Add(hash, offset, total, part, cancel);
        if (added is not { } state)
            return WrongHash.ToResult(FieldEndpoints.LanguageOf(http));
        if (state.Complete && !isSealed)
            await waiting.Release(county, [FieldTexts.FileKey(hash)], cancel);
        return state.Complete || state.Have == offset + part.Length ? TypedResults.Ok(state) : TypedResults.Json(state, statusCode: StatusCodes.Status409Conflict);
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
