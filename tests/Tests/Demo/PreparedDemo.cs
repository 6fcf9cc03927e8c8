using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;
using Shouwang.Server.Cli;

namespace Shouwang.Tests.Demo;

/// <summary>The demo as <c>demo --no-serve</c> leaves it, opened on the day on which it is looked at; one for all its tests.</summary>
public sealed partial class PreparedDemo : IAsyncLifetime
{
    public static readonly DateOnly Day = new(2020, 6, 30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-demo-");
    private ServiceProvider? _services;

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public string Folder => _folder.FullName;

    /// <summary>The code of the household of the story, as the verb prints it.</summary>
    public string Story => StoryPath().Match(Output).Groups[1].Value;

    public async ValueTask InitializeAsync()
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        ExitCode = await Commands.Run(["demo", "--no-serve", "--households", "260", "--data", Folder], output, errors, CancellationToken.None);
        (Output, Errors) = (output.ToString(), errors.ToString());
        _services = new ServiceCollection().AddLogging().AddShouwang(new(new(Folder, null)) { AsOf = Day, Worker = false }).BuildServiceProvider();
    }

    public async Task<T> Ask<TService, T>(Func<TService, Task<T>> ask) where TService : notnull
    {
        await using var scope = _services!.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<List<T>> All<T>() where T : class => Ask<ShouwangDb, List<T>>(db => db.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));

    public async Task<Guid> StoryId() =>
        (await Ask<IHouseholds, HouseholdRef?>(h => h.Find(Actor.System(new("500231")), Story, TestContext.Current.CancellationToken)))!.Id;

    /// <summary>An account as it is when its holder has signed in.</summary>
    public async Task<Actor> Holder(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        var user = (await Ask<IUsers, IReadOnlyList<UserRow>>(u => u.List(Actor.System(new("500231")), cancel))).Single(u => u.Name == name);
        var households = await Ask<IAssignments, IReadOnlyList<Guid>>(a => a.Of("500231", user.Id, cancel));
        return new(user.Id, user.Name, user.DisplayName, user.Role, user.Area, user.Department, households);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(Databases.Connection(new(Folder, null)).ConnectionString));
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"/households/(\d{15})")]
    private static partial Regex StoryPath();
}
