using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Files arrive in parts, however often the line breaks, and only whole.</summary>
public sealed class FileTests
{
    [Fact]
    public async Task A_file_goes_on_where_it_stopped_and_is_stored_when_it_is_whole()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        var content = RandomNumberGenerator.GetBytes(5000);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal((0, false), await State(phone, hash));

        Assert.Equal(HttpStatusCode.OK, (await Send(phone, hash, content, 0, 2000)).StatusCode);
        Assert.Equal((2000, false), await State(phone, hash));
        // The answer was lost, and the phone sends the part again, or one too far: it is told where to go on.
        foreach (var offset in (int[])[0, 3000])
        {
            var refused = await Send(phone, hash, content, offset, 1000);
            Assert.Equal((HttpStatusCode.Conflict, 2000), (refused.StatusCode, (await Phone.Json(refused))["have"]!.GetValue<int>()));
        }
        Assert.Equal(HttpStatusCode.OK, (await Send(phone, hash, content, 2000, 3000)).StatusCode);
        Assert.Equal((5000, true), await State(phone, hash));
        Assert.Equal(content, await System.IO.File.ReadAllBytesAsync(world.Server.Services.GetRequiredService<Files>().PathOf(hash), TestContext.Current.CancellationToken));
        // Once it is there, sending any of it again is harmless.
        Assert.Equal(HttpStatusCode.OK, (await Send(phone, hash, content, 0, 2000)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_is_dropped_and_can_be_sent_again()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        var (content, other) = (RandomNumberGenerator.GetBytes(3000), RandomNumberGenerator.GetBytes(3000));
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal(HttpStatusCode.OK, (await Send(phone, hash, other, 0, 1500)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(phone, hash, content, 1500, 1500)).StatusCode);
        Assert.Equal((0, false), await State(phone, hash));
        Assert.Equal(hash, await phone.Upload(content));
        Assert.Equal((3000, true), await State(phone, hash));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_sealed_file_is_opened_when_it_is_whole_and_stored_by_its_content(string kind)
    {
        await using var world = await FieldWorld.Open(kind);
        var phone = await world.Phone();
        var content = RandomNumberGenerator.GetBytes(5000);
        var (file, plain) = (phone.SealFile(content), Convert.ToHexStringLower(SHA256.HashData(content)));
        var (name, (household, _), visit) = (Convert.ToHexStringLower(SHA256.HashData(file)), await world.Household(), Guid.CreateVersion7());
        await phone.HandIn(phone.Seal("visit", visit, FieldWorld.Verification(visit, household, plain, new { user = phone.User, name = "村干部", unit = "" }, new { name = "队员", unit = "" })));
        await world.Apply();
        Assert.Equal("received", (await phone.Receipt(visit))["state"]!.GetValue<string>());

        Assert.Equal(HttpStatusCode.OK, (await Send(phone, name, file, 0, 2000, "&sealed=true")).StatusCode);
        var broken = await Send(phone, name, file, 3000, 500, "&sealed=true");
        Assert.Equal((HttpStatusCode.Conflict, 2000), (broken.StatusCode, (await Phone.Json(broken))["have"]!.GetValue<int>()));
        var whole = await Phone.Json(await Send(phone, name, file, 2000, file.Length - 2000, "&sealed=true"));
        Assert.Equal((true, plain), (whole["complete"]!.GetValue<bool>(), whole["file"]!.GetValue<string>()));
        // The answer was lost: asking and sending again say the same.
        foreach (var again in (HttpResponseMessage[])[await phone.Send(HttpMethod.Get, $"files/{name}?sealed=true"), await Send(phone, name, file, 0, 2000, "&sealed=true")])
            Assert.Equal((file.Length, plain), ((await Phone.Json(again))["have"]!.GetValue<int>(), (await Phone.Json(again))["file"]!.GetValue<string>()));

        var stored = world.Server.Services.GetRequiredService<Files>();
        Assert.Equal(content, await System.IO.File.ReadAllBytesAsync(stored.PathOf(plain), TestContext.Current.CancellationToken));
        Assert.False(stored.Has(name));
        // What waited for its signature goes on.
        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(visit))["state"]!.GetValue<string>());
    }

    [Theory, InlineData("damaged"), InlineData("unknown key"), InlineData("no key"), InlineData("not sealed")]
    public async Task What_cannot_be_opened_is_kept_as_it_came_and_not_asked_for_again(string how)
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        var content = RandomNumberGenerator.GetBytes(3000);
        var file = how switch { "unknown key" => phone.SealFile(content, "99"), "no key" => phone.SealFile(content, "\0"), "not sealed" => content, _ => phone.SealFile(content) };
        if (how == "damaged")
            file[^100] ^= 1;
        var name = await phone.Upload(file, isSealed: true);
        var state = await Phone.Json(await phone.Send(HttpMethod.Get, $"files/{name}?sealed=true"));
        Assert.True(state["complete"]!.GetValue<bool>());
        Assert.Null(state["file"]);
        Assert.Equal(file, await System.IO.File.ReadAllBytesAsync(world.Server.Services.GetRequiredService<Files>().PathOf(name), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("files/..%2F..%2Fkey?offset=0&total=5", 5)]
    [InlineData("files/0000000000000000000000000000000000000000000000000000000000000000?offset=0&total=3", 5)]
    [InlineData("files/0000000000000000000000000000000000000000000000000000000000000000?offset=-1&total=5", 5)]
    [InlineData("files/0000000000000000000000000000000000000000000000000000000000000000?offset=0&total=99999999", 5)]
    public async Task Parts_that_cannot_be_are_refused(string path, int bytes)
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        Assert.Equal(HttpStatusCode.BadRequest, (await phone.Send(HttpMethod.Patch, path, new ByteArrayContent(new byte[bytes]))).StatusCode);
    }

    [Fact]
    public async Task A_part_that_is_too_large_is_refused()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        var answer = await phone.Send(HttpMethod.Patch, $"files/{new string('0', 64)}?offset=0&total=400000", new ByteArrayContent(new byte[400_000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> Send(Phone phone, string hash, byte[] content, int offset, int length, string more = "") =>
        phone.Send(HttpMethod.Patch, $"files/{hash}?offset={offset}&total={content.Length}{more}", new ByteArrayContent(content[offset..(offset + length)]));

    private static async Task<(int Have, bool Complete)> State(Phone phone, string hash)
    {
        var state = await Phone.Json(await phone.Send(HttpMethod.Get, $"files/{hash}"));
        return (state["have"]!.GetValue<int>(), state["complete"]!.GetValue<bool>());
    }
}
