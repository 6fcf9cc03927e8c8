using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy;

/// <summary>The names that conditions of a form may use: attributes of the register, questions of forms, features of the household.</summary>
public static class FormSymbols
{
    public const string Household = "household.", Member = "member.";

    /// <summary>Attributes that never leave for a phone, so that no form can ask them and no condition read them.</summary>
    public static readonly IReadOnlySet<string> NeverOnPhones = new HashSet<string>(StringComparer.Ordinal)
    {
        "hid", "pid", "head_id", "cert_no", "account", "bank",
    };

    /// <summary>Full years of the member's age; whose day of birth is not known counts from the first of January.</summary>
    public static Symbol Age { get; } = new("member.age", RuleType.Int, Unit.Years, new("年龄", "age"));

    /// <summary>What there is besides features, attributes and questions. Windows of accounts are the server's, phones do not know them.</summary>
    private static readonly IReadOnlyList<Symbol> Others =
        [PolicySymbols.PovertyLine, PolicySymbols.MonitoringLine, PolicySymbols.Today, PolicySymbols.MonthStart];

    /// <summary>All names of a condition.</summary>
    /// <param name="features">Those of the modules.</param>
    /// <param name="perMember">It is about a member, and sees that member's attributes besides.</param>
    public static ISymbols Of(IReadOnlyList<FeedDefinition> feeds, IReadOnlyList<FormSection> sections, ISymbols features, bool perMember)
    {
        var questions = sections.Where(s => s.Form != FormSection.File).SelectMany(s => s.Fields).Where(f => !f.OfRegister && (perMember || !f.PerMember));
        IEnumerable<Symbol> own =
        [
            .. Others, .. Attributes(feeds, "households", Household), .. perMember ? Attributes(feeds, "members", Member).Append(Age) : [],
            .. questions.Select(q => new Symbol(q.Name, TypeOf(q.Type), UnitOf(q.Type, q.Unit), q.Title)),
        ];
        return new Both(new SymbolTable(own.DistinctBy(s => s.Name)), features);
    }

    /// <summary>The attributes of a feed as symbols.</summary>
    internal static IEnumerable<Symbol> Attributes(IReadOnlyList<FeedDefinition> feeds, string kind, string prefix) =>
        feeds.Where(f => f.Kind == kind).SelectMany(f => f.Fields).Where(f => !NeverOnPhones.Contains(f.Name))
            .Select(f => new Symbol(prefix + f.Name, TypeOf(f.Type), UnitOf(f.Type, f.Unit), f.Title));

    /// <summary>What the rule language makes of a value of that kind.</summary>
    public static RuleType TypeOf(FieldType type) => type switch
    {
        FieldType.Bool => RuleType.Bool,
        FieldType.Int => RuleType.Int,
        FieldType.Decimal or FieldType.Money => RuleType.Decimal,
        FieldType.Date => RuleType.Date,
        FieldType.Codes => RuleType.List,
        _ => RuleType.Text,
    };

    private static Unit UnitOf(FieldType type, Unit unit) => type == FieldType.Money && unit == Unit.None ? Unit.Yuan : unit;

    private sealed class Both(ISymbols first, ISymbols second) : ISymbols
    {
        public Symbol? Find(string name) => first.Find(name) ?? second.Find(name);

        public IReadOnlyCollection<string> Names { get; } = [.. first.Names, .. second.Names];
    }
}
