using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Journeys;

/// <summary>A story told in a browser against a whole server with a database of its own.</summary>
/// <remarks>When it goes wrong, what everybody saw lies under <c>artifacts/journeys</c>: a picture and the words of each window.</remarks>
internal sealed class Journey : IAsyncDisposable
{
    /// <summary>The day the sample files speak of.</summary>
    public static readonly DateOnly FirstDay = SampleCounty.AsOf;

    private readonly Chromium _chromium;
    private readonly string _name;
    private readonly List<Person> _people = [];
    private readonly ConcurrentQueue<string> _complaints = [];

    private Journey(Chromium chromium, DeskServer server, string name) => (_chromium, Server, _name) = (chromium, server, name);

    public DeskServer Server { get; }

    /// <summary>The project's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every page that somebody who had signed in saw, each once, without what stands behind the question mark but a tab.</summary>
    public ConcurrentDictionary<string, byte> Seen { get; } = [];

    public static async Task<Journey> Begin(Chromium chromium, string database = "sqlite", [CallerMemberName] string name = "")
    {
        var server = await DeskServer.Start(database, worker: true);
        var journey = new Journey(chromium, server, $"{name}-{database}");
        await journey.Wait(FirstDay.DayNumber - DateOnly.FromDateTime(server.Clock.GetUtcNow().UtcDateTime).DayNumber);
        return journey;
    }

    /// <summary>Somebody with a post, who signs in at the front door.</summary>
    public async Task<Person> SignIn(string name, Role role, string area, WindowSize? size = null)
    {
        await Server.Add(name, role, area);
        var person = await Somebody(name, size ?? WindowSize.Desk);
        await person.Go("/sign-in");
        await person.Fill("name", name);
        await person.Fill("password", DeskServer.Password);
        await person.Press("登录");
        return person;
    }

    /// <summary>Somebody without an account.</summary>
    public async Task<Person> Somebody(string name, WindowSize size)
    {
        var window = await _chromium.Window(size);
        var page = await window.NewPageAsync();
        var person = new Person(this, name, window, page);
        // The browser complains of answers that are meant to refuse, too; those are asserted where they are asked for.
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Enqueue($"{name} {page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"{name} {page.Url}: {error}");
        page.RequestFinished += (_, request) =>
        {
            if (!request.IsNavigationRequest && request.Failure is { } failure)
                _complaints.Enqueue($"{name} {page.Url}: {request.Url} {failure}");
        };
        _people.Add(person);
        return person;
    }

    /// <summary>Days go by. Whoever was signed in has to sign in again.</summary>
    public async Task Wait(int days)
    {
        Server.Clock.Move(TimeSpan.FromDays(days));
        // Signing in is limited by address, and all of these people sit at one; the form itself was used the first time.
        foreach (var person in _people.Where(p => p.SignedIn))
            await person.Window.AddCookiesAsync([new() { Name = ISessions.Cookie, Value = await Server.Session(person.Name), Url = Server.Address.ToString() }]);
    }

    /// <summary>Tells the story; keeps what everybody saw when it breaks off, and lets no complaint of a browser pass.</summary>
    public async Task Tell(Func<Task> story)
    {
        try
        {
            await story();
            Assert.Empty(_complaints);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{await Keep()}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
            await person.Window.CloseAsync();
        await Server.DisposeAsync();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Shouwang.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the project's folder.");
    }

    private async Task<string> Keep()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "journeys")).FullName;
        var words = new List<string>(_complaints);
        foreach (var person in _people)
        {
            var path = Path.Combine(folder, $"{_name}-{person.Name}");
            var text = await person.Page.Locator("body").InnerTextAsync();
            await File.WriteAllTextAsync(path + ".txt", $"{person.Page.Url}\n\n{text}", CancellationToken.None);
            await person.Page.ScreenshotAsync(new() { Path = path + ".png", FullPage = true });
            words.Add($"{person.Name} was at {person.Page.Url}: {path}.png\n{text[..Math.Min(text.Length, 600)]}");
        }
        return string.Join("\n\n", words);
    }
}
