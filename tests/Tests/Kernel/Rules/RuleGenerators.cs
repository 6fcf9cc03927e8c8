using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>A household for tests: values by name, gaps where there is none.</summary>
public sealed record SampleHousehold(IReadOnlyDictionary<string, RuleValue> Values) : IRuleInputs
{
    public RuleValue Get(Symbol symbol) => Values.GetValueOrDefault(symbol.Name);

    public SampleHousehold With(IEnumerable<(string Name, RuleValue Value)> more)
    {
        var values = new Dictionary<string, RuleValue>(Values);
        foreach (var (name, value) in more)
            values[name] = value;
        return new(values);
    }

    public override string ToString() => string.Join(", ", Values.Where(v => v.Value.IsKnown).Select(v => $"{v.Key} = {v.Value}"));
}

/// <summary>Random rules that pass the checker, and random households with gaps, for every test that compares engines.</summary>
/// <remarks>
/// The rules use every node, operator and function, also those without a result for some values: divisions by zero,
/// overflows. <see cref="Trees"/> are trees of any shape, sensible or not.
/// </remarks>
public static class RuleGenerators
{
    public static readonly IReadOnlyList<Symbol> Symbols =
    [
        .. Of(RuleType.Bool, Unit.None, "b", 4),
        .. Of(RuleType.Int, Unit.None, "n", 2),
        .. Of(RuleType.Decimal, Unit.None, "x", 1),
        .. Of(RuleType.Decimal, Unit.Yuan, "yuan", 2),
        .. Of(RuleType.Decimal, Unit.YuanPerHead, "head", 2),
        .. Of(RuleType.Int, Unit.Persons, "people", 2),
        .. Of(RuleType.Int, Unit.Days, "days", 1),
        .. Of(RuleType.Text, Unit.None, "text", 3),
        .. Of(RuleType.Date, Unit.None, "date", 3),
        .. Of(RuleType.List, Unit.None, "codes", 1),
    ];

    public static readonly SymbolTable Table = new(Symbols);

    private static readonly string[] SomeTexts = ["", "a", "ab", "B", "病", "𠀀\"\\"];

    /// <summary>Conditions; shrunk to smaller ones.</summary>
    public static Arbitrary<Expr> Conditions { get; } = Arb.From(Gen.Sized(size => Condition(Math.Min(size, 40) / 8)), SmallerConditions);

    /// <summary>Values of any type.</summary>
    public static Arbitrary<Expr> Values { get; } = Gen.Sized(size => Value(Math.Min(size, 40) / 8)).ToArbitrary();

    /// <summary>Any tree that can be written down, whether or not it makes sense.</summary>
    public static Arbitrary<Expr> Trees { get; } = Gen.Sized(size => Tree(Math.Min(size, 50) / 10)).ToArbitrary();

    /// <summary>About one value in three is missing.</summary>
    public static Arbitrary<SampleHousehold> Households { get; } = Household(Symbols).ToArbitrary();

    /// <summary>The rule that has this tree.</summary>
    public static RuleExpression Rule(Expr tree, ISymbols? symbols = null)
    {
        var outcome = RuleExpression.Compile(RuleExpression.Format(tree), symbols ?? Table);
        return outcome.Succeeded ? outcome.Expression
            : throw new InvalidOperationException($"{tree}: {outcome.Errors[0].In(Language.En)}");
    }

    public static Gen<SampleHousehold> Household(IReadOnlyList<Symbol> symbols) =>
        Gen.CollectToList(symbols, s => Gen.Frequency((2, SomeValue(s.Type)), (1, Gen.Constant(RuleValue.Unknown))))
            .Select(values => new SampleHousehold(symbols.Zip(values).ToDictionary(p => p.First.Name, p => p.Second)));

    public static Gen<RuleValue> SomeValue(RuleType type) => type switch
    {
        RuleType.Bool => Gen.Elements(true, false).Select(b => RuleValue.Bool(b)),
        RuleType.Int => Gen.Frequency(
            (9, Gen.Choose(-3, 6).Select(n => RuleValue.Int(n))), (1, Gen.Elements(RuleValue.Int(long.MaxValue), RuleValue.Int(long.MinValue)))),
        RuleType.Decimal => Gen.Frequency(
            (9, Gen.Choose(-30, 60).Select(n => RuleValue.Decimal(n / 10m))), (1, Gen.Elements(RuleValue.Decimal(Numbers.Limit - 1e-16m), RuleValue.Decimal(-1e-16m)))),
        RuleType.Text => Gen.Elements(SomeTexts).Select(RuleValue.Text),
        RuleType.Date => Gen.Frequency((9, Gen.Choose(-70, 70).Select(n => RuleValue.Date(new DateOnly(2020, 2, 29).AddDays(n)))),
            (1, Gen.Elements(RuleValue.Date(DateOnly.MinValue), RuleValue.Date(DateOnly.MaxValue)))),
        RuleType.Duration => Gen.Choose(-40, 40).Select(n => RuleValue.Days(n)),
        RuleType.List => Gen.SubListOf(SomeTexts).Select(t => RuleValue.Texts(t)),
    };

    private static IEnumerable<Symbol> Of(RuleType type, Unit unit, string name, int count) =>
        Enumerable.Range(1, count).Select(i => new Symbol($"{name}.s{i}", type, unit, new($"{name}.s{i}", $"{name}.s{i}")));

    private static Gen<Expr> NameOf(RuleType type, Unit unit = Unit.None) =>
        Gen.Elements(Symbols.Where(s => s.Type == type && s.Unit == unit)).Select(s => (Expr)new Name(s.Name));

    // A minus before a number belongs to it, so the decimals and whole numbers written here are read back as they are.
    private static Gen<Expr> Written(RuleType type) => SomeValue(type).Select(v => (Expr)new Literal(v));

    private static Gen<Expr> Condition(int size)
    {
        var leaf = Gen.Frequency((4, NameOf(RuleType.Bool)), (1, Written(RuleType.Bool)),
            (1, Gen.Elements(Symbols.ToArray()).Select(s => (Expr)new Has(new Name(s.Name)))));
        if (size <= 0)
            return leaf;
        var (condition, smaller) = (Condition(size - 1), size / 2);
        return Gen.Frequency(
            (1, leaf),
            (1, condition.Select(c => (Expr)new Not(c))),
            (4, Joined(condition)),
            (1, Choice(size, condition)),
            (5, Gen.Elements(Unit.None, Unit.Yuan, Unit.YuanPerHead, Unit.Persons, Unit.Days).SelectMany(u => Compared(Number(u, smaller)))),
            (2, Compared(Date(smaller))),
            (1, Compared(Span(smaller))),
            (1, Compared(TextOf(smaller))),
            (1, Equality(condition)),
            (2, Among(smaller)),
            (2, from function in Gen.Elements(RuleFunction.Contains, RuleFunction.StartsWith, RuleFunction.EndsWith)
                from text in TextOf(smaller)
                from part in TextOf(smaller)
                select (Expr)new Call(function, new(text, part))));
    }

    private static Gen<Expr> Joined(Gen<Expr> term) =>
        from @operator in Gen.Elements(LogicOperator.And, LogicOperator.Or)
        from count in Gen.Choose(2, 3)
        from terms in term.ListOf(count)
        select (Expr)Logic.Of(@operator, terms);

    private static Gen<Expr> Choice(int size, Gen<Expr> branch) =>
        from condition in Condition(size / 2)
        from then in branch
        from otherwise in branch
        select (Expr)new Conditional(condition, then, otherwise);

    private static Gen<Expr> Compared(Gen<Expr> side) => Compared(Enum.GetValues<ComparisonOperator>(), side);

    private static Gen<Expr> Equality(Gen<Expr> side) => Compared([ComparisonOperator.Equal, ComparisonOperator.NotEqual], side);

    private static Gen<Expr> Compared(ComparisonOperator[] operators, Gen<Expr> side) =>
        from @operator in Gen.Elements(operators)
        from left in side
        from right in side
        select (Expr)new Comparison(@operator, left, right);

    private static Gen<Expr> Among(int size) => Gen.OneOf(
        TextOf(size).Select(t => (Expr)new Membership(t, new Name("codes.s1"))),
        from item in TextOf(size)
        from items in TextOf(size).ListOf()
        select (Expr)new Membership(item, new ListOf(new(items.Take(4)))),
        from item in Number(Unit.Yuan, size)
        from items in Number(Unit.Yuan, 0).ListOf()
        select (Expr)new Membership(item, new ListOf(new(items.Take(4)))));

    /// <summary>A number that can stand where the unit is asked for: of that unit, or plain.</summary>
    private static Gen<Expr> Number(Unit unit, int size)
    {
        var plain = Gen.OneOf(Written(RuleType.Int), Written(RuleType.Decimal), NameOf(RuleType.Int), NameOf(RuleType.Decimal));
        return unit == Unit.None && size > 0 ? Calculated(unit, size)
            : unit == Unit.None ? plain
            : Gen.Frequency((1, plain), (3, Quantity(unit, size)));
    }

    /// <summary>A number of exactly that unit.</summary>
    private static Gen<Expr> Quantity(Unit unit, int size) => size > 0
        ? Calculated(unit, size)
        : NameOf(unit is Unit.Persons or Unit.Days ? RuleType.Int : RuleType.Decimal, unit);

    private static Gen<Expr> Calculated(Unit unit, int size)
    {
        var exact = unit == Unit.None ? Number(unit, size - 1) : Quantity(unit, size - 1);
        List<(int, Gen<Expr>)> ways =
        [
            (4, unit == Unit.None ? Number(unit, 0) : Quantity(unit, 0)),
            (3, Arithmetic([ArithmeticOperator.Add, ArithmeticOperator.Subtract], exact, Number(unit, size - 1))),
            (2, Arithmetic([ArithmeticOperator.Multiply], Written(RuleType.Decimal), exact)),
            (2, Arithmetic([ArithmeticOperator.Divide], exact, Number(Unit.None, 0))),
            (1, exact.Select(e => (Expr)new Negation(e))),
            (1, Choice(size - 1, exact)),
            (1, from function in Gen.Elements(RuleFunction.Min, RuleFunction.Max)
                from arguments in exact.ListOf(3)
                select (Expr)new Call(function, new(arguments))),
        ];
        if (unit == Unit.None)
        {
            ways.Add((1, Arithmetic([ArithmeticOperator.Remainder], NameOf(RuleType.Int), NameOf(RuleType.Int))));
            ways.Add((1, Gen.OneOf(TextOf(size - 1), NameOf(RuleType.List)).Select(e => (Expr)new Call(RuleFunction.Size, new(e)))));
        }
        if (unit == Unit.Yuan)
            ways.Add((2, Arithmetic([ArithmeticOperator.Multiply], Quantity(Unit.YuanPerHead, size - 1), Quantity(Unit.Persons, 0))));
        if (unit == Unit.YuanPerHead)
            ways.Add((2, Arithmetic([ArithmeticOperator.Divide], Quantity(Unit.Yuan, size - 1), Quantity(Unit.Persons, 0))));
        if (unit == Unit.Days)
            ways.Add((3, from dates in Date(size - 1).Two()
                select (Expr)new Call(RuleFunction.DaysBetween, new(dates.Item1, dates.Item2))));
        return Gen.Frequency(ways);
    }

    private static Gen<Expr> Arithmetic(ArithmeticOperator[] operators, Gen<Expr> left, Gen<Expr> right) =>
        from @operator in Gen.Elements(operators)
        from a in left
        from b in right
        select (Expr)new Arithmetic(@operator, a, b);

    private static Gen<Expr> TextOf(int size) => size <= 0
        ? Gen.OneOf(NameOf(RuleType.Text), Written(RuleType.Text))
        : Gen.Frequency((3, TextOf(0)), (1, Choice(size - 1, TextOf(0))));

    private static Gen<Expr> Date(int size) => size <= 0
        ? Gen.OneOf(NameOf(RuleType.Date), Written(RuleType.Date))
        : Gen.Frequency(
            (3, Date(0)),
            (2, Arithmetic([ArithmeticOperator.Add, ArithmeticOperator.Subtract], Date(size - 1), Gen.OneOf(Span(0), Months))),
            (1, Arithmetic([ArithmeticOperator.Add], Months, Date(size - 1))),
            (1, Choice(size - 1, Date(0))));

    private static Gen<Expr> Months =>
        from function in Gen.Elements(RuleFunction.Months, RuleFunction.Years)
        from count in Written(RuleType.Int)
        select (Expr)new Call(function, new(count));

    private static Gen<Expr> Span(int size) => size <= 0
        ? Gen.OneOf(Written(RuleType.Int), NameOf(RuleType.Int, Unit.Days)).Select(n => (Expr)new Call(RuleFunction.Days, new(n)))
        : Gen.OneOf(Span(0), Arithmetic([ArithmeticOperator.Subtract], Date(size - 1), Date(size - 1)),
            Arithmetic([ArithmeticOperator.Add], Span(0), Span(0)));

    private static Gen<Expr> Value(int size) => Gen.OneOf(
        Condition(size), Number(Unit.Yuan, size), Number(Unit.None, size), TextOf(size), Date(size), Span(size),
        from dates in Date(size).Two() select (Expr)new Call(RuleFunction.MonthsBetween, new(dates.Item1, dates.Item2)));

    private static Gen<Expr> Tree(int size)
    {
        var leaf = Gen.OneOf(
            Gen.Elements("a", "a.b", "income.net_per_capita", "_x1.Y").Select(n => (Expr)new Name(n)),
            Gen.Elements(RuleType.Bool, RuleType.Int, RuleType.Decimal, RuleType.Text, RuleType.Date).SelectMany(Written),
            Gen.Constant((Expr)new Has(new Name("a.b"))));
        if (size <= 0)
            return leaf;
        var part = Tree(size - 1);
        return Gen.OneOf(
            leaf,
            part.Select(p => (Expr)new Not(p)),
            part.Select(p => (Expr)new Negation(p)),
            Arithmetic(Enum.GetValues<ArithmeticOperator>(), part, part),
            Compared(part),
            Joined(part),
            part.Three().Select(p => (Expr)new Conditional(p.Item1, p.Item2, p.Item3)),
            part.Two().Select(p => (Expr)new Membership(p.Item1, p.Item2)),
            part.ListOf().Select(p => (Expr)new ListOf(new(p.Take(3)))),
            from function in Gen.Elements(RuleFunction.Size, RuleFunction.Days, RuleFunction.Months, RuleFunction.Years)
            from argument in part
            select (Expr)new Call(function, new(argument)),
            from function in Gen.Elements(RuleFunction.Contains, RuleFunction.StartsWith, RuleFunction.EndsWith,
                RuleFunction.DaysBetween, RuleFunction.MonthsBetween, RuleFunction.Min, RuleFunction.Max)
            from arguments in part.Two()
            select (Expr)new Call(function, new(arguments.Item1, arguments.Item2)));
    }

    /// <summary>The conditions inside a condition.</summary>
    private static IEnumerable<Expr> SmallerConditions(Expr condition) => condition switch
    {
        Not not => [not.Operand],
        Logic logic => logic.Terms,
        Conditional choice => [choice.Condition, choice.Then, choice.Otherwise],
        _ => [],
    };
}
