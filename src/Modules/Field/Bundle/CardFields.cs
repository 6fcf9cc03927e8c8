using System.Globalization;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>The attributes a card carries: what forms of visits ask or their conditions read, and the few others that visitors need to see.</summary>
internal sealed class CardFields
{
    private static readonly string[] AlwaysOfHousehold = ["phone", "grade", "water_solved", "main_cause"],
        AlwaysOfMember = ["phone", "labour", "work_state", "student", "health", "ins_res", "ins_emp", "dibao", "tekun", "life"];

    private readonly Dictionary<string, FieldType> _types;
    private readonly HashSet<string> _household, _member;

    public CardFields(Policy policy, FormRules forms)
    {
        List<string> named = [.. forms.Questions.Select(q => q.Field.Name), .. forms.Reads.Select(s => s.Name)];
        _household = [.. AlwaysOfHousehold.Concat(Below(FormSymbols.Household)).Except(FormSymbols.NeverOnPhones)];
        _member = [.. AlwaysOfMember.Concat(Below(FormSymbols.Member)).Except(FormSymbols.NeverOnPhones)];
        _types = Types(policy, "households", "household.").Concat(Types(policy, "members", "member.")).ToDictionary(t => t.Name, t => t.Type);

        IEnumerable<string> Below(string prefix) => named.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]);
    }

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

    private static IEnumerable<(string Name, FieldType Type)> Types(Policy policy, string feed, string prefix) =>
        policy.Feeds.FirstOrDefault(f => f.Kind == feed)?.Fields.Select(f => (prefix + f.Name, f.Type)) ?? [];
}
