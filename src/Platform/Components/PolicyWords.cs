using Shouwang.Kernel;

namespace Shouwang.Platform.Components;

/// <summary>Attributes and codes in the words of the policy packs.</summary>
public static class PolicyWords
{
    extension(Policy.Policy policy)
    {
        /// <summary>The name of an attribute such as <c>household.phone</c> or <c>member.relation</c>; the attribute itself where the packs have none.</summary>
        public Text TitleOf(string attribute) => policy.FieldOf(attribute)?.Title ?? new(attribute, attribute);

        /// <summary>A stored value as people read it: codes by their titles, several parted by commas.</summary>
        public Text WordOf(string attribute, string? value)
        {
            if (string.IsNullOrEmpty(value))
                return new("—", "—");
            if (value is "true" or "false")
                return value == "true" ? new("是", "yes") : new("否", "no");
            if (policy.FieldOf(attribute)?.CodeList is not { } list || !policy.CodeLists.TryGetValue(list, out var codes))
                return new(value, value);
            var titles = value.Split(',').Select(code => codes.Item(code)?.Title ?? new(code, code)).ToList();
            return new(string.Join('、', titles.Select(t => t.Zh)), string.Join(", ", titles.Select(t => t.En)));
        }

        /// <summary>The name of a source of facts.</summary>
        public Text SourceName(string code) =>
            policy.SourceOrder.Sources.FirstOrDefault(s => s.Code == code)?.Title ?? new(code, code);

        /// <summary>The name of a risk cause of the C-RISK list.</summary>
        public Text CauseName(string code) => policy.Causes.FirstOrDefault(c => c.Code == code)?.Title ?? new(code, code);

        /// <summary>The name of a department.</summary>
        public Text DepartmentName(string code) => policy.Departments.TryGetValue(code, out var found) ? found.Title : new(code, code);

        private Policy.FeedField? FieldOf(string attribute)
        {
            var (kind, name) = attribute.Split('.', 2) is [var subject, var field] ? (subject == "member" ? "members" : "households", field) : ("", "");
            return policy.Feeds.FirstOrDefault(f => f.Kind == kind)?.Fields.FirstOrDefault(f => f.Name == name);
        }
    }
}
