using System.Globalization;
using System.Text;

namespace Shouwang.Kernel.Rules;

/// <summary>Writes a tree as the one canonical text, with only the brackets it needs; reading it gives the same tree.</summary>
internal sealed class Formatter : IExprVisitor<int>
{
    // How tightly what was written binds; a looser part of a tighter whole needs brackets.
    private const int ChoiceLevel = 0, OrLevel = 1, AndLevel = 2, RelationLevel = 3, SumLevel = 4, ProductLevel = 5,
        UnaryLevel = 6, ValueLevel = 7;

    private readonly StringBuilder _text = new();

    public static string Format(Expr expression)
    {
        var formatter = new Formatter();
        expression.Accept(formatter);
        return formatter._text.ToString();
    }

    public int Literal(Literal node)
    {
        _text.Append(Written(node.Value));
        return node.Value.AsDecimal < 0 ? UnaryLevel : ValueLevel;
    }

    public int Name(Name node) => Write(node.Dotted);

    public int Has(Has node) => Write($"has({node.Name.Dotted})");

    public int Not(Not node)
    {
        _text.Append('!');
        Part(node.Operand, UnaryLevel);
        return UnaryLevel;
    }

    public int Negation(Negation node)
    {
        _text.Append('-');
        // -5 is a number of its own; the negation of 5 is -(5).
        Part(node.Operand, node.Operand is Literal { Value.AsDecimal: >= 0 } ? ValueLevel + 1 : UnaryLevel);
        return UnaryLevel;
    }

    public int Arithmetic(Arithmetic node)
    {
        var (sign, level) = node.Operator switch
        {
            ArithmeticOperator.Add => (" + ", SumLevel),
            ArithmeticOperator.Subtract => (" - ", SumLevel),
            ArithmeticOperator.Multiply => (" * ", ProductLevel),
            ArithmeticOperator.Divide => (" / ", ProductLevel),
            ArithmeticOperator.Remainder => (" % ", ProductLevel),
        };
        return Sides(node.Left, sign, node.Right, level);
    }

    public int Comparison(Comparison node) =>
        Sides(node.Left, $" {node.Operator.Sign()} ", node.Right, RelationLevel, leftLevel: SumLevel);

    public int Membership(Membership node) => Sides(node.Item, " in ", node.List, RelationLevel, leftLevel: SumLevel);

    public int Logic(Logic node)
    {
        var (sign, level) = node.Operator == LogicOperator.And ? (" && ", AndLevel) : (" || ", OrLevel);
        foreach (var (index, term) in node.Terms.Index())
        {
            _text.Append(index == 0 ? "" : sign);
            Part(term, level + 1);
        }
        return level;
    }

    public int Conditional(Conditional node)
    {
        Part(node.Condition, OrLevel);
        _text.Append(" ? ");
        Part(node.Then, OrLevel);
        _text.Append(" : ");
        Part(node.Otherwise, ChoiceLevel);
        return ChoiceLevel;
    }

    public int ListOf(ListOf node)
    {
        _text.Append('[');
        Items(node.Items);
        _text.Append(']');
        return ValueLevel;
    }

    public int Call(Call node)
    {
        var form = node.Function.Form();
        if (form.IsMethod)
        {
            Part(node.Arguments[0], node.Arguments[0] is Literal { Value.AsDecimal: not null } ? ValueLevel + 1 : ValueLevel);
            _text.Append('.');
        }
        _text.Append(form.Name).Append('(');
        Items(form.IsMethod ? node.Arguments.Skip(1) : node.Arguments);
        _text.Append(')');
        return ValueLevel;
    }

    private int Sides(Expr left, string sign, Expr right, int level, int? leftLevel = null)
    {
        Part(left, leftLevel ?? level);
        _text.Append(sign);
        Part(right, level + 1);
        return level;
    }

    private void Items(IEnumerable<Expr> items)
    {
        foreach (var (index, item) in items.Index())
        {
            _text.Append(index == 0 ? "" : ", ");
            item.Accept(this);
        }
    }

    private void Part(Expr part, int level)
    {
        var start = _text.Length;
        if (part.Accept(this) < level)
            _text.Insert(start, '(').Append(')');
    }

    private int Write(string text)
    {
        _text.Append(text);
        return ValueLevel;
    }

    private static string Written(RuleValue value) => value.Type switch
    {
        RuleType.Decimal =>
            value.ToString() is var digits && digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0",
        RuleType.Text => Quoted(value.AsText!),
        RuleType.Date => $"date(\"{value}\")",
        RuleType.Duration => $"{(value.IsInMonths ? "months" : "days")}({value.AsDuration})",
        RuleType.List => $"[{string.Join(", ", value.AsList!.Select(Written))}]",
        RuleType.Bool or RuleType.Int => value.ToString(),
        null => throw new InvalidOperationException("An unknown value cannot be written down in a rule."),
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(CultureInfo.InvariantCulture),
            });
        }
        return quoted.Append('"').ToString();
    }
}

internal static class Operators
{
    public static string Sign(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "==",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
    };

    /// <summary>The comparison that holds exactly where this one does not.</summary>
    public static ComparisonOperator Opposite(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        ComparisonOperator.NotEqual => ComparisonOperator.Equal,
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.Less,
    };
}
