using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Platform.Plugins;

/// <summary>One feature of all households of a scope; unknown where nothing was set.</summary>
/// <remarks>
/// Kept as scans keep it, so that a county's columns are made without asking for a value twice: a bit for "known", a bit for a truth
/// value, whole numbers for the rest. They are as wide as what was set so far needs.
/// </remarks>
public sealed class FeatureColumn
{
    private readonly ulong[] _known;
    private readonly ulong[]? _truth;
    private readonly Dictionary<string, int>? _codes;
    private readonly bool _withSources;
    private int[] _narrow = [];
    private long[]? _wide;
    private decimal[]? _exact;
    private string[]? _texts;
    private FeatureSource?[]? _sources;

    /// <param name="withSources">See <see cref="FeatureScope.WithSources"/>.</param>
    public FeatureColumn(Feature feature, int count, bool withSources = true)
    {
        (Feature, Count, _known, _withSources) = (feature, count, new ulong[(count + 63) / 64], withSources);
        switch (feature.Symbol.Type)
        {
            case RuleType.Bool:
                _truth = new ulong[_known.Length];
                break;
            case RuleType.Int or RuleType.Date or RuleType.Decimal:
                _narrow = new int[count];
                break;
            case RuleType.Text:
                (_narrow, _codes) = (new int[count], new(StringComparer.Ordinal));
                break;
            case RuleType.Duration or RuleType.List:
                throw new ArgumentException($"{feature.Name}: a feature is a truth value, number, text or date.", nameof(feature));
        }
    }

    public Feature Feature { get; }

    public int Count { get; }

    public RuleValue this[int index] => !IsKnown(index) ? RuleValue.Unknown : Feature.Symbol.Type switch
    {
        RuleType.Bool => RuleValue.Bool((_truth![index >> 6] >> index & 1) != 0),
        RuleType.Int => RuleValue.Int(Whole(index)),
        RuleType.Date => RuleValue.Date(DateOnly.FromDayNumber(_narrow[index])),
        RuleType.Decimal => RuleValue.Decimal(_exact?[index] ?? Whole(index) / Factor),
        RuleType.Text => RuleValue.Text(Texts[_narrow[index]]),
        RuleType.Duration or RuleType.List => RuleValue.Unknown,
    };

    public FeatureSource? SourceOf(int index) => _sources?[index];

    /// <summary>The same values as scans read them.</summary>
    public ScanColumn ToScan() =>
        _truth is not null ? ScanColumn.OfBits(Feature.Symbol, Count, _truth, _known)
        : _exact is not null ? ScanColumn.Of(Feature.Symbol, Count, i => this[i])
        : _wide is not null ? ScanColumn.Of<long>(Feature.Symbol, _wide, _known, Scale)
        : ScanColumn.Of<int>(Feature.Symbol, _narrow, _known, Scale, _codes?.Keys);

    public void Set(int index, bool? value, FeatureSource? source = null)
    {
        Expect(RuleType.Bool);
        Know(index, value is not null, source);
        ref var word = ref _truth![index >> 6];
        word = value is true ? word | 1UL << index : word & ~(1UL << index);
    }

    public void Set(int index, long? value, FeatureSource? source = null)
    {
        Expect(RuleType.Int);
        Know(index, value is not null, source);
        Keep(index, value ?? 0);
    }

    public void Set(int index, DateOnly? value, FeatureSource? source = null)
    {
        Expect(RuleType.Date);
        Know(index, value is not null, source);
        _narrow[index] = value?.DayNumber ?? 0;
    }

    /// <summary>A decimal number; amounts in yuan. Yuan are rounded to fen, other units to twelve decimal places: a share just short of a limit stays short of it.</summary>
    /// <remarks>What is too large for a rule (<see cref="Numbers"/>) is unknown.</remarks>
    public void Set(int index, decimal? value, FeatureSource? source = null)
    {
        Expect(RuleType.Decimal);
        var number = value is { } given ? Numbers.Held(Math.Round(given, Places, MidpointRounding.AwayFromZero)) : null;
        Know(index, number is not null, source);
        if (_exact is null && Math.Abs(number ?? 0) <= long.MaxValue / Factor)
            Keep(index, (long)((number ?? 0) * Factor));
        else
            Exact()[index] = number ?? 0;
    }

    /// <summary>An amount of a feature in yuan.</summary>
    /// <exception cref="InvalidOperationException">The feature is in another unit.</exception>
    public void Set(int index, Money? value, FeatureSource? source = null)
    {
        Expect(RuleType.Decimal);
        if (Places != 2)
            throw new InvalidOperationException($"{Feature.Name} is not in yuan.");
        var fen = value?.Fen is > (long)(-Numbers.Limit * 100) and < (long)(Numbers.Limit * 100) and var whole ? whole : (long?)null;
        Know(index, fen is not null, source);
        Keep(index, fen ?? 0);
    }

    public void Set(int index, string? value, FeatureSource? source = null)
    {
        Expect(RuleType.Text);
        Know(index, value is not null, source);
        var code = 0;
        if (value is not null && !_codes!.TryGetValue(value, out code))
        {
            _codes.Add(value, code = _codes.Count);
            _texts = null;
        }
        _narrow[index] = code;
    }

    // Every decimal of a column has its places, so that a later value with fen finds room.
    private int Places => Feature.Symbol.Unit is Unit.Yuan or Unit.YuanPerHead ? 2 : 12;

    private decimal Factor => Places == 2 ? 100m : 1_000_000_000_000m;

    private int Scale => Feature.Symbol.Type == RuleType.Decimal ? Places : 0;

    private string[] Texts => _texts ??= [.. _codes!.Keys];

    private bool IsKnown(int index) => (_known[index >> 6] >> index & 1) != 0;

    private long Whole(int index) => _wide?[index] ?? _narrow[index];

    private void Know(int index, bool known, FeatureSource? source)
    {
        ref var word = ref _known[index >> 6];
        word = known ? word | 1UL << index : word & ~(1UL << index);
        if (source is not null && _withSources)
            (_sources ??= new FeatureSource?[Count])[index] = source;
    }

    private void Keep(int index, long number)
    {
        if (_wide is null)
        {
            if (number is >= int.MinValue and <= int.MaxValue)
            {
                _narrow[index] = (int)number;
                return;
            }
            _wide = Array.ConvertAll(_narrow, n => (long)n);
            _narrow = [];
        }
        _wide[index] = number;
    }

    private decimal[] Exact()
    {
        if (_exact is null)
        {
            _exact = new decimal[Count];
            for (var i = 0; i < Count; i++)
                _exact[i] = Whole(i) / Factor;
            (_narrow, _wide) = ([], null);
        }
        return _exact;
    }

    private void Expect(RuleType type)
    {
        if (Feature.Symbol.Type != type)
            throw new InvalidOperationException($"{Feature.Name} is {Feature.Symbol.Type}, not {type}.");
    }
}
