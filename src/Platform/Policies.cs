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

    private sealed record Entries(List<PolicyLine> Lines, List<RuleSetting> Settings, List<PolicyVersion> Versions);

    public PolicyBook Book => book;

    /// <summary>Everything that policy sets for the area on that day.</summary>
    public async Task<Policy.Policy> For(AreaCode area, DateOnly date, CancellationToken cancel)
    {
        if (area.Level < AreaLevel.County)
            return book.For(area, date);
        return With(book.For(area, date), (await Entered([area.County.Digits], date, cancel)).GetValueOrDefault(area.County.Digits));
    }

    /// <summary>What is asked of several areas of one county: what the county entered is read once.</summary>
    public async Task<Func<AreaCode, Policy.Policy>> Within(AreaCode county, DateOnly date, CancellationToken cancel)
    {
        var entered = (await Entered([county.County.Digits], date, cancel)).GetValueOrDefault(county.County.Digits);
        return area => With(book.For(area, date), entered);
    }

    /// <summary>The policies of several counties, in the order asked, with no more questions to the database than for one.</summary>
    public async Task<IReadOnlyList<Policy.Policy>> Of(IReadOnlyList<AreaCode> counties, DateOnly date, CancellationToken cancel)
    {
        var entered = await Entered([.. counties.Select(c => c.Digits)], date, cancel);
        return [.. counties.Select(c => With(book.For(c, date), entered.GetValueOrDefault(c.Digits)))];
    }

    private async Task<Dictionary<string, Entries>> Entered(List<string> counties, DateOnly date, CancellationToken cancel)
    {
        var lines = (await db.Set<PolicyLine>().AsNoTracking().Where(l => counties.Contains(l.County)).OrderBy(l => l.Id).ToListAsync(cancel)).ToLookup(l => l.County);
        var settings = (await db.Set<RuleSetting>().AsNoTracking().Where(s => counties.Contains(s.County)).OrderBy(s => s.RuleId).ToListAsync(cancel)).ToLookup(s => s.County);
        var versions = (await db.Set<PolicyVersion>().AsNoTracking().Where(v => counties.Contains(v.County) && v.FromOn <= date).OrderBy(v => v.Id).ToListAsync(cancel)).ToLookup(v => v.County);
        return counties.Where(c => lines.Contains(c) || settings.Contains(c) || versions.Contains(c))
            .ToDictionary(c => c, c => new Entries([.. lines[c]], [.. settings[c]], [.. versions[c]]));
    }

    private Policy.Policy With(Policy.Policy policy, Entries? entries)
    {
        if (entries is null)
            return policy;
        var latest = Changed.GetOrCreateValue(policy);
        var content = JsonSerializer.Serialize(entries, JsonTexts.Options);
        if (latest.Value is { } known && known.Content == content)
            return known.Policy;
        var changed = Change(policy.WithLines(entries.Lines.Select(l => l.ToEntry())), entries.Settings, entries.Versions);
        latest.Value = new(content, changed);
        return changed;
    }

    // What was changed at once counts from the day it was changed, what was published from its own day; the later one has the last word.
    private Policy.Policy Change(Policy.Policy policy, List<RuleSetting> settings, List<PolicyVersion> versions)
    {
        var own = versions.SelectMany(v => v.Changes.Rules.Select(r => r.Definition(new(v.Source, v.Source))));
        var rules = policy.Rules.Concat(own).GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.Last());
        var order = rules.Keys.ToList();
        foreach (var (_, _, rule, apply) in settings.Select(s => s.Step).Concat(versions.SelectMany(Steps)).OrderBy(s => s.From).ThenBy(s => s.At))
            if (rules.TryGetValue(rule, out var definition))
                rules[rule] = apply(definition);
        return WithForms(policy, versions) with { Rules = [.. order.Select(id => rules[id])] };
    }

    // What fitted when it was published may not fit packs that came later; then the packs alone count, and the page of forms says so.
    private Policy.Policy WithForms(Policy.Policy policy, List<PolicyVersion> versions) => versions.OrderBy(v => (v.FromOn, v.PublishedAt))
        .Select(v => v.Changes.Forms).OfType<string>().Aggregate(policy, (before, yaml) =>
            book.ReadForms(policy.Area.County, policy.Date, yaml, "").Forms is { } forms ? before.WithForms(forms) : before);

    private static IEnumerable<(DateOnly From, DateTimeOffset At, string Rule, Func<RuleDefinition, RuleDefinition> Apply)> Steps(PolicyVersion version) =>
        version.Changes.Changes.Select(c => (version.FromOn, version.PublishedAt, c.Rule,
            (Func<RuleDefinition, RuleDefinition>)(rule => RuleSetting.Apply(rule, c.State, c.Parameters, new(version.Source, version.Source)))));
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

    /// <summary>The day it was on the calendar of the installation; null for changes made before that was kept.</summary>
    public DateOnly? SetOn { get; set; }

    /// <summary>The first day the change counts from, among others of the same rule.</summary>
    public DateOnly FromOn => SetOn ?? DateOnly.FromDateTime(Today.Local(SetAt));

    /// <summary>The values of <see cref="Parameters"/>.</summary>
    public IReadOnlyDictionary<string, string> Values => JsonSerializer.Deserialize<Dictionary<string, string>>(Parameters, JsonTexts.Options) ?? [];

    internal (DateOnly From, DateTimeOffset At, string Rule, Func<RuleDefinition, RuleDefinition> Apply) Step =>
        (FromOn, SetAt, RuleId, rule => Apply(rule, State, Values, new($"县级设定：{Reason}", $"Set by the county: {Reason}")));

    /// <summary>The rule with other values.</summary>
    /// <param name="state">Null: as it is.</param>
    /// <param name="values">Parameter → number or text; others stay as they are.</param>
    /// <param name="source">Who says so; shown beside each changed value.</param>
    /// <exception cref="FormatException">A text is no value of its parameter's type.</exception>
    public static RuleDefinition Apply(RuleDefinition rule, RuleState? state, IReadOnlyDictionary<string, string> values, Text source) => rule with
    {
        State = state ?? rule.State,
        Parameters = rule.Parameters.ToDictionary(
            p => p.Key, p => values.TryGetValue(p.Key, out var text) ? p.Value with { Value = Parse(text, p.Value.Value), Source = source, Assumed = false } : p.Value),
    };

    /// <exception cref="FormatException">The text is no value of the parameter's type.</exception>
    public static RuleValue Parse(string text, RuleValue like) => like.Type switch
    {
        RuleType.Int => RuleValue.Int(long.Parse(text, CultureInfo.InvariantCulture)),
        RuleType.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture) is var number && Numbers.Held(number) == number
            ? RuleValue.Decimal(number)
            : throw new FormatException($"Rules do not hold {text} exactly."),
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
        map.Ignore(s => s.FromOn).Ignore(s => s.Values);
    }
}
