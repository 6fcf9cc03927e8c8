using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Modules.Field.Bundle;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Kernel.Rules;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Households, answers, and what the conditions of the forms make of them: for the phone's half, which is tested with the same file.</summary>
/// <remarks>
/// <c>policy</c> is what a phone gets. A case is a card (members with their birth, <c>values</c>, <c>features</c>), <c>answers</c> and <c>extra</c> as a draft
/// keeps them, and by their keys the questions that are <c>hidden</c> and the answers that are <c>wrong</c>; <c>section:CODE</c> and <c>form:CODE</c> likewise.
/// </remarks>
internal static class FormVectors
{
    /// <summary>Conditions of kinds that the national forms do not have.</summary>
    public const string More = """
        visit_forms:
          - {code: county, title: {zh: 本县, en: county}, visible: income.net_per_capita < line.monitoring || registry.size >= 4, source: assumed}
        forms:
          - code: county_part
            form: county
            title: {zh: 本县, en: county}
            visible: '!registry.lifted'
            fields:
              - {name: county.loan, zh: 借款, en: loan, type: money, valid: {when: county.loan <= 0.5 * line.monitoring * registry.size, zh: 太多。, en: Too much.}}
              - {name: county.since, zh: 何时, en: since, type: date, visible: county.loan > 0, valid: {when: county.since <= today && county.since + months(6) > month_start, zh: 日期不对。, en: Not that day.}}
              - {name: county.area, zh: 面积, en: area, type: decimal, unit: Mu, valid: {when: county.area <= household.land * 0.5, zh: 超过一半。, en: More than half.}}
              - {name: county.kinds, zh: 种类, en: kinds, type: codes, codes: health, per_member: true, visible: 'member.relation in ["01", "02"]', valid: {when: size(county.kinds) <= 2, zh: 太多。, en: Too many.}}
              - {name: county.word, zh: 说明, en: words, type: text, per_member: true, visible: 'member.labour == "1" ? member.age > 15 : has(member.work_months)', valid: {when: size(county.word) <= 3 && !county.word.startsWith("x"), zh: 太长。, en: Too long.}}
        """;

    private static readonly DateOnly Today = new(2020, 6, 30);

    public static string File() => Path.Combine(Path.GetDirectoryName(RuleVectors.File())!, "forms.json");

    public static string Text()
    {
        var features = Catalogue.Features.ToDictionary(f => f.Name);
        var symbols = new SymbolTable(Catalogue.Features.Select(f => f.Symbol));
        var book = PolicyBook.Load(PolicyFolder.Find(), symbols).Require();
        var more = book.ReadForms(Packs.Dianjiang, Today, More, "more.yaml", symbols);
        Assert.Empty(more.Problems);
        var policy = book.WithLines([new(Packs.Dianjiang, new(2020, 1, 1), null, 4000, 6000, "test")]).For(Packs.Dianjiang, Today).WithForms(more.Forms!);
        var forms = FormRules.Of(policy, features);
        var chance = new Random(20200630);
        var cases = Enumerable.Range(0, 200).Select(_ => Case(policy, forms, chance).ToJsonString(JsonTexts.Options));
        return $$"""
            {"today":"2020-06-30","policy":{{PhonePolicy.Of(policy, [], features).ToJsonString(MakeBundle.Json)}},
            "cases":[
            {{string.Join(",\n", cases)}}
            ]}

            """;
    }

    private static JsonObject Case(Policy policy, FormRules forms, Random chance)
    {
        var household = Values(policy, forms, FormSymbols.Household, chance, ["land"]);
        var members = Enumerable.Range(1, chance.Next(1, 4)).ToDictionary(n => $"m{n}", _ => Values(policy, forms, FormSymbols.Member, chance, ["birth", "relation", "labour"]));
        var features = new Dictionary<string, object>();
        foreach (var symbol in forms.Reads.Where(s => forms.Features.Contains(s.Name)))
            if (chance.Next(5) > 0)
                features[symbol.Name] = symbol.Type switch { RuleType.Bool => chance.Next(2) == 0, RuleType.Int => (long)chance.Next(6), RuleType.Decimal => chance.Next(4000, 8000) + 0.5m, _ => "x" };
        var (answers, extra) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var field in forms.Questions.Select(q => q.Field).DistinctBy(f => f.Name))
            foreach (var member in field.PerMember ? members.Keys : (IEnumerable<string?>)[null])
                if (chance.Next(3) == 0)
                    (field.OfRegister ? answers : extra)[KeyOf(field.Name, member)] = Value(policy, field.Type, field.CodeList, chance);

        var (hidden, wrong) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var question in forms.Questions)
            foreach (var member in question.Field.PerMember ? members.Keys : (IEnumerable<string?>)[null])
            {
                if (question.Visible?.Holds(Inputs(member)) == false)
                    hidden.Add($"{question.Section.Code}:{KeyOf(question.Field.Name, member)}");
                if (question.Valid?.Holds(Inputs(member)) == false)
                    wrong.Add($"{question.Section.Code}:{KeyOf(question.Field.Name, member)}");
            }
        hidden.UnionWith(policy.FormSections.Where(s => forms.VisibleOf(s)?.Holds(Inputs(null)) == false).Select(s => $"section:{s.Code}"));
        hidden.UnionWith(policy.VisitForms.Where(f => forms.VisibleOf(f)?.Holds(Inputs(null)) == false).Select(f => $"form:{f.Code}"));
        return new JsonObject
        {
            ["members"] = new JsonArray([.. members.Select(m => new JsonObject { ["id"] = m.Key, ["birth"] = m.Value.GetValueOrDefault("birth") })]),
            ["values"] = Json(household.Select(v => ("household." + v.Key, v.Value)).Concat(members.SelectMany(m => m.Value.Where(v => v.Key != "birth").Select(v => ($"member.{m.Key}.{v.Key}", v.Value))))),
            ["features"] = JsonSerializer.SerializeToNode(features), ["answers"] = Json(answers.Select(a => (a.Key, a.Value))), ["extra"] = Json(extra.Select(a => (a.Key, a.Value))),
            ["hidden"] = JsonSerializer.SerializeToNode(hidden), ["wrong"] = JsonSerializer.SerializeToNode(wrong),
        };

        FormInputs Inputs(string? member) => new(policy, Today, Facts(household), member is null ? null : Facts(members[member]),
            answers.Concat(extra).Select(a => (Name: NameOf(a.Key, member), a.Value)).Where(a => a.Name is not null).ToDictionary(a => a.Name!, a => (string?)a.Value),
            name => features.TryGetValue(name, out var value) ? value switch { bool b => RuleValue.Bool(b), long n => RuleValue.Int(n), decimal d => RuleValue.Decimal(d), _ => RuleValue.Text((string)value) } : RuleValue.Unknown);

        // Everything as the card and the draft of a phone have it: numbers as numbers, lists as lists.
        JsonObject Json(IEnumerable<(string Key, string Value)> values) => new(values.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, TypeOf(policy, forms, v.Key) switch
        {
            FieldType.Bool => v.Value == "true",
            FieldType.Int => long.Parse(v.Value, CultureInfo.InvariantCulture),
            FieldType.Decimal or FieldType.Money => decimal.Parse(v.Value, CultureInfo.InvariantCulture),
            FieldType.Codes => new JsonArray([.. v.Value.Split(',').Select(c => JsonValue.Create(c))]),
            _ => v.Value,
        })));
    }

    private static Dictionary<string, CurrentFact> Facts(Dictionary<string, string> values) => values.ToDictionary(v => v.Key, v => new CurrentFact(v.Value, "register", Today));

    private static string KeyOf(string name, string? member) => member is null ? name : name.StartsWith(FormSymbols.Member, StringComparison.Ordinal) ? $"member.{member}.{name[7..]}" : $"{name}@{member}";

    private static string? NameOf(string key, string? member) =>
        key.Split('@') is [var question, var of] ? of == member ? question : null
        : key.Split('.') is ["member", var id, var attribute] ? id == member ? FormSymbols.Member + attribute : null : key;

    private static FieldType TypeOf(Policy policy, FormRules forms, string key)
    {
        var name = key.Split('.') is ["member", _, var attribute] ? FormSymbols.Member + attribute : key.Split('@')[0];
        return forms.Questions.FirstOrDefault(q => q.Field.Name == name)?.Field.Type
            ?? policy.Feed(name.StartsWith(FormSymbols.Member, StringComparison.Ordinal) ? "members" : "households").Field(name.Split('.')[1])!.Type;
    }

    private static Dictionary<string, string> Values(Policy policy, FormRules forms, string prefix, Random chance, string[] besides)
    {
        var feed = policy.Feed(prefix == FormSymbols.Member ? "members" : "households");
        var names = forms.Questions.Select(q => q.Field.Name).Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]).Union(besides);
        return names.Select(n => feed.Field(n)!).Where(_ => chance.Next(4) > 0).ToDictionary(f => f.Name, f => Value(policy, f.Type, f.CodeList, chance));
    }

    private static string Value(Policy policy, FieldType type, string? list, Random chance)
    {
        string Code() => policy.CodeLists[list!].Items[chance.Next(policy.CodeLists[list!].Items.Count)].Code;
        return type switch
        {
            FieldType.Bool => chance.Next(2) == 0 ? "true" : "false",
            FieldType.Int => chance.Next(-2, 16).ToString(CultureInfo.InvariantCulture),
            FieldType.Decimal => (chance.Next(-4, 30) * 0.25m).ToString(CultureInfo.InvariantCulture),
            FieldType.Money => (chance.Next(0, 30_000) + chance.Next(100) * 0.01m).ToString(CultureInfo.InvariantCulture),
            FieldType.Date => Today.AddDays(chance.Next(-300, 20)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.PartialDate => Today.AddDays(-chance.Next(29_000)).ToString(chance.Next(4) switch { 0 => "yyyy-MM", 1 => "yyyy", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture),
            FieldType.Code => Code(),
            FieldType.Codes => string.Join(',', Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Code()).Distinct()),
            _ => ((string[])["是", "xyz", "城区务工", "𠮷丨丨"])[chance.Next(4)],
        };
    }
}
