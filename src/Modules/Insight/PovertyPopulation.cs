using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>What a household may lack: the three guarantees 三保障, safe water, and an income above the line.</summary>
internal enum PovertyDimension { Education, Health, Housing, Water, Income }

/// <summary>A household as the statistics of poverty see it.</summary>
/// <param name="Area">The village; township or county where the village is not known.</param>
/// <param name="Size">Members of state normal: every one counts with the household's income per head.</param>
/// <param name="Category">While monitored; otherwise none.</param>
/// <param name="Income">Net, per head, yuan a year; not a number where there is no income account.</param>
/// <param name="Guaranteed">Education, health, housing and water, in the order of <see cref="PovertyDimension"/>; null is unknown.</param>
internal sealed record PovertyHousehold(
    Guid Household, AreaCode Area, int Size, RegistryStatus? Status, MonitoringCategory Category, double Income, (bool? Education, bool? Health, bool? Housing, bool? Water) Guaranteed)
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

/// <summary>Reads a county's incomes and guarantees from the columns that screening keeps.</summary>
internal sealed class ReadPovertyPopulation(PovertyPopulations kept, ShouwangDb db, IPopulations populations, TimeProvider clock)
{
    // Incomes and guarantees do not follow from what becomes of leads.
    private static readonly string[] LeadsOnly = ["screening."];

    public async Task<PovertyPopulation> Of(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        if (kept.Of(county, asOf) is { } current
            && (PovertyPopulations.IsFreshEnough(current, clock.GetUtcNow()) || !await Figures.AnythingSince(db, county, current.Seq, LeadsOnly, cancel)))
            return current;
        var (began, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        var seq = await db.Set<Event>().Where(e => e.County == county.Digits).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
        var all = await populations.Select(county, asOf, Household, cancel);
        var population = new PovertyPopulation(asOf, seq, began, default, [.. all.OfType<PovertyHousehold>()]);
        population = population with { Took = clock.GetElapsedTime(start) };
        kept.Keep(county, population);
        return population;
    }

    /// <returns>Null where nobody lives.</returns>
    private static PovertyHousehold? Household(IHouseholdValues household) => household["registry.size"].AsInt is not { } size || size == 0 ? null : new(
        household.Household, household.Area, (int)size,
        Enum.TryParse<RegistryStatus>(household["registry.status"].AsText, out var status) ? status : null,
        household["monitoring.active"].AsBool is true && Enum.TryParse<MonitoringCategory>(household["monitoring.category"].AsText, out var category)
            ? category : MonitoringCategory.None,
        household["income.net_per_capita"].AsDecimal is { } income ? (double)income : double.NaN,
        (household["education.guaranteed"].AsBool, household["health.guaranteed"].AsBool, household["housing.guaranteed"].AsBool, household["water.guaranteed"].AsBool));
}
