using System.Numerics;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Turns calculations into lanes of whole numbers, where it can prove that they stay exact; gives null where it cannot.</summary>
/// <remarks>
/// From the least and the greatest value of every column follow bounds of every result. Sums, products and comparisons are
/// exact within them: 32-bit lanes up to 2^31, else 64-bit ones up to 2^53. A quotient is never worked out: <c>a / b &lt; c</c>
/// is <c>a &lt; c × b</c>, which says the same as long as two different quotients differ by more than the rounding of one.
/// </remarks>
internal sealed class ScanArithmetic(ScanTable table, ScanEmitter emit, Func<Symbol, RuleValue> constants) : IExprVisitor<ScanNumber?>
{
    private const int MaxScale = 16;
    private const int MostDays = 3_652_058;

    public Truth? Compare(ComparisonOperator @operator, Expr left, Expr right)
    {
        if ((Number(left), Number(right)) is not ({ } a, { } b))
            return null;
        var known = emit.And(a.Known, b.Known);
        if (known.IsNone)
            return Truth.Unknown;
        if (Crossed(a, b) is not { } sides)
            return null;
        (a, b, known) = (sides.Left, sides.Right, emit.And(known, sides.Known));
        if (sides.Swapped)
            (a, b) = (b, a);
        if (Bits(@operator, a, b) is not { } bits)
            return null;
        return new(() => emit.And(bits(), known), () => emit.AndNot(known, bits()));
    }

    /// <summary>Both sides times the divisors; known where these are not 0.</summary>
    private (ScanNumber Left, ScanNumber Right, Bits Known, bool Swapped)? Crossed(ScanNumber a, ScanNumber b)
    {
        if (a.Divisor is null && b.Divisor is null)
            return (a, b, Scan.Bits.Every, false);
        if (a.Divisor is not null && b.Divisor is not null)
            return null;
        var (quotient, other, divisor) = a.Divisor is not null ? (a, b, a.Divisor) : (b, a, b.Divisor!);
        if (divisor.Least < 0 && divisor.Greatest > 0)
            return null;
        // What is compared differs by one unit of its last place at least, so quotients differ by that over the divisor.
        var places = Math.Max(quotient.Scale, divisor.Scale + other.Scale) - divisor.Scale;
        var most = BigInteger.Max(BigInteger.Abs(divisor.Least), BigInteger.Abs(divisor.Greatest));
        var top = BigInteger.Max(BigInteger.Abs(quotient.Least), BigInteger.Abs(quotient.Greatest));
        if (most * BigInteger.Pow(10, places) > BigInteger.Pow(10, MaxScale) || top * BigInteger.Pow(10, divisor.Scale) >= BigInteger.Pow(10, 12 + quotient.Scale)
            || Product(divisor, other) is not { } product || NotZero(divisor) is not { } possible)
            return null;
        var dividend = quotient with { Divisor = null };
        var (left, right) = a.Divisor is not null ? (dividend, product) : (product, dividend);
        return (left, right, possible, divisor.Greatest <= 0);
    }

    private Bits? NotZero(ScanNumber number) => number.Least > 0 || number.Greatest < 0 ? Scan.Bits.Every
        : Bits(ComparisonOperator.NotEqual, number, ScanNumber.Constant(RuleValue.Int(0))) is { } bits ? bits() : null;

    /// <summary>Where the comparison holds, supposing that both sides are known.</summary>
    private Func<Bits>? Bits(ComparisonOperator @operator, ScanNumber a, ScanNumber b)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        (a, b) = (a.AtScale(scale), b.AtScale(scale));
        if (a.Column is not null && b.IsConstant)
            return () => OfColumn(@operator, a, b.Summand);
        if (b.Column is not null && a.IsConstant)
            return () => OfColumn(Mirrored(@operator), b, a.Summand);
        if (a.IsConstant && b.IsConstant)
            return () => new(null, Meaning.Holds(@operator, a.Summand.CompareTo(b.Summand)));
        if ((a.Width, b.Width) is not ({ } x, { } y))
            return null;
        var kind = x == RegisterKind.Wide ? x : y;
        return () => @operator switch
        {
            ComparisonOperator.Equal => emit.Compare(LaneComparison.Equal, a, b, kind),
            ComparisonOperator.NotEqual => emit.Not(emit.Compare(LaneComparison.Equal, a, b, kind)),
            ComparisonOperator.Less => emit.Compare(LaneComparison.Less, a, b, kind),
            ComparisonOperator.LessOrEqual => emit.Compare(LaneComparison.LessOrEqual, a, b, kind),
            ComparisonOperator.Greater => emit.Compare(LaneComparison.Less, b, a, kind),
            ComparisonOperator.GreaterOrEqual => emit.Compare(LaneComparison.LessOrEqual, b, a, kind),
        };
    }

    /// <summary><c>factor × stored + summand</c> against a number: bounds on what is stored, so that nothing is calculated.</summary>
    private Bits OfColumn(ComparisonOperator @operator, ScanNumber number, BigInteger other)
    {
        var (column, factor, rest) = (number.Column!, number.Factor, other - number.Summand);
        if (factor.IsZero)
            return new(null, Meaning.Holds(@operator, BigInteger.Zero.CompareTo(rest)));
        if (factor.Sign < 0)
            (factor, rest, @operator) = (-factor, -rest, Mirrored(@operator));
        var down = Floor(rest, factor);
        var exact = down * factor == rest;
        return @operator switch
        {
            ComparisonOperator.Equal => exact ? Between(down, down) : Scan.Bits.None,
            ComparisonOperator.NotEqual => exact ? emit.Not(Between(down, down)) : Scan.Bits.Every,
            ComparisonOperator.Less => Between(long.MinValue, exact ? down - 1 : down),
            ComparisonOperator.LessOrEqual => Between(long.MinValue, down),
            ComparisonOperator.Greater => Between(down + 1, long.MaxValue),
            ComparisonOperator.GreaterOrEqual => Between(exact ? down : down + 1, long.MaxValue),
        };

        Bits Between(BigInteger least, BigInteger greatest) => least > long.MaxValue || greatest < long.MinValue
            ? Scan.Bits.None
            : emit.Between(column, (long)BigInteger.Max(least, long.MinValue), (long)BigInteger.Min(greatest, long.MaxValue));
    }

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static ComparisonOperator Mirrored(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        ComparisonOperator.Equal or ComparisonOperator.NotEqual => @operator,
    };

    private ScanNumber? Number(Expr expression)
    {
        if (ColumnsOf.In(expression, table).Count > 0)
            return expression.Accept(this);
        var value = Interpreter.Compile(expression).Value(table.Inputs(constants));
        return value.IsKnown ? ScanNumber.Constant(value) : ScanNumber.Constant(RuleValue.Int(0)) with { Known = Scan.Bits.None };
    }

    public ScanNumber? Literal(Literal node) => null;

    public ScanNumber? Name(Name node)
    {
        var column = table.Columns[node.Dotted];
        return column.Shape.Storage is ColumnStorage.Bits or ColumnStorage.Values ? null : ScanNumber.Of(column, emit.Known(column));
    }

    public ScanNumber? Negation(Negation node) => Number(node.Operand) is { Divisor: null } number && Bounded(number.Times(-1), node) is { } negative ? negative : null;

    public ScanNumber? Arithmetic(Arithmetic node)
    {
        if ((Number(node.Left), Number(node.Right)) is not ({ Divisor: null } a, { Divisor: null } b))
            return null;
        // A duration of months is no number of days.
        if ((node.Kind.Type is RuleType.Date or RuleType.Duration) && (InMonths(node.Left) || InMonths(node.Right)))
            return null;
        return node.Operator switch
        {
            ArithmeticOperator.Add => Bounded(Sum(a, b), node),
            ArithmeticOperator.Subtract => Bounded(Sum(a, b.Times(-1)), node),
            ArithmeticOperator.Multiply => Bounded(Product(a, b), node),
            ArithmeticOperator.Divide => node.Kind.Type == RuleType.Decimal ? a with { Divisor = b, Known = emit.And(a.Known, b.Known) } : null,
            ArithmeticOperator.Remainder => null,
        };
    }

    public ScanNumber? Conditional(Conditional node)
    {
        if ((Number(node.Then), Number(node.Otherwise)) is not ({ Divisor: null } then, { Divisor: null } otherwise)
            || Aligned(then, otherwise) is not { } both)
            return null;
        var condition = new ScanCompiler(table, emit, constants).Compile(node.Condition);
        var known = emit.Or(emit.And(condition.Holds, then.Known), emit.And(condition.Fails, otherwise.Known));
        if (condition.Holds.Register is not { } choice)
            return Bounded((condition.Holds.All ? then : otherwise) with { Known = known }, node);
        // A whole number beside one with decimals becomes one, and may be too large for it.
        return Bounded(ScanNumber.Of(emit.Choose(choice, both.A.In(both.Kind, emit), both.B.In(both.Kind, emit)), both.A.Scale,
            BigInteger.Min(both.A.Least, both.B.Least), BigInteger.Max(both.A.Greatest, both.B.Greatest), known), node);
    }

    public ScanNumber? Call(Call node) => node.Function switch
    {
        RuleFunction.Min => Fold(node, LaneOperation.Min, BigInteger.Min),
        RuleFunction.Max => Fold(node, LaneOperation.Max, BigInteger.Max),
        RuleFunction.DaysBetween => (Number(node.Arguments[0]), Number(node.Arguments[1])) is ({ } from, { } to) ? Sum(to, from.Times(-1)) : null,
        RuleFunction.Days => Number(node.Arguments[0]) is { Divisor: null } days ? days : null,
        RuleFunction.Months or RuleFunction.Years or RuleFunction.MonthsBetween or RuleFunction.Size or RuleFunction.Contains
            or RuleFunction.StartsWith or RuleFunction.EndsWith => null,
    };

    public ScanNumber? Has(Has node) => null;

    public ScanNumber? Not(Not node) => null;

    public ScanNumber? Comparison(Comparison node) => null;

    public ScanNumber? Logic(Logic node) => null;

    public ScanNumber? Membership(Membership node) => null;

    public ScanNumber? ListOf(ListOf node) => null;

    private ScanNumber? Fold(Call node, LaneOperation operation, Func<BigInteger, BigInteger, BigInteger> bound)
    {
        if (node.Arguments.Any(InMonths))
            return null;
        ScanNumber? result = null;
        foreach (var argument in node.Arguments)
        {
            if (Number(argument) is not { Divisor: null } next)
                return null;
            if (result is null)
                result = next;
            else if (Aligned(result, next) is { } both)
                result = ScanNumber.Of(emit.Combine(operation, both.A, both.B, both.Kind), both.A.Scale,
                    bound(both.A.Least, both.B.Least), bound(both.A.Greatest, both.B.Greatest), emit.And(result.Known, next.Known));
            else
                return null;
        }
        return Bounded(result, node);
    }

    private ScanNumber? Sum(ScanNumber a, ScanNumber b)
    {
        var (scale, known) = (Math.Max(a.Scale, b.Scale), emit.And(a.Known, b.Known));
        if (b.IsConstant)
            return a.AtScale(scale).Plus(b.AtScale(scale).Summand) with { Known = known };
        if (a.IsConstant)
            return b.AtScale(scale).Plus(a.AtScale(scale).Summand) with { Known = known };
        if (Aligned(a, b) is not { } both)
            return null;
        var (least, greatest) = (both.A.Least + both.B.Least, both.A.Greatest + both.B.Greatest);
        return Lanes(LaneOperation.Add, both.A, both.B, scale, least, greatest, known);
    }

    private ScanNumber? Product(ScanNumber a, ScanNumber b)
    {
        var known = emit.And(a.Known, b.Known);
        if (b.IsConstant)
            return a.Times(b.Summand) with { Scale = a.Scale + b.Scale, Known = known };
        if (a.IsConstant)
            return b.Times(a.Summand) with { Scale = a.Scale + b.Scale, Known = known };
        BigInteger[] corners = [a.Least * b.Least, a.Least * b.Greatest, a.Greatest * b.Least, a.Greatest * b.Greatest];
        return Lanes(LaneOperation.Multiply, a, b, a.Scale + b.Scale, corners.Min(), corners.Max(), known);
    }

    private ScanNumber? Lanes(LaneOperation operation, ScanNumber a, ScanNumber b, int scale, BigInteger least, BigInteger greatest, Bits known)
    {
        // 0 stands where a value is unknown, so results in between pass through 0 too.
        var probe = new ScanNumber(null, null, 0, BigInteger.Max(BigInteger.Abs(least), BigInteger.Abs(greatest)), 0, 0, 0, known);
        if ((a.Width, b.Width, probe.Width) is not ({ } x, { } y, { } z))
            return null;
        var kind = x == RegisterKind.Wide || y == RegisterKind.Wide ? RegisterKind.Wide : z;
        return ScanNumber.Of(emit.Combine(operation, a, b, kind), scale, least, greatest, known);
    }

    private static (ScanNumber A, ScanNumber B, RegisterKind Kind)? Aligned(ScanNumber a, ScanNumber b)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        (a, b) = (a.AtScale(scale), b.AtScale(scale));
        return (a.Width, b.Width) is ({ } x, { } y) ? (a, b, x == RegisterKind.Wide ? x : y) : null;
    }

    /// <summary>The number if no household's can leave what the language allows for its type.</summary>
    private static ScanNumber? Bounded(ScanNumber? number, Expr node) => number is null ? null : node.Kind.Type switch
    {
        RuleType.Decimal => number.Scale <= MaxScale && number.FitsDecimal ? number : null,
        RuleType.Date => number.Least >= 0 && number.Greatest <= MostDays ? number : null,
        RuleType.Int or RuleType.Duration => number.Least >= long.MinValue && number.Greatest <= long.MaxValue ? number : null,
        RuleType.Bool or RuleType.Text or RuleType.List => null,
    };

    private static bool InMonths(Expr expression) => expression.Kind is { Type: RuleType.Duration, Unit: Unit.Months };
}
