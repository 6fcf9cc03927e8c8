namespace Shouwang.Kernel.Rules;

/// <summary>What is left of a checked rule for one household: known symbols are their values, what they decide is gone, <c>has()</c> is answered.</summary>
/// <remarks>A part that can have no result, whatever is supplied, is the unknown literal.</remarks>
internal sealed class Residual(IRuleInputs inputs) : IExprVisitor<Expr>
{
    private static readonly RuleInputs Nobody = new();

    public static Expr Of(Expr root, IRuleInputs inputs) => root.Accept(new Residual(inputs));

    public Expr Literal(Literal node) => node;

    public Expr Name(Name node) => inputs.Of(node.Symbol!) is { IsKnown: true } value ? Value(value, node.Kind) : node;

    public Expr Has(Has node) => Value(RuleValue.Bool(inputs.Get(node.Name.Symbol!).IsKnown), node.Kind);

    public Expr Not(Not node) => Strict(new Not(node.Operand.Accept(this)) { Kind = node.Kind }, n => [n.Operand]);

    public Expr Negation(Negation node) => Strict(new Negation(node.Operand.Accept(this)) { Kind = node.Kind }, n => [n.Operand]);

    public Expr Arithmetic(Arithmetic node)
    {
        var right = node.Right.Accept(this);
        // By a zero that is known nothing can be divided, known or not.
        return node.Operator is ArithmeticOperator.Divide or ArithmeticOperator.Remainder && right is Literal { Value: { IsKnown: true, Order: 0 } }
            ? Value(default, node.Kind)
            : Strict(new Arithmetic(node.Operator, node.Left.Accept(this), right) { Kind = node.Kind }, n => [n.Left, n.Right]);
    }

    public Expr Comparison(Comparison node) =>
        Strict(new Comparison(node.Operator, node.Left.Accept(this), node.Right.Accept(this)) { Kind = node.Kind }, n => [n.Left, n.Right]);

    public Expr Call(Call node) => Strict(new Call(node.Function, new(node.Arguments.Select(a => a.Accept(this)))) { Kind = node.Kind }, n => n.Arguments);

    public Expr ListOf(ListOf node) => new ListOf(new(node.Items.Select(i => i.Accept(this)))) { Kind = node.Kind };

    public Expr Logic(Logic node)
    {
        var decides = node.Operator == LogicOperator.Or;
        var open = new List<Expr>();
        foreach (var term in node.Terms.Select(t => t.Accept(this)))
        {
            if (term is not Literal { Value.AsBool: { } truth })
                open.Add(term);
            else if (truth == decides)
                return Value(RuleValue.Bool(decides), node.Kind);
        }
        return open switch
        {
            [] => Value(RuleValue.Bool(!decides), node.Kind),
            [var only] => only,
            _ => open.TrueForAll(t => t is Literal) ? Value(default, node.Kind) : new Logic(node.Operator, new(open)) { Kind = node.Kind },
        };
    }

    public Expr Conditional(Conditional node)
    {
        var condition = node.Condition.Accept(this);
        if (condition is Literal { Value: var decided })
            return decided.AsBool is { } truth ? Taken(node, (truth ? node.Then : node.Otherwise).Accept(this), decided, truth) : Value(default, node.Kind);
        var (then, otherwise) = (Branch(node, node.Then.Accept(this)), Branch(node, node.Otherwise.Accept(this)));
        return IsNothing(then) && IsNothing(otherwise) ? Value(default, node.Kind) : new Conditional(condition, then, otherwise) { Kind = node.Kind };
    }

    public Expr Membership(Membership node)
    {
        var (item, list) = (node.Item.Accept(this), node.List.Accept(this));
        var rest = new Membership(item, list) { Kind = node.Kind };
        var parts = list is ListOf written ? [.. written.Items] : list is Literal { Value.AsList: { } values } ? values.Select(v => (Expr)Value(v, node.Item.Kind)).ToList() : null;
        if (parts is null)
            return rest;
        if (parts.Count == 0)
            return Value(RuleValue.Bool(false), node.Kind);
        if (item is not Literal { Value: var sought })
            return rest;
        // What is known of the list may hold it already, whatever the rest of it is.
        var known = Meaning.Contains([.. parts.OfType<Literal>().Select(p => p.Value)], sought, node.Item.Kind.Type);
        return known == true || parts.TrueForAll(p => p is Literal) ? Value(RuleValue.Bool(known), node.Kind)
            : sought.IsKnown ? rest : Value(default, node.Kind);
    }

    private static Literal Value(RuleValue value, ExprKind kind) => new(value) { Kind = kind };

    private static bool IsNothing(Expr part) => part is Literal { Value.IsKnown: false };

    // A whole number where the other branch gives decimals is one, too.
    private static Expr Branch(Conditional node, Expr branch) => branch is Literal { Value: var value } ? Value(Meaning.As(node.Kind, value), node.Kind) : branch;

    private static Expr Taken(Conditional node, Expr branch, RuleValue condition, bool truth)
    {
        if (branch is Literal || branch.Kind.Type == node.Kind.Type)
            return Branch(node, branch);
        Expr never = Value(default, node.Kind);
        return new Conditional(Value(condition, new(RuleType.Bool)), truth ? branch : never, truth ? never : branch) { Kind = node.Kind };
    }

    /// <summary>What needs every operand: without a result if one has none, worked out if all are known.</summary>
    private static Expr Strict<T>(T node, Func<T, IReadOnlyList<Expr>> operandsOf) where T : Expr
    {
        var operands = operandsOf(node);
        return operands.Any(IsNothing) ? Value(default, node.Kind)
            : operands.All(o => o is Literal { } or ListOf { }) && operands.OfType<ListOf>().All(l => l.Items.All(i => i is Literal)) ? Value(Interpreter.Compile(node).Value(Nobody), node.Kind)
            : node;
    }
}
