using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Bundle;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field;

/// <summary>Who uses a phone.</summary>
/// <param name="Area">Digits of the post's area.</param>
internal sealed record FieldUser(Guid Id, string Name, string DisplayName, Role Role, string Area, string AreaName)
{
    public static async Task<FieldUser> Of(Actor actor, IAreas areas, CancellationToken cancel) => new(
        actor.User, actor.Name, actor.DisplayName, actor.Role, actor.Area.Digits, (await areas.Of(actor.County, cancel)).NameOf(actor.Area));
}

internal sealed record PhoneAsk(Guid Id, string? Name, string? App);
internal sealed record EnrolAsk(string? User, string? Password, string? Code, PhoneAsk? Device);
internal sealed record EnrolAnswer(Guid Device, string Token, FieldUser User, ServerKey ServerKey);
internal sealed record SubmissionsAsk(IReadOnlyList<Envelope>? Items);
internal sealed record SubmissionsAnswer(IReadOnlyList<Receipt> Receipts);
internal sealed record ReceiptsAnswer(string Cursor, IReadOnlyList<Receipt> Receipts);

/// <summary>The endpoints phones use; docs/field.md is their contract.</summary>
internal static class FieldEndpoints
{
    private const int MostItems = 50, MostBytes = 4 * 1024 * 1024;

    private static readonly Problem
        Incomplete = new("field.incomplete", 400, new("请求不完整。", "The request is incomplete."), new("请升级应用后重试。", "Update the app and try again.")),
        TooMany = new("field.too-many", 413, new($"一次最多上报 {MostItems} 份。", $"At most {MostItems} submissions at a time."), new("请分批上报。", "Send them in parts."));

    public static void Map(IEndpointRouteBuilder root)
    {
        var field = root.MapGroup("/api/v1/field");
        field.MapPost("/devices", Enrol).OpenToAll().RequireRateLimiting("sign-in");
        // Whoever has an enrolled phone may hand in what it holds, also after a change of post: what came of it is judged when it is applied.
        field.MapPost("/submissions", HandIn).SignedIn().ForDevices().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        field.MapGet("/receipts", Receipts).SignedIn().ForDevices();
        field.MapPost("/bundle", BundleEndpoint.Handle).Requires(Permissions.VisitsRecord).ForDevices();
        FileEndpoints.Map(field);
    }

    private static async Task<IResult> Enrol(
        EnrolAsk ask, HttpContext http, IDevices devices, CountyKeys keys, IAreas areas, CancellationToken cancel)
    {
        if (ask is not { User: { } name, Password: { } password, Device: { } phone } || phone.Id == Guid.Empty)
            return Incomplete.ToResult(LanguageOf(http));
        var enrolled = await devices.Enrol(new(name, password, ask.Code, phone.Id, phone.Name ?? "", phone.App ?? "", http.Connection.RemoteIpAddress?.ToString() ?? ""), cancel);
        if (!enrolled.Succeeded)
            return enrolled.Problems[0].ToResult(LanguageOf(http));
        var (device, token, actor) = enrolled.Value;
        return TypedResults.Ok(new EnrolAnswer(device, token, await FieldUser.Of(actor, areas, cancel), await keys.Current(actor.County, cancel)));
    }

    private static async Task<IResult> HandIn(
        SubmissionsAsk ask, HttpContext http, DeviceUser device, OpenEnvelopes open, Inbox inbox, CancellationToken cancel)
    {
        if (ask.Items is null || ask.Items.Any(i => i.Id == Guid.Empty))
            return Incomplete.ToResult(LanguageOf(http));
        if (ask.Items.Count > MostItems)
            return TooMany.ToResult(LanguageOf(http));
        if (ask.Items.Count == 0)
            return TypedResults.Ok(new SubmissionsAnswer([]));
        var actor = device.Actor;
        var opened = new List<Incoming>(ask.Items.Count);
        foreach (var envelope in ask.Items)
            opened.Add(await open.Run(actor.County, envelope, cancel));
        return TypedResults.Ok(new SubmissionsAnswer(await inbox.Take(new(actor.County, actor.Area.Digits, actor.User, device.Device), opened, cancel)));
    }

    private static async Task<IResult> Receipts(string? since, DeviceUser device, Submissions submissions, CancellationToken cancel)
    {
        var (cursor, receipts) = await submissions.Since(device.Actor.County, device.Actor.User, since, cancel);
        return TypedResults.Ok(new ReceiptsAnswer(cursor, receipts));
    }

    /// <summary>The language a phone asks for.</summary>
    internal static Language LanguageOf(HttpContext http) =>
        http.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.En : Language.Zh;
}
