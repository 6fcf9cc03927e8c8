using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Programmes;

/// <summary>What people said at visits, where it counts beside departments' records (docs/decisions/0044).</summary>
internal sealed class FromVisits(FeatureScope scope, Homes homes, string department)
{
    private const string Visit = "visit";

    private readonly Dictionary<string, (int? GoodFor, bool VisitFirst)> _rules = [];

    /// <summary>What was said, for a feature without a record; null where nobody said it.</summary>
    /// <param name="field">Of the household table.</param>
    public Seen? Of(int place, string field) => homes.Seen(place) is { } seen && seen.Says(field) ? seen : null;

    /// <summary>The same, where it counts although there is a record: the record has aged, or the policy's order has the visit first.</summary>
    /// <param name="recorded">The day of the record; null where it tells nothing.</param>
    public Seen? Of(int place, string field, DateOnly? recorded)
    {
        if (Of(place, field) is not { } seen)
            return null;
        if (recorded is not { } day)
            return seen;
        var (goodFor, visitFirst) = RuleOf(field);
        return Precedence.SaidCounts(seen.SourceOf(field).On, day, goodFor, visitFirst, scope.AsOf) ? seen : null;
    }

    /// <summary>Who said it, for explanations.</summary>
    public FeatureSource? Source(Seen seen, string field)
    {
        if (!scope.WithSources)
            return null;
        var (source, on) = seen.SourceOf(field);
        return new(source, on);
    }

    private (int? GoodFor, bool VisitFirst) RuleOf(string field)
    {
        if (_rules.TryGetValue(field, out var rule))
            return rule;
        var attribute = FormSymbols.Household + field;
        var order = scope.Policy.SourceOrder.ByAttribute.GetValueOrDefault(attribute)?.ToList();
        var (visit, office) = (order?.IndexOf(Visit) ?? -1, order?.IndexOf(department) ?? -1);
        return _rules[field] = (scope.Policy.GoodForMonths(attribute), visit >= 0 && (office < 0 || visit < office));
    }
}

/// <summary>Which of a department's record and a visit's word counts.</summary>
internal static class Precedence
{
    /// <param name="goodFor">Months for which a value counts; null: however old.</param>
    /// <param name="visitFirst">The policy's order of sources has the visit before the department.</param>
    /// <returns>True where what was said counts. Never where it lies after <paramref name="asOf"/>, and an aged word never outweighs a fresh record.</returns>
    public static bool SaidCounts(DateOnly said, DateOnly recorded, int? goodFor, bool visitFirst, DateOnly asOf)
    {
        if (said > asOf)
            return false;
        var (saidAged, recordAged) = (Aged(said), Aged(recorded));
        return saidAged != recordAged ? recordAged : recordAged ? said > recorded : visitFirst;

        bool Aged(DateOnly day) => goodFor is { } months && day.AddMonths(months) < asOf;
    }
}

internal static class SaidFeatures
{
    /// <summary>A visit can say the same as the department's record.</summary>
    /// <param name="attribute">As in forms: <c>household.water_litres</c>.</param>
    public static Feature SaidAs(this Feature feature, string attribute, RecordRule records = RecordRule.Stands) =>
        feature with { SaidAs = attribute, AskFor = [attribute], Records = records };

    /// <summary>A visit can say something from which it follows, where the department has no record.</summary>
    public static Feature FollowsFrom(this Feature feature, string attribute) => feature with { AskFor = [attribute], Records = RecordRule.Stands };
}
