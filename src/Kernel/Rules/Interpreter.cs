namespace Shouwang.Kernel.Rules;

/// <summary>A piece of a rule, ready to be evaluated. Conditions answer by truth, the rest by value.</summary>
internal abstract class Step
{
    public abstract RuleValue Value(IRuleInputs inputs);

    /// <summary>Null when unknown.</summary>
    public virtual bool? Truth(IRuleInputs inputs) => Value(inputs).AsBool;
}

internal abstract class ConditionStep : Step
{
    public abstract override bool? Truth(IRuleInputs inputs);

    public sealed override RuleValue Value(IRuleInputs inputs) => RuleValue.Bool(Truth(inputs));
}

/// <summary>Turns a checked tree into steps.</summary>
internal sealed class Interpreter : IExprVisitor<Step>
{
    public static Step Compile(Expr root) => root.Accept(new Interpreter());

    public Step Literal(Literal node) => new LiteralStep(node.Value);

    public Step Name(Name node) => new SymbolStep(node.Symbol!);

    public Step Has(Has node) => new HasStep(node.Name.Symbol!);

    public Step Not(Not node) => new NotStep(node.Operand.Accept(this));

    public Step Negation(Negation node) => new NegationStep(node.Operand.Accept(this), node.Kind);

    public Step Arithmetic(Arithmetic node) =>
        new ArithmeticStep(node.Operator, node.Left.Accept(this), node.Right.Accept(this), node.Kind);

    public Step Comparison(Comparison node) =>
        new ComparisonStep(node.Operator, node.Left.Accept(this), node.Right.Accept(this), node.Left.Kind.Type);

    public Step Logic(Logic node) => new LogicStep(node.Operator == LogicOperator.Or, All(node.Terms));

    public Step Conditional(Conditional node) => new ConditionalStep(
        node.Condition.Accept(this), node.Then.Accept(this), node.Otherwise.Accept(this), node.Kind);

    public Step Membership(Membership node) => node.List is ListOf list
        ? new OneOfStep(node.Item.Accept(this), All(list.Items), node.Item.Kind.Type)
        : new InStep(node.Item.Accept(this), node.List.Accept(this), node.Item.Kind.Type);

    public Step ListOf(ListOf node) => new ListStep(All(node.Items));

    public Step Call(Call node) => node.Arguments.Count switch
    {
        1 => new FunctionStep(node.Function, node.Arguments[0].Accept(this)),
        _ when node.Kind.Type == RuleType.Bool =>
            new TextStep(node.Function, node.Arguments[0].Accept(this), node.Arguments[1].Accept(this)),
        _ => new FoldStep(node.Function, All(node.Arguments), node.Kind),
    };

    private Step[] All(ExprList<Expr> expressions) => [.. expressions.Select(e => e.Accept(this))];

    private sealed class LiteralStep(RuleValue value) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) => value;
    }

    /// <summary>A list that is itself the result, or asked for its size; "in" does not come here.</summary>
    /// <remarks>The one step that allocates.</remarks>
    private sealed class ListStep(Step[] items) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) => RuleValue.List(items.Select(i => i.Value(inputs)));
    }

    private sealed class SymbolStep(Symbol symbol) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) => inputs.Of(symbol);
    }

    private sealed class HasStep(Symbol symbol) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs) => inputs.Get(symbol).IsKnown;
    }

    private sealed class NotStep(Step operand) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs) => !operand.Truth(inputs);
    }

    private sealed class NegationStep(Step operand, ExprKind kind) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) =>
            operand.Value(inputs) is { IsKnown: true } value ? Meaning.Negate(value, kind) : default;
    }

    private sealed class ArithmeticStep(ArithmeticOperator @operator, Step left, Step right, ExprKind kind) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) =>
            left.Value(inputs) is { IsKnown: true } a && right.Value(inputs) is { IsKnown: true } b
                ? Meaning.Calculate(@operator, a, b, kind)
                : default;
    }

    private sealed class ComparisonStep(ComparisonOperator @operator, Step left, Step right, RuleType type) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs) =>
            left.Value(inputs) is { IsKnown: true } a && right.Value(inputs) is { IsKnown: true } b
                ? Meaning.Compare(@operator, a, b, type)
                : null;
    }

    /// <summary>One term that decides is enough: a true one for "or", a false one for "and".</summary>
    private sealed class LogicStep(bool decides, Step[] terms) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs)
        {
            var open = false;
            foreach (var term in terms)
            {
                var truth = term.Truth(inputs);
                if (truth == decides)
                    return decides;
                open |= truth is null;
            }
            return open ? null : !decides;
        }
    }

    private sealed class ConditionalStep(Step condition, Step then, Step otherwise, ExprKind kind) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) => condition.Truth(inputs) is { } truth
            ? Meaning.As(kind, (truth ? then : otherwise).Value(inputs))
            : default;

        public override bool? Truth(IRuleInputs inputs) =>
            condition.Truth(inputs) is { } truth ? (truth ? then : otherwise).Truth(inputs) : null;
    }

    private sealed class OneOfStep(Step item, Step[] items, RuleType type) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs)
        {
            var sought = item.Value(inputs);
            var open = false;
            foreach (var one in items)
            {
                var value = one.Value(inputs);
                if (!sought.IsKnown || !value.IsKnown)
                    open = true;
                else if (Meaning.Compare(ComparisonOperator.Equal, sought, value, type))
                    return true;
            }
            return open ? null : false;
        }
    }

    private sealed class InStep(Step item, Step list, RuleType type) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs) =>
            list.Value(inputs).AsList is { } items ? Meaning.Contains(items, item.Value(inputs), type) : null;
    }

    private sealed class FunctionStep(RuleFunction function, Step argument) : Step
    {
        public override RuleValue Value(IRuleInputs inputs) =>
            argument.Value(inputs) is { IsKnown: true } value ? Meaning.Apply(function, value) : default;
    }

    private sealed class TextStep(RuleFunction function, Step text, Step part) : ConditionStep
    {
        public override bool? Truth(IRuleInputs inputs) =>
            text.Value(inputs) is { IsKnown: true } a && part.Value(inputs) is { IsKnown: true } b
                ? Meaning.TextHolds(function, a, b)
                : null;
    }

    private sealed class FoldStep(RuleFunction function, Step[] arguments, ExprKind kind) : Step
    {
        public override RuleValue Value(IRuleInputs inputs)
        {
            var result = arguments[0].Value(inputs);
            for (var i = 1; i < arguments.Length && result.IsKnown; i++)
                result = arguments[i].Value(inputs) is { IsKnown: true } next ? Meaning.Apply(function, result, next) : default;
            return Meaning.As(kind, result);
        }
    }
}

internal static class Inputs
{
    /// <summary>The value of the symbol, in its own type.</summary>
    /// <exception cref="InvalidOperationException">Whoever gave the inputs gave a value of another type.</exception>
    public static RuleValue Of(this IRuleInputs inputs, Symbol symbol)
    {
        var value = inputs.Get(symbol);
        return value.Type is not { } type || type == symbol.Type ? value
            : type == RuleType.Int && symbol.Type == RuleType.Decimal ? RuleValue.Decimal(value.Order)
            : throw new InvalidOperationException($"{symbol.Name} is a {symbol.Type}, but its value is the {type} {value}.");
    }
}
