using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouwang.Kernel;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Tests.District;

/// <summary>The district's server in a process of its own, on a PostgreSQL server of its own: both can be ended without ceremony.</summary>
internal sealed class DistrictHost(string program, string folder, DateOnly asOf) : IAsyncDisposable
{
    private const string County = "500231";

    private readonly PostgresCluster _cluster = new(Path.Combine(folder, "postgres"));
    private readonly string _data = Path.Combine(folder, "data");
    private Process? _server;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    private string Database => new NpgsqlConnectionStringBuilder(_cluster.Connection) { Database = "district", MaxPoolSize = 40 }.ToString();

    /// <summary>Makes the database with villages, households, users and phones.</summary>
    /// <returns>For each phone its right to hand in and the households of its village; and the county's key.</returns>
    public async Task<(IReadOnlyList<(string Authorization, IReadOnlyList<(Guid, Guid)> Households)> Phones, ServerKey Key)> Prepare(DistrictPlan plan, CancellationToken cancel)
    {
        _cluster.Start("-c max_connections=120");
        await Execute("postgres", "create database district", cancel);
        await using var services = new ServiceCollection().AddLogging()
            .AddShouwang(new ServerOptions(new DatabasePlace(_data, Database)) { AsOf = asOf, Worker = false, Quiet = true }).BuildServiceProvider();
        await services.Migrate(cancel);
        await using var scope = services.CreateAsyncScope();
        var phones = new List<(string, IReadOnlyList<(Guid, Guid)>)>();
        for (var village = 0; village < plan.Villages; village++)
        {
            var code = $"{County}{100 + village / 90:000}{201 + village % 90:000}";
            var households = await Settle(scope.ServiceProvider, code, plan.PhonesAVillage * 4, cancel);
            for (var phone = 0; phone < plan.PhonesAVillage && phones.Count < plan.Phones; phone++)
                phones.Add((await Enrol(scope.ServiceProvider, code, phones.Count, cancel), households));
        }
        return (phones, await services.GetRequiredService<CountyKeys>().Current(County, cancel));
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task Start(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[program, "serve", "--urls", Address.ToString().TrimEnd('/'), "--data", _data, "--database", Database, "--as-of", asOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(word);
        _server = Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var i = 0; i < 600; i++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/health"), cancel);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(100, cancel);
        }
        throw new InvalidOperationException("The server of the district did not start.");
    }

    /// <summary>Ends the server's process as the kernel would: nothing is written any more.</summary>
    public async Task Kill()
    {
        if (_server is not { HasExited: false })
            return;
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Ends the database's server as a power cut would, and starts it again.</summary>
    public void RestartDatabase()
    {
        _cluster.Stop("immediate");
        _cluster.Start("-c max_connections=120");
        NpgsqlConnection.ClearAllPools();
    }

    public async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _cluster.Stop("immediate");
        NpgsqlConnection.ClearAllPools();
    }

    private async Task Execute(string database, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_cluster.Connection) { Database = database, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<IReadOnlyList<(Guid, Guid)>> Settle(IServiceProvider services, string village, int count, CancellationToken cancel)
    {
        var (households, statements) = (new List<(Guid, Guid)>(), new List<Statement>());
        for (var i = 1; i <= count; i++)
        {
            var (household, member, code) = (Guid.CreateVersion7(), Guid.CreateVersion7(), $"{village}{i:0000}");
            statements.Add(new(household, null, "register", null, asOf.AddMonths(-1), new Dictionary<string, object?> { ["hid"] = code, ["head_name"] = "户主", ["grade"] = "A" }));
            statements.Add(new(household, member, "register", null, asOf.AddMonths(-1), new Dictionary<string, object?> { ["hid"] = code, ["pid"] = code + "01", ["name"] = "户主", ["relation"] = "01", ["life"] = "Normal" }));
            households.Add((household, member));
        }
        await services.GetRequiredService<IFacts>().State(new(new AreaCode(village), "test"), statements, cancel);
        return households;
    }

    // Enrolled without a password: hashing thousands of them is not what is tried here.
    private static async Task<string> Enrol(IServiceProvider services, string village, int number, CancellationToken cancel)
    {
        var (db, id, token, now) = (services.GetRequiredService<ShouwangDb>(), Guid.CreateVersion7(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), TimeProvider.System.GetUtcNow());
        var user = new User
        {
            County = County, Id = Guid.CreateVersion7(), Name = $"cadre{number}", DisplayName = $"cadre{number}", Role = Role.VillageCadre, Area = village, PasswordHash = "", MustChange = false,
            CreatedAt = now,
        };
        db.Add(user);
        db.Add(new Device
        {
            County = County, Id = id, UserId = user.Id, TokenHash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), Name = "phone", App = "1.0.0", Address = "", EnrolledAt = now, SeenAt = now,
        });
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return $"{IDevices.Scheme} {id}.{token}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
