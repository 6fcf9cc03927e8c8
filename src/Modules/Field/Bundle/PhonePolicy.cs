using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>The part of the policy that a phone works with; see docs/field.md for its shape.</summary>
internal static class PhonePolicy
{
    private static readonly string[] AlwaysLists = ["relation", "registry_status", "monitoring_category"];

    /// <summary>Questions that are asked only where rules lack the answer: the pack's, and those it has no words for.</summary>
    private const string Lacking = "lacking";

    public static JsonNode Of(Policy policy, IReadOnlyList<PhoneRule> rules, IReadOnlyDictionary<string, Feature> features)
    {
        var forms = FormRules.Of(policy, features);
        var questions = forms.Questions.ToLookup(q => q.Section.Code);
        HashSet<string> named = [FormSection.Visit, .. policy.VisitForms.Select(f => f.Code)];
        var sections = policy.FormSections.Where(s => named.Contains(s.Form)).ToList();
        var besides = Wanted.Besides(policy, features);
        var fields = sections.SelectMany(s => s.Fields).Concat(besides).ToList();
        var lists = fields.Select(f => f.CodeList).OfType<string>().Concat(AlwaysLists).Distinct().Order(StringComparer.Ordinal);
        return JsonSerializer.SerializeToNode(new
        {
            Forms = sections.Where(s => s.Code != Lacking).Select(s => Part(s.Code, s.Form, s.Title, Tree(forms.VisibleOf(s)), questions[s.Code].Select(Asked)))
                .Append(Part(Lacking, FormSection.Visit, new("规则缺少的数据", "what rules lack"), null, [.. questions[Lacking].Select(Asked), .. besides.Select(f => Field(f, null, null))])),
            VisitForms = policy.VisitForms.Select(f => new
            {
                f.Code, f.Title, f.Note, Visible = Tree(forms.VisibleOf(f)), AllSubjects = f.AllSubjects ? true : (bool?)null, Windows = f.Windows.Count == 0 ? null : f.Windows,
            }),
            Codes = lists.Where(policy.CodeLists.ContainsKey).ToDictionary(l => l, l => new { policy.CodeLists[l].Title, Items = policy.CodeLists[l].Items.Select(i => new { i.Code, i.Title }) }),
            Rules = rules,
            SaidAs = features.Values.Where(f => f.SaidAs is not null).OrderBy(f => f.Name, StringComparer.Ordinal).ToDictionary(f => f.Name, f => f.SaidAs),
            Sources = policy.SourceOrder.Sources.ToDictionary(s => s.Code, s => s.Title),
            Lines = new { Poverty = Fen(policy.PovertyLine), Monitoring = Fen(policy.MonitoringLine) },
            Ages = fields.Where(f => f.GoodForMonths is not null).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.GoodForMonths),
        }, MakeBundle.Json)!;
    }

    private static object Part(string code, string form, Kernel.Text title, JsonObject? visible, IEnumerable<object> fields) => new { Code = code, Form = form, Title = title, Visible = visible, Fields = fields };

    private static object Asked(Question question) => Field(question.Field, question.Visible, question.Valid);

    private static object Field(FormField field, RuleExpression? visible, RuleExpression? valid) => new
    {
        field.Name, field.Title, Type = JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString()), Codes = field.CodeList, Required = field.Required ? true : (bool?)null,
        PerMember = field.PerMember ? true : (bool?)null, Unit = field.Unit == Unit.None ? null : field.Unit.ToString(), Visible = Tree(visible),
        Valid = valid is null ? null : new { When = Tree(valid), field.Valid!.Message },
    };

    private static JsonObject? Tree(RuleExpression? condition) => condition is null ? null : RuleJson.Of(condition);

    private static long? Fen(IncomeLine? line) => line is null ? null : (long)(line.YuanPerHead * 100);
}
