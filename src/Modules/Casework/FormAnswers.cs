using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Casework;

/// <summary>An answer that is kept with a visit, in words.</summary>
/// <param name="Form">The form it was given in.</param>
/// <param name="Member">Whom it is about; null for the household.</param>
/// <param name="Withheld">It is about a value of the register and was not written there, since it cannot be right.</param>
internal sealed record FormAnswer(Text Form, Text Question, string? Member, Text Value, bool Withheld);

/// <summary>Reads what was answered in the forms of a visit.</summary>
internal static class FormAnswers
{
    /// <param name="policy">Of the day of the visit.</param>
    /// <param name="answers">As <see cref="VisitNotes.Answers"/> has them: by question, with <c>@MEMBER</c> behind where it is about one.</param>
    /// <param name="nameOf">The name of a member.</param>
    public static IReadOnlyList<FormAnswer> Of(Policy policy, IReadOnlyDictionary<string, string>? answers, Func<Guid, string?> nameOf)
    {
        var found = new List<FormAnswer>();
        var questions = policy.FormSections.Where(s => s.Form != FormSection.File).SelectMany(s => s.Fields.Select(f => (Section: s, Field: f))).ToLookup(q => q.Field.Name);
        foreach (var (key, text) in answers ?? new Dictionary<string, string>())
        {
            // Answers to tasks and leads stand there as well, as lead:ID.
            if (key.Contains(':', StringComparison.Ordinal))
                continue;
            var parts = key.Split('@');
            var member = parts.Length == 2 && Guid.TryParse(parts[1], out var id) ? nameOf(id) ?? parts[1] : null;
            // A question that the policy no longer has is shown as it came.
            found.Add(questions[parts[0]].FirstOrDefault() is ({ } section, { } field)
                ? new(TitleOf(policy, section), field.Title, member, Words(policy, field, text), field.OfRegister)
                : new(new("", ""), new(parts[0], parts[0]), member, new(text, text), FormField.IsOfRegister(parts[0])));
        }
        return found;
    }

    private static Text TitleOf(Policy policy, FormSection section) => policy.VisitForms.FirstOrDefault(f => f.Code == section.Form)?.Title ?? section.Title;

    private static Text Words(Policy policy, FormField field, string text)
    {
        if (field.Type == FieldType.Bool)
            return text == "true" ? new("是", "yes") : new("否", "no");
        if (field.CodeList is null || !policy.CodeLists.TryGetValue(field.CodeList, out var list))
            return new(text, text);
        var items = text.Split(',').Select(code => list.Items.FirstOrDefault(i => i.Code == code)?.Title ?? new Text(code, code)).ToList();
        return new(string.Join('、', items.Select(i => i.Zh)), string.Join(", ", items.Select(i => i.En)));
    }
}
