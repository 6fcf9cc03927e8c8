using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>A population with the households that wait to be screened laid over it.</summary>
/// <param name="Over">Null where nobody waits.</param>
/// <param name="Rows">By a household's place in the population, its row in what is laid over.</param>
internal sealed record Overlaid(CountyPopulation Population, Population? Over, IReadOnlyDictionary<int, int> Rows)
{
    // More, such as after an import, are read with all others faster than one by one.
    private const int MostWaiting = 2_000;

    /// <summary>Reads a county as it is now, while nobody writes.</summary>
    public static async Task<T> Read<T>(
        PopulationStore store, ChangedHouseholds changes, IFeatures features, AreaCode county, DateOnly asOf, Func<Overlaid, T> read, CancellationToken cancel)
    {
        // Read first: what is screened meanwhile is in the population as well.
        var waiting = await changes.Waiting(county.Digits, MostWaiting + 1, cancel);
        if (waiting.Count <= MostWaiting)
        {
            var population = await store.For(county, asOf, cancel);
            var over = waiting.Count == 0 ? null : await features.Load(county, asOf, waiting, cancel);
            var (current, result) = population.Read(p => Of(p, waiting, over) is { } laid ? (true, read(laid)) : (false, default(T)));
            if (current)
                return result!;
        }
        return read(new(CountyPopulation.Of(await features.LoadValues(county, asOf, cancel), default), null, new Dictionary<int, int>()));
    }

    /// <returns>Null when a household is new, gone, or lives elsewhere.</returns>
    private static Overlaid? Of(CountyPopulation population, IReadOnlyList<Guid> waiting, Population? over)
    {
        var rows = new Dictionary<int, int>();
        foreach (var (row, household) in (over?.Households ?? []).Index())
        {
            var place = population.IndexOf(household.Id);
            if (place < 0 || population.AreaCodes[population.AreaOf[place]] != household.Area.Digits)
                return null;
            rows.Add(place, row);
        }
        return waiting.Count(id => population.IndexOf(id) >= 0) == rows.Count ? new(population, over, rows) : null;
    }
}
