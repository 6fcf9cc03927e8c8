using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>The populations of the counties: in memory, from their files, or built from the database, whichever is current first.</summary>
/// <remarks>
/// A population belongs to a day and to a version of the database (<see cref="PopulationVersions"/>). Screening raises the version in
/// its transaction and brings the population along; who finds another version than the database's, such as after another process
/// screened or after a crash, does not use what it has.
/// </remarks>
internal sealed class PopulationStore(IServiceScopeFactory scopes, DatabasePlace place, TimeProvider clock, ILogger<PopulationStore> log)
{
    private readonly ConcurrentDictionary<string, CountyPopulation> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Text?> _why = new(StringComparer.Ordinal);

    /// <summary>The current population of a county.</summary>
    /// <param name="anew">Builds it even if a current one is there.</param>
    public async Task<CountyPopulation> For(AreaCode county, DateOnly asOf, CancellationToken cancel, bool anew = false)
    {
        await using var scope = scopes.CreateAsyncScope();
        var versions = scope.ServiceProvider.GetRequiredService<PopulationVersions>();
        if (!anew && Held(county, asOf, await versions.Now(county.Digits, cancel)) is { } held)
            return held;
        using var turn = await Turn(county, cancel);
        var version = await versions.Now(county.Digits, cancel);
        if (!anew && Held(county, asOf, version) is { } current)
            return current;

        var made = await Made(scope.ServiceProvider, county, asOf, cancel);
        var features = scope.ServiceProvider.GetRequiredService<IFeatures>();
        var (population, why) = anew ? (null, PopulationTexts.Asked)
            : PopulationFile.Open(PathOf(county), made, asOf, version, features.All.ToDictionary(f => f.Key, f => f.Value.Symbol));
        _why[county.Digits] = why;
        if (population is null)
        {
            if (log.IsEnabled(LogLevel.Information))
                log.LogInformation("{County}: {Why}", county.Digits, why?.En);
            population = CountyPopulation.Of(await features.LoadValues(county, asOf, cancel), clock.GetUtcNow()).At(version);
            Save(population, made);
        }
        return _held[county.Digits] = population;
    }

    /// <summary>Why the population in use was built and not read from its file; null if it was read.</summary>
    public Text? WhyBuilt(AreaCode county) => _why.GetValueOrDefault(county.Digits);

    /// <summary>What is in memory, current or not; null before somebody asked.</summary>
    public CountyPopulation? InMemory(AreaCode county) => _held.GetValueOrDefault(county.Digits);

    /// <summary>Keeps others from looking while a version is raised in the database and the population follows.</summary>
    public async Task<IDisposable> Turn(AreaCode county, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(county.Digits, _ => new(1, 1));
        await turn.WaitAsync(cancel);
        return new Release(turn);
    }

    /// <summary>Takes a population that was just built. The caller has the turn.</summary>
    public async Task Take(CountyPopulation population, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        Save(population, await Made(scope.ServiceProvider, population.County, population.AsOf, cancel));
        _held[population.County.Digits] = population;
    }

    /// <summary>Brings changed households up to date in what is held. The caller has the turn and has raised the version by one.</summary>
    public void Follow(Population changed, IReadOnlyCollection<Guid> asked, long version)
    {
        var county = changed.Scope.County.Digits;
        if (!_held.TryGetValue(county, out var held))
            return;
        if (held.Version != version - 1 || held.AsOf != changed.Scope.AsOf || !held.Update(changed, asked, version, clock.GetUtcNow()))
            _held.TryRemove(county, out _);
    }

    /// <summary>Writes what changed since it was last written.</summary>
    public async Task SaveChanged(CancellationToken cancel)
    {
        foreach (var population in _held.Values.Where(p => p.IsUnsaved))
        {
            await using var scope = scopes.CreateAsyncScope();
            var made = await Made(scope.ServiceProvider, population.County, population.AsOf, cancel);
            using var turn = await Turn(population.County, cancel);
            Save(population, made);
        }
    }

    private CountyPopulation? Held(AreaCode county, DateOnly asOf, long version) =>
        _held.TryGetValue(county.Digits, out var held) && held.AsOf == asOf && held.Version == version ? held : null;

    private void Save(CountyPopulation population, string made)
    {
        // What no whole number holds has no place in the file; the next start builds again.
        if (population.Table.Columns.Values.Any(c => c.Shape.Storage == ColumnStorage.Values))
            return;
        try
        {
            var content = population.Read(p =>
            {
                p.IsUnsaved = false;
                return PopulationFile.Of(p, made);
            });
            PopulationFile.Save(content, PathOf(population.County));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "The population of {County} could not be written; the next start builds it again.", population.County.Digits);
        }
    }

    private string PathOf(AreaCode county) => Path.Combine(place.Folder, "populations", $"{county.Digits}.population");

    /// <summary>What decides over the values of features besides the data: the program, the packs, the county's lines.</summary>
    private static async Task<string> Made(IServiceProvider services, AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var policies = services.GetRequiredService<Policies>();
        var policy = await policies.For(county, asOf, cancel);
        var features = services.GetRequiredService<IFeatures>().All.Values.Select(f => f.Symbol).OrderBy(s => s.Name, StringComparer.Ordinal);
        var text = string.Join('\n',
        [
            typeof(PopulationStore).Module.ModuleVersionId.ToString(), typeof(ScanColumn).Module.ModuleVersionId.ToString(), policies.Book.Digest,
            $"{policy.PovertyLine} {policy.MonitoringLine}", .. features.Select(s => $"{s.Name} {s.Type} {s.Unit}"),
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private sealed class Release(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
