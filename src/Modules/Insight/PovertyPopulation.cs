using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>What a household may lack: the three guarantees 三保障, safe water, and an income above the line.</summary>
internal enum PovertyDimension { Education, Health, Housing, Water, Income }

/// <summary>A household as the statistics of poverty see it.</summary>
/// <param name="Size">Members of state normal: every one counts with the household's income per head.</param>
/// <param name="Category">While monitored; otherwise none.</param>
/// <param name="Income">Net, per head, yuan a year; not a number where there is no income account.</param>
/// <param name="Guaranteed">Education, health, housing and water, in the order of <see cref="PovertyDimension"/>; null is unknown.</param>
internal sealed record PovertyHousehold(
    HouseholdRef Household, int Size, RegistryStatus? Status, MonitoringCategory Category, double Income, (bool? Education, bool? Health, bool? Housing, bool? Water) Guaranteed)
{
    public bool HasIncome => !double.IsNaN(Income);

    /// <summary>Whether the household lacks something; null where that is unknown.</summary>
    /// <param name="line">Yuan a head and year; who is on it does not lack income.</param>
    public bool? Lacks(PovertyDimension dimension, double line) => dimension switch
    {
        PovertyDimension.Education => !Guaranteed.Education,
        PovertyDimension.Health => !Guaranteed.Health,
        PovertyDimension.Housing => !Guaranteed.Housing,
        PovertyDimension.Water => !Guaranteed.Water,
        PovertyDimension.Income => HasIncome ? Income < line : null,
    };
}

/// <summary>All households of a county with members, in the order of their codes, as of a day.</summary>
/// <param name="Seq">The county's last event before they were read.</param>
/// <param name="ReadAt">When they were read.</param>
/// <param name="Took">How long that took.</param>
internal sealed record PovertyPopulation(DateOnly AsOf, long Seq, DateTimeOffset ReadAt, TimeSpan Took, IReadOnlyList<PovertyHousehold> Households)
{
    /// <summary>The income per head of the person in the middle; not a number when no income is known.</summary>
    public double Median { get; } = IncomesOf(Households).Median;

    /// <summary>Those with an income account, each as often as the household has members.</summary>
    public static WeightedIncomes IncomesOf(IEnumerable<PovertyHousehold> households)
    {
        var known = households.Where(h => h.HasIncome).ToList();
        return new([.. known.Select(h => h.Income)], [.. known.Select(h => (double)h.Size)]);
    }
}

/// <summary>The populations that were last asked for, so that a page with its filters reads a county once.</summary>
internal sealed class PovertyPopulations
{
    /// <summary>A county that takes long to read is not read again at once whenever something happens in it: it would be read all day.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    private const int AtMostATwentieth = 20;

    // A province's server answers for several counties; each holds some ten megabytes.
    private const int Most = 6;

    private readonly ConcurrentDictionary<string, PovertyPopulation> _counties = new(StringComparer.Ordinal);

    public PovertyPopulation? Of(AreaCode county, DateOnly asOf) => _counties.GetValueOrDefault(county.Digits) is { } kept && kept.AsOf == asOf ? kept : null;

    /// <summary>May be shown although something happened since; the page says when it was read.</summary>
    public static bool IsFreshEnough(PovertyPopulation population, DateTimeOffset now) =>
        population.Took > Quick && now - population.ReadAt < AtMostATwentieth * population.Took;

    public void Keep(AreaCode county, PovertyPopulation population)
    {
        if (_counties.Count >= Most)
            _counties.Clear();
        _counties[county.Digits] = population;
    }
}

/// <summary>Reads a county's incomes and guarantees from the features that the modules bring.</summary>
internal sealed class ReadPovertyPopulation(
    PovertyPopulations kept, ShouwangDb db, IHouseholds households, IEnumerable<IFeatureSource> sources, Policies policies, TimeProvider clock)
{
    private const string Size = "registry.size", Status = "registry.status", Category = "monitoring.category", Active = "monitoring.active",
        Income = "income.net_per_capita", Education = "education.guaranteed", Health = "health.guaranteed", Housing = "housing.guaranteed", Water = "water.guaranteed";

    private static readonly string[] Wanted = [Size, Status, Category, Active, Income, Education, Health, Housing, Water];

    public async Task<PovertyPopulation> Of(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        if (kept.Of(county, asOf) is { } current
            && (PovertyPopulations.IsFreshEnough(current, clock.GetUtcNow()) || !await Figures.AnythingSince(db, county, current.Seq, cancel)))
            return current;
        var (began, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        var seq = await db.Set<Event>().Where(e => e.County == county.Digits).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
        var all = await households.All(county.Digits, cancel);
        var scope = new FeatureScope(county, asOf, [.. all.Select(h => h.Id)], true, await policies.For(county, asOf, cancel));
        var columns = new Dictionary<string, FeatureColumn>(StringComparer.Ordinal);
        foreach (var source in sources.Where(s => s.Features.Any(f => Wanted.Contains(f.Name))))
        {
            var own = source.Features.ToDictionary(f => f.Name, f => new FeatureColumn(f, all.Count), StringComparer.Ordinal);
            await source.Load(scope, own, cancel);
            foreach (var (name, column) in own.Where(c => Wanted.Contains(c.Key)))
                columns[name] = column;
        }

        var population = new PovertyPopulation(asOf, seq, began, default, [.. all.Index().Where(h => Value(h.Index, Size).AsInt > 0).Select(h => new PovertyHousehold(
            h.Item, (int)Value(h.Index, Size).AsInt!.Value,
            Enum.TryParse<RegistryStatus>(Value(h.Index, Status).AsText, out var status) ? status : null,
            Value(h.Index, Active).AsBool is true && Enum.TryParse<MonitoringCategory>(Value(h.Index, Category).AsText, out var category) ? category : MonitoringCategory.None,
            Value(h.Index, Income).AsDecimal is { } income ? (double)income : double.NaN,
            (Value(h.Index, Education).AsBool, Value(h.Index, Health).AsBool, Value(h.Index, Housing).AsBool, Value(h.Index, Water).AsBool)))]);
        population = population with { Took = clock.GetElapsedTime(start) };
        kept.Keep(county, population);
        return population;

        RuleValue Value(int index, string feature) => columns.TryGetValue(feature, out var column) ? column[index] : RuleValue.Unknown;
    }
}
