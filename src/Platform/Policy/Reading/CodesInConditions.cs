using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Finds codes in a condition that are compared with a coded name: one that its list does not have would never hold.</summary>
internal static class CodesInConditions
{
    /// <summary>Every name together with a text it is compared with.</summary>
    public static IEnumerable<(string Name, Literal Code)> In(Expr tree) => tree switch
    {
        Comparison { Left: Name name, Right: var right } => Codes(name, right),
        Comparison { Left: var left, Right: Name name } => Codes(name, left),
        Membership { Item: Name name, List: ListOf list } => list.Items.SelectMany(i => Codes(name, i)),
        Membership { Item: var item, List: Name name } => Codes(name, item),
        Logic logic => logic.Terms.SelectMany(In),
        Not not => In(not.Operand),
        Conditional choice => [.. In(choice.Condition), .. In(choice.Then), .. In(choice.Otherwise)],
        _ => [],
    };

    private static IEnumerable<(string, Literal)> Codes(Name name, Expr other) => other is Literal { Value.AsText: not null } code ? [(name.Dotted, code)] : [];
}
