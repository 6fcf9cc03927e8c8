using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>Copies of trees in which names are replaced.</summary>
internal sealed class Rewriting(Func<Name, Expr> ofName, Func<Has, Expr> ofHas) : IExprVisitor<Expr>
{
    /// <summary>Every <c>has(x)</c> replaced by its answer for this household.</summary>
    public static Expr WithoutHas(Expr tree, SampleHousehold household) => tree.Accept(new Rewriting(n => n,
        h => new Literal(RuleValue.Bool(household.Values.GetValueOrDefault(h.Name.Dotted).IsKnown))));

    public Expr Literal(Literal node) => node;
    public Expr Name(Name node) => ofName(node);
    public Expr Has(Has node) => ofHas(node);
    public Expr Not(Not node) => new Not(node.Operand.Accept(this));
    public Expr Negation(Negation node) => new Negation(node.Operand.Accept(this));
    public Expr Arithmetic(Arithmetic node) => new Arithmetic(node.Operator, node.Left.Accept(this), node.Right.Accept(this));
    public Expr Comparison(Comparison node) => new Comparison(node.Operator, node.Left.Accept(this), node.Right.Accept(this));
    public Expr Logic(Logic node) => Shouwang.Kernel.Rules.Logic.Of(node.Operator, All(node.Terms));
    public Expr Conditional(Conditional node) =>
        new Conditional(node.Condition.Accept(this), node.Then.Accept(this), node.Otherwise.Accept(this));
    public Expr Membership(Membership node) => new Membership(node.Item.Accept(this), node.List.Accept(this));
    public Expr ListOf(ListOf node) => new ListOf(new(All(node.Items)));
    public Expr Call(Call node) => new Call(node.Function, new(All(node.Arguments)));

    private IEnumerable<Expr> All(IEnumerable<Expr> parts) => parts.Select(p => p.Accept(this));
}
