using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>The households of a county as they are now: those of the population, and over them those that wait to be screened.</summary>
internal sealed class CurrentHouseholds(PopulationStore store, ChangedHouseholds changes, IFeatures features)
{
    /// <inheritdoc cref="IPopulations.Select"/>
    public Task<IReadOnlyList<T>> Select<T>(AreaCode county, DateOnly asOf, Func<IHouseholdValues, T> take, CancellationToken cancel) =>
        Overlaid.Read(store, changes, features, county, asOf, laid => Of(laid, take), cancel);

    private static IReadOnlyList<T> Of<T>(Overlaid laid, Func<IHouseholdValues, T> take)
    {
        var population = laid.Population;
        var areas = population.AreaCodes.Select(code => new AreaCode(code)).ToList();
        var (shown, taken) = (new Shown(), new List<T>(population.Count));
        Func<string, RuleValue> held = name => population.Table.Columns[name][shown.Place], changed = name => laid.Over!.Columns[name][laid.Rows[shown.Place]];
        for (shown.Place = 0; shown.Place < population.Count; shown.Place++)
        {
            (shown.Household, shown.Area) = (population.Ids[shown.Place], areas[population.AreaOf[shown.Place]]);
            shown.Value = laid.Rows.ContainsKey(shown.Place) ? changed : held;
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
