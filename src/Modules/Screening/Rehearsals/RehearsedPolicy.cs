using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>A policy with the changes that somebody asks for.</summary>
/// <param name="Rules">Every rule as it would be, the new ones behind the others.</param>
/// <param name="Errors">What is wrong with the new rules, by their position; a rule with an error is left out.</param>
/// <param name="Problems">What cannot be tried, and why; it is left as it is.</param>
internal sealed record RehearsedPolicy(
    Policy Policy, IReadOnlyList<ReadyRule> Rules, IReadOnlyDictionary<int, IReadOnlyList<RuleError>> Errors, IReadOnlyList<Problem> Problems)
{
    private const decimal MostYuan = 1_000_000;

    /// <summary>The ids of new rules as long as they are only rehearsed: N1, N2.</summary>
    public static string IdOf(int position) => $"N{position + 1}";

    /// <summary>A rule that a county wrote and put in force, no matter which of its ids another county uses, too.</summary>
    public static bool IsOwn(RuleDefinition rule) => rule.Pack == CountyRule.Pack && rule.Id.StartsWith('C');

    public static RehearsedPolicy Make(RehearsalAsk ask, Policy policy, RuleCatalogue catalogue)
    {
        var problems = new List<Problem>();
        var changed = Lines(policy, ask, problems);
        var rules = new List<ReadyRule>();
        foreach (var rule in catalogue.For(policy))
            rules.Add(RuleCatalogue.Change(rule, Definition(rule.Definition, ask, problems), changed));
        problems.AddRange(ask.Switched.Keys.Concat(ask.Parameters.Keys.Select(p => p.Split('.')[0])).Distinct().Where(id => policy.Rule(id) is null).Select(Refusals.NoRule));

        var errors = new Dictionary<int, IReadOnlyList<RuleError>>();
        for (var i = 0; i < ask.Rules.Count; i++)
        {
            var read = ask.Rules[i].When.Length > RehearsalAsk.MaxRule ? null : catalogue.Read(ask.Rules[i].When);
            if (read is null)
                problems.Add(Refusals.RuleTooLong());
            else if (read.Succeeded)
                rules.Add(catalogue.Add(RuleOf(ask.Rules[i], IdOf(i)).Definition(new("推演中的新规则", "a new rule under rehearsal")), changed));
            else
                errors[i] = read.Errors;
        }
        return new(changed, rules, errors, problems);
    }

    /// <summary>A new rule under the id it is to have.</summary>
    public static CountyRule RuleOf(NewRule rule, string id)
    {
        var title = rule.Title.Length > 0 ? rule.Title : rule.When.Length > 40 ? rule.When[..40] + "…" : rule.When;
        return new(id, new(title, title), rule.When, rule.Category.Length > 0 ? rule.Category : null, rule.Cause.Length > 0 ? rule.Cause : null);
    }

    private static Policy Lines(Policy policy, RehearsalAsk ask, List<Problem> problems)
    {
        var (poverty, monitoring) = (Line("poverty", policy.PovertyLine), Line("monitoring", policy.MonitoringLine));
        if (monitoring?.YuanPerHead < poverty?.YuanPerHead)
        {
            problems.Add(Refusals.LineBelowPoverty());
            return policy;
        }
        return policy with { PovertyLine = poverty, MonitoringLine = monitoring };

        IncomeLine? Line(string name, IncomeLine? now)
        {
            if (!ask.Lines.TryGetValue(name, out var text))
                return now;
            if (RehearsalAsk.Number(text) is > 0 and <= MostYuan and var yuan)
                return new(yuan, new("推演", "rehearsed"), policy.Area, policy.Date, null, Entered: true);
            problems.Add(Refusals.BadLine(text));
            return now;
        }
    }

    private static RuleDefinition Definition(RuleDefinition rule, RehearsalAsk ask, List<Problem> problems)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, text) in ask.Parameters.Where(p => p.Key.StartsWith(rule.Id + ".", StringComparison.Ordinal)))
        {
            var parameter = name[(rule.Id.Length + 1)..];
            if (RuleSettings.Fits(rule, parameter, text))
                values[parameter] = text;
            else
                problems.Add(Refusals.BadParameter(rule.Id, parameter, text));
        }
        RuleState? state = ask.Switched.TryGetValue(rule.Id, out var on) ? on ? RuleState.Live : RuleState.Shadow : null;
        return values.Count == 0 && state is null ? rule : RuleSetting.Apply(rule, state, values, new("推演", "rehearsed"));
    }
}
