namespace Shouwang.Kernel.Rules.Sql;

/// <summary>Writes checked rules as SQL that gives true, false or NULL where the interpreter says true, false or unknown.</summary>
/// <remarks>
/// Texts of a rule become parameters and never stand in the SQL. What is the same for all households is worked out here, so that
/// a database has nothing to work out before it meets a row.
/// </remarks>
public sealed class SqlWriter(SqlForm form, Func<Symbol, SqlName> names)
{
    /// <summary>Before the number of a parameter: <c>@t0</c>.</summary>
    public const string ParameterPrefix = "@t";

    private readonly List<string> _texts = [];
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private bool _unsayable;

    /// <summary>What the parameters stand for: <c>@t0</c>, <c>@t1</c> and so on.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The condition of a rule, or null when a database cannot be asked it: a text in it holds the character 0.</summary>
    /// <exception cref="ArgumentException">The rule is no condition.</exception>
    public string? Condition(RuleExpression rule)
    {
        if (rule.Type != RuleType.Bool)
            throw new ArgumentException($"'{rule}' is no condition.", nameof(rule));
        _unsayable = false;
        var sql = rule.Root.Accept(new Visitor(this, form)).Sql;
        return _unsayable ? null : sql;
    }

    private string Parameter(string text)
    {
        if (!_parameters.TryGetValue(text, out var parameter))
        {
            _unsayable |= text.Contains('\0', StringComparison.Ordinal);
            _parameters[text] = parameter = $"{ParameterPrefix}{_texts.Count}";
            _texts.Add(text);
        }
        return parameter;
    }

    private SqlName Named(Symbol symbol) => names(symbol);

    private string Constant(RuleValue value, ExprKind kind) => value.AsText is { } text ? Parameter(text) : form.Literal(value, kind);

    /// <summary>A piece of SQL, or a value that is the same for all households and becomes SQL only where it is needed.</summary>
    private readonly struct Piece
    {
        private readonly string? _sql;
        private readonly SqlWriter? _writer;

        public Piece(string sql, ExprKind kind, bool simple = false) => (_sql, Kind, IsSimple) = (sql, kind, simple);

        public Piece(RuleValue value, ExprKind kind, SqlWriter writer) => (Value, Kind, IsSimple, _writer) = (value, kind, true, writer);

        public ExprKind Kind { get; }

        /// <summary>A column or a value; may be repeated.</summary>
        public bool IsSimple { get; }

        public RuleValue? Value { get; }

        public string Sql => _sql ?? _writer!.Constant(Value!.Value, Kind);
    }

    private sealed class Visitor(SqlWriter writer, SqlForm form) : IExprVisitor<Piece>, IRuleInputs
    {
        public RuleValue Get(Symbol symbol) => writer.Named(symbol).Value;

        public Piece Literal(Literal node) => Constant(node.Value, node.Kind);

        public Piece Name(Name node)
        {
            var name = writer.Named(node.Symbol!);
            return name.Column is { } column ? new(column, node.Kind, simple: true) : Constant(this.Of(node.Symbol!), node.Kind);
        }

        public Piece Has(Has node)
        {
            var name = writer.Named(node.Name.Symbol!);
            return name.Column is { } column ? new($"({column} is not null)", node.Kind) : Constant(RuleValue.Bool(name.Value.IsKnown), node.Kind);
        }

        public Piece Not(Not node) => Of(node, [node.Operand], p => $"(not {p[0].Sql})");

        public Piece Negation(Negation node) => Of(node, [node.Operand], p => form.Negation(Operand(p[0]), node.Kind.Type == RuleType.Int));

        public Piece Arithmetic(Arithmetic node) => Of(node, [node.Left, node.Right], p =>
        {
            var (a, b) = (p[0], p[1]);
            return (a.Kind.Type, b.Kind.Type) switch
            {
                (RuleType.Date, RuleType.Date) => $"({a.Sql} - {b.Sql})",
                (RuleType.Date, _) => form.Moved(node.Operator, a.Sql, b.Sql, b.Kind.Unit == Unit.Months),
                (_, RuleType.Date) => form.Moved(node.Operator, b.Sql, a.Sql, a.Kind.Unit == Unit.Months),
                _ => form.Arithmetic(node.Operator, Operand(a), Operand(b), whole: node.Kind.Type != RuleType.Decimal),
            };
        });

        public Piece Comparison(Comparison node) => Of(node, [node.Left, node.Right], p =>
        {
            var (a, b) = Alike(p[0], p[1]);
            return node.Left.Kind.Type == RuleType.Text ? form.Ordered(a, Sign(node.Operator), b) : $"({a} {Sign(node.Operator)} {b})";
        });

        // In halves: a database that nests every further term gives up at the thousandth.
        public Piece Logic(Logic node) =>
            Of(node, node.Terms, p => Joined(p.AsSpan(), node.Operator == LogicOperator.And ? " and " : " or "));

        public Piece Conditional(Conditional node) => Of(node, [node.Condition, node.Then, node.Otherwise], p =>
            // Not "else", which an unknown condition would come to as well.
            $"(case {p[0].Sql} when {form.True} then {As(node.Kind, p[1])} when {form.False} then {As(node.Kind, p[2])} end)");

        public Piece Membership(Membership node)
        {
            var item = node.Item.Accept(this);
            if (node.List is Name { Symbol: { } symbol } && writer.Named(symbol).Column is { } column)
                return new(form.InList(item.Sql, column), node.Kind);
            if (node.List is ListOf list)
                return Among(node, item, [.. list.Items.Select(i => i.Accept(this))]);
            return Get(((Name)node.List).Symbol!).AsList is { } values
                ? Among(node, item, [.. values.Select(v => Constant(v, new(node.List.Kind.Item!.Value, node.List.Kind.Unit)))])
                : Constant(RuleValue.Unknown, node.Kind);
        }

        /// <summary>In SQL as in rules: NULL when nothing is equal and something is NULL.</summary>
        private Piece Among(Membership node, Piece item, Piece[] items)
        {
            if (items.Length == 0)
                return Constant(RuleValue.Bool(false), node.Kind);
            if (item.Value is not null && items.All(i => i.Value is not null))
                return Worked(node);
            var mixed = items.Append(item).Any(i => i.Kind.Type == RuleType.Decimal);
            return new($"({Side(item, mixed)} in ({string.Join(", ", items.Select(i => Side(i, mixed)))}))", node.Kind);
        }

        // Only "in" and "size" take a list.
        public Piece ListOf(ListOf node) => throw new InvalidOperationException("A list is no value in SQL.");

        public Piece Call(Call node)
        {
            if (node is { Function: RuleFunction.Size, Arguments: [{ Kind.Type: RuleType.List } list] })
                return list is Name { Symbol: { } symbol } && writer.Named(symbol).Column is { } column ? new(form.Count(column), node.Kind) : Worked(node);
            return Of(node, node.Arguments, p => node.Function switch
            {
                RuleFunction.Size => $"length({p[0].Sql})",
                RuleFunction.Days or RuleFunction.Months => p[0].Sql,
                RuleFunction.Years => form.Years(p[0].Sql),
                RuleFunction.DaysBetween => $"({p[1].Sql} - {p[0].Sql})",
                RuleFunction.MonthsBetween => form.MonthsBetween(p[0].Sql, p[1].Sql),
                RuleFunction.Contains or RuleFunction.StartsWith or RuleFunction.EndsWith => form.TextHolds(node.Function, p[0].Sql, p[1].Sql),
                RuleFunction.Min or RuleFunction.Max => Least(node, p),
            });
        }

        private string Least(Call node, Piece[] operands)
        {
            var mixed = node.Kind.Type == RuleType.Decimal;
            var least = form.Least([.. operands.Select(o => Side(o, mixed))], node.Function == RuleFunction.Max, operands.All(o => o.IsSimple));
            return mixed && operands.Any(o => o.Kind.Type == RuleType.Int) ? form.AsDecimal($"({least})") : $"({least})";
        }

        /// <summary>A node of these operands; worked out at once when they are the same for all households.</summary>
        private Piece Of(Expr node, IEnumerable<Expr> operands, Func<Piece[], string> write)
        {
            var pieces = operands.Select(o => o.Accept(this)).ToArray();
            return Array.TrueForAll(pieces, p => p.Value is not null) ? Worked(node) : new(write(pieces), node.Kind);
        }

        private Piece Worked(Expr node) => Constant(Interpreter.Compile(node).Value(this), node.Kind);

        private Piece Constant(RuleValue value, ExprKind kind) => new(value, kind, writer);

        private string Operand(Piece piece) => piece.Kind.Type == RuleType.Decimal ? piece.Sql : form.Operand(piece.Sql);

        private (string Left, string Right) Alike(Piece a, Piece b)
        {
            var mixed = a.Kind.Type == RuleType.Decimal || b.Kind.Type == RuleType.Decimal;
            return (Side(a, mixed), Side(b, mixed));
        }

        /// <summary>A side of a comparison; with decimals among them, all are written as decimals are.</summary>
        private string Side(Piece piece, bool mixed) => !mixed || piece.Kind.Type != RuleType.Int ? piece.Sql
            : piece.Value is { IsKnown: true } value ? form.Literal(value, new(RuleType.Decimal))
            : form.Comparable(piece.Sql);

        private string As(ExprKind kind, Piece piece) => kind.Type != RuleType.Decimal || piece.Kind.Type != RuleType.Int ? piece.Sql
            : piece.Value is { } value ? Constant(Meaning.As(kind, value), kind).Sql
            : form.AsDecimal(piece.Sql);

        private static string Joined(ReadOnlySpan<Piece> terms, string word) => terms.Length == 1
            ? terms[0].Sql
            : $"({Joined(terms[..(terms.Length / 2)], word)}{word}{Joined(terms[(terms.Length / 2)..], word)})";

        private static string Sign(ComparisonOperator @operator) => @operator switch
        {
            ComparisonOperator.Equal => "=",
            ComparisonOperator.NotEqual => "<>",
            ComparisonOperator.Less => "<",
            ComparisonOperator.LessOrEqual => "<=",
            ComparisonOperator.Greater => ">",
            ComparisonOperator.GreaterOrEqual => ">=",
        };
    }
}
