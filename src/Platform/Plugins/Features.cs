using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Plugins;

/// <summary>A typed column about a household, worked out from facts and records; rules and indicators read it.</summary>
/// <param name="Symbol">Its name, type, unit and title in the rule language.</param>
/// <param name="Formula">How it is worked out, in words, for the page that explains it.</param>
public sealed record Feature(Symbol Symbol, Text Formula)
{
    public string Name => Symbol.Name;

    /// <summary>
    /// Attributes of the register, such as <c>member.labour</c>, which a visit asks where a live rule cannot be decided for want of this feature.
    /// None where only files of offices, accounts or procedures can tell.
    /// </summary>
    public IReadOnlyList<string> AskFor { get; init; } = [];

    /// <summary>
    /// The attribute among <see cref="AskFor"/> that says the very same when people say it, such as <c>household.water_litres</c>: forms show the
    /// feature's value for it. Null where what people say is only part of it.
    /// </summary>
    public string? SaidAs { get; init; }

    /// <summary>Whether a department's record counts before what people say at a visit.</summary>
    public RecordRule Records { get; init; }

    /// <summary>The income sheet tells it, which a visit fills in as a whole.</summary>
    public bool OfIncomeSheet { get; init; }
}

/// <summary>What a feature makes of a department's record and a visit's word about the same. Where there is no record the visit's word counts.</summary>
public enum RecordRule
{
    /// <summary>No department keeps records of it.</summary>
    None,

    /// <summary>The record counts for as long as there is one: an appraisal, a settlement, a list.</summary>
    Stands,

    /// <summary>The record counts for as long as the policy lets such a value count (<c>good_for_months</c>); once it is older, the later word does.</summary>
    Ages,
}

/// <summary>For which households, and as of which day, features are worked out.</summary>
public sealed class FeatureScope
{
    private readonly Guid[] _ids;
    private readonly IdIndex _index;

    /// <param name="households">All of the county's, in the order of their codes, or just those that changed.</param>
    /// <param name="wholeCounty">True when these are all there are: then read a table once instead of asking for ids.</param>
    public FeatureScope(AreaCode county, DateOnly asOf, IReadOnlyList<Guid> households, bool wholeCounty, Policy.Policy policy)
    {
        (County, AsOf, WholeCounty, Policy) = (county, asOf, wholeCounty, policy);
        MonthStart = new(asOf.Year, asOf.Month, 1);
        (WindowFrom, WindowTo) = (MonthStart.AddMonths(-12), MonthStart.AddDays(-1));
        _ids = households as Guid[] ?? [.. households];
        _index = new(_ids);
    }

    public AreaCode County { get; }
    public DateOnly AsOf { get; }
    public IReadOnlyList<Guid> Households => _ids;
    public bool WholeCounty { get; }
    public Policy.Policy Policy { get; }

    /// <summary>Whether anybody will ask where a value comes from; without, features need neither find it out nor keep it.</summary>
    public bool WithSources { get; init; } = true;

    /// <summary>First day of the as-of month.</summary>
    public DateOnly MonthStart { get; }

    /// <summary>The twelve months that end with the month before as-of: the income and medical window (DOMAIN §4).</summary>
    public DateOnly WindowFrom { get; }

    /// <summary>Last day of the window.</summary>
    public DateOnly WindowTo { get; }

    /// <summary>Position of a household in every column, or -1 when it is not in the scope.</summary>
    public int IndexOf(Guid household) => _index.Find(household, _ids);

    /// <summary>The same, looking first at a place and the one after it: tables mostly are in the order of the households.</summary>
    /// <param name="near">The place found last, or -1.</param>
    public int IndexOf(Guid household, int near) =>
        near >= 0 && near < _ids.Length && _ids[near] == household ? near
        : near + 1 < _ids.Length && _ids[near + 1] == household ? near + 1
        : IndexOf(household);
}

/// <summary>Where a value came from; shown beside it in explanations.</summary>
/// <param name="Source">A source code of the policy's source order, such as <c>medical_insurance</c>.</param>
/// <param name="Date">The day the value stands for.</param>
/// <param name="Subject">Code of the member, settlement or contract the value is about; null for the household as a whole.</param>
/// <param name="Detail">What a reader should know besides, such as a month or a kind of treatment.</param>
public sealed record FeatureSource(string Source, DateOnly? Date, string? Subject = null, Text? Detail = null);

/// <summary>Features that a module brings. Names start with the subject: <c>health.self_paid_12m</c>.</summary>
public interface IFeatureSource
{
    IReadOnlyList<Feature> Features { get; }

    /// <summary>How long a whole county takes compared with other sources. The longest begin first, so that nobody waits for one at the end.</summary>
    int Weight => Features.Count;

    /// <summary>Fills this source's columns for the scope, in a few queries and never one per household.</summary>
    /// <param name="columns">By the feature's name; there are columns for exactly <see cref="Features"/>.</param>
    Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel);
}
