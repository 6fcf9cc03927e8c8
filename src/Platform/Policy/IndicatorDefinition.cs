using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>What a figure is about: the sections of the catalogue.</summary>
public enum IndicatorGroup { Registry, Monitoring, Work, Guarantees, Development, Money, Society }

/// <summary>For which time a figure stands.</summary>
public enum IndicatorPeriod
{
    /// <summary>What there is on the as-of day.</summary>
    Stock,

    /// <summary>Since the first of the month, the quarter, the year.</summary>
    Month, Quarter, Year,

    /// <summary>Since the programme began.</summary>
    Cumulative,
}

/// <summary>How figures of villages become the figure of a county.</summary>
public enum IndicatorKind
{
    /// <summary>The numerator is the value; numerators add up.</summary>
    Count,

    /// <summary>Numerator ÷ denominator, shown in percent; both add up.</summary>
    Percent,

    /// <summary>Numerator ÷ denominator; both add up.</summary>
    Ratio,
}

/// <summary>Something added up over households.</summary>
/// <param name="When">Which households, a condition of the rule language; null for all. Where it is unknown the household is not among them.</param>
/// <param name="Sum">What each of them adds, a number of the rule language; null for one each. Unknown adds nothing.</param>
public sealed record IndicatorTerm(string? When, string? Sum);

/// <summary>One of the things an indicator adds up, told apart under the name of its value: <c>R19/income</c>.</summary>
public sealed record IndicatorItem(string Value, IndicatorTerm Of, IndicatorTerm? Per);

/// <summary>What has to be so of an indicator's figures wherever they are published: SEED-FEATURES §6.</summary>
/// <param name="Parts">Indicators whose values add up to this one's.</param>
/// <param name="AtMost">An indicator whose value is not below this one's, such as the stage before.</param>
/// <param name="Base">An indicator that counts what this one divides by.</param>
/// <param name="Same">An indicator that counts the same another way.</param>
/// <param name="Least">Values below are doubtful.</param>
/// <param name="Most">Values above are doubtful.</param>
public sealed record IndicatorLimits(IReadOnlyList<string> Parts, string? AtMost, string? Base, string? Same, decimal? Least, decimal? Most)
{
    public static IndicatorLimits None { get; } = new([], null, null, null, null, null);
}

/// <summary>A figure about areas, as a policy pack defines it: INDICATORS.md.</summary>
/// <param name="Code"><c>R07</c>; never reused for another meaning.</param>
/// <param name="Unit">户, 人, %, 元 …</param>
/// <param name="Decimals">Digits after the point, rounded half away from zero; counts have 0.</param>
/// <param name="Formula">In words, for the page that explains the figure; empty where it is not worked out here.</param>
public sealed record IndicatorDefinition(string Code, Text Title, Text Unit, int Decimals, Text Formula, IndicatorKind Kind)
{
    public IndicatorGroup Group { get; init; }

    public IndicatorPeriod Period { get; init; }

    /// <summary>Whether units may be compared by it.</summary>
    public IndicatorNature Nature { get; init; }

    /// <summary>Raised with every change of meaning; figures keep the one they were made by.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The numerator over households; null where a module counts, or nobody does yet.</summary>
    public IndicatorTerm? Of { get; init; }

    /// <summary>The denominator over households; null for counts.</summary>
    public IndicatorTerm? Per { get; init; }

    /// <summary>Instead of one numerator and denominator: several, whose sums the figure is. Its first dimension tells them apart.</summary>
    public IReadOnlyList<IndicatorItem> Items { get; init; } = [];

    /// <summary>The dimensions by which it is told apart besides areas, by code. The first has short codes, <c>R18/01</c>, the others name theirs, <c>R02/gender=2</c>.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Its parts divide by what the whole divides by, so that they add up to it; otherwise each by its own.</summary>
    public bool OfWhole { get; init; }

    /// <summary>The module that counts what is no matter of households; null where there is none.</summary>
    public string? Module { get; init; }

    /// <summary>What has to exist before this can be worked out; until then it can only be reported. Null where it is worked out.</summary>
    public Text? WaitsFor { get; init; }

    public Text Source { get; init; }

    public IndicatorLimits Limits { get; init; } = IndicatorLimits.None;

    /// <summary>The pack that had the last word on it.</summary>
    public string Pack { get; init; } = "";

    /// <summary>It says nothing where no such line is in force.</summary>
    public bool NeedsMonitoringLine => Uses(PolicySymbols.MonitoringLine.Name);

    /// <inheritdoc cref="NeedsMonitoringLine"/>
    public bool NeedsPovertyLine => Uses(PolicySymbols.PovertyLine.Name);

    private bool Uses(string name) =>
        Items.SelectMany(i => new[] { i.Of, i.Per }).Append(Of).Append(Per).Any(t => t?.When?.Contains(name, StringComparison.Ordinal) == true || t?.Sum?.Contains(name, StringComparison.Ordinal) == true);
}
