using System.Globalization;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>What somebody wants to try: lines, parameters, rules on and off, new rules, and what help would cost.</summary>
/// <remarks>
/// It is written as names and texts, the same in an address, a form, JSON, a saved rehearsal and on the command line: <c>area</c> for each area
/// that is not all of one's own, <c>line.monitoring</c>, <c>line.poverty</c>, <c>W14.limit</c>, <c>W21=on|off</c>, <c>cost.M802</c>, <c>visits</c>, <c>help</c>, and for each new rule <c>rule</c>,
/// <c>rule.title</c>, <c>rule.category</c>, <c>rule.cause</c>. What is left out stays as it is.
/// </remarks>
internal sealed record RehearsalAsk
{
    /// <summary>The longest a new rule and its title may be, in characters.</summary>
    public const int MaxRule = 4000, MaxTitle = 60;

    private const int MostNew = 10, MostAreas = 400;

    /// <summary>Codes of the areas to try it on; none for all of the actor's area.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Yuan a head and year as typed, by <c>poverty</c> and <c>monitoring</c>.</summary>
    public IReadOnlyDictionary<string, string> Lines { get; init; } = new Dictionary<string, string>();

    /// <summary>By rule and parameter, such as <c>W14.limit</c>, as typed.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Rules by id that are to be live, or not.</summary>
    public IReadOnlyDictionary<string, bool> Switched { get; init; } = new Dictionary<string, bool>();

    public IReadOnlyList<NewRule> Rules { get; init; } = [];

    /// <summary>Yuan a year by code of the measure, as typed.</summary>
    public IReadOnlyDictionary<string, string> Costs { get; init; } = new Dictionary<string, string>();

    /// <summary>How often somebody goes to a household that enters; as typed, empty for once.</summary>
    public string Visits { get; init; } = "";

    /// <summary>Yuan a year that a household below the line gets, for the cliff; as typed, empty for the mean of those found.</summary>
    public string Help { get; init; } = "";

    /// <summary>Nothing is to be changed, wherever.</summary>
    public bool IsEmpty => Lines.Count + Parameters.Count + Switched.Count + Rules.Count + Costs.Count == 0 && Visits.Length + Help.Length == 0;

    /// <summary>Reads names and texts; empty texts and names of something else are passed over.</summary>
    public static RehearsalAsk Read(IEnumerable<(string Name, string Value)> pairs)
    {
        Dictionary<string, string> lines = [], parameters = [], costs = [];
        var switched = new Dictionary<string, bool>();
        var (whens, titles, categories, causes) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var (visits, help, areas) = ("", "", new List<string>());
        foreach (var (name, given) in pairs)
        {
            var value = given.Trim();
            // The parts of a new rule belong together by their order, so that empty ones count there.
            switch (name)
            {
                case "rule": whens.Add(given); continue;
                case "rule.title": titles.Add(value); continue;
                case "rule.category": categories.Add(value); continue;
                case "rule.cause": causes.Add(value); continue;
            }
            if (value.Length == 0)
                continue;
            if (name is "area")
                areas.Add(value);
            else if (name is "visits")
                visits = value;
            else if (name is "help")
                help = value;
            else if (name.StartsWith("line.", StringComparison.Ordinal))
                lines[name["line.".Length..]] = value;
            else if (name.StartsWith("cost.", StringComparison.Ordinal))
                costs[name["cost.".Length..]] = value;
            else if (value is "on" or "off" && !name.Contains('.', StringComparison.Ordinal))
                switched[name] = value == "on";
            else if (name.IndexOf('.', StringComparison.Ordinal) is > 0)
                parameters[name] = value;
        }
        return new()
        {
            Areas = [.. areas.Distinct().Take(MostAreas).Order(StringComparer.Ordinal)], Lines = lines, Parameters = parameters, Switched = switched, Costs = costs, Visits = visits, Help = help,
            Rules = [.. whens.Take(MostNew).Select((when, i) => new NewRule(when.Trim(), titles.ElementAtOrDefault(i) ?? "", categories.ElementAtOrDefault(i) ?? "", causes.ElementAtOrDefault(i) ?? ""))
                .Where(r => r.When.Length > 0)],
        };
    }

    /// <summary>The same as names and texts; reading them gives the same again.</summary>
    public IEnumerable<(string Name, string Value)> Pairs()
    {
        foreach (var area in Areas)
            yield return ("area", area);
        foreach (var (name, value) in Lines.OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return ("line." + name, value);
        foreach (var (name, value) in Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return (name, value);
        foreach (var (name, on) in Switched.OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return (name, on ? "on" : "off");
        foreach (var rule in Rules)
        {
            yield return ("rule", rule.When);
            yield return ("rule.title", rule.Title);
            yield return ("rule.category", rule.Category);
            yield return ("rule.cause", rule.Cause);
        }
        foreach (var (name, value) in Costs.OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return ("cost." + name, value);
        if (Visits.Length > 0)
            yield return ("visits", Visits);
        if (Help.Length > 0)
            yield return ("help", Help);
    }

    /// <summary>As the part of an address behind the question mark; empty when nothing is to be changed.</summary>
    public string Query => string.Join('&', Pairs().Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>Reads <see cref="Query"/> again.</summary>
    public static RehearsalAsk Parse(string query) => Read(query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2)).Select(part => (Text(part[0]), part.Length > 1 ? Text(part[1]) : "")));

    /// <summary>Without what says the same as every policy in force, so that a form with every field filled asks for its changes only.</summary>
    public RehearsalAsk Without(params IReadOnlyList<Policy> policies) => this with
    {
        Lines = Keep(Lines, (name, value) => policies.All(p => Same(value, p.Line(name)?.YuanPerHead))),
        Parameters = Keep(Parameters, (name, value) => policies.All(p => p.Parameter(name) is { } parameter
            && (value == parameter.Value.ToString() || Same(value, parameter.Value.AsDecimal)))),
        Switched = Switched.Where(s => !policies.All(p => p.Rule(s.Key) is { } rule && (rule.State == RuleState.Live) == s.Value)).ToDictionary(),
        Costs = Keep(Costs, (name, value) => policies.All(p => Same(value, p.Measures.FirstOrDefault(m => m.Code == name)?.UsualYuan))),
        Visits = Visits == "1" ? "" : Visits,
    };

    /// <summary>Without what a county's policy does not have, so that only that is asked of it which concerns it.</summary>
    /// <param name="elsewhere">Policies of the other counties: what none of them has stays, to be complained about.</param>
    public RehearsalAsk For(Policy policy, IReadOnlyList<Policy> elsewhere) => this with
    {
        Parameters = Parameters.Where(p => policy.Parameter(p.Key) is not null || !elsewhere.Any(e => e.Parameter(p.Key) is not null)).ToDictionary(),
        Switched = Switched.Where(s => policy.Rule(s.Key) is not null || !elsewhere.Any(e => e.Rule(s.Key) is not null)).ToDictionary(),
    };

    private static Dictionary<string, string> Keep(IReadOnlyDictionary<string, string> all, Func<string, string, bool> same) =>
        all.Where(p => !same(p.Key, p.Value)).ToDictionary();

    private static bool Same(string text, decimal? number) => number is { } n && Number(text) == n;

    /// <summary>A number as people type it, or null.</summary>
    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(string escaped) => Uri.UnescapeDataString(escaped.Replace('+', ' '));
}

/// <summary>A rule as somebody is writing it.</summary>
/// <param name="Category">The monitoring category to suggest; empty for none.</param>
/// <param name="Cause">The risk cause it points at; empty for none.</param>
internal sealed record NewRule(string When, string Title, string Category, string Cause);

internal static class PolicyParameters
{
    extension(Policy policy)
    {
        /// <summary>The parameter of <c>W14.limit</c>, or null.</summary>
        public RuleParameter? Parameter(string name) => name.Split('.', 2) is [var rule, var parameter]
            ? policy.Rule(rule)?.Parameters.GetValueOrDefault(parameter)
            : null;

        /// <summary>The line called <c>poverty</c> or <c>monitoring</c>, or null where the area has none.</summary>
        public IncomeLine? Line(string name) => name == "poverty" ? policy.PovertyLine : policy.MonitoringLine;
    }
}
