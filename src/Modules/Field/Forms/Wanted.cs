using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Forms;

/// <summary>Which facts a visit asks for: what the form requires and nobody ever said, what live rules lack, and what has aged.</summary>
internal sealed class Wanted(Policy policy, FormRules forms, IReadOnlyDictionary<string, Feature> features, DateOnly today)
{
    private static readonly Dictionary<string, string?> NoAnswers = [];

    private readonly List<Question> _asked = [.. forms.Questions.Where(q => q.Section.Form == FormSection.Visit && q.Field.OfRegister)];

    /// <summary>Keys of values that are not known, or known in a way that does not help a rule which lacks them: <c>household.grade</c>, <c>member.ID.labour</c>.</summary>
    public IEnumerable<string> Missing(CurrentFacts household, IReadOnlyList<CurrentFacts> members, KnownToRules? known) =>
        _asked.Where(q => q.Field.Required).Concat(Lacking(known)).SelectMany(q => Subjects(q.Field.Name, household, members)
            .Where(s => !s.Values.ContainsKey(Attribute(q.Field.Name)) && Concerns(q, household, s, known)).Select(s => KeyOf(s.Member, Attribute(q.Field.Name)))).Concat(NoHelp(household, members, known)).Distinct();

    /// <summary>Keys of values that were said longer ago than the policy lets them count.</summary>
    /// <param name="standing">Attributes that a department's record tells however old it is.</param>
    public IEnumerable<string> Stale(CurrentFacts household, IReadOnlyList<CurrentFacts> members, KnownToRules? known, IReadOnlyCollection<string> standing) =>
        from question in _asked
        where question.Field.GoodForMonths is not null && !standing.Contains(question.Field.Name)
        from subject in Subjects(question.Field.Name, household, members)
        where subject.Values.TryGetValue(Attribute(question.Field.Name), out var fact) && fact.On.AddMonths(question.Field.GoodForMonths!.Value) < today
            && Concerns(question, household, subject, known)
        select KeyOf(subject.Member, Attribute(question.Field.Name));

    /// <summary>
    /// There is a value, and the feature that a rule lacks does not take it: a sum of last year, or a word out of a file where only somebody who went
    /// there counts.
    /// </summary>
    private IEnumerable<string> NoHelp(CurrentFacts household, IReadOnlyList<CurrentFacts> members, KnownToRules? known) =>
        from feature in LackedFeatures(known)
        where feature.Records != RecordRule.None
        from question in feature.AskFor.Select(QuestionOf).OfType<Question>()
        from subject in Subjects(question.Field.Name, household, members)
        where subject.Values.TryGetValue(Attribute(question.Field.Name), out var fact) && (feature.SaidAs is not null || !Seen.People.Contains(fact.Source))
            && Concerns(question, household, subject, known)
        select KeyOf(subject.Member, Attribute(question.Field.Name));

    /// <summary>The questions of the visit form about what rules lack; where it has none, the register's own field is asked.</summary>
    private IEnumerable<Question> Lacking(KnownToRules? known) => LackedFeatures(known).SelectMany(f => f.AskFor).Distinct().Select(QuestionOf).OfType<Question>();

    private IEnumerable<Feature> LackedFeatures(KnownToRules? known) => (known?.Missing ?? []).Where(features.ContainsKey).Select(f => features[f]);

    private Question? QuestionOf(string attribute) =>
        _asked.Find(q => q.Field.Name == attribute) ?? (FieldOf(policy, attribute) is { } field ? new(new("", FormSection.Visit, default, []), field, null, null) : null);

    private bool Concerns(Question question, CurrentFacts household, CurrentFacts subject, KnownToRules? known)
    {
        var section = forms.VisibleOf(question.Section);
        if (question.Visible is null && section is null)
            return true;
        var inputs = new FormInputs(policy, today, household.Values, subject.Member is null ? null : subject.Values, NoAnswers, f => known is null ? RuleValue.Unknown : known.Known.GetValueOrDefault(f));
        return section?.Holds(inputs) != false && question.Visible?.Holds(inputs) != false;
    }

    /// <summary>Fields of the register that features ask for and the visit form does not have, so that phones know how to ask.</summary>
    public static IReadOnlyList<FormField> Besides(Policy policy, IReadOnlyDictionary<string, Feature> features)
    {
        HashSet<string> asked = [.. policy.FormSections.Where(s => s.Form == FormSection.Visit).SelectMany(s => s.Fields).Select(f => f.Name)];
        return [.. features.Values.SelectMany(f => f.AskFor).Where(a => !asked.Contains(a)).Distinct().Order(StringComparer.Ordinal).Select(a => FieldOf(policy, a)).OfType<FormField>()];
    }

    public static string KeyOf(Guid? member, string attribute) => member is { } id ? $"member.{id}.{attribute}" : $"household.{attribute}";

    private static FormField? FieldOf(Policy policy, string attribute)
    {
        var ofMember = attribute.StartsWith(FormSymbols.Member, StringComparison.Ordinal);
        return policy.Feeds.FirstOrDefault(f => f.Kind == (ofMember ? "members" : "households"))?.Field(Attribute(attribute)) is { } field
            ? new(attribute, field.Title, field.Type, field.CodeList, Required: false, ofMember) { Unit = field.Unit } : null;
    }

    private static IEnumerable<CurrentFacts> Subjects(string name, CurrentFacts household, IReadOnlyList<CurrentFacts> members) =>
        name.StartsWith(FormSymbols.Member, StringComparison.Ordinal) ? members : [household];

    private static string Attribute(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
