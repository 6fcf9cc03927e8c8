using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouwang.Kernel;
using Shouwang.Modules.Registry;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Registry;

/// <summary>The registry on a fresh database, with a policy of one township and a source order register, desk, visit, self-report.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    public static readonly AreaCode County = new("500231"), Township = new("500231111"), Jinqian = new("500231111200"), Shuijing = new("500231111202");
    public static readonly DateOnly June = new(2020, 6, 30);

    private static readonly AreaTable Areas = new(new[]
    {
        (County, "垫江县"), (Township, "鹤游镇"), (Jinqian, "金钱村村民委员会"), (Shuijing, "水井村村民委员会"), (new("500231111001"), "石鼓社区居民委员会"),
    }.Select(a => new Area(a.Item1, a.Item2, a.Item2)));

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private TestRegistry(TestDatabase database, Action<IServiceCollection>? more)
    {
        _database = database;
        var services = new ServiceCollection();
        more?.Invoke(services);
        services.AddScoped(_ => database.Db()).AddSingleton(database.Secrets).AddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISourceRanks>(new FixedRanks("register", "desk", "visit", "self_report"));
        services.TryAddSingleton(Areas);
        new RegistryModule().AddServices(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public Secrets Secrets => _database.Secrets;

    public static Policy Policy => Packs.Book.For(Township, June);

    /// <param name="more">Services instead of, or besides, those of the registry.</param>
    public static async Task<TestRegistry> Open(string kind, Action<IServiceCollection>? more = null) => new(await TestDatabase.Open(kind), more);

    /// <summary>Does something in a unit of work of its own.</summary>
    public async Task<T> With<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="With{TService, T}"/>
    public Task With<TService>(Func<TService, Task> act) where TService : notnull => With<TService, int>(async service =>
    {
        await act(service);
        return 0;
    });

    /// <summary>Takes rows in as one file and returns them with their findings.</summary>
    public async Task<IReadOnlyList<FeedRow>> Import(
        string kind, Guid import, IEnumerable<IReadOnlyDictionary<string, object?>> rows, DateOnly? asOf = null, string file = "户表.xlsx", int chunk = 3)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var feed = scope.ServiceProvider.GetServices<IFeed>().Single(f => f.Kind == kind);
        var definition = Policy.Feed(kind);
        var intake = new FeedIntake(Township, import, file, "register", asOf ?? June, definition, Policy, "clerk");
        var run = await feed.Begin(intake, TestContext.Current.CancellationToken);
        var all = rows.Select((row, i) => Row(definition, i + 5, row)).ToList();
        foreach (var part in all.Chunk(chunk))
        {
            await run.Check(part, TestContext.Current.CancellationToken);
            await run.Take([.. part.Where(r => r.Verdict != Verdict.Refused)], TestContext.Current.CancellationToken);
        }
        await run.Finish(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return all;
    }

    public Task Undo(string kind, Guid import) => With<IEnumerable<IFeed>>(async feeds =>
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetServices<IFeed>().Single(f => f.Kind == kind).Undo(County.Digits, import, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    });

    /// <summary>The whole register of the county.</summary>
    public Task<List<RegisterHousehold>> Read() => With<IRegister, List<RegisterHousehold>>(async register =>
    {
        var all = new List<RegisterHousehold>();
        await foreach (var household in register.Read(County.Digits, TestContext.Current.CancellationToken))
            all.Add(household);
        return all;
    });

    public Task<long> Count(string table, string condition = "1 = 1") => With<ShouwangDb, long>(async db =>
    {
        var count = 0L;
        await db.Read($"select count(*) from {table} where {condition}", row => count = row.GetInt64(0), TestContext.Current.CancellationToken);
        return count;
    });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static FeedRow Row(FeedDefinition definition, int number, IReadOnlyDictionary<string, object?> cells)
    {
        var row = new FeedRow("表", number, new object?[definition.Fields.Count], new string?[definition.Fields.Count]);
        for (var at = 0; at < row.Values.Length; at++)
        {
            if (cells.TryGetValue(definition.Fields[at].Name, out var value))
                (row.Values[at], row.Texts[at]) = (value, value?.ToString());
        }
        return row;
    }
}

internal sealed class FixedRanks(params string[] order) : ISourceRanks
{
    public int Rank(string county, string attribute, string source) => Array.IndexOf(order, source) is >= 0 and var rank ? rank : order.Length;
}

/// <summary>Rows of register files, short to write.</summary>
internal static class Rows
{
    public static Dictionary<string, object?> Household(string code, string head = "李大山", string village = "金钱村", params (string Field, object? Value)[] more) =>
        With(new() { ["hid"] = code, ["head_name"] = head, ["village"] = village, ["status"] = "Lifted", ["mon_cat"] = null }, more);

    public static Dictionary<string, object?> Member(string code, string household, string name = "李大山", params (string Field, object? Value)[] more) =>
        With(new()
        {
            ["pid"] = code, ["hid"] = household, ["name"] = name, ["gender"] = "1", ["relation"] = "01", ["life"] = "Normal", ["labour"] = "1",
        }, more);

    private static Dictionary<string, object?> With(Dictionary<string, object?> row, (string Field, object? Value)[] more)
    {
        foreach (var (field, value) in more)
            row[field] = value;
        return row;
    }
}
