using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Programmes.Education;
using Shouwang.Modules.Programmes.Employment;
using Shouwang.Modules.Programmes.Finance;
using Shouwang.Modules.Programmes.Health;
using Shouwang.Modules.Programmes.Housing;
using Shouwang.Modules.Programmes.Water;
using Shouwang.Modules.Programmes.Welfare;
using Shouwang.Modules.Registry;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Insight;
using Shouwang.Tests.Modules.Registry;

namespace Shouwang.Tests.Modules.Programmes;

/// <summary>The seven programmes beside the register on a fresh database: one township, two households of two.</summary>
internal sealed class TestProgrammes : IAsyncDisposable
{
    public const string First = "500231111200001", Second = "500231111200002";
    public static readonly AreaCode County = new("500231"), Township = new("500231111"), OtherTownship = new("500231112");
    public static readonly DateOnly June = new(2020, 6, 30);

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, Guid> _members = [];
    private readonly Dictionary<string, Guid> _households = [];

    private TestProgrammes(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddScoped(_ => database.Db()).AddSingleton(database.Secrets).AddSingleton(TimeProvider.System);
        services.AddSingleton(AreaTable.Load(PolicyFolder.Find()));
        services.AddSingleton<ISourceRanks>(new FixedRanks("desk", "visit", "register", "civil_affairs", "housing", "water"));
        IModule[] modules =
        [
            new RegistryModule(), new HealthModule(), new EducationModule(), new HousingModule(), new WaterModule(), new WelfareModule(),
            new EmploymentModule(), new FinanceModule(),
        ];
        foreach (var module in modules)
            module.AddServices(services);
        _services = services.BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="born">Birth date of each member's second person, a child of ten unless told.</param>
    public static async Task<TestProgrammes> Open(string kind, DateOnly? born = null)
    {
        var programmes = new TestProgrammes(await TestDatabase.Open(kind));
        await programmes.Add(First, "Lifted", born ?? new(2010, 3, 1));
        await programmes.Add(Second, "Ordinary", born ?? new(2010, 3, 1));
        return programmes;
    }

    public Guid Household(string code) => _households[code];

    public Guid Member(string code) => _members[code];

    /// <summary>Registers a household of a head born in 1970 and a child.</summary>
    public async Task Add(string code, string status, DateOnly born)
    {
        var (household, head, child) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        (_households[code], _members[code + "01"], _members[code + "02"]) = (household, head, child);
        var village = new AreaCode(code[..12]);
        await State(village,
            Said(household, null, new() { ["hid"] = code, ["head_name"] = "李大山", ["village"] = village.Digits, ["status"] = status }),
            Said(household, head, Person(code, "01", new(1970, 1, 2), "01")),
            Said(household, child, Person(code, "02", born, "03")));
    }

    /// <summary>The register says something more about somebody.</summary>
    public Task Says(string code, params (string Field, object? Value)[] values) => State(
        Township, Said(_households[code[..15]], code.Length > 15 ? _members[code] : null, values.ToDictionary(v => v.Field, v => v.Value)));

    /// <summary>A visit says something about somebody.</summary>
    public Task SaysAtVisit(string code, DateOnly on, params (string Field, object? Value)[] values) => State(Township, new Statement(
        _households[code[..15]], code.Length > 15 ? _members[code] : null, "visit", null, on, values.ToDictionary(v => v.Field, v => v.Value)));

    /// <summary>Takes rows in as one file about the township.</summary>
    /// <param name="rows">
    /// Who a row is about (a member or household code, or null for a stranger), and its cells by field: amounts as decimals.
    /// </param>
    /// <returns>The rows with their findings, and the import.</returns>
    public async Task<(Guid Import, IReadOnlyList<FeedRow> Rows)> Import(
        string kind, DateOnly asOf, params (string? About, (string Field, object? Value)[] Cells)[] rows)
    {
        var (import, definition) = (Guid.CreateVersion7(), TestRegistry.Policy.Feed(kind));
        var all = rows.Select((row, i) => Row(definition, i + 2, row.About, row.Cells)).ToList();
        await Within(async services =>
        {
            var intake = new FeedIntake(Township, import, $"{kind}.xlsx", definition.Department, asOf, definition, TestRegistry.Policy, "clerk");
            var run = await services.GetServices<IFeed>().Single(f => f.Kind == kind).Begin(intake, Cancel);
            foreach (var part in all.Chunk(2))
            {
                await run.Check(part, Cancel);
                await run.Take([.. part.Where(r => r.Verdict != Verdict.Refused)], Cancel);
            }
            await run.Finish(Cancel);
        });
        return (import, all);
    }

    public Task Undo(string kind, Guid import) =>
        Within(services => services.GetServices<IFeed>().Single(f => f.Kind == kind).Undo(County.Digits, import, Cancel));

    /// <summary>The value of a feature for a household, worked out for the county, and again for the household alone: both must agree.</summary>
    public async Task<RuleValue> Feature(string name, string code = First, DateOnly? asOf = null)
    {
        await using var scope = _services.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<IResidents>().Households(County.Digits, null, Cancel);
        var whole = await Value(new(County, asOf ?? June, [.. all.Select(h => h.Id)], true, TestRegistry.Policy));
        var alone = await Value(new(County, asOf ?? June, [_households[code]], false, TestRegistry.Policy));
        Assert.Equal(whole, alone);
        return whole;

        async Task<RuleValue> Value(FeatureScope households)
        {
            var source = scope.ServiceProvider.GetServices<IFeatureSource>().Single(s => s.Features.Any(f => f.Name == name));
            var columns = source.Features.ToDictionary(f => f.Name, f => new FeatureColumn(f, households.Households.Count));
            await source.Load(households, columns, Cancel);
            return columns[name][households.IndexOf(_households[code])];
        }
    }

    /// <summary>What checks of one rule report: member codes or record numbers.</summary>
    public async Task<IReadOnlyList<string>> Findings(string rule)
    {
        await using var scope = _services.CreateAsyncScope();
        var found = new List<string>();
        var check = scope.ServiceProvider.GetServices<IQualityCheck>().Single(c => c.Rules.Any(r => r.Id == rule));
        await check.Run(new(County, June, TestRegistry.Policy), f => found.Add(f.Rule == rule ? f.Member ?? f.Record ?? f.Household! : ""), Cancel);
        return [.. found.Where(f => f.Length > 0).Order(StringComparer.Ordinal)];
    }

    /// <summary>A figure of the county: the sums of its parts, or of what the packs' expressions say over the features.</summary>
    public async Task<(decimal Numerator, decimal Denominator)> Figure(string code)
    {
        await using var scope = _services.CreateAsyncScope();
        if (scope.ServiceProvider.GetServices<IIndicatorSource>().SingleOrDefault(s => s.Codes.Contains(code)) is not { } source)
            return await OverFeatures(code, scope.ServiceProvider);
        var (numerator, denominator) = (0m, 0m);
        await source.Compute(County, June, TestRegistry.Policy, part =>
        {
            if (part.Code == code)
                (numerator, denominator) = (numerator + part.Numerator, denominator + part.Denominator);
        }, Cancel);
        return (numerator, denominator);
    }

    private static async Task<(decimal, decimal)> OverFeatures(string code, IServiceProvider services)
    {
        var all = await services.GetRequiredService<IResidents>().Households(County.Digits, null, Cancel);
        var households = new FeatureScope(County, June, [.. all.Select(h => h.Id)], true, TestRegistry.Policy);
        var columns = new Dictionary<string, FeatureColumn>();
        foreach (var source in services.GetServices<IFeatureSource>())
        {
            var own = source.Features.ToDictionary(f => f.Name, f => new FeatureColumn(f, households.Households.Count));
            await source.Load(households, own, Cancel);
            foreach (var (name, column) in own)
                columns.Add(name, column);
        }
        return PackFigure.Of(TestRegistry.Policy.Indicators.Single(i => i.Code == code), new PackFigure.Table(households, columns));
    }

    /// <summary>Runs something in a unit of work of its own and commits it.</summary>
    public async Task Within(Func<IServiceProvider, Task> act)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await act(scope.ServiceProvider);
        await transaction.CommitAsync(Cancel);
    }

    public async Task<IReadOnlyList<Disagreement>> Disagreements(string household)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFacts>().Disagreements(County.Digits, _households[household], Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static Dictionary<string, object?> Person(string household, string number, DateOnly born, string relation) => new()
    {
        ["pid"] = household + number, ["hid"] = household, ["name"] = "李小山", ["birth"] = born, ["relation"] = relation, ["life"] = "Normal",
    };

    private static Statement Said(Guid household, Guid? member, Dictionary<string, object?> values) =>
        new(household, member, "register", null, June, values);

    private Task State(AreaCode area, params Statement[] statements) => Within(
        services => services.GetRequiredService<IFacts>().State(new(area, "clerk"), statements, Cancel));

    private FeedRow Row(FeedDefinition definition, int number, string? about, (string Field, object? Value)[] cells)
    {
        var row = new FeedRow("表", number, new object?[definition.Fields.Count], new string?[definition.Fields.Count]);
        foreach (var (field, value) in cells)
        {
            var at = definition.Fields.Index().Single(f => f.Item.Name == field).Index;
            (row.Values[at], row.Texts[at]) = (value, value?.ToString());
        }
        if (about is not null)
            (row.Household, row.Member) = (_households[about[..15]], about.Length > 15 ? _members[about] : null);
        return row;
    }
}
