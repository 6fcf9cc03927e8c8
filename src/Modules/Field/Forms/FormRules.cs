using System.Runtime.CompilerServices;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Forms;

/// <summary>A question with its conditions, checked.</summary>
/// <param name="Section">The part of the form it stands in.</param>
/// <param name="Visible">Null: always.</param>
/// <param name="Valid">Null: anything goes.</param>
internal sealed record Question(FormSection Section, FormField Field, RuleExpression? Visible, RuleExpression? Valid);

/// <summary>The conditions of a policy's forms, compiled once for each policy.</summary>
internal sealed class FormRules
{
    private static readonly ConditionalWeakTable<Policy, FormRules> Known = [];

    private readonly Dictionary<string, RuleExpression?> _ofSections, _ofForms;

    private FormRules(Policy policy, ISymbols features)
    {
        var (ofHousehold, ofMember) = (Names(false), Names(true));
        var sections = policy.FormSections.Where(s => s.Form != FormSection.File).ToList();
        Questions = [.. sections.SelectMany(s => s.Fields.Select(f => new Question(s, f, Read(f.Visible, f.PerMember), Read(f.Valid?.When, f.PerMember))))];
        _ofSections = sections.ToDictionary(s => s.Code, s => Read(s.Visible, false));
        _ofForms = policy.VisitForms.ToDictionary(f => f.Code, f => Read(f.Visible, false));
        Reads = [.. Questions.SelectMany(q => (RuleExpression?[])[q.Visible, q.Valid]).Concat(_ofSections.Values).Concat(_ofForms.Values).OfType<RuleExpression>().SelectMany(r => r.Symbols).Distinct()];
        Features = [.. Reads.Select(s => s.Name).Where(n => features.Find(n) is not null && ofMember.Find(n) == features.Find(n)).Order(StringComparer.Ordinal)];

        ISymbols Names(bool perMember) => FormSymbols.Of(policy.Feeds, policy.FormSections, features, perMember);
        // Packs were checked when they were read. A county's own form that names a feature which is no longer there asks without the condition.
        RuleExpression? Read(string? text, bool perMember) =>
            text is not null && RuleExpression.Compile(text, perMember ? ofMember : ofHousehold, RuleType.Bool) is { Succeeded: true } read ? read.Expression : null;
    }

    /// <summary>The forms of a policy whose packs were checked.</summary>
    /// <param name="features">All that modules bring.</param>
    public static FormRules Of(Policy policy, IReadOnlyDictionary<string, Feature> features) =>
        Known.GetValue(policy, p => new(p, new SymbolTable(features.Values.Select(f => f.Symbol))));

    /// <summary>Every question that a visit may ask.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Everything that conditions read.</summary>
    public IReadOnlyList<Symbol> Reads { get; }

    /// <summary>The features among them.</summary>
    public IReadOnlyList<string> Features { get; }

    public RuleExpression? VisibleOf(FormSection section) => _ofSections.GetValueOrDefault(section.Code);

    public RuleExpression? VisibleOf(VisitForm form) => _ofForms.GetValueOrDefault(form.Code);
}
