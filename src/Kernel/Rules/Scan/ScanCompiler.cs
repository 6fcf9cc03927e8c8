namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Turns conditions into instructions over a table.</summary>
/// <remarks>
/// Three ways, the first that applies: loops over lanes; a set of the values for which the condition holds, when it reads one
/// column of few different values; asking the interpreter household by household. All give what the interpreter gives.
/// </remarks>
internal sealed class ScanCompiler(ScanTable table, ScanEmitter emit, Func<Symbol, RuleValue> constants) : IExprVisitor<Truth?>
{
    private readonly ScanArithmetic _numbers = new(table, emit, constants);

    /// <summary>The truth of a condition; there always is a way.</summary>
    public Truth Compile(Expr condition)
    {
        var columns = ColumnsOf.In(condition, table);
        if (columns.Count == 0)
            return Truth.Of(Interpreter.Compile(condition).Truth(table.Inputs(constants)));
        return condition.Accept(this)
            ?? (columns.Count == 1 ? ValueSet.Of(condition, table.Columns[columns.First()], emit, constants) : null)
            ?? emit.AskEach(Interpreter.Compile(condition), table, constants);
    }

    public Truth? Literal(Literal node) => Truth.Of(node.Value.AsBool);

    public Truth? Name(Name node)
    {
        var column = table.Columns[node.Dotted];
        if (column.Shape.Storage != ColumnStorage.Bits)
            return null;
        return new(() => emit.And(emit.Set(column), emit.Known(column)), () => emit.AndNot(emit.Known(column), emit.Set(column)));
    }

    public Truth? Has(Has node)
    {
        var column = table.Columns[node.Name.Dotted];
        return new(() => emit.Known(column), () => emit.Not(emit.Known(column)));
    }

    public Truth? Not(Not node)
    {
        var operand = Compile(node.Operand);
        return new(() => operand.Fails, () => operand.Holds);
    }

    public Truth? Logic(Logic node)
    {
        var terms = node.Terms.Select(Compile).ToList();
        return node.Operator == LogicOperator.And ? All(terms) : Any(terms);
    }

    public Truth? Conditional(Conditional node)
    {
        var (condition, then, otherwise) = (Compile(node.Condition), Compile(node.Then), Compile(node.Otherwise));
        return new(() => Either(then.Holds, otherwise.Holds), () => Either(then.Fails, otherwise.Fails));

        Bits Either(Bits yes, Bits no) => emit.Or(emit.And(condition.Holds, yes), emit.And(condition.Fails, no));
    }

    public Truth? Comparison(Comparison node) => node.Left.Kind.Type switch
    {
        RuleType.Bool => Same(Compile(node.Left), Compile(node.Right), node.Operator == ComparisonOperator.Equal),
        RuleType.Int or RuleType.Decimal or RuleType.Date or RuleType.Duration => _numbers.Compare(node.Operator, node.Left, node.Right),
        RuleType.Text or RuleType.List => null,
    };

    /// <summary>"x in [a, b]" is "x == a || x == b".</summary>
    public Truth? Membership(Membership node)
    {
        if (node.List is not ListOf list || node.Item.Kind.Type is RuleType.Text)
            return null;
        var terms = new List<Truth>();
        foreach (var item in list.Items)
        {
            var equality = new Comparison(ComparisonOperator.Equal, node.Item, item) { Kind = node.Kind };
            if (ColumnsOf.In(equality, table).Count == 0)
                terms.Add(Compile(equality));
            else if (Comparison(equality) is { } term)
                terms.Add(term);
            else
                return null;
        }
        return Any(terms);
    }

    public Truth? Negation(Negation node) => null;

    public Truth? Arithmetic(Arithmetic node) => null;

    public Truth? ListOf(ListOf node) => null;

    public Truth? Call(Call node) => null;

    private Truth All(List<Truth> terms) => new(
        () => terms.Aggregate(Bits.Every, (bits, t) => emit.And(bits, t.Holds)),
        () => terms.Aggregate(Bits.None, (bits, t) => emit.Or(bits, t.Fails)));

    private Truth Any(List<Truth> terms) => new(
        () => terms.Aggregate(Bits.None, (bits, t) => emit.Or(bits, t.Holds)),
        () => terms.Aggregate(Bits.Every, (bits, t) => emit.And(bits, t.Fails)));

    private Truth Same(Truth a, Truth b, bool same)
    {
        Bits Equal() => emit.Or(emit.And(a.Holds, b.Holds), emit.And(a.Fails, b.Fails));
        Bits Different() => emit.Or(emit.And(a.Holds, b.Fails), emit.And(a.Fails, b.Holds));
        return same ? new(Equal, Different) : new(Different, Equal);
    }
}

/// <summary>Which columns of a table an expression reads.</summary>
internal sealed class ColumnsOf : IExprVisitor<bool>
{
    private readonly ScanTable _table;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ColumnsOf(ScanTable table) => _table = table;

    public static IReadOnlySet<string> In(Expr expression, ScanTable table)
    {
        var columns = new ColumnsOf(table);
        expression.Accept(columns);
        return columns._names;
    }

    public bool Literal(Literal node) => true;

    public bool Name(Name node) => !_table.Columns.ContainsKey(node.Dotted) || _names.Add(node.Dotted);

    public bool Has(Has node) => Name(node.Name);

    public bool Not(Not node) => node.Operand.Accept(this);

    public bool Negation(Negation node) => node.Operand.Accept(this);

    public bool Arithmetic(Arithmetic node) => Each([node.Left, node.Right]);

    public bool Comparison(Comparison node) => Each([node.Left, node.Right]);

    public bool Logic(Logic node) => Each(node.Terms);

    public bool Conditional(Conditional node) => Each([node.Condition, node.Then, node.Otherwise]);

    public bool Membership(Membership node) => Each([node.Item, node.List]);

    public bool ListOf(ListOf node) => Each(node.Items);

    public bool Call(Call node) => Each(node.Arguments);

    private bool Each(IEnumerable<Expr> expressions)
    {
        foreach (var expression in expressions)
            expression.Accept(this);
        return true;
    }
}
