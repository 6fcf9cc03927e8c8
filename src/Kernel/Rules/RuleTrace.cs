namespace Shouwang.Kernel.Rules;

/// <summary>Why a rule came out as it did for one household.</summary>
/// <param name="Result">Unknown when the rule could not be decided.</param>
/// <param name="Values">Every symbol of the rule with its value, in the order of the text.</param>
/// <param name="Comparisons">Every comparison with both sides worked out, in the order of the text, decisive or not.</param>
/// <param name="Missing">
/// The symbols without a value that can still decide: with some values of some of the others, the result is unknown without this
/// one and known with some value of it. Empty when the result is known. So a symbol does not count if a known side decides without
/// it (a false one of "and", a true one of "or", the branch not taken, a match in a list), if what it goes into has no result anyway
/// (see <paramref name="Impossible"/>), or if another missing one decides whatever it is, as <c>a</c> does in <c>a &amp;&amp; (a || b)</c>.
/// <c>has(x)</c> counts as answered. Supplying all of them makes the result known, as far as calculations have results; supplying any
/// other symbol changes nothing, whatever else is supplied. Conditions are taken to be able to go either way, and to be independent
/// unless they compare one symbol with what is known: <c>x &gt; 5 &amp;&amp; (x &gt; 3 || b)</c> does not depend on <c>b</c>, while of
/// calculations with symbols that stand elsewhere too a symbol may be named that makes no difference. Never is one left out that does.
/// How it is found, and why it cannot be had exactly for every rule, stands at <c>Decisive</c>.
/// </param>
/// <param name="Impossible">Calculations that have no result although all they need is known, such as a division by zero.</param>
public sealed record RuleTrace(
    RuleValue Result,
    IReadOnlyList<SymbolTrace> Values,
    IReadOnlyList<ComparisonTrace> Comparisons,
    IReadOnlyList<Symbol> Missing,
    IReadOnlyList<Expr> Impossible)
{
    /// <summary>The result of a condition; null when unknown.</summary>
    public bool? Holds => Result.AsBool;
}

/// <summary>A symbol with the value the rule saw.</summary>
public sealed record SymbolTrace(Symbol Symbol, RuleValue Value);

/// <summary>A comparison, a membership or a text condition with what stood on both sides.</summary>
/// <param name="Expr">The piece of the rule.</param>
/// <param name="Left">The left side, the item, or the text that is searched.</param>
/// <param name="Right">The right side, the list, or the text that is sought.</param>
/// <param name="Unit">The unit of both sides.</param>
/// <param name="Holds">Null when unknown.</param>
public sealed record ComparisonTrace(Expr Expr, RuleValue Left, RuleValue Right, Unit Unit, bool? Holds);
