using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight;

internal enum PovertyLineKind { Monitoring, Poverty, Median60, Median50, Own }

internal enum PovertyGrouping { Area, Status, Category }

/// <summary>What somebody wants to know.</summary>
/// <param name="Own">Yuan a head and year, for a line of one's own.</param>
/// <param name="Lacking">In how many of the five dimensions somebody has to lack something to be poor in several.</param>
internal sealed record PovertyQuestion(AreaCode Area, DateOnly AsOf, PovertyLineKind Line, decimal? Own, PovertyGrouping By, int Lacking);

/// <summary>The line that was used.</summary>
/// <param name="Yuan">A head and year; null where no line of that kind is in force.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record PovertyLine(double? Yuan, Text Title, Text Source);

/// <summary>The measures of one group. Shares are between 0 and 1; null where there is none.</summary>
/// <param name="Key">Stands in the address: a code of an area, a status or a category; empty for all.</param>
/// <param name="Households">With an income account and members.</param>
/// <param name="Poor">People below the line.</param>
/// <param name="AtRisk">Below 60 % of the county's median.</param>
internal sealed record PovertyFigures(
    string Key, Text Name, int Households, long People, long Poor, double? Headcount, double? Gap, double? Severity, double? Gini, double? QuintileRatio,
    double? AtRisk, double? MedianGap, double? Median, double? Mean);

/// <summary>Poverty in several dimensions in one group.</summary>
/// <param name="Households">For which every dimension is known.</param>
internal sealed record DimensionFigures(string Key, Text Name, int Households, long People, MultidimensionalPoverty? Counted);

/// <summary>The answer.</summary>
/// <param name="WithoutIncome">Households with members that have no income account: in none of the figures of income.</param>
/// <param name="Unknown">Households of which one dimension or more is unknown: in none of the figures of dimensions.</param>
/// <param name="RelativeLine">60 % of the county's median.</param>
/// <param name="ReadAt">When the register was read: of a large county what happened in the last minutes may be missing.</param>
internal sealed record PovertyReport(
    DateTimeOffset ReadAt, PovertyLine Line, double? RelativeLine, PovertyFigures All, IReadOnlyList<PovertyFigures> Groups, int WithoutIncome,
    DimensionFigures Several, IReadOnlyList<DimensionFigures> SeveralGroups, IReadOnlyDictionary<PovertyDimension, int> Unknown, int AnyUnknown);

/// <summary>Statistics of poverty over the county's own households: the whole register and no sample, so there is no sampling error.</summary>
internal sealed class PovertyStatistics(ReadPovertyPopulation read, Policies policies)
{
    public static readonly IReadOnlyList<PovertyDimension> Dimensions = Enum.GetValues<PovertyDimension>();

    private static readonly double[] Same = [.. Dimensions.Select(_ => 1d)];

    /// <summary>The figures; null when the actor may not see the area.</summary>
    public async Task<PovertyReport?> Of(Actor actor, PovertyQuestion question, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsRead) || !actor.Sees(question.Area) || question.Area.Level < AreaLevel.County)
            return null;
        var (readAt, people, line, relative) = await Read(question, cancel);
        var within = people.Where(h => question.Area.Contains(h.Area)).ToList();
        var groups = within.GroupBy(h => KeyOf(h, question)).Where(g => g.Key.Length > 0).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var known = within.Where(h => IsKnown(h, line.Yuan)).ToList();
        return new(readAt, line, relative,
            Figures("", new("合计", "All"), within, line.Yuan, relative),
            [.. groups.Select(g => Figures(g.Key, NameOf(g.Key, question), [.. g], line.Yuan, relative))],
            within.Count(h => !h.HasIncome),
            Several("", new("合计", "All"), known, line.Yuan, question.Lacking),
            [.. groups.Select(g => Several(g.Key, NameOf(g.Key, question), [.. g.Where(h => IsKnown(h, line.Yuan))], line.Yuan, question.Lacking))],
            Dimensions.ToDictionary(d => d, d => within.Count(h => h.Lacks(d, line.Yuan ?? 0) is null)), within.Count - known.Count);
    }

    /// <summary>
    /// The households behind a figure, the poorest first: those below the line, those poor in several dimensions, or those of them that lack one thing.
    /// Only for those who may see households, and only theirs.
    /// </summary>
    /// <param name="group">The key of a group, or empty for all.</param>
    /// <param name="what"><c>below</c>, <c>atRisk</c>, <c>several</c>, <c>noIncome</c>, <c>unknown</c>, or a dimension's name.</param>
    public async Task<IReadOnlyList<PovertyHousehold>> Behind(Actor actor, PovertyQuestion question, string group, string what, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsRead) || !actor.Sees(question.Area) || actor.ReachOf(Permissions.HouseholdsRead) is not { } reach || reach.HasFlag(Reach.Aggregate))
            return [];
        var (_, people, line, relative) = await Read(question, cancel);
        var yuan = line.Yuan ?? 0;
        Func<PovertyHousehold, bool> counts = what switch
        {
            "below" => h => h.Income < yuan,
            "atRisk" => h => h.Income < relative,
            "noIncome" => h => !h.HasIncome,
            "unknown" => h => !IsKnown(h, line.Yuan),
            "several" => h => IsKnown(h, line.Yuan) && IsPoor(h, yuan, question.Lacking),
            _ => Enum.TryParse<PovertyDimension>(what, out var d) ? h => IsKnown(h, line.Yuan) && IsPoor(h, yuan, question.Lacking) && h.Lacks(d, yuan) is true : _ => false,
        };
        return [.. people.Where(h => question.Area.Contains(h.Area) && (group.Length == 0 || KeyOf(h, question) == group)
            && counts(h) && actor.May(Permissions.HouseholdsRead, h.Area, h.Household)).OrderBy(h => h.HasIncome ? h.Income : double.MaxValue)];
    }

    private async Task<(DateTimeOffset ReadAt, IReadOnlyList<PovertyHousehold> People, PovertyLine Line, double? Relative)> Read(PovertyQuestion question, CancellationToken cancel)
    {
        var county = question.Area.County;
        var population = await read.Of(county, question.AsOf, cancel);
        var people = population.Households;
        // A relative line is the whole population's, whatever part of it is looked at.
        var median = population.Median;
        var line = LineOf(question, await policies.For(county, question.AsOf, cancel), median);
        return (population.ReadAt, people, line, median > 0 ? 0.6 * median : null);
    }

    private static PovertyLine LineOf(PovertyQuestion question, Policy policy, double median) => question.Line switch
    {
        PovertyLineKind.Monitoring => Set(policy.MonitoringLine, new("监测线", "the monitoring line")),
        PovertyLineKind.Poverty => Set(policy.PovertyLine, new("扶贫标准", "the poverty line")),
        PovertyLineKind.Median60 => OfMedian(60, median),
        PovertyLineKind.Median50 => OfMedian(50, median),
        PovertyLineKind.Own => new(question.Own is > 0 and var own ? (double)own : null, new("自定线", "a line of your own"), new("自行输入，仅用于本次统计", "typed in, for this page only")),
    };

    private static PovertyLine Set(IncomeLine? line, Text title) => new((double?)line?.YuanPerHead, title, line?.Source ?? new("当日没有生效的标准", "none is in force on the day"));

    private static PovertyLine OfMedian(int percent, double median) => new(median > 0 ? percent / 100d * median : null,
        new($"全县人均纯收入中位数的{percent}%", $"{percent} % of the county's median income"), new("由全县收支表计算", "worked out from the county's income accounts"));

    private static string KeyOf(PovertyHousehold household, PovertyQuestion question) => question.By switch
    {
        PovertyGrouping.Area => Below(household.Area, question.Area)?.Digits ?? "",
        PovertyGrouping.Status => household.Status?.ToString() ?? "Unknown",
        PovertyGrouping.Category => household.Category.ToString(),
    };

    /// <summary>The part of an area, one level below, that another lies in.</summary>
    private static AreaCode? Below(AreaCode inner, AreaCode outer)
    {
        while (inner.Level > outer.Level && inner.Parent != outer)
            inner = inner.Parent;
        return inner.Level > outer.Level ? inner : null;
    }

    /// <summary>Areas are named by the page, categories by the policy; the rest is named here.</summary>
    private static Text NameOf(string key, PovertyQuestion question) =>
        question.By == PovertyGrouping.Status && Enum.TryParse<RegistryStatus>(key, out var status) ? RegistryTerms.Of(status)
        : key is nameof(MonitoringCategory.None) ? new("未在监测", "Not monitored")
        : key is "Unknown" ? new("未注明", "Not stated")
        : new(key, key);

    private static PovertyFigures Figures(string key, Text name, IReadOnlyList<PovertyHousehold> households, double? line, double? relative)
    {
        var people = PovertyPopulation.IncomesOf(households);
        return new(key, name, people.Count, (long)people.Weight, households.Where(h => h.Income < line).Sum(h => (long)h.Size),
            At(line, people.Headcount), At(line, people.Gap), At(line, people.Severity), Number(people.Gini()), Number(people.QuintileRatio()),
            At(relative, people.Headcount), At(relative, people.RelativeMedianGap), Number(people.Median), Number(people.MeanOf(i => i)));

        static double? At(double? line, Func<double, double> measure) => line is { } yuan ? Number(measure(yuan)) : null;
    }

    private static DimensionFigures Several(string key, Text name, IReadOnlyList<PovertyHousehold> households, double? line, int lacking) =>
        new(key, name, households.Count, households.Sum(h => (long)h.Size), households.Count == 0 || line is not { } yuan ? null
            : MultidimensionalPoverty.Of([.. households.Select(h => Dimensions.Select(d => h.Lacks(d, yuan) is true).ToArray())],
                [.. households.Select(h => (double)h.Size)], Same, (double)lacking / Dimensions.Count));

    private static bool IsKnown(PovertyHousehold household, double? line) => line is { } yuan && Dimensions.All(d => household.Lacks(d, yuan) is not null);

    private static bool IsPoor(PovertyHousehold household, double line, int lacking) => Dimensions.Count(d => household.Lacks(d, line) is true) >= lacking;

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
