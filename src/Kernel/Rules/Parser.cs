using System.Globalization;

namespace Shouwang.Kernel.Rules;

/// <summary>
/// Reads the text of a rule into a tree, by the grammar of CEL without what <c>docs/rules.md</c> lists as unsupported.
/// </summary>
/// <remarks>
/// One pass, no going back, so the time is linear. The first fault ends the reading: it is kept, the rest of the text is
/// taken as its end, and the tree that falls out is thrown away.
/// </remarks>
internal sealed class Parser
{
    // From loose to tight, as in CEL.
    private const int OrLevel = 1, AndLevel = 2, RelationLevel = 3, SumLevel = 4, ProductLevel = 5;

    /// <summary>Nodes that <c>all</c> and <c>exists</c> may come to when they are written out; nested they multiply.</summary>
    private const int MaxWrittenOut = 5_000;

    private static readonly Expr Nothing = new Literal(RuleValue.Bool(false));
    private static readonly Text Value = new("一个值", "a value");

    private readonly string _source;
    private readonly Lexer _lexer;
    private Token _token;
    private Place _last;
    private int _depth;
    private int _writtenOut;
    private RuleError? _fault;

    private Parser(string source)
    {
        (_source, _lexer) = (source, new(source));
        Advance();
    }

    public static ParsedRule Parse(string source)
    {
        if (source.Length > RuleExpression.MaxLength)
            return Refused(source, new(0, 0), "rule.too-long", RuleMessages.TooLong);
        var parser = new Parser(source);
        if (parser._token.Kind == TokenKind.End && parser._fault is null)
            return Refused(source, new(0, source.Length), "rule.empty", RuleMessages.Empty);
        var root = parser.Expression();
        if (parser._token.Kind != TokenKind.End)
            parser.Unexpected(new("运算符或结尾", "an operator or the end"));
        return parser._fault is null ? new(root, []) : new(null, [parser._fault]);
    }

    private static ParsedRule Refused(string source, Place place, string code, (Text What, Text Remedy) message) =>
        new(null, [RuleError.At(source, place, code, message.What, message.Remedy)]);

    private Expr Expression()
    {
        if (++_depth > RuleExpression.MaxDepth)
            return Fail(_token.Place, "rule.too-deep", RuleMessages.TooDeep);
        var expression = Binary(OrLevel);
        if (Take("?"))
        {
            var then = Binary(OrLevel);
            Expect(":");
            expression = Limited(new Conditional(expression, then, Expression()), expression.Place);
        }
        _depth--;
        return expression;
    }

    private Expr Binary(int level)
    {
        var left = Unary();
        while (Level() is var found && found >= level)
        {
            if (found <= AndLevel)
            {
                left = Joined(left, found);
                continue;
            }
            var sign = _token;
            Advance();
            left = Limited(Joined(sign, left, Binary(found + 1)), left.Place);
        }
        return left;
    }

    /// <summary>All terms of one "and" or "or" at once, since they are one node.</summary>
    private Expr Joined(Expr first, int level)
    {
        List<Expr> terms = [first];
        while (Level() == level)
        {
            Advance();
            terms.Add(Binary(level + 1));
        }
        return Limited(Logic.Of(level == AndLevel ? LogicOperator.And : LogicOperator.Or, terms), first.Place);
    }

    private Expr Joined(Token sign, Expr left, Expr right) => _lexer.TextOf(sign) switch
    {
        "in" => new Membership(left, right),
        "==" => new Comparison(ComparisonOperator.Equal, left, right),
        "!=" => new Comparison(ComparisonOperator.NotEqual, left, right),
        "<" => new Comparison(ComparisonOperator.Less, left, right),
        "<=" => new Comparison(ComparisonOperator.LessOrEqual, left, right),
        ">" => new Comparison(ComparisonOperator.Greater, left, right),
        ">=" => new Comparison(ComparisonOperator.GreaterOrEqual, left, right),
        "+" => new Arithmetic(ArithmeticOperator.Add, left, right),
        "-" => new Arithmetic(ArithmeticOperator.Subtract, left, right),
        "*" => new Arithmetic(ArithmeticOperator.Multiply, left, right),
        "/" => new Arithmetic(ArithmeticOperator.Divide, left, right),
        _ => new Arithmetic(ArithmeticOperator.Remainder, left, right),
    };

    /// <summary>How tightly the operator ahead binds; 0 where there is none.</summary>
    private int Level() => _token.Kind is not (TokenKind.Sign or TokenKind.Name) ? 0 : _lexer.TextOf(_token) switch
    {
        "||" => OrLevel,
        "&&" => AndLevel,
        "==" or "!=" or "<" or "<=" or ">" or ">=" or "in" => RelationLevel,
        "+" or "-" => SumLevel,
        "*" or "/" or "%" => ProductLevel,
        _ => 0,
    };

    private Expr Unary()
    {
        var start = _token.Place;
        var not = Take("!");
        if (!not && !Take("-"))
            return Postfix(Primary());
        if (!not && _token.Kind == TokenKind.Number)
            return Number(negative: true, start);
        if (++_depth > RuleExpression.MaxDepth)
            return Fail(_token.Place, "rule.too-deep", RuleMessages.TooDeep);
        var operand = Unary();
        _depth--;
        return Limited(not ? new Not(operand) : new Negation(operand), start);
    }

    private Expr Primary()
    {
        var start = _token.Place;
        switch (_token.Kind)
        {
            case TokenKind.Number:
                return Number(negative: false, start);
            case TokenKind.Text:
                var text = new Literal(_token.Value) { Place = start };
                Advance();
                return text;
            case TokenKind.Name:
                return Word();
            case TokenKind.Sign or TokenKind.End or TokenKind.Broken:
                if (Take("("))
                {
                    var inner = Expression();
                    Expect(")");
                    return inner with { Place = Place.Between(start, _last) };
                }
                return Take("[") ? Limited(new ListOf(Items("]")), start) : Unexpected(Value);
        }
        return Unexpected(Value);
    }

    private Expr Number(bool negative, Place start)
    {
        var value = _token.Value;
        var written = _lexer.TextOf(_token);
        var whole = !written.ContainsAny(".eE") || written.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var number = negative ? -value.Order : value.Order;
        if (whole && number > long.MaxValue)
            return Fail(_token.Place, "rule.number", RuleMessages.NumberTooLong);
        Advance();
        return new Literal(whole ? RuleValue.Int((long)number) : RuleValue.Decimal(number)) { Place = Place.Between(start, _last) };
    }

    /// <summary>A name, a function, or one of the words that are values.</summary>
    private Expr Word()
    {
        var start = _token.Place;
        var word = _lexer.TextOf(_token).ToString();
        if (word == "in")
            return Unexpected(Value);
        Advance();
        if (Is("("))
            return word switch
            {
                "date" => Date(start),
                "has" => HasName(start),
                "dyn" => Same(start),
                _ => Function(word, start, null),
            };
        return word switch
        {
            "true" or "false" => new Literal(RuleValue.Bool(word == "true")) { Place = start },
            "null" => Fail(start, "rule.not-supported", RuleMessages.NotSupported(
                new(" null", "null"), new("缺失的值请用 has(名称) 判断。", "Ask with has(name) whether there is a value."))),
            _ => new Name(word) { Place = start },
        };
    }

    /// <summary>The rest of a dotted name, and methods behind a value.</summary>
    private Expr Postfix(Expr value)
    {
        List<string>? parts = null;
        while (Take("."))
        {
            if (_token.Kind != TokenKind.Name)
                return Unexpected(new("名称", "a name"));
            var (place, word) = (_token.Place, _lexer.TextOf(_token).ToString());
            Advance();
            if (Is("("))
            {
                value = word is "all" or "exists"
                    ? OverList(word, place, Dotted(value, parts))
                    : Function(word, place, Dotted(value, parts));
                parts = null;
            }
            else if (value is Name first)
                (parts ??= [first.Dotted]).Add(word);
            else
                return Fail(place, "rule.not-supported", RuleMessages.NotSupported(new("取字段", "fields of values"),
                    new("请使用指标的完整名称。", "Use the full name of a feature.")));
            if (parts is not null)
                value = value with { Place = Place.Between(value.Place, place) };
        }
        return Is("[")
            ? Fail(_token.Place, "rule.not-supported", RuleMessages.NotSupported(new("下标", "indexes"),
                new("列表请用 in 或 size()。", "Ask a list with in or size().")))
            : Dotted(value, parts);
    }

    private static Expr Dotted(Expr value, List<string>? parts) =>
        parts is null ? value : new Name(string.Join('.', parts)) { Place = value.Place };

    private Expr Function(string name, Place place, Expr? receiver)
    {
        Expect("(");
        var arguments = Items(")");
        if (Functions.Find(name, receiver is not null) is not { } form)
            return UnknownFunction(name, place);
        if (receiver is not null)
            arguments = new([receiver, .. arguments]);
        var start = receiver?.Place ?? place;
        return arguments.Count < form.Least || arguments.Count > form.Most
            ? Fail(Place.Between(place, _last), "rule.arguments", RuleMessages.Arguments(name, form.Least, form.Most))
            : Limited(new Call(form.Function, arguments), start);
    }

    /// <summary>
    /// <c>[a, b].all(x, x &gt; 1)</c> is <c>a &gt; 1 &amp;&amp; b &gt; 1</c>, <c>exists</c> the same with "or": CEL defines
    /// them so, and what is written out here no engine has to know.
    /// </summary>
    private Expr OverList(string word, Place place, Expr list)
    {
        Expect("(");
        var variable = _lexer.TextOf(_token).ToString();
        if (_token.Kind != TokenKind.Name || variable is "true" or "false" or "null" or "in")
            return Unexpected(new("一个变量名", "a name for the entry"));
        Advance();
        Expect(",");
        var condition = Expression();
        Expect(")");
        if (_fault is not null)
            return Nothing;
        if (list is not ListOf { Items: var items })
            return Fail(place, "rule.not-supported", RuleMessages.NotSupported(
                new($"对指标列表的 {word}", $"{word} over a feature's list"),
                new("列表须直接写出，例如 [a, b]；或者使用计数的指标。", "Write the list out, such as [a, b], or use a feature that counts.")));
        var (all, whole) = (word == "all", Place.Between(list.Place, _last));
        List<Expr> terms = items.Count == 1 ? [new Literal(RuleValue.Bool(all)) { Place = place }] : [];
        foreach (var item in items)
        {
            var written = new Substitution(variable, item, MaxWrittenOut - _writtenOut);
            terms.Add(condition.Accept(written));
            _writtenOut += written.Nodes;
            if (written.HasOfNoName is { } has)
                return Fail(has, "rule.arguments", RuleMessages.HasName);
            if (_writtenOut > MaxWrittenOut)
                return Fail(whole, "rule.too-long", RuleMessages.WrittenOutTooLong(MaxWrittenOut));
        }
        return terms.Count == 0
            ? new Literal(RuleValue.Bool(all)) { Place = whole }
            : Limited(Logic.Of(all ? LogicOperator.And : LogicOperator.Or, terms), list.Place);
    }

    private Expr UnknownFunction(string name, Place place)
    {
        if (name == "matches")
            return Fail(place, "rule.not-supported", RuleMessages.NotSupported(new("正则表达式", "regular expressions"),
                new("请用 contains、startsWith 或 endsWith。", "Use contains, startsWith or endsWith.")));
        if (name is "map" or "filter" or "exists_one" or "existsOne")
            return Fail(place, "rule.not-supported", RuleMessages.NotSupported(new($" {name}", name),
                new("请用 all 或 exists，或者使用计数的指标。", "Use all or exists, or a feature that counts.")));
        var (what, remedy) = RuleMessages.UnknownFunction(name, Functions.Nearest(name));
        return Fail(place, "rule.unknown-function", name is "contains" or "startsWith" or "endsWith"
            ? (what, new($"请写成 文本.{name}(文本)。", $"Write it behind the text: text.{name}(text)."))
            : (what, remedy));
    }

    private Expr Date(Place start)
    {
        Expect("(");
        if (!DateOnly.TryParseExact(
            _token.Value.AsText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Fail(_token.Place, "rule.date", RuleMessages.Date);
        Advance();
        Expect(")");
        return new Literal(RuleValue.Date(date)) { Place = Place.Between(start, _last) };
    }

    /// <summary>CEL's <c>dyn(x)</c> is x. Elsewhere it puts the check of types off; here types are checked all the same.</summary>
    private Expr Same(Place start)
    {
        Expect("(");
        var inner = Expression();
        Expect(")");
        return inner with { Place = Place.Between(start, _last) };
    }

    private Expr HasName(Place start)
    {
        Expect("(");
        var inner = Expression();
        Expect(")");
        return inner is Name name
            ? new Has(name) { Place = Place.Between(start, _last) }
            : Fail(inner.Place, "rule.arguments", RuleMessages.HasName);
    }

    /// <summary>Up to the closing sign; a comma may stand before it.</summary>
    private ExprList<Expr> Items(string close)
    {
        List<Expr> items = [];
        while (!Take(close))
        {
            items.Add(Expression());
            if (!Is(close))
                Expect(",");
            if (_fault is not null)
                break;
        }
        return new(items);
    }

    private bool Is(string sign) => _token.Kind == TokenKind.Sign && _lexer.TextOf(_token).SequenceEqual(sign);

    private bool Take(string sign)
    {
        if (!Is(sign))
            return false;
        Advance();
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
            Unexpected(new($" {sign}", sign));
    }

    private void Advance()
    {
        _last = _token.Place;
        _token = _fault is null ? _lexer.Next() : new(TokenKind.End, new(_source.Length, 0));
        if (_lexer.Fault is { } fault)
            Fail(fault.Place, fault.Code, (fault.What, fault.Remedy));
    }

    private Expr Limited(Expr expression, Place start)
    {
        var place = Place.Between(start, _last);
        return expression.Height > RuleExpression.MaxDepth
            ? Fail(place, "rule.too-deep", RuleMessages.TooDeep)
            : expression with { Place = place };
    }

    private Expr Unexpected(Text expected) =>
        Fail(_token.Place, "rule.unexpected", RuleMessages.Unexpected(_lexer.TextOf(_token).ToString(), expected));

    private Expr Fail(Place place, string code, (Text What, Text Remedy) message)
    {
        _fault ??= RuleError.At(_source, place, code, message.What, message.Remedy);
        _token = new(TokenKind.End, new(_source.Length, 0));
        return Nothing;
    }
}
