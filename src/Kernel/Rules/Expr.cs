using System.Collections;

namespace Shouwang.Kernel.Rules;

/// <summary>Where a piece of a rule stands in its text; counted from 0.</summary>
public readonly record struct Place(int Start, int Length)
{
    public int End => Start + Length;

    public static Place Between(Place first, Place last) => new(first.Start, last.End - first.Start);
}

/// <summary>
/// A rule as a tree. The kinds of nodes are closed: every engine is a <see cref="IExprVisitor{T}"/>, so that a new node
/// stops the build wherever it has to be decided what it means.
/// </summary>
/// <remarks>
/// Trees are equal when they say the same; where they stand in a text and what the checker noted does not count.
/// </remarks>
public abstract record Expr
{
    private protected Expr(int below) => Height = below + 1;

    /// <summary>Where it stands in the text it was read from.</summary>
    public Place Place { get; init; }

    /// <summary>Type and unit.</summary>
    /// <remarks>Means nothing before the tree has been checked, as every tree of a <see cref="RuleExpression"/> has.</remarks>
    public ExprKind Kind { get; init; }

    /// <summary>Levels of the tree from here down.</summary>
    internal int Height { get; }

    public abstract T Accept<T>(IExprVisitor<T> visitor);

    public virtual bool Equals(Expr? other) => EqualityContract == other?.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The canonical text.</summary>
    public sealed override string ToString() => RuleExpression.Format(this);
}

/// <summary>A value written down in the rule.</summary>
public sealed record Literal(RuleValue Value) : Expr(0)
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Literal(this);
}

/// <summary>A symbol by its dotted name.</summary>
public sealed record Name(string Dotted) : Expr(0)
{
    /// <summary>What the name stands for; null before the tree has been checked.</summary>
    public Symbol? Symbol { get; init; }

    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Name(this);

    public bool Equals(Name? other) => base.Equals(other) && Dotted == other.Dotted;

    public override int GetHashCode() => Dotted.GetHashCode(StringComparison.Ordinal);
}

/// <summary><c>has(x)</c>: whether there is a value; never unknown itself.</summary>
public sealed record Has(Name Name) : Expr(Name.Height)
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Has(this);
}

/// <summary><c>!x</c></summary>
public sealed record Not(Expr Operand) : Expr(Operand.Height)
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Not(this);
}

/// <summary><c>-x</c>, of a number.</summary>
public sealed record Negation(Expr Operand) : Expr(Operand.Height)
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Negation(this);
}

public enum ArithmeticOperator { Add, Subtract, Multiply, Divide, Remainder }

/// <summary>A calculation with numbers, or with dates and durations.</summary>
public sealed record Arithmetic(ArithmeticOperator Operator, Expr Left, Expr Right)
    : Expr(Math.Max(Left.Height, Right.Height))
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Arithmetic(this);
}

public enum ComparisonOperator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>A comparison; unknown when a side is.</summary>
public sealed record Comparison(ComparisonOperator Operator, Expr Left, Expr Right)
    : Expr(Math.Max(Left.Height, Right.Height))
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Comparison(this);
}

public enum LogicOperator { And, Or }

/// <summary>
/// Conditions joined by one operator: <c>a &amp;&amp; b &amp;&amp; c</c> is one node of three terms, however it is bracketed.
/// </summary>
/// <param name="Terms">Two or more, none of which is itself joined by the same operator; see <see cref="Of"/>.</param>
public sealed record Logic(LogicOperator Operator, ExprList<Expr> Terms) : Expr(Terms.Height())
{
    /// <summary>Joins two conditions, flattening what the same operator already joins.</summary>
    public static Logic Of(LogicOperator @operator, params IEnumerable<Expr> terms) =>
        new(@operator, new(terms.SelectMany<Expr, Expr>(t => t is Logic l && l.Operator == @operator ? l.Terms : [t])));

    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Logic(this);
}

/// <summary><c>condition ? then : otherwise</c>; unknown when the condition is.</summary>
public sealed record Conditional(Expr Condition, Expr Then, Expr Otherwise)
    : Expr(Math.Max(Condition.Height, Math.Max(Then.Height, Otherwise.Height)))
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Conditional(this);
}

/// <summary><c>item in list</c>: means the same as the item being equal to one of the list.</summary>
public sealed record Membership(Expr Item, Expr List) : Expr(Math.Max(Item.Height, List.Height))
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Membership(this);
}

/// <summary><c>[a, b]</c></summary>
public sealed record ListOf(ExprList<Expr> Items) : Expr(Items.Height())
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.ListOf(this);
}

public enum RuleFunction
{
    Size, Contains, StartsWith, EndsWith, Days, Months, Years, DaysBetween, MonthsBetween, Min, Max,
}

/// <summary>A function, or a method with its receiver as the first argument; unknown when an argument is.</summary>
public sealed record Call(RuleFunction Function, ExprList<Expr> Arguments) : Expr(Arguments.Height())
{
    public override T Accept<T>(IExprVisitor<T> visitor) => visitor.Call(this);
}

/// <summary>One meaning of every kind of node: an engine, a writer, a check.</summary>
public interface IExprVisitor<out T>
{
    T Literal(Literal node);
    T Name(Name node);
    T Has(Has node);
    T Not(Not node);
    T Negation(Negation node);
    T Arithmetic(Arithmetic node);
    T Comparison(Comparison node);
    T Logic(Logic node);
    T Conditional(Conditional node);
    T Membership(Membership node);
    T ListOf(ListOf node);
    T Call(Call node);
}

/// <summary>A list that is equal to another when their items are.</summary>
public sealed class ExprList<T>(params IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<ExprList<T>>
{
    private readonly T[] _items = [.. items];

    public T this[int index] => _items[index];

    public int Count => _items.Length;

    public bool Equals(ExprList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as ExprList<T>);

    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class ExprLists
{
    public static int Height(this ExprList<Expr> items)
    {
        var height = 0;
        foreach (var item in items)
            height = Math.Max(height, item.Height);
        return height;
    }
}
