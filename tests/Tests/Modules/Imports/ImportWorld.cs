using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Imports;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>The intake over a database of its own, with feeds that only note down what they are given.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    public static readonly AreaCode Town = new("500231111");

    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-imports-");
    private readonly ServiceProvider _services;

    private ImportWorld(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddScoped(_ => database.Db());
        services.AddSingleton(database.Secrets);
        services.AddSingleton(new Files(_folder.FullName));
        services.AddSingleton(new Today(TimeProvider.System, new(2020, 6, 30)));
        services.AddSingleton(Packs.Book);
        services.AddScoped<Policies>();
        services.AddSingleton<IPeople>(People);
        services.AddSingleton<IAreas>(new SampleAreas());
        foreach (var (kind, order) in Orders)
            services.AddScoped<IFeed>(s => new NotingFeed(kind, order, s.GetRequiredService<ShouwangDb>(), this));
        new ImportsModule().AddServices(services);
        _services = services.BuildServiceProvider();
    }

    private static readonly (string Kind, int Order)[] Orders =
    [
        ("households", 10), ("members", 20), ("income", 30), ("medical", 40), ("education", 40), ("housing", 40), ("water", 40), ("disability", 40),
        ("welfare", 40), ("employment", 40), ("loans", 40), ("reports", 90),
    ];

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<ImportWorld> Open(string kind) => new(await TestDatabase.Open(kind));

    public FakePeople People { get; } = new();

    /// <summary>What a feed does before it takes rows; to fail, or to find something.</summary>
    public Action<string, IReadOnlyList<FeedRow>>? OnCheck { get; set; }

    public Actor Actor { get; } = Actor.System(new("500231"));

    public Secrets Secrets => _database.Secrets;

    public string Folder => _folder.FullName;

    /// <summary>A use of the intake in a unit of work of its own, as a request would have it.</summary>
    public async Task<T> Use<T>(Func<IImports, Task<T>> use)
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IImports>());
    }

    public async Task<IReadOnlyList<ImportSummary>> Upload(params (string Name, byte[] Content)[] files) =>
        (await Use(i => i.Upload(Actor, [.. files.Select(f => new FileGiven(f.Name, () => new MemoryStream(f.Content)))], new(Town), TestContext.Current.CancellationToken))).Value;

    public Task<IReadOnlyList<ImportSummary>> UploadSamples(params string[] names) =>
        Upload([.. names.Select(n => (Path.GetFileName(Samples.Path(n)), File.ReadAllBytes(Samples.Path(n))))]);

    public async Task<IReadOnlyList<ImportSummary>> Apply(IEnumerable<ImportSummary> imports) =>
        (await Use(i => i.Apply(Actor, [.. imports.Select(s => s.Id)], null, TestContext.Current.CancellationToken))).Value;

    /// <summary>What the noting feeds hold: <c>kind row household/member</c>.</summary>
    public async Task<List<string>> Taken()
    {
        var taken = new List<string>();
        await using var db = _database.Db();
        await db.Read("select name, value from settings order by name", r => taken.Add($"{r.GetString(0).Split('|')[0]} {r.GetString(1)}"), TestContext.Current.CancellationToken);
        return taken;
    }

    public async Task Execute(string sql)
    {
        await using var db = _database.Db();
        await db.Execute(sql, TestContext.Current.CancellationToken);
    }

    public async Task<long> Count(string sql)
    {
        var count = 0L;
        await using var db = _database.Db();
        await db.Read(sql, r => count = r.GetInt64(0), TestContext.Current.CancellationToken);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Writes a line for every row it takes, so that tests see what was stored and what was not.</summary>
    private sealed class NotingFeed(string kind, int order, ShouwangDb db, ImportWorld world) : IFeed
    {
        public string Kind => kind;
        public int Order => order;
        public bool KeepsUnmatched => kind == "reports";

        public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel) => Task.FromResult<IFeedRun>(new Run(kind, intake, db, world));

        public Task Undo(string county, Guid import, CancellationToken cancel) =>
            db.Execute("delete from settings where county = @county and name like @mine", cancel, ("@county", county), ("@mine", $"{kind}|{import}|%"));

        private sealed class Run(string kind, FeedIntake intake, ShouwangDb db, ImportWorld world) : IFeedRun
        {
            public Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
            {
                world.OnCheck?.Invoke(kind, chunk);
                return Task.CompletedTask;
            }

            public Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel) =>
                new BulkInsert(db, "settings", ("county", ColumnType.Text), ("name", ColumnType.Text), ("value", ColumnType.Text)).Write(chunk.Select(r => (object?[])
                [
                    intake.County, $"{kind}|{intake.Import}|{r.Sheet}|{r.Number:000000}", $"{r.Number} {world.People.NameOf(r.Household)}/{world.People.NameOf(r.Member)}",
                ]), cancel);

            public Task Finish(CancellationToken cancel) => Task.CompletedTask;
        }
    }

    private sealed class SampleAreas : IAreas
    {
        public Task<AreaTree> Of(string county, CancellationToken cancel) => Task.FromResult(Villages);
    }

    /// <summary>The township of the samples and its villages.</summary>
    public static readonly AreaTree Villages = new(File.ReadAllLines(Samples.Path("areas.csv")).Skip(1).Select(l => l.Split(','))
        .Select(l => new AreaName(AreaCode.TryParse(l[0], out var code) ? code : default, l[1], false)));
}

/// <summary>A register made up by a test.</summary>
internal sealed class FakePeople : IPeople
{
    private readonly List<Action<PeopleIndex>> _entries = [];
    private readonly Dictionary<Guid, string> _names = [];

    public string NameOf(Guid? id) => id is { } known ? _names.GetValueOrDefault(known, "?") : "-";

    public Guid Household(string code, AreaCode village, string? head = null)
    {
        var id = Guid.CreateVersion7();
        _names[id] = code;
        _entries.Add(i => i.AddHousehold(id, code, village, head, null));
        return id;
    }

    public Guid Member(Guid household, string code, string? name, DateOnly? birth, byte[]? idHash, LifeState state = LifeState.Normal)
    {
        var id = Guid.CreateVersion7();
        _names[id] = code;
        _entries.Add(i => i.AddMember(id, code, household, state, name, birth, null, idHash, null));
        return id;
    }

    public PeopleIndex Index(Secrets secrets)
    {
        var index = new PeopleIndex(secrets);
        foreach (var entry in _entries)
            entry(index);
        return index;
    }

    Task<PeopleIndex> IPeople.Load(string county, CancellationToken cancel) => Task.FromResult(Index(new Secrets(new byte[32])));

    /// <summary>Registers everybody of the sample files, as the register would.</summary>
    public void AddSamples(Secrets secrets)
    {
        var policy = Packs.Book.For(new AreaCode("500231"), new(2020, 6, 30));
        var villages = new Shouwang.Modules.Imports.Matching.VillageNames(ImportWorld.Villages, ImportWorld.Town);
        var homes = new Dictionary<string, Guid>();
        foreach (var (row, feed) in Rows("01", policy).Where(r => r.Row.Verdict != Verdict.Refused))
        {
            string? Text(string field) => row.Values[feed.Fields.ToList().FindIndex(f => f.Name == field)]?.ToString();
            if (!homes.ContainsKey(Text("hid")!))
                homes[Text("hid")!] = Household(Text("hid")!, villages.Find(Text("village")!) ?? ImportWorld.Town, Text("head_name"));
        }
        var seen = new HashSet<string>();
        foreach (var (row, feed) in Rows("02", policy).Where(r => r.Row.Verdict != Verdict.Refused))
        {
            object? Value(string field) => row.Values[feed.Fields.ToList().FindIndex(f => f.Name == field)];
            if (!homes.TryGetValue((string)Value("hid")!, out var home) || !seen.Add((string)Value("pid")!))
                continue;
            var id = Value("cert_no") as string;
            // Where the birth date lacks its day, the number has it.
            var birth = Value("birth") as DateOnly? ?? (Value("birth") is PartialDate month && id is not null && CitizenId.BirthDate(id) is { } full && month.Covers(full) ? full : null);
            var state = Value("life") is string life && Enum.TryParse<LifeState>(life, out var known) ? known : LifeState.Normal;
            Member(home, (string)Value("pid")!, Value("name") as string, birth, id is { Length: >= 18 } ? secrets.Hash(id[..18]) : null, state);
        }
    }

    private static List<(FeedRow Row, Shouwang.Platform.Policy.FeedDefinition Feed)> Rows(string file, Shouwang.Platform.Policy.Policy policy)
    {
        using var table = TableFile.Open(Samples.Path(file), file).Value;
        var sheet = new Recogniser(policy, []).Recognise(table).Value.Single(s => s.Certain);
        var feed = sheet.Best!.Feed;
        return [.. new RowSource(policy, feed, new(feed.Kind, [sheet.Mapping()])).Chunks(table).SelectMany(c => c).Select(r => (r, feed))];
    }
}
