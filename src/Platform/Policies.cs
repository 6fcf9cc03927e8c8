using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform;

/// <summary>The policy of an area and day: the packs, with the lines and rule settings that the county entered.</summary>
public sealed class Policies(PolicyBook book, ShouwangDb db)
{
    // What is worked out from a policy, such as its compiled rules, hangs on the object; so the same content has to give the same object.
    private static readonly ConditionalWeakTable<Policy.Policy, StrongBox<WithChanges?>> Changed = [];

    private sealed record WithChanges(string Content, Policy.Policy Policy);

    public PolicyBook Book => book;

    /// <summary>Everything that policy sets for the area on that day.</summary>
    public async Task<Policy.Policy> For(AreaCode area, DateOnly date, CancellationToken cancel)
    {
        var policy = book.For(area, date);
        if (area.Level < AreaLevel.County)
            return policy;

        var county = area.County.Digits;
        var lines = await db.Set<PolicyLine>().AsNoTracking().Where(l => l.County == county).OrderBy(l => l.Id).ToListAsync(cancel);
        var settings = await db.Set<RuleSetting>().AsNoTracking().Where(s => s.County == county).OrderBy(s => s.RuleId).ToListAsync(cancel);
        if (lines.Count + settings.Count == 0)
            return policy;
        var latest = Changed.GetOrCreateValue(policy);
        var content = JsonSerializer.Serialize(new { lines, settings }, JsonTexts.Options);
        if (latest.Value is { } known && known.Content == content)
            return known.Policy;
        var changed = Change(policy, lines, settings.ToDictionary(s => s.RuleId));
        latest.Value = new(content, changed);
        return changed;
    }

    private static Policy.Policy Change(Policy.Policy policy, List<PolicyLine> lines, Dictionary<string, RuleSetting> settings)
    {
        policy = policy.WithLines(lines.Select(l => l.ToEntry()));
        return settings.Count == 0 ? policy : policy with { Rules = [.. policy.Rules.Select(r => settings.TryGetValue(r.Id, out var s) ? s.Apply(r) : r)] };
    }
}

/// <summary>A line as the database keeps it; see <see cref="LineEntry"/>.</summary>
public sealed class PolicyLine
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Area { get; init; }
    public required DateOnly FromOn { get; init; }
    public DateOnly? ToOn { get; init; }

    /// <summary>Fen a head and year.</summary>
    public long? PovertyFen { get; init; }

    /// <inheritdoc cref="PovertyFen"/>
    public long? MonitoringFen { get; init; }

    public required string Source { get; init; }
    public required string EnteredBy { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }

    public LineEntry ToEntry() => new(new(Area), FromOn, ToOn, PovertyFen / 100m, MonitoringFen / 100m, Source);
}

/// <summary>What a county changed about a rule.</summary>
public sealed class RuleSetting
{
    public required string County { get; init; }
    public required string RuleId { get; init; }

    /// <summary>Null: as the pack says.</summary>
    public RuleState? State { get; set; }

    /// <summary>JSON object, parameter → number or text; others stay as the pack says.</summary>
    public required string Parameters { get; set; }

    /// <summary>Why; shown beside the rule and in the audit trail.</summary>
    public required string Reason { get; set; }

    public required string SetBy { get; set; }
    public required DateTimeOffset SetAt { get; set; }

    /// <summary>The rule with the county's changes.</summary>
    public RuleDefinition Apply(RuleDefinition rule)
    {
        var changed = JsonSerializer.Deserialize<Dictionary<string, string>>(Parameters, JsonTexts.Options) ?? [];
        return rule with
        {
            State = State ?? rule.State,
            Parameters = rule.Parameters.ToDictionary(p => p.Key, p => changed.TryGetValue(p.Key, out var text)
                ? p.Value with { Value = Parse(text, p.Value.Value), Source = new($"县级设定：{Reason}", $"Set by the county: {Reason}"), Assumed = false }
                : p.Value),
        };
    }

    /// <exception cref="FormatException">The text is no value of the parameter's type.</exception>
    public static RuleValue Parse(string text, RuleValue like) => like.Type switch
    {
        RuleType.Int => RuleValue.Int(long.Parse(text, CultureInfo.InvariantCulture)),
        RuleType.Decimal => RuleValue.Decimal(decimal.Parse(text, CultureInfo.InvariantCulture)),
        RuleType.Date => RuleValue.Date(DateOnly.Parse(text, CultureInfo.InvariantCulture)),
        RuleType.Bool => RuleValue.Bool(bool.Parse(text)),
        RuleType.Text or RuleType.Duration or RuleType.List or null => RuleValue.Text(text),
    };
}

internal sealed class PolicyLineMap : IEntityTypeConfiguration<PolicyLine>
{
    public void Configure(EntityTypeBuilder<PolicyLine> map)
    {
        map.ToTable("policy_lines");
        map.HasKey(l => new { l.County, l.Id });
    }
}

internal sealed class RuleSettingMap : IEntityTypeConfiguration<RuleSetting>
{
    public void Configure(EntityTypeBuilder<RuleSetting> map)
    {
        map.ToTable("rule_settings");
        map.HasKey(s => new { s.County, s.RuleId });
    }
}
