namespace Shouwang.Kernel.Rules;

/// <summary>Finds the symbols, types and units of a tree and notes them on a copy of it; reports every fault it finds.</summary>
/// <remarks>A node with a fault becomes null, and whatever holds it stays silent, so that one mistake gives one message.</remarks>
internal sealed class Checker(string source, ISymbols symbols) : IExprVisitor<Expr?>
{
    /// <summary>Who makes more mistakes than this in one rule is better served by seeing the first ones.</summary>
    private const int MaxErrors = 20;

    private static readonly Text Compared = new("比较", "compared");
    private static readonly Text Calculated = new("一起计算", "calculated with");
    private static readonly Text Alternatives = new("作为同一结果的两种取值", "alternatives of one result");
    private static readonly Text Listed = new("放在同一列表", "in one list");
    private static readonly Text NumberTitle = new("数", "number");

    private readonly Dictionary<string, Symbol?> _found = new(StringComparer.Ordinal);

    public List<RuleError> Errors { get; } = [];

    /// <summary>The symbols the tree uses, in the order in which they first stand in the text.</summary>
    public List<Symbol> Used { get; } = [];

    /// <summary>The whole rule, of the type it has to have if that is given; null when there are errors.</summary>
    public Expr? Whole(Expr root, RuleType? type) => type is { } t ? Check(root, t) : root.Accept(this);

    public Expr? Literal(Literal node) => node with
    {
        Kind = new(node.Value.Type!.Value, node.Value.Type == RuleType.Duration ? DurationUnit(node.Value.IsInMonths) : Unit.None),
    };

    public Expr? Name(Name node)
    {
        if (!_found.TryGetValue(node.Dotted, out var symbol))
        {
            _found[node.Dotted] = symbol = symbols.Find(node.Dotted);
            if (symbol is not null)
                Used.Add(symbol);
        }
        if (symbol is not null)
            return node with { Symbol = symbol, Kind = symbol.Kind };
        return Errors.Count >= MaxErrors ? null : Refuse(node, "rule.unknown-name",
            RuleMessages.UnknownName(node.Dotted, NearestName.Of(node.Dotted, symbols.Names)));
    }

    public Expr? Has(Has node) => Name(node.Name) is Name name ? node with { Name = name, Kind = new(RuleType.Bool) } : null;

    public Expr? Not(Not node) => Check(node.Operand, RuleType.Bool) is { } operand
        ? node with { Operand = operand, Kind = new(RuleType.Bool) }
        : null;

    public Expr? Negation(Negation node) => Number(node.Operand.Accept(this)) is { } operand
        ? node with { Operand = operand, Kind = operand.Kind }
        : null;

    public Expr? Arithmetic(Arithmetic node)
    {
        if ((node.Left.Accept(this), node.Right.Accept(this)) is not ({ } left, { } right))
            return null;
        var kind = left.Kind.IsNumber && right.Kind.IsNumber ? OfNumbers(node, left, right) : OfDates(node, left, right);
        return kind is { } k ? node with { Left = left, Right = right, Kind = k } : null;
    }

    private ExprKind? OfNumbers(Arithmetic node, Expr left, Expr right)
    {
        var (a, b) = (left.Kind, right.Kind);
        var whole = a.Type == RuleType.Int && b.Type == RuleType.Int;
        if (node.Operator == ArithmeticOperator.Remainder && !whole)
            return Refused(node, "rule.type", RuleMessages.Type(Shown(a.Type == RuleType.Int ? right : left),
                a.Type == RuleType.Int ? b : a, RuleType.Int.Title()));
        var unit = node.Operator switch
        {
            ArithmeticOperator.Add or ArithmeticOperator.Subtract or ArithmeticOperator.Remainder => Units.Common(a.Unit, b.Unit),
            ArithmeticOperator.Multiply => Units.Product(a.Unit, b.Unit),
            ArithmeticOperator.Divide => Units.Quotient(a.Unit, b.Unit),
        };
        if (unit is not { } u)
            return Refused(node, "rule.unit", RuleMessages.UnitsDiffer(Calculated, Shown(left), a.Unit, Shown(right), b.Unit));
        // Plain whole numbers are cut as in CEL; quantities are divided exactly, or 5 persons by 2 would be 2.
        whole &= node.Operator != ArithmeticOperator.Divide || (a.Unit == Unit.None && b.Unit == Unit.None);
        return new(whole ? RuleType.Int : RuleType.Decimal, u);
    }

    private ExprKind? OfDates(Arithmetic node, Expr left, Expr right)
    {
        var (a, b) = (left.Kind, right.Kind);
        switch ((a.Type, node.Operator, b.Type))
        {
            case (RuleType.Date, ArithmeticOperator.Add or ArithmeticOperator.Subtract, RuleType.Duration):
            case (RuleType.Duration, ArithmeticOperator.Add, RuleType.Date):
                return new(RuleType.Date);
            case (RuleType.Date, ArithmeticOperator.Subtract, RuleType.Date):
                return new(RuleType.Duration, Unit.Days);
            case (RuleType.Duration, ArithmeticOperator.Add or ArithmeticOperator.Subtract, RuleType.Duration):
                return a.Unit == b.Unit
                    ? a
                    : Refused(node, "rule.unit", RuleMessages.UnitsDiffer(Calculated, Shown(left), a.Unit, Shown(right), b.Unit));
            default:
                return Refused(node, "rule.type", RuleMessages.Types(Calculated, Shown(left), a, Shown(right), b));
        }
    }

    public Expr? Comparison(Comparison node)
    {
        if ((node.Left.Accept(this), node.Right.Accept(this)) is not ({ } left, { } right))
            return null;
        var equality = node.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (!equality && node.Left is Rules.Comparison or Rules.Membership)
            return Refuse(node, "rule.type", RuleMessages.Chain);
        if (Join(node, Compared, left, right) is not { } kind)
            return null;
        return kind.Type == RuleType.List || (kind.Type == RuleType.Bool && !equality)
            ? Refuse(node, "rule.type", RuleMessages.Types(Compared, Shown(left), left.Kind, Shown(right), right.Kind))
            : node with { Left = left, Right = right, Kind = new(RuleType.Bool) };
    }

    public Expr? Logic(Logic node)
    {
        var terms = node.Terms.Select(t => Check(t, RuleType.Bool)).ToList();
        return terms.Contains(null) ? null : node with { Terms = new(terms!), Kind = new(RuleType.Bool) };
    }

    public Expr? Conditional(Conditional node)
    {
        var condition = Check(node.Condition, RuleType.Bool);
        if ((node.Then.Accept(this), node.Otherwise.Accept(this)) is not ({ } then, { } otherwise)
            || Join(node, Alternatives, then, otherwise) is not { } kind || condition is null)
            return null;
        return kind.Type == RuleType.List
            ? Refuse(node, "rule.type", RuleMessages.Types(Alternatives, Shown(then), kind, Shown(otherwise), kind))
            : node with { Condition = condition, Then = then, Otherwise = otherwise, Kind = kind };
    }

    public Expr? Membership(Membership node)
    {
        if ((node.Item.Accept(this), Check(node.List, RuleType.List)) is not ({ } item, { } list))
            return null;
        if (item.Kind.Type == RuleType.List)
            return Refuse(item, "rule.type", RuleMessages.Type(Shown(item), item.Kind, new("单个值", "single value")));
        return list.Kind.Item is { } type && Join(node, Compared, item, list, new(type, list.Kind.Unit)) is null
            ? null
            : node with { Item = item, List = list, Kind = new(RuleType.Bool) };
    }

    public Expr? ListOf(ListOf node)
    {
        var items = node.Items.Select(i => i.Accept(this)).ToList();
        if (items.Contains(null))
            return null;
        ExprKind? kind = null;
        foreach (var item in items)
        {
            if (item!.Kind.Type == RuleType.List)
                return Refuse(item, "rule.type", RuleMessages.Type(Shown(item), item.Kind, new("单个值", "single value")));
            if (kind is null)
                kind = item.Kind;
            else if ((kind = Join(item, Listed, items[0]!, item, item.Kind, kind)) is null)
                return null;
        }
        return node with { Items = new(items!), Kind = new(RuleType.List, kind?.Unit ?? Unit.None, kind?.Type) };
    }

    public Expr? Call(Call node)
    {
        var arguments = node.Arguments.Select(a => a.Accept(this)).ToList();
        if (arguments.Contains(null))
            return null;
        return Result(node, arguments!) is { } kind ? node with { Arguments = new(arguments!), Kind = kind } : null;
    }

    private ExprKind? Result(Call node, List<Expr> arguments)
    {
        switch (node.Function)
        {
            case RuleFunction.Size:
                return arguments[0].Kind.Type is RuleType.List ? new(RuleType.Int)
                    : All(arguments, RuleType.Text) ? new(RuleType.Int) : null;
            case RuleFunction.Contains or RuleFunction.StartsWith or RuleFunction.EndsWith:
                return All(arguments, RuleType.Text) ? new(RuleType.Bool) : null;
            case RuleFunction.Days:
                return Counted(arguments[0], Unit.Days) ? new(RuleType.Duration, Unit.Days) : null;
            case RuleFunction.Months:
                return Counted(arguments[0], Unit.Months) ? new(RuleType.Duration, Unit.Months) : null;
            case RuleFunction.Years:
                return Counted(arguments[0], Unit.Years) ? new(RuleType.Duration, Unit.Months) : null;
            case RuleFunction.DaysBetween:
                return All(arguments, RuleType.Date) ? new(RuleType.Int, Unit.Days) : null;
            case RuleFunction.MonthsBetween:
                return All(arguments, RuleType.Date) ? new(RuleType.Int, Unit.Months) : null;
            case RuleFunction.Min or RuleFunction.Max:
                if (arguments.Find(a => !a.Kind.IsNumber && a.Kind.Type is not (RuleType.Date or RuleType.Duration)) is { } odd)
                    return Refused(odd, "rule.type", RuleMessages.Type(Shown(odd), odd.Kind, NumberTitle));
                ExprKind? kind = arguments[0].Kind;
                foreach (var argument in arguments.Skip(1))
                    kind = kind is null ? null : Join(argument, Compared, arguments[0], argument, argument.Kind, kind);
                return kind;
        }
        return null;
    }

    private bool Counted(Expr argument, Unit unit)
    {
        if (!All([argument], RuleType.Int))
            return false;
        if (argument.Kind.Unit == unit || argument.Kind.Unit == Unit.None)
            return true;
        Refuse(argument, "rule.unit",
            RuleMessages.UnitsDiffer(Calculated, Shown(argument), argument.Kind.Unit, unit.ToString(), unit));
        return false;
    }

    private bool All(List<Expr> arguments, RuleType type)
    {
        var odd = arguments.Find(a => a.Kind.Type != type);
        if (odd is not null)
            Refuse(odd, "rule.type", RuleMessages.Type(Shown(odd), odd.Kind, type.Title()));
        return odd is null;
    }

    private Expr? Check(Expr expression, RuleType type)
    {
        var checkedOne = expression.Accept(this);
        return checkedOne is null || checkedOne.Kind.Type == type
            ? checkedOne
            : Refuse(expression, "rule.type", RuleMessages.Type(Shown(expression), checkedOne.Kind, type.Title()));
    }

    private Expr? Number(Expr? expression) => expression is null || expression.Kind.IsNumber
        ? expression
        : Refuse(expression, "rule.type", RuleMessages.Type(Shown(expression), expression.Kind, NumberTitle));

    /// <summary>Type and unit that hold both; refuses at <paramref name="at"/> what has none in common.</summary>
    private ExprKind? Join(Expr at, Text action, Expr left, Expr right, ExprKind? rightKind = null, ExprKind? leftKind = null)
    {
        var (a, b) = (leftKind ?? left.Kind, rightKind ?? right.Kind);
        if (a.Type != b.Type && !(a.IsNumber && b.IsNumber))
            return Refused(at, "rule.type", RuleMessages.Types(action, Shown(left), a, Shown(right), b));
        return Units.Common(a.Unit, b.Unit) is { } unit
            ? new(a.Type == b.Type ? a.Type : RuleType.Decimal, unit)
            : Refused(at, "rule.unit", RuleMessages.UnitsDiffer(action, Shown(left), a.Unit, Shown(right), b.Unit));
    }

    private static Unit DurationUnit(bool inMonths) => inMonths ? Unit.Months : Unit.Days;

    /// <summary>The piece of the text a message is about, shortened.</summary>
    private string Shown(Expr expression)
    {
        var text = source.AsSpan(expression.Place.Start, expression.Place.Length);
        return text.Length <= 40 ? text.ToString() : $"{text[..37]}...";
    }

    private ExprKind? Refused(Expr at, string code, (Text, Text) message)
    {
        Refuse(at, code, message);
        return null;
    }

    private Expr? Refuse(Expr at, string code, (Text What, Text Remedy) message)
    {
        // What all() and exists() write out several times is faulty several times in one place.
        var error = RuleError.At(source, at.Place, code, message.What, message.Remedy);
        if (Errors.Count < MaxErrors && !Errors.Contains(error))
            Errors.Add(error);
        return null;
    }
}
