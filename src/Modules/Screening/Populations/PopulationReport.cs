using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>What other modules and <c>shouwang population --info</c> learn of the populations.</summary>
internal sealed class PopulationReport(PopulationStore store, CurrentHouseholds households, ShouwangDb db, IFeatures features) : IPopulations
{
    public Task<IReadOnlyList<T>> Select<T>(AreaCode county, DateOnly asOf, Func<IHouseholdValues, T> take, CancellationToken cancel) =>
        households.Select(county, asOf, take, cancel);

    public async Task<PopulationState> State(AreaCode county, DateOnly asOf, bool anew, CancellationToken cancel)
    {
        var population = await store.For(county, asOf, cancel, anew);
        var waiting = 0L;
        await db.Read("select count(distinct household_id) from dirty_marks where county = @county", row => waiting = row.GetInt64(0), cancel, ("@county", county.Digits));
        return population.Read(p => new PopulationState(
            p.AsOf, p.Count, p.BuiltAt, p.ChangedAt, store.WhyBuilt(county), waiting, p.Bytes, p.Count == 0 ? 0 : (decimal)p.Bytes / p.Count,
            [.. p.Table.Columns.Values.OrderBy(c => c.Symbol.Name, StringComparer.Ordinal).Select(c => new PopulationColumn(
                c.Symbol.Name, c.Symbol.Title, features.All[c.Symbol.Name].Formula, c.Symbol.Type, c.Symbol.Unit, c.Shape.Storage.ToString(), c.Shape.Scale,
                p.Count == 0 ? 0 : (decimal)c.Shape.Unknowns / p.Count, c.Bytes))]));
    }
}
