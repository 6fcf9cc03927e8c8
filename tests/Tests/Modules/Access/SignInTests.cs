using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Modules.Access;

/// <summary>Signing in, through the page that people use.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_and_password_open_the_desk_and_signing_out_closes_it()
    {
        await using var server = await DeskServer.Start();
        await server.Add("auditor", Role.Auditor);
        using var browser = server.Browser();

        var refused = await browser.GetAsync("/audit?who=x", Cancel);
        Assert.Equal("/sign-in?back=%2Faudit%3Fwho%3Dx", refused.Headers.Location?.OriginalString);

        var answer = await SignIn(browser, "Auditor", DeskServer.Password, refused.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/audit?who=x", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/audit", Cancel)).StatusCode);

        await browser.PostAsync("/sign-out", null, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/audit", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        await using var server = await DeskServer.Start();
        await server.Add("clerk", Role.TownshipClerk, DeskServer.Township);
        using var browser = server.Browser();
        for (var i = 0; i < 5; i++)
            Assert.Contains("账号或密码不正确", await (await SignIn(browser, "clerk", "wrong password")).Text(), StringComparison.Ordinal);

        Assert.Contains("锁定", await (await SignIn(browser, "clerk", DeskServer.Password)).Text(), StringComparison.Ordinal);

        server.Clock.Move(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(browser, "clerk", DeskServer.Password)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_the_same_words_as_a_wrong_password()
    {
        await using var server = await DeskServer.Start();
        await server.Add("clerk", Role.TownshipClerk, DeskServer.Township);
        using var browser = server.Browser();
        var unknown = await (await SignIn(browser, "nobody", "whatever it is")).Text();
        var wrong = await (await SignIn(browser, "clerk", "whatever it is")).Text();
        Assert.Contains("账号或密码不正确", unknown, StringComparison.Ordinal);
        Assert.Contains("账号或密码不正确", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_of_silence_and_after_twelve_hours_in_any_case()
    {
        await using var server = await DeskServer.Start();
        using var silent = await server.SignedIn(Role.Auditor, DeskServer.County);
        using var busy = await server.SignedIn(Role.Auditor, DeskServer.County);
        for (var minutes = 0; minutes < 70; minutes += 10)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/audit", Cancel)).StatusCode);
            server.Clock.Move(TimeSpan.FromMinutes(10));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await silent.GetAsync("/audit", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/audit", Cancel)).StatusCode);
        for (var hours = 1.0; hours < 12; hours += 0.9)
        {
            server.Clock.Move(TimeSpan.FromHours(0.9));
            await busy.GetAsync("/audit", Cancel);
        }
        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/audit", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_password_that_was_given_has_to_be_changed_before_anything_else()
    {
        await using var server = await DeskServer.Start();
        var given = await server.With(s => s.GetRequiredService<IUsers>().Add(Actor.System(new("500231")), new("auditor", "审计", Role.Auditor, new("500231")), Cancel));
        using var browser = server.Browser();
        await SignIn(browser, "auditor", given.Value.Password);
        Assert.Equal("/account/password", (await browser.GetAsync("/audit", Cancel)).Headers.Location?.OriginalString);

        var answer = await browser.Send("/account/password", "password", ("old", given.Value.Password), ("new", "green hills 77"), ("again", "green hills 77"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/audit", Cancel)).StatusCode);
    }

    [Fact]
    public async Task With_a_second_step_the_password_alone_opens_nothing()
    {
        await using var server = await DeskServer.Start();
        await server.Add("auditor", Role.Auditor);
        var secret = Totp.NewSecret();
        await server.With(async s =>
        {
            var db = s.GetRequiredService<ShouwangDb>();
            (await db.Set<User>().SingleAsync(Cancel)).TotpEnc = s.GetRequiredService<Secrets>().Encrypt(secret);
            return await db.SaveChangesAsync(Cancel);
        });
        using var browser = server.Browser();
        var answer = await SignIn(browser, "auditor", DeskServer.Password);
        Assert.Contains("/sign-in/code", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/audit", Cancel)).StatusCode);

        Assert.Contains("验证码不正确", await (await browser.Send("/sign-in/code", "code", ("code", "000000"))).Text(), StringComparison.Ordinal);
        var code = Totp.Code(Totp.Decode(secret), Totp.StepOf(server.Clock.GetUtcNow()));
        await browser.Send("/sign-in/code", "code", ("code", code));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/audit", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Disabling_a_user_ends_the_session_with_the_next_click()
    {
        await using var server = await DeskServer.Start();
        await server.Add("auditor", Role.Auditor);
        using var browser = server.Browser();
        await SignIn(browser, "auditor", DeskServer.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/audit", Cancel)).StatusCode);

        await server.With(s => s.GetRequiredService<IUsers>().Disable(Actor.System(new("500231")), "auditor", true, Cancel));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/audit", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_way_back_after_signing_in_never_leads_to_another_site()
    {
        await using var server = await DeskServer.Start();
        await server.Add("auditor", Role.Auditor);
        foreach (var back in (string[])["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
        {
            using var browser = server.Browser();
            var answer = await SignIn(browser, "auditor", DeskServer.Password, "/sign-in?back=" + Uri.EscapeDataString(back));
            Assert.DoesNotContain("elsewhere", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    private static Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password, string page = "/sign-in") =>
        browser.Send(page, "sign-in", ("name", name), ("password", password));
}
