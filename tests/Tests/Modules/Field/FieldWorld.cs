using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Applying;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;

namespace Shouwang.Tests.Modules.Field;

/// <summary>A server with a village, its cadre, another investigator, a township clerk, and phones.</summary>
internal sealed class FieldWorld : IAsyncDisposable
{
    public static readonly DateOnly Day = new(2020, 6, 1);

    private readonly List<Phone> _phones = [];
    private int _households;

    private FieldWorld(DeskServer server) => Server = server;

    public DeskServer Server { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="policy">Other packs than those of the product.</param>
    public static async Task<FieldWorld> Open(string kind, string? policy = null)
    {
        var world = new FieldWorld(await DeskServer.Start(kind, Day, policy: policy));
        await world.Server.Add("cadre", Role.VillageCadre, DeskServer.Village);
        await world.Server.Add("team", Role.WorkTeamMember, DeskServer.Village);
        await world.Server.Add("stranger", Role.VillageCadre, DeskServer.OtherVillage);
        await world.Server.Add("clerk", Role.TownshipClerk, DeskServer.Township);
        return world;
    }

    /// <summary>An enrolled phone.</summary>
    public async Task<Phone> Phone(string user = "cadre")
    {
        var phone = new Phone(Server);
        _phones.Add(phone);
        var answer = await phone.Enrol(user);
        Assert.True(answer.IsSuccessStatusCode, await answer.Text());
        return phone;
    }

    /// <summary>A household with one member who is insured, and a grade of its house.</summary>
    public async Task<(Guid Household, Guid Member)> Household(string area = DeskServer.Village)
    {
        var number = ++_households;
        var (household, member, code) = (Guid.CreateVersion7(), Guid.CreateVersion7(), $"{area}{number:000}");
        await State(new(household, null, "register", "test.xlsx", Day.AddMonths(-1), new Dictionary<string, object?>
        {
            ["hid"] = code, ["head_name"] = "户主", ["status"] = nameof(RegistryStatus.Lifted), ["grade"] = "A", ["phone"] = "13900000001", ["group"] = "1组",
        }), area);
        await State(new(household, member, "register", "test.xlsx", Day.AddMonths(-1), new Dictionary<string, object?>
        {
            ["hid"] = code, ["pid"] = code + "01", ["name"] = "户主", ["relation"] = "01", ["life"] = nameof(LifeState.Normal), ["labour"] = "1", ["ins_res"] = true, ["ins_emp"] = false,
        }), area);
        return (household, member);
    }

    public Task<int> State(Statement statement, string area = DeskServer.Village) =>
        With<IFacts, int>(facts => facts.State(new(new(area), "test"), [statement], Cancel));

    /// <summary>The water office surveyed a household.</summary>
    /// <param name="cells">By the feed's fields: amounts as decimals.</param>
    public Task<bool> Survey(Guid household, DateOnly day, params (string Field, object? Value)[] cells) => Take("water", household, [("surveyed", day), .. cells]);

    /// <summary>A department's file of one row about a household.</summary>
    public Task<bool> Take(string kind, Guid household, params (string Field, object? Value)[] cells) => Server.With(async services =>
    {
        var policy = services.GetRequiredService<PolicyBook>().For(new AreaCode(DeskServer.County), Day);
        var (definition, db) = (policy.Feed(kind), services.GetRequiredService<ShouwangDb>());
        var code = (await Current(household, null, "hid"))!.Value.Value;
        var row = new FeedRow("表", 2, new object?[definition.Fields.Count], new string?[definition.Fields.Count]) { Household = household };
        foreach (var (field, value) in cells.Prepend(("hid", code)))
            row.Values[definition.Fields.Index().Single(f => f.Item.Name == field).Index] = value;
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var run = await services.GetServices<IFeed>().Single(f => f.Kind == kind)
            .Begin(new(new AreaCode(DeskServer.Township), Guid.CreateVersion7(), $"{kind}.xlsx", definition.Department, Day, definition, policy, "clerk"), Cancel);
        await run.Check([row], Cancel);
        await run.Take([row], Cancel);
        await run.Finish(Cancel);
        await transaction.CommitAsync(Cancel);
        return true;
    });

    /// <summary>Households that changed are screened when this returns.</summary>
    public Task<bool> Screened() => Server.With(async services =>
    {
        for (var left = 100; left > 0 && await Count("dirty_marks") > 0; left--)
        {
            await services.GetRequiredService<RescreenChanged>().Once(Cancel);
            await Task.Delay(50, Cancel);
        }
        return true;
    });

    /// <summary>Everything that was received is applied when this returns.</summary>
    public Task Apply() => Server.Services.GetRequiredService<ApplySubmissions>().Settle(Cancel);

    public Task<T> With<TService, T>(Func<TService, Task<T>> act) where TService : notnull => Server.With(s => act(s.GetRequiredService<TService>()));

    public Task<T> Read<T>(Func<ShouwangDb, Task<T>> read) => With(read);

    /// <summary>A monthly visit at which nothing was wrong.</summary>
    public static Dictionary<string, object?> Visit(Guid id, Guid household, params object[] answers) => new()
    {
        ["id"] = id, ["household"] = household, ["code"] = "", ["visitedOn"] = Day, ["startedAt"] = "2020-06-01T00:30:00Z", ["finishedAt"] = "2020-06-01T00:50:00Z",
        ["purpose"] = "Monthly", ["mode"] = "AtHome", ["visitors"] = new[] { new { name = "村干部", unit = "金钱村" } }, ["headPresent"] = true, ["confirmedAll"] = false,
        ["answers"] = answers, ["findings"] = new { FoodAndClothing = "Fine", Housing = "Fine" }, ["notes"] = new { }, ["tasks"] = Array.Empty<object>(),
        ["problems"] = Array.Empty<object>(), ["cardOnWall"] = true, ["yardClean"] = true, ["photos"] = Array.Empty<object>(),
        ["burden"] = new { form = "visit", asked = 10, prefilled = 8, confirmed = 7, typed = 1, taps = 12 },
    };

    /// <summary>A visit that verifies: all six subjects, an income, and a signature.</summary>
    public static Dictionary<string, object?> Verification(Guid id, Guid household, string signature, params object[] visitors) => new(Visit(id, household))
    {
        ["purpose"] = "Verification", ["signature"] = signature, ["visitors"] = visitors,
        ["findings"] = Enum.GetNames<Shouwang.Modules.Casework.Contracts.VisitSubject>().ToDictionary(s => s, _ => "Fine"),
        ["income"] = new { items = new[] { new { code = "A1", fen = 1_200_000L }, new { code = "E1", fen = 200_000L } } },
    };

    public static object Answer(Guid? member, string attribute, object? value, string how = "changed", object? was = null, DateOnly? on = null) =>
        new { member, attribute, value, how, @base = new { v = was, on = on ?? Day.AddMonths(-1) } };

    /// <summary>How many rows a table has for a condition.</summary>
    public Task<long> Count(string table, string condition = "1 = 1") => Read(async db =>
    {
        var count = 0L;
        await db.Read($"select count(*) from {table} where {condition}", row => count = row.GetInt64(0), Cancel);
        return count;
    });

    /// <summary>What the register goes by.</summary>
    public async Task<CurrentFact?> Current(Guid household, Guid? member, string field) =>
        (await With<ICurrentFacts, IReadOnlyList<CurrentFacts>>(c => c.Of(DeskServer.County, [household], Cancel))).Single(f => f.Member == member)
            .Values.TryGetValue(field, out var fact) ? fact : null;

    public async ValueTask DisposeAsync()
    {
        _phones.ForEach(p => p.Dispose());
        await Server.DisposeAsync();
    }
}
