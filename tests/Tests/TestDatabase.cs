using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests;

/// <summary>A fresh, migrated database of one of the two kinds; gone when disposed.</summary>
/// <remarks>
/// PostgreSQL is a private cluster on a Unix socket, started once a run, or the server of <c>SHOUWANG_TEST_POSTGRES</c>
/// (a connection string of a user who may create databases).
/// </remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ModelSetup Setup = new(
        [typeof(ShouwangDb).Assembly, typeof(Shouwang.Modules.Registry.RegistryModule).Assembly], Array.Empty<string>().ToLookup(s => s, s => s));

    // Migrating takes longer than most tests; both kinds do it once and copy.
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate), EmbeddedTemplate = new(MakeEmbeddedTemplate);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-test-");
    private readonly string? _name;

    private TestDatabase(string? postgres, string? name)
    {
        (_name, Place) = (name, new(_folder.FullName, postgres));
        Options = OptionsOf(Place);
    }

    /// <summary>For <c>[MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]</c>.</summary>
    public static TheoryData<string> All => ["sqlite", "postgres"];

    public DatabasePlace Place { get; }

    public DbContextOptions<ShouwangDb> Options { get; }

    public Secrets Secrets { get; } = new(new byte[32]);

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<TestDatabase> Open(string kind)
    {
        if (kind == "sqlite")
        {
            var embedded = new TestDatabase(null, null);
            File.Copy(await EmbeddedTemplate.Value, embedded.Place.File);
            return embedded;
        }
        var template = await Template.Value;
        var name = $"test_{Guid.CreateVersion7():n}";
        // Copying files is several times quicker than writing every page to the log, where nothing is synced anyway.
        await PostgresServer.Execute($"create database {name} template {template} strategy file_copy");
        return new(PostgresServer.Connection(name), name);
    }

    /// <summary>A new unit of work on it.</summary>
    public ShouwangDb Db() => new(Options, Setup);

    public async ValueTask DisposeAsync()
    {
        if (_name is null)
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(Databases.Connection(Place).ConnectionString));
        else
            await PostgresServer.Execute($"drop database if exists {_name} with (force)");
        _folder.Delete(recursive: true);
    }

    private static async Task<string> MakeTemplate()
    {
        var name = $"template_{Guid.CreateVersion7():n}";
        await PostgresServer.Execute($"create database {name}");
        await Migrate(new(Path.GetTempPath(), PostgresServer.Connection(name)));
        return name;
    }

    /// <summary>A whole database in one file, which nobody has open.</summary>
    private static async Task<string> MakeEmbeddedTemplate()
    {
        var place = new DatabasePlace(Directory.CreateTempSubdirectory("shouwang-template-").FullName, null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(place.Folder, recursive: true);
        await Migrate(place);
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(Databases.Connection(place).ConnectionString));
        return place.File;
    }

    private static async Task Migrate(DatabasePlace place)
    {
        await using var connection = Databases.Connection(place);
        await Migrator.Run(connection, place.Dialect, Setup.Mappings);
        await connection.CloseAsync();
        if (connection is NpgsqlConnection postgres)
            NpgsqlConnection.ClearPool(postgres);
    }

    private static DbContextOptions<ShouwangDb> OptionsOf(DatabasePlace place)
    {
        var options = new DbContextOptionsBuilder<ShouwangDb>();
        Databases.Configure(options, place);
        return options.Options;
    }
}
