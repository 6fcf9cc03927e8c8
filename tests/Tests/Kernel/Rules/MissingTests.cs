using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleGenerators;

namespace Shouwang.Tests.Kernel.Rules;

public class MissingTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Theory]
    [InlineData("income.net_per_capita < line.monitoring", "income.net_per_capita, line.monitoring")]
    [InlineData("people.size > 3 && income.net < 5", "income.net")]
    [InlineData("people.size > 5 && income.net < 5", "")]
    [InlineData("people.size > 3 || income.net < 5", "")]
    [InlineData("people.size > 5 || income.net < 5 || water.safe", "income.net, water.safe")]
    [InlineData("water.safe ? income.net > 1 : income.gross > 1", "water.safe, income.net, income.gross")]
    [InlineData("people.size > 3 ? income.net > 1 : income.gross > 1", "income.net")]
    [InlineData("has(income.net) && income.gross > 1", "")]
    [InlineData("has(people.size) && income.gross > 1", "income.gross")]
    [InlineData("people.size in [4, people.able]", "")]
    [InlineData("people.size in [5, people.able]", "people.able")]
    [InlineData("people.able in []", "")]
    [InlineData("\"病\" in risk.causes", "risk.causes")]
    [InlineData("income.net / (people.size - 4) > line.monitoring", "")]
    [InlineData("income.net / (people.size - 4) > line.monitoring || water.safe", "water.safe")]
    [InlineData("income.net * 0 > 1", "income.net")]
    [InlineData("min(people.size, people.able) < 5", "people.able")]
    [InlineData("(people.size > 3 ? housing.unsafe : water.safe) == water.safe", "housing.unsafe, water.safe")]
    [InlineData("water.safe && (water.safe || housing.unsafe)", "water.safe")]
    [InlineData("water.safe || (housing.unsafe && water.safe)", "water.safe")]
    [InlineData("water.safe && (water.safe ? income.net > 1 : income.gross > 1)", "water.safe, income.net")]
    [InlineData("water.safe && (!water.safe || income.net > 1)", "water.safe, income.net")]
    [InlineData("income.net > 5 && (income.net > 3 || water.safe)", "income.net")]
    [InlineData("income.net > 5 && (income.net > 8 || water.safe)", "income.net, water.safe")]
    [InlineData("income.net < 1 && income.net > 2 && water.safe", "income.net, water.safe")]
    [InlineData("housing.grade in [\"C\", \"D\"] && (housing.grade != \"A\" || water.safe)", "housing.grade")]
    [InlineData("visit.last < date(\"2020-01-01\") && (visit.last <= date(\"2020-01-01\") || water.safe)", "visit.last")]
    [InlineData("\"病\" in risk.causes && (\"病\" in risk.causes || water.safe)", "risk.causes")]
    [InlineData("income.net_per_capita < line.monitoring && (income.net_per_capita < line.monitoring || water.safe)", "income.net_per_capita, line.monitoring")]
    [InlineData("income.gross > 0 && spending.rigid >= 0.4 * income.gross", "income.gross, spending.rigid")]
    [InlineData("(income.net < 1 || income.net >= 1) && water.safe", "income.net, water.safe")]
    [InlineData("has(income.net) || (water.safe && (water.safe || income.net > 1))", "water.safe")]
    [InlineData("!(water.safe ? water.safe : people.size > 3) || income.net / (people.size - 4) > line.monitoring", "")]
    [InlineData("people.size > 3 && water.safe && (people.size > 5 || water.safe || housing.unsafe)", "water.safe")]
    public void What_is_missing_is_what_can_still_decide(string text, string missing)
    {
        var trace = RuleSamples.Rule(text).Explain(new RuleInputs(("people.size", RuleValue.Int(4))));
        Assert.Equal(missing, string.Join(", ", trace.Missing));
    }

    /// <summary>
    /// Brute force: a symbol is missing exactly if, for some values of the other missing ones, what it is makes a difference.
    /// For rules in which no symbol stands twice and every open condition can go either way; what a rule can never reach
    /// because its own conditions contradict each other is a matter of arithmetic, not of missing values.
    /// </summary>
    [Fact]
    public void Missing_is_exactly_the_minimal_set() => Prop.ForAll(FreeRules.ToArbitrary(), sample =>
    {
        var missing = sample.Rule.Explain(sample.Household).Missing;
        var gaps = sample.Rule.Symbols.Where(s => !sample.Household.Get(s).IsKnown).ToList();
        var answered = Rule(Rewriting.WithoutHas(sample.Rule.Root, sample.Household), new SymbolTable(sample.Rule.Symbols));
        var decisive = gaps.Where(s => Matters(answered, sample.Household, s, [.. gaps.Where(g => g != s)])).ToList();
        return decisive.SequenceEqual(missing.OrderBy(gaps.IndexOf))
            .Label($"{sample.Rule} with {sample.Household}: missing {string.Join(", ", missing)}, decisive {string.Join(", ", decisive)}");
    }).Check(Many);

    /// <summary>The same where symbols stand in several conditions that compare them with what is written in the rule.</summary>
    [Fact]
    public void Missing_is_exactly_the_minimal_set_where_symbols_stand_more_than_once() => Prop.ForAll(RepeatingRules.ToArbitrary(), sample =>
    {
        var missing = sample.Rule.Explain(sample.Household).Missing;
        var gaps = sample.Rule.Symbols.Where(s => !sample.Household.Get(s).IsKnown).ToList();
        var decisive = gaps.Where(s => CanDecide(sample.Rule, sample.Household, s, [.. gaps.Where(g => g != s)])).ToList();
        return decisive.SequenceEqual(missing.OrderBy(gaps.IndexOf))
            .Label($"{sample.Rule} with {sample.Household}: missing {string.Join(", ", missing)}, decisive {string.Join(", ", decisive)}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500).WithEndSize(60));

    [Fact]
    public void A_known_result_misses_nothing_and_an_unknown_one_only_what_has_no_value() => Prop.ForAll(RuleGenerators.Conditions, Households, (tree, household) =>
    {
        var trace = Rule(tree).Explain(household);
        return trace.Result.IsKnown ? trace.Missing.Count == 0
            : trace.Missing.All(s => !household.Get(s).IsKnown) && (trace.Missing.Count > 0 || trace.Impossible.Count > 0);
    }).Check(Many);

    [Fact]
    public void Explaining_and_evaluating_agree() => Prop.ForAll(Values, Households, (tree, household) =>
    {
        var rule = Rule(tree);
        var value = rule.Evaluate(household);
        return value == rule.Explain(household).Result && (rule.Type != RuleType.Bool || rule.Holds(household) == value.AsBool);
    }).Check(Many);

    [Fact]
    public void Values_that_are_not_missing_change_nothing() => Prop.ForAll(RuleGenerators.Conditions, Households, Households, (tree, household, more) =>
    {
        var rule = Rule(Rewriting.WithoutHas(tree, household));
        var trace = rule.Explain(household);
        var others = rule.Symbols.Where(s => !household.Get(s).IsKnown && !trace.Missing.Contains(s));
        return rule.Evaluate(household.With(others.Select(s => (s.Name, more.Get(s))))) == trace.Result;
    }).Check(Many);

    [Fact]
    public void A_value_that_is_not_missing_changes_nothing_whatever_else_is_supplied() => Prop.ForAll(RuleGenerators.Conditions, Households, Households, (tree, household, more) =>
    {
        var rule = Rule(Rewriting.WithoutHas(tree, household));
        var trace = rule.Explain(household);
        return rule.Symbols.Where(s => !household.Get(s).IsKnown && !trace.Missing.Contains(s)).All(symbol =>
        {
            var without = household.With(rule.Symbols.Where(s => s != symbol && !household.Get(s).IsKnown).Select(s => (s.Name, more.Get(s))));
            return rule.Evaluate(without) == rule.Evaluate(without.With([(symbol.Name, SomeValue(symbol.Type).Sample(1).First())]));
        }).Label($"{rule} with {household}, missing {string.Join(", ", trace.Missing)}, given {more}");
    }).Check(Many);

    [Fact]
    public void With_all_that_is_missing_the_result_is_known() => Prop.ForAll(RuleGenerators.Conditions, Households, Households, (tree, household, more) =>
    {
        var rule = Rule(Rewriting.WithoutHas(tree, household));
        var filled = rule.Explain(household).Missing.Select(s => (s.Name, more.Get(s).IsKnown ? more.Get(s) : SomeValue(s.Type).Sample(1).First()));
        var trace = rule.Explain(household.With(filled));
        return trace.Result.IsKnown || (trace.Missing.Count == 0 && trace.Impossible.Count > 0);
    }).Check(Many);

    private static bool Matters(RuleExpression rule, SampleHousehold household, Symbol symbol, Symbol[] others)
    {
        if (others.Length > 0)
            return Choices(others[0]).Any(v => Matters(rule, household.With([(others[0].Name, v)]), symbol, others[1..]));
        return Choices(symbol).Select(v => rule.Evaluate(household.With([(symbol.Name, v)]))).Distinct().Count() > 1;
    }

    /// <summary>With some of the others, and the rest still missing, the symbol makes the difference between unknown and known.</summary>
    private static bool CanDecide(RuleExpression rule, SampleHousehold household, Symbol symbol, Symbol[] others)
    {
        if (others.Length > 0)
            return SmallDomain(others[0].Type).Prepend(RuleValue.Unknown).Any(v => CanDecide(rule, household.With([(others[0].Name, v)]), symbol, others[1..]));
        return rule.Holds(household) is null && SmallDomain(symbol.Type).Any(v => rule.Holds(household.With([(symbol.Name, v)])) is not null);
    }

    /// <summary>Values on every side of whatever <see cref="Bare"/> compares with.</summary>
    private static IEnumerable<RuleValue> SmallDomain(RuleType type) => type switch
    {
        RuleType.Bool => Domain(type),
        RuleType.Int => Enumerable.Range(-4, 9).Select(n => RuleValue.Int(n)),
        RuleType.Decimal => Enumerable.Range(-12, 25).Select(n => RuleValue.Decimal(n / 4m)),
        RuleType.Text => new[] { "", "a", "aa", "b", "bb", "c" }.Select(RuleValue.Text),
        RuleType.Date => Enumerable.Range(-2, 6).Select(n => RuleValue.Date(new DateOnly(2020, 6, 1).AddDays(n))),
        RuleType.List => [RuleValue.Texts(), RuleValue.Texts("a"), RuleValue.Texts("b"), RuleValue.Texts("a", "b")],
        RuleType.Duration => throw new ArgumentException("No symbol is a duration."),
    };

    private static readonly SymbolTable Few = new(
    [
        .. new[] { "b1", "b2", "b3" }.Select(n => new Symbol(n, RuleType.Bool, Unit.None, default)), new("n1", RuleType.Int, Unit.None, default), new("n2", RuleType.Int, Unit.None, default),
        new("x1", RuleType.Decimal, Unit.None, default), new("t1", RuleType.Text, Unit.None, default), new("d1", RuleType.Date, Unit.None, default), new("l1", RuleType.List, Unit.None, default),
    ]);

    /// <summary>Rules of few symbols, at most three of which have no value, in which most stand several times.</summary>
    internal static Gen<FreeRule> RepeatingRules { get; } =
        from tree in Gen.Sized(size => Repeating(Math.Min(3, 1 + size / 20)))
        let rule = RuleGenerators.Rule(tree, Few)
        from household in Gen.CollectToList(rule.Symbols, s => Gen.Frequency((1, Gen.Elements(SmallDomain(s.Type).ToArray())), (2, Gen.Constant(RuleValue.Unknown))))
            .Select(values => new SampleHousehold(rule.Symbols.Zip(values).ToDictionary(p => p.First.Name, p => p.Second)))
        where rule.Symbols.Count(s => !household.Get(s).IsKnown) is >= 2 and <= 3
        select new FreeRule(rule, household);

    private static Gen<Expr> Repeating(int size)
    {
        if (size <= 0)
            return Bare;
        var part = Repeating(size - 1);
        return Gen.Frequency(
            (1, Bare),
            (1, part.Select(p => (Expr)new Not(p))),
            (6, from @operator in Gen.Elements(LogicOperator.And, LogicOperator.Or)
                from count in Gen.Choose(2, 3)
                from terms in part.ListOf(count)
                select (Expr)Logic.Of(@operator, terms)),
            (1, part.Two().Select(p => (Expr)new Comparison(ComparisonOperator.Equal, p.Item1, p.Item2))),
            (2, part.Three().Select(p => (Expr)new Conditional(p.Item1, p.Item2, p.Item3))));
    }

    /// <summary>A truth value, or a symbol compared with what is written.</summary>
    private static Gen<Expr> Bare { get; } = Gen.Frequency(
        (3, Gen.Elements("b1", "b2", "b3").Select(n => (Expr)new Name(n))),
        (3, Against(Gen.Elements("n1", "n2"), Gen.Choose(-2, 2).Select(n => RuleValue.Int(n)))),
        (2, Against(Gen.Constant("x1"), Gen.Choose(-4, 4).Select(n => RuleValue.Decimal(n / 2m)))),
        (1, Against(Gen.Constant("t1"), Gen.Elements("a", "b").Select(RuleValue.Text))),
        (1, Against(Gen.Constant("d1"), Gen.Choose(0, 1).Select(n => RuleValue.Date(new DateOnly(2020, 6, 1).AddDays(n))))),
        (1, Gen.Elements("a", "b").Select(t => (Expr)new Membership(new Literal(RuleValue.Text(t)), new Name("l1")))),
        (1, Gen.Elements("a", "b").Select(t => (Expr)new Membership(new Name("t1"), new ListOf(new(new Literal(RuleValue.Text(t)), new Literal(RuleValue.Text("c"))))))));

    private static Gen<Expr> Against(Gen<string> names, Gen<RuleValue> bounds) =>
        from name in names
        from bound in bounds
        from @operator in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        from turned in Gen.Elements(true, false)
        select (Expr)(turned ? new Comparison(@operator, new Literal(bound), new Name(name)) : new Comparison(@operator, new Name(name), new Literal(bound)));

    private static RuleValue[] Choices(Symbol symbol) => [RuleValue.Unknown, .. Domain(symbol.Type)];

    /// <summary>Values far beyond all that the rules and the known values hold, so that every comparison can go either way.</summary>
    private static RuleValue[] Domain(RuleType type) => type switch
    {
        RuleType.Bool => [RuleValue.Bool(true), RuleValue.Bool(false)],
        RuleType.Int => [RuleValue.Int(-1_000_000), RuleValue.Int(1_000_000)],
        RuleType.Decimal => [RuleValue.Decimal(-1_000_000), RuleValue.Decimal(1_000_000)],
        RuleType.Text => [RuleValue.Text("a"), RuleValue.Text("z"), RuleValue.Text("m")],
        RuleType.Date => [RuleValue.Date(new(1900, 1, 1)), RuleValue.Date(new(2100, 1, 1))],
        RuleType.List => [RuleValue.Texts("a"), RuleValue.Texts("z")],
        RuleType.Duration => throw new ArgumentException("No symbol is a duration."),
    };

    private static Gen<RuleValue> Near(RuleType type) => type switch
    {
        RuleType.Int => Gen.Choose(-9, 9).Select(n => RuleValue.Int(n)),
        RuleType.Decimal => Gen.Choose(-90, 90).Select(n => RuleValue.Decimal(n / 10m)),
        RuleType.Date => Gen.Choose(0, 999).Select(n => RuleValue.Date(new DateOnly(2020, 1, 1).AddDays(n))),
        RuleType.Text => Gen.Elements(RuleValue.Text("a"), RuleValue.Text("z")),
        RuleType.Bool or RuleType.List => Gen.Elements(Domain(type)),
        RuleType.Duration => throw new ArgumentException("No symbol is a duration."),
    };

    internal sealed record FreeRule(RuleExpression Rule, SampleHousehold Household)
    {
        public override string ToString() => $"{Rule} with {Household}";
    }

    /// <summary>Rules without contradictions, in which no symbol stands twice and at most five have no value.</summary>
    private static Gen<FreeRule> FreeRules { get; } =
        from shape in Gen.Sized(size => Free(Math.Min(3, size / 15)))
        let once = Once(shape)
        from household in HouseholdOf(once.Symbols)
        where once.Symbols.Count(s => !household.Get(s).IsKnown) <= 5
        let table = new SymbolTable(once.Symbols)
        where Conditions(once.Tree).All(c => GoesEitherWay(RuleGenerators.Rule(c, table), household))
        select new FreeRule(RuleGenerators.Rule(once.Tree, table), household);

    private static bool GoesEitherWay(RuleExpression condition, SampleHousehold household)
    {
        if (condition.Holds(household) is not null)
            return true;
        IEnumerable<SampleHousehold> filled = [household];
        foreach (var gap in condition.Symbols.Where(s => !household.Get(s).IsKnown))
            filled = filled.SelectMany(h => Domain(gap.Type).Select(v => h.With([(gap.Name, v)])));
        return filled.Select(condition.Holds).Distinct().Count() == 2;
    }

    /// <summary>The conditions a condition is made of, with itself.</summary>
    private static IEnumerable<Expr> Conditions(Expr condition) => condition switch
    {
        Not not => [not, .. Conditions(not.Operand)],
        Logic logic => [logic, .. logic.Terms.SelectMany(Conditions)],
        Conditional choice => [choice, .. Conditions(choice.Condition), .. Conditions(choice.Then), .. Conditions(choice.Otherwise)],
        Comparison { Operator: ComparisonOperator.Equal } equal => [equal, .. Conditions(equal.Left), .. Conditions(equal.Right)],
        _ => [condition],
    };

    private static Gen<SampleHousehold> HouseholdOf(IReadOnlyList<Symbol> symbols) =>
        Gen.CollectToList(symbols, s => Gen.Frequency((1, Near(s.Type)), (1, Gen.Constant(RuleValue.Unknown))))
            .Select(values => new SampleHousehold(symbols.Zip(values).ToDictionary(p => p.First.Name, p => p.Second)));

    /// <summary>Gives every place of the tree where a name stands a symbol of its own.</summary>
    private static (Expr Tree, IReadOnlyList<Symbol> Symbols) Once(Expr shape)
    {
        List<Symbol> symbols = [];
        var tree = shape.Accept(new Rewriting(Another, h => new Has(Another(h.Name))));
        return (tree, symbols);

        Name Another(Name name)
        {
            symbols.Add(new($"s{symbols.Count}", Enum.Parse<RuleType>(name.Dotted), Unit.None, default));
            return new(symbols[^1].Name);
        }
    }

    private static Name A(RuleType type) => new(type.ToString());

    private static Gen<Expr> Free(int size)
    {
        Gen<Expr>[] leaves =
        [
            Gen.Constant<Expr>(A(RuleType.Bool)),
            from @operator in Gen.Elements(ComparisonOperator.Less, ComparisonOperator.LessOrEqual, ComparisonOperator.Greater, ComparisonOperator.GreaterOrEqual)
            from sides in Gen.Elements((FreeNumber(size), FreeNumber(size)), (FreeDate, FreeDate))
            from left in sides.Item1
            from right in sides.Item2
            select (Expr)new Comparison(@operator, left, right),
            Gen.Elements<Expr>(
                new Call(RuleFunction.Contains, new(A(RuleType.Text), A(RuleType.Text))),
                new Membership(A(RuleType.Text), A(RuleType.List)),
                new Membership(A(RuleType.Text), new ListOf(new(A(RuleType.Text), new Literal(RuleValue.Text("a")), A(RuleType.Text)))),
                new Has(new Name(nameof(RuleType.Int)))),
        ];
        if (size <= 0)
            return Gen.OneOf(leaves);
        var part = Free(size - 1);
        return Gen.Frequency(
            (1, Gen.OneOf(leaves)),
            (1, part.Select(p => (Expr)new Not(p))),
            (4, from @operator in Gen.Elements(LogicOperator.And, LogicOperator.Or)
                from count in Gen.Choose(2, 3)
                from terms in part.ListOf(count)
                select (Expr)Logic.Of(@operator, terms)),
            (1, part.Two().Select(p => (Expr)new Comparison(ComparisonOperator.Equal, p.Item1, p.Item2))),
            (1, part.Three().Select(p => (Expr)new Conditional(p.Item1, p.Item2, p.Item3))));
    }

    private static Gen<Expr> FreeNumber(int size) => Gen.Frequency(
        (2, Gen.Elements<Expr>(A(RuleType.Int), A(RuleType.Decimal))),
        (1, Gen.Choose(-9, 9).Select(n => (Expr)new Literal(RuleValue.Int(n)))),
        (1, Gen.Elements<Expr>(A(RuleType.Int), A(RuleType.Decimal)).Two().Select(p => (Expr)new Arithmetic(ArithmeticOperator.Subtract, p.Item1, p.Item2))),
        (1, from function in Gen.Elements(RuleFunction.Min, RuleFunction.Max)
            from sides in Gen.Elements<Expr>(A(RuleType.Int), A(RuleType.Decimal)).Two()
            select (Expr)new Call(function, new(sides.Item1, sides.Item2))),
        (1, Gen.Constant((Expr)new Call(RuleFunction.DaysBetween, new(A(RuleType.Date), A(RuleType.Date))))),
        (1, Gen.Constant((Expr)new Negation(A(RuleType.Decimal)))),
        (size > 0 ? 1 : 0, Gen.Elements<Expr>(A(RuleType.Int), A(RuleType.Decimal)).Two()
            .Select(p => (Expr)new Conditional(A(RuleType.Bool), p.Item1, p.Item2))));

    private static Gen<Expr> FreeDate => Gen.Frequency(
        (2, Gen.Constant<Expr>(A(RuleType.Date))),
        (1, Gen.Constant((Expr)new Literal(RuleValue.Date(new(2020, 6, 30))))));
}
