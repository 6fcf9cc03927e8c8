using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Who a phone is, and when it may no longer ask.</summary>
public sealed class DeviceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_is_enrolled_with_the_password_of_the_desk_and_then_asks_by_itself()
    {
        await using var world = await FieldWorld.Open("sqlite");
        using var phone = new Phone(world.Server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.Post("bundle", new { })).StatusCode);

        var enrolled = await Phone.Json(await phone.Enrol("cadre"));
        Assert.Equal("cadre", enrolled["user"]!["name"]!.GetValue<string>());
        Assert.Equal(DeskServer.Village, enrolled["user"]!["area"]!.GetValue<string>());
        Assert.Equal(64, enrolled["token"]!.GetValue<string>().Length);
        Assert.Equal(HttpStatusCode.OK, (await phone.Post("bundle", new { })).StatusCode);
        Assert.Equal(0, await world.Count("devices", $"token_hash = '{enrolled["token"]}'"));
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_for_phones_and_desk_alike()
    {
        await using var world = await FieldWorld.Open("sqlite");
        using var phone = new Phone(world.Server);
        for (var i = 0; i < 5; i++)
            Assert.Equal("access.wrong-name-or-password", (await Phone.Json(await phone.Enrol("cadre", "wrong password")))["code"]!.GetValue<string>());
        Assert.Equal("access.locked", (await Phone.Json(await phone.Enrol("cadre")))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task With_a_second_step_the_phone_is_asked_for_the_code()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var secret = Totp.NewSecret();
        await world.Server.With(async s =>
        {
            var db = s.GetRequiredService<ShouwangDb>();
            (await db.Set<User>().SingleAsync(u => u.Name == "cadre", Cancel)).TotpEnc = s.GetRequiredService<Secrets>().Encrypt(secret);
            return await db.SaveChangesAsync(Cancel);
        });
        using var phone = new Phone(world.Server);
        var asked = await phone.Enrol("cadre");
        Assert.Equal((HttpStatusCode.Unauthorized, "code_needed"), (asked.StatusCode, (await Phone.Json(asked))["code"]!.GetValue<string>()));
        Assert.Equal("access.wrong-code", (await Phone.Json(await phone.Enrol("cadre", code: "000000")))["code"]!.GetValue<string>());

        var code = Totp.Code(Totp.Decode(secret), Totp.StepOf(world.Server.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, (await phone.Enrol("cadre", code: code)).StatusCode);
        // The same code does not work twice.
        Assert.Equal("access.wrong-code", (await Phone.Json(await phone.Enrol("cadre", code: code)))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_phone_that_was_ended_is_told_so_and_can_hand_in_after_enrolling_again()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var unsent = phone.Seal("visit", Guid.CreateVersion7(), new { });
        var cadre = (await world.With<IDevices, IReadOnlyDictionary<Guid, Actor>>(d => d.ActorsOf(DeskServer.County, [phone.User], Cancel)))[phone.User];
        await world.With<IDevices, int>(async d =>
        {
            await d.End(cadre, phone.User, phone.Id, Cancel);
            return 0;
        });

        var refused = await phone.Post("submissions", new { items = new[] { unsent } });
        Assert.Equal((HttpStatusCode.Unauthorized, "device_ended"), (refused.StatusCode, (await Phone.Json(refused))["code"]!.GetValue<string>()));
        Assert.Equal(0, await world.Count("field_submissions"));

        await phone.Enrol("cadre");
        Assert.Single(await phone.HandIn(unsent));
        Assert.NotEqual(Guid.Empty, household);
    }

    [Fact]
    public async Task Disabling_a_user_or_changing_the_password_ends_the_phones()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var (phone, other) = (await world.Phone(), await world.Phone("team"));
        await world.With<IUsers, int>(async users =>
        {
            await users.Disable(Actor.System(new(DeskServer.County)), "cadre", true, Cancel);
            return 0;
        });
        Assert.Equal("device_ended", (await Phone.Json(await phone.Post("bundle", new { })))["code"]!.GetValue<string>());

        using var browser = world.Server.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"{ISessions.Cookie}={await world.Server.Session("team")}");
        await browser.Send("/account/password", "password", ("old", DeskServer.Password), ("new", "green hills 77"), ("again", "green hills 77"));
        Assert.Equal("device_ended", (await Phone.Json(await other.Post("bundle", new { })))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_phone_opens_no_page_of_the_desk_and_a_browser_no_endpoint_of_phones()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var phone = await world.Phone();
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.Send(HttpMethod.Get, "../../../households")).StatusCode);

        using var browser = await world.Server.SignedIn(Role.VillageCadre, DeskServer.Village, "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/field/receipts", Cancel)).StatusCode);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Phones_that_ask_at_the_same_moment_are_each_taken_for_themselves(string kind)
    {
        await using var world = await FieldWorld.Open(kind);
        var phones = new[] { await world.Phone(), await world.Phone("team"), await world.Phone("stranger"), await world.Phone() };
        var ended = await world.Phone("clerk");
        await world.With<IDevices, int>(async d =>
        {
            await d.End((await d.ActorsOf(DeskServer.County, [ended.User], Cancel))[ended.User], ended.User, ended.Id, Cancel);
            return 0;
        });

        var lookup = world.Server.Services.GetRequiredService<DeviceLookup>();
        var tokens = phones.Append(ended).Select(p => SHA256.HashData(Encoding.UTF8.GetBytes(p.Authorization.Split('.')[1]))).Append(new byte[32]).ToList();
        var asked = Enumerable.Range(0, 300).Select(i => (Phone: i % tokens.Count, Answer: lookup.Find(tokens[i % tokens.Count], Cancel))).ToList();
        foreach (var (phone, answer) in asked)
        {
            var found = await answer;
            if (phone == tokens.Count - 1)
                Assert.Null(found);
            else
                Assert.Equal((phone < phones.Length ? phones[phone].Id : ended.Id, phone == phones.Length), (found!.Id, found.Ended));
        }
    }

    [Fact]
    public async Task A_stolen_database_signs_nobody_in_and_a_phone_only_as_itself()
    {
        await using var world = await FieldWorld.Open("sqlite");
        var (phone, other) = (await world.Phone(), await world.Phone("stranger"));
        Assert.NotEqual(phone.User, other.User);
        using var client = world.Server.Browser("application/json");
        client.DefaultRequestHeaders.Authorization = new("Device", $"{phone.Id}.{new string('a', 64)}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/field/receipts", Cancel)).StatusCode);
    }
}
