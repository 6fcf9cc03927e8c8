using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleGenerators;

namespace Shouwang.Tests.Kernel.Rules;

public class ThreeValuedLogicTests
{
    private static readonly SymbolTable Two = new(
        new Symbol("a", RuleType.Bool, Unit.None, default), new Symbol("b", RuleType.Bool, Unit.None, default));

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(false, null, false, null)]
    [InlineData(false, true, false, true)]
    [InlineData(null, false, false, null)]
    [InlineData(null, null, null, null)]
    [InlineData(null, true, null, true)]
    [InlineData(true, false, false, true)]
    [InlineData(true, null, null, true)]
    [InlineData(true, true, true, true)]
    public void The_tables_of_Kleene(bool? a, bool? b, bool? and, bool? or)
    {
        var household = new RuleInputs(("a", RuleValue.Bool(a)), ("b", RuleValue.Bool(b)));
        Assert.Equal(and, Holds("a && b"));
        Assert.Equal(or, Holds("a || b"));
        Assert.Equal(!a, Holds("!a"));
        Assert.Equal(a is null || b is null ? null : a == b, Holds("a == b"));
        Assert.Equal(a is null || b is null ? null : a != b, Holds("a != b"));
        Assert.Equal(a is null ? null : a.Value ? b : !b, Holds("a ? b : !b"));
        Assert.Equal(a is not null, Holds("has(a)"));

        bool? Holds(string rule) => RuleExpression.Compile(rule, Two).Expression.Holds(household);
    }

    [Fact]
    public void The_laws_of_logic_hold_with_gaps_too() => Prop.ForAll(Conditions, Conditions, Conditions, (a, b, c) =>
        Prop.ForAll(Households, household =>
        {
            (string Law, Expr Left, Expr Right)[] laws =
            [
                ("double negation", new Not(new Not(a)), a),
                ("de Morgan, and", new Not(And(a, b)), Or(new Not(a), new Not(b))),
                ("de Morgan, or", new Not(Or(a, b)), And(new Not(a), new Not(b))),
                ("commutative, and", And(a, b), And(b, a)),
                ("commutative, or", Or(a, b), Or(b, a)),
                ("distributive, and", And(a, Or(b, c)), Or(And(a, b), And(a, c))),
                ("distributive, or", Or(a, And(b, c)), And(Or(a, b), Or(a, c))),
                ("absorbing, and", And(a, Or(a, b)), a),
                ("absorbing, or", Or(a, And(a, b)), a),
                ("idempotent", And(a, a), Or(a, a)),
                ("opposite comparison", new Comparison(ComparisonOperator.NotEqual, a, b), new Not(new Comparison(ComparisonOperator.Equal, a, b))),
            ];
            var broken = laws.Where(l => Rule(l.Left).Holds(household) != Rule(l.Right).Holds(household)).Select(l => l.Law).ToList();
            return (broken.Count == 0).Label(string.Join(", ", broken));
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_known_result_stays_whatever_else_becomes_known() => Prop.ForAll(Conditions, Households, Households, (tree, household, more) =>
    {
        var rule = Rule(Rewriting.WithoutHas(tree, household));
        var later = household.With(more.Values.Where(v => !household.Values[v.Key].IsKnown).Select(v => (v.Key, v.Value)));
        return rule.Holds(household) is not { } truth || rule.Holds(later) == truth;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void In_says_the_same_as_being_equal_to_one_of_them() => Prop.ForAll(Households, household =>
    {
        foreach (var items in (string[][])[["text.s2"], ["text.s2", "\"a\""], ["text.s3", "text.s2", "\"B\""]])
        {
            var member = Holds($"text.s1 in [{string.Join(", ", items)}]");
            var equal = Holds(string.Join(" || ", items.Select(i => $"text.s1 == {i}")));
            if (member != equal)
                return false;
        }
        return true;

        bool? Holds(string rule) => RuleExpression.Compile(rule, Table).Expression.Holds(household);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Months_between_says_the_same_as_adding_months() => Prop.ForAll(Households, ArbMap.Default.ArbFor<byte>(), (household, n) =>
    {
        // The law holds for a first day not after the second, and where adding stays inside the calendar.
        (string, RuleValue)[] count = [("n.s1", RuleValue.Int(n % 30))];
        var rule = RuleExpression.Compile(
            "date.s1 <= date.s2 ? (monthsBetween(date.s1, date.s2) >= n.s1) == (date.s1 + months(n.s1) <= date.s2) : true", Table);
        return rule.Expression.Holds(household.With(count)) != false;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Logic And(Expr a, Expr b) => Logic.Of(LogicOperator.And, a, b);

    private static Logic Or(Expr a, Expr b) => Logic.Of(LogicOperator.Or, a, b);
}
