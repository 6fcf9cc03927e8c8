using System.Globalization;

namespace Shouwang.Kernel.Rules;

/// <summary>A rule in plain words, from the same tree that is evaluated: 「人均纯收入 低于 监测线」.</summary>
/// <remarks>Brackets stand only where "and" and "or" mix or a calculation would read otherwise.</remarks>
public static class RuleWords
{
    /// <param name="expression">A checked tree; of an unchecked one, names stand for themselves and numbers lack units.</param>
    /// <param name="values">Values to show behind the names they belong to: 「监测线（6,000 元/人）」; unknown ones are left out.</param>
    /// <param name="settled">Values to say in place of names, as if the rule had them written out: 「扶贫标准 的 1.5 倍」; unknown ones are said by name.</param>
    public static string Of(Expr expression, Language language, Func<Symbol, RuleValue>? values = null, Func<Symbol, RuleValue>? settled = null) =>
        expression.Accept(new Words(language, symbol => Behind(values?.Invoke(symbol) ?? default, symbol, language), settled)).Text;

    /// <summary>The same words for whoever learns the values later: after every piece but the last, the value of its symbol belongs.</summary>
    /// <remarks>Put there as <see cref="Of"/> writes it, known values in brackets and unknown ones not at all, they say what <see cref="Of"/> says.</remarks>
    public static IReadOnlyList<(string Piece, Symbol? Then)> Pieces(Expr expression, Language language, Func<Symbol, RuleValue>? settled = null)
    {
        // In no text do two first halves of surrogate pairs follow one another.
        const string mark = "\ud800\ud800";
        List<Symbol> symbols = [];
        var marked = expression.Accept(new Words(language, Mark, settled)).Text.Split(mark);
        return [.. marked.Chunk(2).Select(c => (c[0], c is [_, var index] ? symbols[int.Parse(index, CultureInfo.InvariantCulture)] : null))];

        string Mark(Symbol symbol)
        {
            symbols.Add(symbol);
            return string.Create(CultureInfo.InvariantCulture, $"{mark}{symbols.Count - 1}{mark}");
        }
    }

    private static string Behind(RuleValue value, Symbol symbol, Language language)
    {
        if (!value.IsKnown)
            return "";
        var shown = value.In(language, symbol.Unit);
        return language == Language.Zh ? $"（{shown}）" : $" ({shown})";
    }

    /// <summary>How tightly what was said binds, from loose to tight.</summary>
    private enum Bond { Choice, Or, And, Condition, Sum, Product, Value }

    private readonly record struct Phrase(string Text, Bond Bond);

    private sealed class Words(Language language, Func<Symbol, string> behind, Func<Symbol, RuleValue>? settled, Unit unit = Unit.None) : IExprVisitor<Phrase>
    {
        private bool Zh => language == Language.Zh;

        public Phrase Literal(Literal node) => node.Value.AsBool is { } truth
            ? new(truth ? Say("恒成立", "always") : Say("恒不成立", "never"), Bond.Condition)
            : new(node.Value.In(language, unit), Bond.Value);

        public Phrase Name(Name node)
        {
            if (Settled(node) is { IsKnown: true } given)
                return new(given.In(language, node.Kind.Unit == Unit.None ? unit : node.Kind.Unit), Bond.Value);
            return new(node.Symbol is { } symbol ? symbol.Title.In(language) + behind(symbol) : node.Dotted, Bond.Value);
        }

        public Phrase Has(Has node) => new(Say($"已知 {Name(node.Name).Text}", $"{Name(node.Name).Text} is known"), Bond.Condition);

        public Phrase Not(Not node) => node.Operand switch
        {
            // Negating what is unknown leaves it unknown, so the opposite comparison says exactly the same.
            Comparison c => Comparison(c with { Operator = c.Operator.Opposite() }),
            Has h => new(Say($"缺少 {Name(h.Name).Text}", $"{Name(h.Name).Text} is not known"), Bond.Condition),
            Membership m => Member(m, not: true),
            Call c when c.Kind.Type == RuleType.Bool && c.Arguments.Count == 2 => TextCondition(c, not: true),
            Not n => n.Operand.Accept(this),
            var other => new(Say($"并非 {Part(other, Bond.Value)}", $"not {Part(other, Bond.Value)}"), Bond.Condition),
        };

        public Phrase Negation(Negation node) => new($"−{Part(node.Operand, Bond.Value)}", Bond.Product);

        public Phrase Arithmetic(Arithmetic node)
        {
            switch (node.Operator)
            {
                case ArithmeticOperator.Multiply when Factor(node.Left) is { } factor:
                    return Multiple(factor, node.Right);
                case ArithmeticOperator.Multiply when Factor(node.Right) is { } factor:
                    return Multiple(factor, node.Left);
                case ArithmeticOperator.Multiply:
                    return Calculation(node, " × ", Bond.Product);
                case ArithmeticOperator.Divide:
                    return Calculation(node, " ÷ ", Bond.Product);
                case ArithmeticOperator.Remainder:
                    return new(Say($"{Part(node.Left, Bond.Product)} 除以 {Part(node.Right, Bond.Value)} 的余数",
                        $"the remainder of {Part(node.Left, Bond.Product)} divided by {Part(node.Right, Bond.Value)}"), Bond.Product);
                case ArithmeticOperator.Add:
                    return node.Kind.Type == RuleType.Date ? Moved(node, "后", "after") : Calculation(node, " + ", Bond.Sum);
                case ArithmeticOperator.Subtract:
                    return node.Kind.Type == RuleType.Date ? Moved(node, "前", "before") : Calculation(node, " − ", Bond.Sum);
            }
            throw new InvalidOperationException($"{node.Operator} has no words.");
        }

        public Phrase Comparison(Comparison node)
        {
            var shared = Units.Common(node.Left.Kind.Unit, node.Right.Kind.Unit) ?? Unit.None;
            var sides = With(shared);
            return new($"{sides.Part(node.Left, Bond.Sum)} {Verb(node.Operator, node.Left.Kind.Type, shared).In(language)} "
                + sides.Part(node.Right, Bond.Sum), Bond.Condition);
        }

        public Phrase Logic(Logic node)
        {
            var and = node.Operator == LogicOperator.And;
            var word = and ? Say(" 且 ", " and ") : Say(" 或 ", " or ");
            return new(string.Join(word, node.Terms.Select(t => Part(t, Bond.Condition))), and ? Bond.And : Bond.Or);
        }

        public Phrase Conditional(Conditional node) => new(Say(
            $"若 {Part(node.Condition, Bond.Or)} 则为 {Part(node.Then, Bond.Or)}，否则为 {Part(node.Otherwise, Bond.Or)}",
            $"{Part(node.Then, Bond.Or)} if {Part(node.Condition, Bond.Or)}, otherwise {Part(node.Otherwise, Bond.Or)}"), Bond.Choice);

        public Phrase Membership(Membership node) => Member(node, not: false);

        public Phrase ListOf(ListOf node) => new(Items(node.Items), Bond.Value);

        public Phrase Call(Call node) => node.Function switch
        {
            RuleFunction.Contains or RuleFunction.StartsWith or RuleFunction.EndsWith => TextCondition(node, not: false),
            RuleFunction.Size => node.Arguments[0].Kind.Type == RuleType.List
                ? Function(node, new("{0} 的项数", "the number of entries in {0}"))
                : Function(node, new("{0} 的字数", "the number of characters in {0}")),
            RuleFunction.Days => Span(node, Unit.Days),
            RuleFunction.Months => Span(node, Unit.Months),
            RuleFunction.Years => Span(node, Unit.Years),
            RuleFunction.DaysBetween => Function(node, new("{0} 至 {1} 的天数", "the days from {0} to {1}")),
            RuleFunction.MonthsBetween => Function(node, new("{0} 至 {1} 的月数", "the months from {0} to {1}")),
            RuleFunction.Min => new(Say($"{Items(node.Arguments)} 中最小的", $"the least of {Items(node.Arguments)}"), Bond.Value),
            RuleFunction.Max => new(Say($"{Items(node.Arguments)} 中最大的", $"the greatest of {Items(node.Arguments)}"), Bond.Value),
        };

        private Phrase Function(Call node, Text pattern) =>
            new(pattern.In(language, [.. node.Arguments.Select(a => Part(a, Bond.Sum))]), Bond.Value);

        private Phrase Span(Call node, Unit of) => node.Arguments[0] is Literal
            ? node.Arguments[0].Accept(With(of))
            : new($"{Part(node.Arguments[0], Bond.Sum)} {of.Title().In(language)}", Bond.Value);

        private Phrase Multiple(decimal factor, Expr of)
        {
            // A share is said as one, 0.4 as 40%; anything from 1 up as a multiple.
            var amount = Units.Amount(factor, factor is > 0 and < 1 ? Unit.Ratio : Unit.None, language);
            return factor is > 0 and < 1
                ? new(Say($"{Part(of, Bond.Value)} 的 {amount}", $"{amount} of {Part(of, Bond.Value)}"), Bond.Product)
                : new(Say($"{Part(of, Bond.Value)} 的 {amount} 倍", $"{amount} times {Part(of, Bond.Value)}"), Bond.Product);
        }

        private decimal? Factor(Expr expression) => expression switch
        {
            Literal literal => literal.Value.AsDecimal,
            Name name => Settled(name).AsDecimal,
            _ => null,
        };

        private RuleValue Settled(Name node) => node.Symbol is { } symbol && settled is not null ? settled(symbol) : RuleValue.Unknown;

        private Phrase Calculation(Arithmetic node, string sign, Bond bond)
        {
            // Numbers that are multiplied have no unit of their own; numbers that are added have that of the sum.
            var inner = bond == Bond.Product ? With(Unit.None) : this;
            return new(inner.Part(node.Left, bond) + sign + inner.Part(node.Right, bond + 1), bond);
        }

        private Phrase Moved(Arithmetic node, string zh, string en)
        {
            var (date, span) = node.Left.Kind.Type == RuleType.Date ? (node.Left, node.Right) : (node.Right, node.Left);
            return new(Say(
                $"{Part(date, Bond.Sum)} {zh} {Part(span, Bond.Product)}",
                $"{Part(span, Bond.Product)} {en} {Part(date, Bond.Product)}"), Bond.Sum);
        }

        private Phrase Member(Membership node, bool not)
        {
            var shared = With(Units.Common(node.Item.Kind.Unit, node.List.Kind.Unit) ?? Unit.None);
            var item = shared.Part(node.Item, Bond.Sum);
            var list = shared.Part(node.List, Bond.Sum);
            return new(node.List is ListOf
                ? Say($"{item} {(not ? "不是" : "为")} {list} {(not ? "中任何一个" : "之一")}", $"{item} is {(not ? "none" : "one")} of {list}")
                : Say($"{list} {(not ? "不含" : "含")} {item}", $"{list} {(not ? "does not include" : "includes")} {item}"), Bond.Condition);
        }

        private Phrase TextCondition(Call node, bool not)
        {
            var (text, part) = (Part(node.Arguments[0], Bond.Sum), Part(node.Arguments[1], Bond.Sum));
            var (zh, en) = node.Function switch
            {
                RuleFunction.StartsWith => ($"{(not ? "不" : "")}以 {part} 开头", not ? "does not start with" : "starts with"),
                RuleFunction.EndsWith => ($"{(not ? "不" : "")}以 {part} 结尾", not ? "does not end with" : "ends with"),
                _ => ($"{(not ? "不含" : "含")} {part}", not ? "does not contain" : "contains"),
            };
            return new(Say($"{text} {zh}", $"{text} {en} {part}"), Bond.Condition);
        }

        private string Items(IEnumerable<Expr> items) => string.Join(Say("、", ", "), items.Select(i => Part(i, Bond.Sum)));

        private string Part(Expr part, Bond least)
        {
            var phrase = part.Accept(this);
            return phrase.Bond >= least ? phrase.Text : Say($"（{phrase.Text}）", $"({phrase.Text})");
        }

        private Words With(Unit of) => of == unit ? this : new(language, behind, settled, of);

        private string Say(string zh, string en) => Zh ? zh : en;

        private static Text Verb(ComparisonOperator comparison, RuleType type, Unit of) => comparison switch
        {
            ComparisonOperator.Equal => type == RuleType.Text ? new("为", "is") : new("等于", "equals"),
            ComparisonOperator.NotEqual => type == RuleType.Text ? new("不为", "is not") : new("不等于", "does not equal"),
            ComparisonOperator.Less => Ordered(type, of, new("低于", "is below"), new("少于", "is less than"), new("早于", "is before")),
            ComparisonOperator.LessOrEqual =>
                Ordered(type, of, new("不高于", "is at most"), new("不多于", "is at most"), new("不晚于", "is on or before")),
            ComparisonOperator.Greater => Ordered(type, of, new("高于", "is above"), new("多于", "is more than"), new("晚于", "is after")),
            ComparisonOperator.GreaterOrEqual =>
                Ordered(type, of, new("不低于", "is at least"), new("不少于", "is at least"), new("不早于", "is on or after")),
        };

        private static Text Ordered(RuleType type, Unit of, Text amount, Text count, Text date) =>
            type == RuleType.Date ? date : IsCounted(of) ? count : amount;

        private static bool IsCounted(Unit unit) => unit switch
        {
            Unit.Persons or Unit.Households or Unit.Days or Unit.Months or Unit.Years or Unit.Minutes or Unit.Times => true,
            Unit.None or Unit.Yuan or Unit.YuanPerHead or Unit.Litres or Unit.Metres or Unit.SquareMetres or Unit.Mu
                or Unit.Ratio => false,
        };
    }
}
