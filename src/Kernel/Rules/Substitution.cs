namespace Shouwang.Kernel.Rules;

/// <summary>A copy of a tree in which a value stands wherever one name stood.</summary>
/// <param name="most">Nodes after which it gives up, since nested copies multiply.</param>
internal sealed class Substitution(string name, Expr value, int most) : IExprVisitor<Expr>
{
    /// <summary>Nodes copied; more than allowed means that the copy is not complete.</summary>
    public int Nodes { get; private set; }

    /// <summary>Where <c>has()</c> asks about the name although no name is put in its place.</summary>
    public Place? HasOfNoName { get; private set; }

    public Expr Literal(Literal node) => Copy(node, n => n);

    public Expr Name(Name node) => Copy(node, n => n.Dotted == name ? value : n);

    public Expr Has(Has node) => Copy(node, n =>
    {
        if (n.Name.Dotted != name)
            return n;
        if (value is Name other)
            return new Has(other);
        HasOfNoName ??= n.Place;
        return n;
    });

    public Expr Not(Not node) => Copy(node, n => new Not(n.Operand.Accept(this)));

    public Expr Negation(Negation node) => Copy(node, n => new Negation(n.Operand.Accept(this)));

    public Expr Arithmetic(Arithmetic node) => Copy(node, n => new Arithmetic(n.Operator, n.Left.Accept(this), n.Right.Accept(this)));

    public Expr Comparison(Comparison node) => Copy(node, n => new Comparison(n.Operator, n.Left.Accept(this), n.Right.Accept(this)));

    public Expr Logic(Logic node) => Copy(node, n => Rules.Logic.Of(n.Operator, All(n.Terms)));

    public Expr Conditional(Conditional node) =>
        Copy(node, n => new Conditional(n.Condition.Accept(this), n.Then.Accept(this), n.Otherwise.Accept(this)));

    public Expr Membership(Membership node) => Copy(node, n => new Membership(n.Item.Accept(this), n.List.Accept(this)));

    public Expr ListOf(ListOf node) => Copy(node, n => new ListOf(new(All(n.Items))));

    public Expr Call(Call node) => Copy(node, n => new Call(n.Function, new(All(n.Arguments))));

    private IEnumerable<Expr> All(ExprList<Expr> parts) => parts.Select(p => p.Accept(this));

    // What is put in keeps its own place, so that a fault in it is shown where it was written.
    private Expr Copy<T>(T node, Func<T, Expr> copy) where T : Expr
    {
        if (++Nodes > most)
            return node;
        var made = copy(node);
        return ReferenceEquals(made, node) || ReferenceEquals(made, value) ? made : made with { Place = node.Place };
    }
}
