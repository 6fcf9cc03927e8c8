using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Tests.Desk;

/// <summary>The whole server on a free port over a fresh database, for tests that go through HTTP like everybody else.</summary>
public sealed class DeskServer : IAsyncDisposable
{
    public const string Province = "50", County = "500231", Township = "500231111", Village = "500231111201", OtherVillage = "500231111202";
    public const string Password = "correct horse 9";

    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private DeskServer(WebApplication app, TestDatabase database) => (_app, _database) = (app, database);

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; private init; } = null!;

    public ManualClock Clock { get; private init; } = null!;

    /// <param name="worker">Whether follow-ups run by themselves, as on a real server.</param>
    /// <param name="policy">Other packs than those of the product.</param>
    public static async Task<DeskServer> Start(string database = "sqlite", DateOnly? asOf = null, bool worker = false, string? policy = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var opened = await TestDatabase.Open(database);
        var clock = new ManualClock();
        var options = new ServerOptions(opened.Place) { Urls = ["http://127.0.0.1:0"], Worker = worker, Quiet = true, AsOf = asOf };
        var app = ShouwangServer.Build(policy is null ? options : options with { Policy = policy }, s => s.AddSingleton<TimeProvider>(clock));
        await ShouwangServer.Start(app, cancel);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, opened) { Address = new(address), Clock = clock };
    }

    /// <summary>A browser that keeps cookies and follows no redirects.</summary>
    public HttpClient Browser(string accept = "text/html")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Accept", accept);
        return client;
    }

    /// <summary>A browser of somebody with a post, already signed in.</summary>
    public async Task<HttpClient> SignedIn(Role role, string area, string accept = "text/html")
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var user = NewUser($"{role}-{Guid.CreateVersion7():n}".ToLowerInvariant(), role, area);
        db.Add(user);
        var token = scope.ServiceProvider.GetRequiredService<Sessions>().Open(user, SessionStage.Open, "127.0.0.1", "test");
        await db.SaveChangesAsync(cancel);
        var browser = Browser(accept);
        browser.DefaultRequestHeaders.Add("Cookie", $"{ISessions.Cookie}={token}");
        return browser;
    }

    /// <summary>A new session of a user who is there already; gives the cookie's value.</summary>
    public async Task<string> Session(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var user = await db.Set<User>().SingleAsync(u => u.Name == name, cancel);
        var token = scope.ServiceProvider.GetRequiredService<Sessions>().Open(user, SessionStage.Open, "127.0.0.1", "test");
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>A user who can sign in with <see cref="Password"/>.</summary>
    public async Task Add(string name, Role role, string area = County)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        var user = NewUser(name, role, area);
        user.PasswordHash = Passwords.Hash(Password);
        db.Add(user);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> With<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private User NewUser(string name, Role role, string area) => new()
    {
        County = new AreaCode(area).CountyKey, Id = Guid.CreateVersion7(), Name = name, DisplayName = name, Role = role, Area = area,
        Department = role == Role.IndustryDept ? "medical_insurance" : null, PasswordHash = "", CreatedAt = Clock.GetUtcNow(),
    };
}

/// <summary>A clock that stands still until a test moves it. Timers run on real time.</summary>
public sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2020, 6, 1, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}

/// <summary>Reading pages and sending their forms.</summary>
public static class Browsing
{
    /// <summary>Opens a page and sends one of its forms with the given fields.</summary>
    /// <param name="handler">The form's name, which the page carries in <c>_handler</c>.</param>
    public static async Task<HttpResponseMessage> Send(this HttpClient browser, string page, string handler, params (string Name, string Value)[] fields)
    {
        var cancel = TestContext.Current.CancellationToken;
        var html = await browser.GetStringAsync(page, cancel);
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, cancel);
        var form = document.QuerySelectorAll("form").FirstOrDefault(f => f.QuerySelector($"input[name=_handler][value='{handler}']") is not null)
            ?? throw new InvalidOperationException($"The page {page} has no form '{handler}'.");
        var values = form.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await browser.PostAsync(page, new FormUrlEncodedContent(values), cancel);
    }

    public static Task<string> Text(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
