using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>The households of a county as they are now: those of the population, and over them those that wait to be screened.</summary>
internal sealed class CurrentHouseholds(PopulationStore store, ChangedHouseholds changes, IFeatures features)
{
    // More, such as after an import, are read with all others faster than one by one.
    private const int MostWaiting = 2_000;

    /// <inheritdoc cref="IPopulations.Select"/>
    public async Task<IReadOnlyList<T>> Select<T>(AreaCode county, DateOnly asOf, Func<IHouseholdValues, T> take, CancellationToken cancel)
    {
        // Read first: what is screened meanwhile is in the population as well.
        var waiting = await changes.Waiting(county.Digits, MostWaiting + 1, cancel);
        if (waiting.Count <= MostWaiting)
        {
            var population = await store.For(county, asOf, cancel);
            var over = waiting.Count == 0 ? null : await features.Load(county, asOf, waiting, cancel);
            if (population.Read(p => Of(p, waiting, over, take)) is { } taken)
                return taken;
        }
        return Of(await features.LoadValues(county, asOf, cancel), take);
    }

    /// <returns>Null when a household is new, gone, or lives elsewhere.</returns>
    private static List<T>? Of<T>(CountyPopulation population, IReadOnlyList<Guid> waiting, Population? over, Func<IHouseholdValues, T> take)
    {
        var rows = new Dictionary<int, int>();
        foreach (var (row, household) in (over?.Households ?? []).Index())
        {
            var place = population.IndexOf(household.Id);
            if (place < 0 || population.AreaCodes[population.AreaOf[place]] != household.Area.Digits)
                return null;
            rows.Add(place, row);
        }
        if (waiting.Count(id => population.IndexOf(id) >= 0) != rows.Count)
            return null;
        var areas = population.AreaCodes.Select(code => new AreaCode(code)).ToList();
        var (shown, taken) = (new Shown(), new List<T>(population.Count));
        Func<string, RuleValue> held = name => population.Table.Columns[name][shown.Place], changed = name => over!.Columns[name][rows[shown.Place]];
        for (shown.Place = 0; shown.Place < population.Count; shown.Place++)
        {
            (shown.Household, shown.Area) = (population.Ids[shown.Place], areas[population.AreaOf[shown.Place]]);
            shown.Value = rows.ContainsKey(shown.Place) ? changed : held;
            taken.Add(take(shown));
        }
        return taken;
    }

    private static List<T> Of<T>(CountyValues values, Func<IHouseholdValues, T> take)
    {
        var (shown, taken, areas) = (new Shown(), new List<T>(values.Count), new Dictionary<string, AreaCode>(StringComparer.Ordinal));
        shown.Value = name => values.Columns[name][shown.Place];
        for (shown.Place = 0; shown.Place < values.Count; shown.Place++)
        {
            if (!areas.TryGetValue(values.AreaOf(shown.Place), out var area))
                areas.Add(values.AreaOf(shown.Place), area = new(values.AreaOf(shown.Place)));
            (shown.Household, shown.Area) = (values.Scope.Households[shown.Place], area);
            taken.Add(take(shown));
        }
        return taken;
    }

    private sealed class Shown : IHouseholdValues
    {
        public int Place { get; set; }

        public Guid Household { get; set; }

        public AreaCode Area { get; set; }

        public Func<string, RuleValue> Value { get; set; } = _ => RuleValue.Unknown;

        public RuleValue this[string feature] => Value(feature);
    }
}
