using System.Globalization;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>What departments' records tell about a household that a visit could say as well, and whether they count before it.</summary>
internal sealed class DepartmentRecords(Policy policy, IReadOnlyDictionary<string, Feature> features, DateOnly today)
{
    // Sources of the register; whatever else a feature comes from is a department's record.
    private static readonly HashSet<string> OfRegister = ["register", "visit", "desk", "self_report"];

    private readonly List<Feature> _told = [.. features.Values.Where(f => f.Records != RecordRule.None)];

    /// <summary>The features to ask for, besides those that rules read.</summary>
    public static IEnumerable<string> Needed(IReadOnlyDictionary<string, Feature> features) => features.Values.Where(f => f.SaidAs is not null).Select(f => f.Name);

    /// <summary>The values that records give, by the attribute a form asks: <c>water_litres</c>.</summary>
    public IReadOnlyDictionary<string, CurrentFact> Of(KnownToRules? known)
    {
        var told = new Dictionary<string, CurrentFact>(StringComparer.Ordinal);
        foreach (var feature in _told)
            if (feature.SaidAs is { } attribute && IsRecord(feature, known) && known!.Sources.GetValueOrDefault(feature.Name) is { Date: { } on } source)
                told[attribute[FormSymbols.Household.Length..]] = new(Written(known.Known[feature.Name]), source.Source, on);
        return told;
    }

    /// <summary>Features that stay as they are whatever a visit of today says.</summary>
    public IEnumerable<string> Held(KnownToRules? known) => _told.Where(f => IsRecord(f, known) && !Aged(f, known!)).Select(f => f.Name).Order(StringComparer.Ordinal);

    /// <summary>Attributes whose record stands however old it is, so that nobody is asked about it again.</summary>
    public IReadOnlyCollection<string> Standing(KnownToRules? known) =>
        [.. _told.Where(f => f is { Records: RecordRule.Stands, SaidAs: not null } && IsRecord(f, known)).Select(f => f.SaidAs!)];

    private static bool IsRecord(Feature feature, KnownToRules? known) =>
        known is not null && known.Known.ContainsKey(feature.Name) && !OfRegister.Contains(known.Sources.GetValueOrDefault(feature.Name)?.Source ?? "");

    private bool Aged(Feature feature, KnownToRules known)
    {
        if (feature is not { Records: RecordRule.Ages, SaidAs: { } attribute } || known.Sources.GetValueOrDefault(feature.Name) is not { Date: { } on } source)
            return false;
        var order = policy.SourceOrder.ByAttribute.GetValueOrDefault(attribute)?.ToList();
        return policy.GoodForMonths(attribute) is { } months && on.AddMonths(months) < today
            || order is not null && order.IndexOf("visit") is >= 0 and var visit && order.IndexOf(source.Source) is var office && (office < 0 || visit < office);
    }

    // As statements write it.
    private static string Written(RuleValue value) => value.Type!.Value switch
    {
        RuleType.Bool => value.AsBool!.Value ? "true" : "false",
        RuleType.Int => value.AsInt!.Value.ToString(CultureInfo.InvariantCulture),
        RuleType.Decimal => value.AsDecimal!.Value.ToString("0.############", CultureInfo.InvariantCulture),
        RuleType.Text => value.AsText!,
        RuleType.Date => value.AsDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        RuleType.Duration or RuleType.List => value.ToString()!,
    };
}
