using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>Where the names of a dimension's values are, and with them their order.</summary>
public enum DimensionNames
{
    /// <summary>With the module that counts; where it has none the values are names themselves, such as those of units.</summary>
    None,

    Categories, Causes, Departments, IssueSources, IssueKinds,
}

/// <summary>What one household adds to one value, where it adds to several: its women to women, its men to men.</summary>
/// <param name="Feature">A feature that is a number.</param>
public sealed record DimensionShare(string Value, string Feature);

/// <summary>A way to tell a figure apart 分类: by sex, by cause, by department. INDICATORS names them A, C, G, T, D, U …; areas are always told apart.</summary>
/// <param name="Code">Stands in the codes of parts: <c>R02/gender=2</c>.</param>
/// <param name="Of">A feature of texts: its value is the household's; null where a module counts, or shares are added up.</param>
/// <param name="Splits">The feature whose sum the shares come to; null where there are none.</param>
public sealed record Dimension(string Code, Text Title, DimensionNames Names, string? Of, string? Splits, IReadOnlyList<DimensionShare> Shares)
{
    /// <summary>A code list with the names; null where they are elsewhere.</summary>
    public string? Codes { get; init; }

    /// <summary>Names that stand with the dimension itself; empty where they are elsewhere.</summary>
    public IReadOnlyList<(string Value, Text Name)> Own { get; init; } = [];

    /// <summary>The values the policy knows, in their order; empty where modules, or the values themselves, name them.</summary>
    public IReadOnlyList<(string Value, Text Name)> ValuesIn(Policy policy) => this switch
    {
        { Own.Count: > 0 } => Own,
        { Codes: { } list } => policy.CodeLists.TryGetValue(list, out var codes) ? [.. codes.Items.Select(i => (i.Code, i.Title))] : [],
        _ => Names switch
        {
            // Households that are on no list have this one.
            DimensionNames.Categories => [.. policy.Categories.Select(c => (c.Code, c.Name)), ("None", new("非监测对象", "not monitored"))],
            DimensionNames.Causes => [.. policy.Causes.Select(c => (c.Code, c.Title))],
            DimensionNames.Departments => [.. policy.Departments.Values.Select(d => (d.Code, d.Title))],
            DimensionNames.IssueSources => [.. policy.IssueSources.Select(s => (s.Code, s.Title))],
            DimensionNames.IssueKinds => [.. policy.IssueKinds.Select(k => (k.Code, k.Title))],
            DimensionNames.None => [],
        },
    };
}
