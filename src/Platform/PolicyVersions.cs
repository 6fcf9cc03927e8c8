using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform;

/// <summary>What a county changed from a day on about its rules, by a rehearsal that somebody else than its author published, or about its forms.</summary>
/// <remarks>It holds from its day, not before, and until a later change of the same rule. Its lines are <see cref="PolicyLine"/>s of the same day.</remarks>
public sealed class PolicyVersion
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The first day it holds.</summary>
    public required DateOnly FromOn { get; init; }

    /// <summary>The <see cref="RuleChanges"/> as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>The document that orders it; shown wherever a changed threshold is used.</summary>
    public required string Source { get; init; }

    public required string MadeBy { get; init; }
    public required string PublishedBy { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    public RuleChanges Changes => JsonSerializer.Deserialize<RuleChanges>(Content, JsonTexts.Options)!;
}

/// <summary>Rules as a county wants them: other states and parameters, and rules of its own; or forms of its own.</summary>
public sealed record RuleChanges(IReadOnlyList<RuleChange> Changes, IReadOnlyList<CountyRule> Rules)
{
    /// <summary>Forms of visits as they were handed in, in the words of a pack; null where a version is about rules.</summary>
    public string? Forms { get; init; }
}

/// <param name="State">Null: as it was.</param>
/// <param name="Parameters">Parameter → number or text; others stay as they were.</param>
public sealed record RuleChange(string Rule, RuleState? State, IReadOnlyDictionary<string, string> Parameters);

/// <summary>A rule that a county wrote itself.</summary>
/// <param name="Id">Such as <c>C01</c>; never that of a rule of the packs.</param>
/// <param name="When">The condition, checked when it was published.</param>
/// <param name="Category">The monitoring category to suggest, or null.</param>
/// <param name="Cause">As in <see cref="RuleDefinition.Cause"/>.</param>
public sealed record CountyRule(string Id, Text Title, string When, string? Category, string? Cause)
{
    /// <summary>How many days a county's own rule stays silent after a dismissal, as most of the national ones.</summary>
    private const int Silence = 90;

    /// <summary>Stands for the pack of such rules.</summary>
    public const string Pack = "county";

    /// <summary>The rule as every rule is defined: yellow, for the county office, live.</summary>
    /// <param name="source">The document that orders it.</param>
    public RuleDefinition Definition(Text source) => new(
        Id, Title, When, new Dictionary<string, RuleParameter>(), [new(RuleLevel.Yellow, null)], Category is null ? [] : [new(Category, null)], "county_office",
        new($"{{head}}户符合本县规则“{Title.Zh}”，请入户核实。", $"{{head}}: the county's rule \"{Title.En}\" holds. Check on site."),
        Silence, source, RuleState.Live, OnlyJoins: false,
        NeedsPovertyLine: When.Contains(PolicySymbols.PovertyLine.Name, StringComparison.Ordinal),
        NeedsMonitoringLine: When.Contains(PolicySymbols.MonitoringLine.Name, StringComparison.Ordinal), Pack: Pack) { Cause = Cause };
}

internal sealed class PolicyVersionMap : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> map)
    {
        map.ToTable("policy_versions");
        map.HasKey(v => new { v.County, v.Id });
        map.Ignore(v => v.Changes);
    }
}
