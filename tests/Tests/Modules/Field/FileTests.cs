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

    private static Task<HttpResponseMessage> Send(Phone phone, string hash, byte[] content, int offset, int length) =>
        phone.Send(HttpMethod.Patch, $"files/{hash}?offset={offset}&total={content.Length}", new ByteArrayContent(content[offset..(offset + length)]));

    private static async Task<(int Have, bool Complete)> State(Phone phone, string hash)
    {
        var state = await Phone.Json(await phone.Send(HttpMethod.Get, $"files/{hash}"));
        return (state["have"]!.GetValue<int>(), state["complete"]!.GetValue<bool>());
    }
}
