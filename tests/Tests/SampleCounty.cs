using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Server;

[assembly: AssemblyFixture(typeof(Shouwang.Tests.SampleCounty))]

namespace Shouwang.Tests;

/// <summary>The twelve sample files, taken in once per kind of database by the real import; for tests that only read.</summary>
/// <remarks>Ask for it in the test class's constructor. A test that changes something opens an <see cref="Installation"/> of its own.</remarks>
public sealed class SampleCounty : IAsyncDisposable
{
    public static readonly AreaCode County = new("500231"), Town = new("500231111");
    public static readonly DateOnly AsOf = new(2020, 6, 30);

    private readonly Dictionary<string, Lazy<Task<Installation>>> _imported = TestDatabase.All
        .Select(row => row.Data).ToDictionary(kind => kind, kind => new Lazy<Task<Installation>>(() => Import(kind)));

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    public Task<Installation> On(string kind) => _imported[kind].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var imported in _imported.Values.Where(i => i is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            await (await imported.Value).DisposeAsync();
    }

    private static async Task<Installation> Import(string kind)
    {
        var installation = await Installation.Open(kind, AsOf);
        try
        {
            await installation.Import(Samples.Files);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The whole program over a database of its own, without the web host.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private Installation(TestDatabase database, DateOnly asOf)
    {
        _database = database;
        _services = new ServiceCollection().AddLogging().AddShouwang(new(database.Place) { AsOf = asOf }).BuildServiceProvider();
    }

    /// <summary>Whoever sits at the machine.</summary>
    public Actor Actor { get; } = Actor.System(SampleCounty.County);

    public Shouwang.Platform.Storage.DatabasePlace Place => _database.Place;

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<Installation> Open(string kind, DateOnly asOf) => new(await TestDatabase.Open(kind), asOf);

    /// <summary>Uses a service in a unit of work of its own, as a request would.</summary>
    public async Task<T> Use<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="Use{TService, T}"/>
    public Task Use<TService>(Func<TService, Task> act) where TService : notnull => Use<TService, int>(async service =>
    {
        await act(service);
        return 0;
    });

    /// <summary>Takes sample files in, for the township.</summary>
    /// <param name="names">As <see cref="Samples.Path"/> understands them.</param>
    public async Task<IReadOnlyList<ImportSummary>> Import(IEnumerable<string> names)
    {
        var files = names.Select(Samples.Path).Select(path => new FileGiven(Path.GetFileName(path), () => File.OpenRead(path))).ToList();
        var uploaded = await Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Upload(Actor, files, new(SampleCounty.Town), default));
        var applied = (await Use<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Apply(Actor, [.. uploaded.Value.Select(s => s.Id)], null, default))).Value;
        return applied.All(i => i.State == ImportState.Applied) ? applied
            : throw new InvalidOperationException(string.Join('\n', applied.Where(i => i.State != ImportState.Applied).Select(i => $"{i.FileName}: {i.State} {i.Problem}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
