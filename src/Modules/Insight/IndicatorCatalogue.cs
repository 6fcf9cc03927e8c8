using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight;

/// <summary>An indicator of the policy, read and checked against the features there are.</summary>
/// <param name="Of">The numerator over households; null where a module counts, several are added up, or nobody counts yet.</param>
/// <param name="Per">The denominator over households; null for counts.</param>
internal sealed record ReadyIndicator(IndicatorDefinition Definition, HouseholdSum? Of, HouseholdSum? Per)
{
    /// <summary>All that is asked of households for it.</summary>
    public IReadOnlyList<ReadyTerm> Terms { get; init; } = [];
}

/// <summary>A sum over households, and what it goes to.</summary>
/// <param name="IsWhole">It goes to the figure itself.</param>
/// <param name="Parts">The beginning of the codes of the parts it goes to besides; null for none.</param>
/// <param name="Value">The part all of it goes to; null where the sum is told apart by a feature.</param>
internal sealed record ReadyTerm(string Code, bool IsNumerator, bool IsWhole, string? Parts, string? Value, HouseholdSum Sum)
{
    // Few values, many households.
    private readonly ConcurrentDictionary<string, string> _parts = new(StringComparer.Ordinal);

    /// <summary>The code of the part it goes to; null for none.</summary>
    /// <param name="value">Of the feature the sum is told apart by.</param>
    public string? PartOf(string value) => Parts is null ? null : _parts.GetOrAdd(Value ?? value, v => Parts + v);
}

/// <summary>The indicators of a policy, ready to be worked out. Compiled once for each policy.</summary>
internal sealed class IndicatorCatalogue(IHouseholdSums sums, IEnumerable<IIndicatorSource> sources)
{
    private static readonly ConditionalWeakTable<Policy, IReadOnlyDictionary<string, ReadyIndicator>> OfPolicies = [];

    private readonly HashSet<string> _counted = [.. sources.SelectMany(s => s.Codes)];

    /// <summary>By code, in the order of codes.</summary>
    /// <exception cref="InvalidOperationException">An expression of a pack is not valid; loading the pack should have said so.</exception>
    public IReadOnlyDictionary<string, ReadyIndicator> For(Policy policy) => OfPolicies.GetValue(policy, p =>
        p.Indicators.OrderBy(i => i.Code, StringComparer.Ordinal).Select(i => Ready(p, i)).ToDictionary(r => r.Definition.Code, StringComparer.Ordinal));

    /// <summary>The definition of a code, also of a part of an indicator such as <c>R18/01</c>; null where the policy has none.</summary>
    public IndicatorDefinition? Find(Policy policy, string code)
    {
        var (whole, value) = Split(code);
        if (For(policy).GetValueOrDefault(whole)?.Definition is not { } definition)
            return null;
        if (value is null)
            return definition;
        var name = PartOf(policy, code) is { } part ? part.Name : new(value, value);
        return definition with { Code = code, Title = new($"{definition.Title.Zh}：{name.Zh}", $"{definition.Title.En}: {name.En}"), Limits = IndicatorLimits.None };
    }

    /// <summary>What a code is a part of and by what; null for whole indicators, and where the policy no longer tells apart.</summary>
    public FigurePart? PartOf(Policy policy, string code)
    {
        var (whole, rest) = Split(code);
        if (rest is null || For(policy).GetValueOrDefault(whole)?.Definition is not { By.Count: > 0 } indicator)
            return null;
        var at = Math.Max(0, Enumerable.Range(1, indicator.By.Count - 1).FirstOrDefault(i => rest.StartsWith(indicator.By[i] + "=", StringComparison.Ordinal)));
        var (dimension, value) = (policy.Dimension(indicator.By[at]), at == 0 ? rest : rest[(indicator.By[at].Length + 1)..]);
        var values = dimension is null ? [] : dimension.ValuesIn(policy) is { Count: > 0 } known ? known : [.. sources.SelectMany(s => s.ValuesOf(dimension.Code)).DistinctBy(v => v.Value)];
        var place = values.Index().Where(v => v.Item.Value == value).Select(v => (int?)v.Index).FirstOrDefault();
        var name = place is { } p ? values[p].Name : value.Length == 0 ? new("未注明", "not stated") : new(value, value);
        return new(indicator.By[at], dimension?.Title ?? new("类别", "Kind"), value, name, value.Length == 0 ? int.MaxValue : place ?? values.Count);
    }

    /// <summary>A code and what it is told apart by, if anything.</summary>
    public static (string Whole, string? Value) Split(string code) => code.IndexOf('/') is var at and >= 0 ? (code[..at], code[(at + 1)..]) : (code, null);

    /// <summary>The code of a part: the value alone under the first dimension, as it always was; with the dimension's code under the others.</summary>
    /// <param name="at">The dimension's place in <see cref="IndicatorDefinition.By"/>.</param>
    public static string PartCode(IndicatorDefinition indicator, int at, string value) => at == 0 ? $"{indicator.Code}/{value}" : $"{indicator.Code}/{indicator.By[at]}={value}";

    private ReadyIndicator Ready(Policy policy, IndicatorDefinition indicator) =>
        // What a module should count and does not can only be reported.
        new(indicator.Module is null || _counted.Contains(indicator.Code) ? indicator : indicator with { WaitsFor = new($"{indicator.Module} 模块", $"the module {indicator.Module}") },
            indicator.Of is null ? null : Sum(indicator, indicator.Of, null), indicator.Per is null ? null : Sum(indicator, indicator.Per, null))
        {
            Terms = [.. Terms(policy, indicator, indicator.Of, true), .. Terms(policy, indicator, indicator.Per, false), .. indicator.Items.SelectMany(i => Terms(indicator, i))],
        };

    private IEnumerable<ReadyTerm> Terms(Policy policy, IndicatorDefinition indicator, IndicatorTerm? term, bool isNumerator)
    {
        if (term is null)
            yield break;
        var by = isNumerator || !indicator.OfWhole ? indicator.By.Select((code, at) => (Dimension: policy.Dimension(code)!, Parts: PartCode(indicator, at, ""))).ToList() : [];
        // The first sum that is told apart is the whole as well: what it comes to is all of its values.
        var apart = by.Where(b => b.Dimension.Of is not null).ToList();
        yield return apart.Count == 0 ? new(indicator.Code, isNumerator, true, null, null, Sum(indicator, term, null))
            : new(indicator.Code, isNumerator, true, apart[0].Parts, null, Sum(indicator, term, apart[0].Dimension.Of));
        foreach (var (dimension, parts) in apart.Skip(1))
            yield return new(indicator.Code, isNumerator, false, parts, null, Sum(indicator, term, dimension.Of));
        foreach (var (dimension, parts) in by)
            foreach (var share in dimension.Shares)
                yield return new(indicator.Code, isNumerator, false, parts, share.Value, Sum(indicator, term with { Sum = share.Feature }, null));
    }

    private IEnumerable<ReadyTerm> Terms(IndicatorDefinition indicator, IndicatorItem item) =>
        new[] { (Term: item.Of, IsNumerator: true), (Term: item.Per, IsNumerator: false) }.Where(t => t.Term is not null)
            .Select(t => new ReadyTerm(indicator.Code, t.IsNumerator, true, PartCode(indicator, 0, ""), item.Value, Sum(indicator, t.Term!, null)));

    private HouseholdSum Sum(IndicatorDefinition indicator, IndicatorTerm term, string? by)
    {
        return new(term.When is null ? null : Compiled(term.When, RuleType.Bool), term.Sum is null ? null : Compiled(term.Sum, null), by);

        RuleExpression Compiled(string text, RuleType? type) => RuleExpression.Compile(text, sums.Names, type) is { Expression: { } expression } ? expression
            : throw new InvalidOperationException($"{indicator.Code}: {RuleExpression.Compile(text, sums.Names, type).Errors[0]}");
    }
}
