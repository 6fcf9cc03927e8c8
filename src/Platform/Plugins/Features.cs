using System.Collections.Frozen;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Platform.Plugins;

/// <summary>A typed column about a household, worked out from facts and records; rules and indicators read it.</summary>
/// <param name="Symbol">Its name, type, unit and title in the rule language.</param>
/// <param name="Formula">How it is worked out, in words, for the page that explains it.</param>
public sealed record Feature(Symbol Symbol, Text Formula)
{
    public string Name => Symbol.Name;
}

/// <summary>For which households, and as of which day, features are worked out.</summary>
public sealed class FeatureScope
{
    private readonly FrozenDictionary<Guid, int> _index;

    /// <param name="households">All of the county's, in the order of their codes, or just those that changed.</param>
    /// <param name="wholeCounty">True when these are all there are: then read a table once instead of asking for ids.</param>
    public FeatureScope(AreaCode county, DateOnly asOf, IReadOnlyList<Guid> households, bool wholeCounty, Policy.Policy policy)
    {
        (County, AsOf, Households, WholeCounty, Policy) = (county, asOf, households, wholeCounty, policy);
        MonthStart = new(asOf.Year, asOf.Month, 1);
        (WindowFrom, WindowTo) = (MonthStart.AddMonths(-12), MonthStart.AddDays(-1));
        _index = households.Index().ToFrozenDictionary(h => h.Item, h => h.Index);
    }

    public AreaCode County { get; }
    public DateOnly AsOf { get; }
    public IReadOnlyList<Guid> Households { get; }
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
    public int IndexOf(Guid household) => _index.GetValueOrDefault(household, -1);
}

/// <summary>Where a value came from; shown beside it in explanations.</summary>
/// <param name="Source">A source code of the policy's source order, such as <c>medical_insurance</c>.</param>
/// <param name="Date">The day the value stands for.</param>
/// <param name="Subject">Code of the member, settlement or contract the value is about; null for the household as a whole.</param>
/// <param name="Detail">What a reader should know besides, such as a month or a kind of treatment.</param>
public sealed record FeatureSource(string Source, DateOnly? Date, string? Subject = null, Text? Detail = null);

/// <summary>One feature of all households of a scope; unknown where nothing was set.</summary>
/// <remarks>Kept by type in flat arrays, so that the fast engines can read whole columns.</remarks>
public sealed class FeatureColumn
{
    private readonly bool[] _known;
    private readonly long[]? _whole;
    private readonly decimal[]? _decimals;
    private readonly string?[]? _texts;
    private readonly bool _withSources;
    private FeatureSource?[]? _sources;

    /// <param name="withSources">See <see cref="FeatureScope.WithSources"/>.</param>
    public FeatureColumn(Feature feature, int count, bool withSources = true)
    {
        (Feature, Count, _known, _withSources) = (feature, count, new bool[count], withSources);
        switch (feature.Symbol.Type)
        {
            case RuleType.Bool or RuleType.Int or RuleType.Date:
                _whole = new long[count];
                break;
            case RuleType.Decimal:
                _decimals = new decimal[count];
                break;
            case RuleType.Text:
                _texts = new string?[count];
                break;
            case RuleType.Duration or RuleType.List:
                throw new ArgumentException($"{feature.Name}: a feature is a truth value, number, text or date.", nameof(feature));
        }
    }

    public Feature Feature { get; }

    public int Count { get; }

    public RuleValue this[int index] => !_known[index] ? RuleValue.Unknown : Feature.Symbol.Type switch
    {
        RuleType.Bool => RuleValue.Bool(_whole![index] != 0),
        RuleType.Int => RuleValue.Int(_whole![index]),
        RuleType.Date => RuleValue.Date(DateOnly.FromDayNumber((int)_whole![index])),
        RuleType.Decimal => RuleValue.Decimal(_decimals![index]),
        RuleType.Text => RuleValue.Text(_texts![index]),
        RuleType.Duration or RuleType.List => RuleValue.Unknown,
    };

    public FeatureSource? SourceOf(int index) => _sources?[index];

    /// <summary>The same values as scans read them.</summary>
    public ScanColumn ToScan() => Feature.Symbol.Type switch
    {
        RuleType.Bool or RuleType.Int or RuleType.Date => ScanColumn.Of(Feature.Symbol, _whole, _known, 0),
        RuleType.Decimal => Fixed(),
        RuleType.Text or RuleType.Duration or RuleType.List => ScanColumn.Of(Feature.Symbol, Count, i => this[i]),
    };

    // Every decimal of a column has its places, so that a later value with fen finds room.
    private ScanColumn Fixed()
    {
        var (numbers, factor) = (new long[Count], Places == 2 ? 100m : 1_000_000_000_000m);
        for (var i = 0; i < Count; i++)
        {
            if (Math.Abs(_decimals![i]) > long.MaxValue / factor)
                return ScanColumn.Of(Feature.Symbol, Count, place => this[place]);
            numbers[i] = (long)(_decimals[i] * factor);
        }
        return ScanColumn.Of(Feature.Symbol, numbers, _known, Places);
    }

    private int Places => Feature.Symbol.Unit is Unit.Yuan or Unit.YuanPerHead ? 2 : 12;

    public void Set(int index, bool? value, FeatureSource? source = null) => SetWhole(index, RuleType.Bool, value is { } b ? b ? 1 : 0 : null, source);

    public void Set(int index, long? value, FeatureSource? source = null) => SetWhole(index, RuleType.Int, value, source);

    public void Set(int index, DateOnly? value, FeatureSource? source = null) => SetWhole(index, RuleType.Date, value?.DayNumber, source);

    /// <summary>A decimal number; amounts in yuan. Yuan are rounded to fen, other units to twelve decimal places: a share just short of a limit stays short of it.</summary>
    public void Set(int index, decimal? value, FeatureSource? source = null)
    {
        Expect(RuleType.Decimal);
        _known[index] = value is not null;
        _decimals![index] = Math.Round(value ?? 0, Places, MidpointRounding.AwayFromZero);
        Keep(index, source);
    }

    public void Set(int index, string? value, FeatureSource? source = null)
    {
        Expect(RuleType.Text);
        _known[index] = value is not null;
        _texts![index] = value;
        Keep(index, source);
    }

    private void SetWhole(int index, RuleType type, long? value, FeatureSource? source)
    {
        Expect(type);
        _known[index] = value is not null;
        _whole![index] = value ?? 0;
        Keep(index, source);
    }

    private void Keep(int index, FeatureSource? source)
    {
        if (source is not null && _withSources)
            (_sources ??= new FeatureSource?[Count])[index] = source;
    }

    private void Expect(RuleType type)
    {
        if (Feature.Symbol.Type != type)
            throw new InvalidOperationException($"{Feature.Name} is {Feature.Symbol.Type}, not {type}.");
    }
}

/// <summary>Features that a module brings. Names start with the subject: <c>health.self_paid_12m</c>.</summary>
public interface IFeatureSource
{
    IReadOnlyList<Feature> Features { get; }

    /// <summary>Fills this source's columns for the scope, in a few queries and never one per household.</summary>
    /// <param name="columns">By the feature's name; there are columns for exactly <see cref="Features"/>.</param>
    Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel);
}
