using System.Globalization;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>The attributes a card carries: what the visit form asks, and the few others that visitors need to see.</summary>
internal sealed class CardFields
{
    private static readonly string[] AlwaysOfHousehold = ["phone", "grade", "water_solved", "main_cause"],
        AlwaysOfMember = ["phone", "labour", "work_state", "student", "health", "ins_res", "ins_emp", "dibao", "tekun", "life"];

    /// <summary>Never on a phone in full, whatever a form asks.</summary>
    private static readonly HashSet<string> Never = ["hid", "pid", "head_id", "cert_no", "account", "bank"];

    /// <summary>Facts of the register behind features that rules may lack.</summary>
    private static readonly Dictionary<string, string[]> Behind = new()
    {
        ["people.uninsured"] = ["member.ins_res"], ["people.insurance_unknown"] = ["member.ins_res"], ["people.able"] = ["member.labour"],
        ["registry.status"] = [], ["monitoring.has_helper"] = ["household.helper"],
    };

    private readonly Dictionary<string, FieldType> _types;
    private readonly HashSet<string> _household, _member;

    public CardFields(Policy policy)
    {
        Asked = [.. policy.FormSections.Where(s => s.Form == "visit").SelectMany(s => s.Fields)];
        _household = [.. AlwaysOfHousehold.Concat(Names("household.")).Except(Never)];
        _member = [.. AlwaysOfMember.Concat(Names("member.")).Except(Never)];
        _types = Types(policy, "households", "household.").Concat(Types(policy, "members", "member.")).ToDictionary(t => t.Name, t => t.Type);
    }

    /// <summary>The fields of the visit form.</summary>
    public IReadOnlyList<FormField> Asked { get; }

    /// <summary>The attributes of a household or member that go on a card.</summary>
    public IEnumerable<(string Attribute, CurrentFact Fact)> On(CurrentFacts facts) =>
        facts.Values.Where(v => (facts.Member is null ? _household : _member).Contains(v.Key)).Select(v => (v.Key, v.Value));

    /// <summary>Whether a change of a field is worth telling to a visitor.</summary>
    public bool Tells(bool member, string field) => member ? _member.Contains(field) : _household.Contains(field) || field is "status" or "mon_cat" or "address";

    /// <summary>A value as the phone takes it: flags, numbers, lists of codes, texts.</summary>
    public object Typed(string attribute, string value) => _types.GetValueOrDefault(attribute, FieldType.Text) switch
    {
        FieldType.Bool => value == "true",
        FieldType.Int when long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) => whole,
        FieldType.Decimal or FieldType.Money when decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        FieldType.Codes => value.Split(','),
        _ => value,
    };

    /// <summary>The attributes for want of which a feature is unknown, as far as a visit can tell.</summary>
    public static IEnumerable<string> BehindFeature(string feature) => Behind.GetValueOrDefault(feature, []);

    private IEnumerable<string> Names(string prefix) =>
        Asked.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Name[prefix.Length..]);

    private static IEnumerable<(string Name, FieldType Type)> Types(Policy policy, string feed, string prefix) =>
        policy.Feeds.FirstOrDefault(f => f.Kind == feed)?.Fields.Select(f => (prefix + f.Name, f.Type)) ?? [];
}
