using System.Text.Json.Nodes;

namespace Shouwang.Kernel.Rules;

/// <summary>A checked tree in Polish notation; see <see cref="RuleJson"/>. Every visit gives the place of the node.</summary>
internal sealed class RuleTokens : IExprVisitor<int>
{
    private readonly IReadOnlyDictionary<Symbol, int> _symbols;

    private RuleTokens(RuleExpression rule)
    {
        _symbols = Symbols(rule);
        rule.Root.Accept(this);
    }

    public List<JsonNode?> All { get; } = [];

    /// <summary>Where the nodes begin that a <see cref="RuleTrace"/> can name.</summary>
    public Dictionary<Expr, int> Places { get; } = new(ReferenceEqualityComparer.Instance);

    public static RuleTokens Of(RuleExpression rule) => new(rule);

    /// <summary>The symbols of a rule with their places.</summary>
    public static IReadOnlyDictionary<Symbol, int> Symbols(RuleExpression rule) =>
        rule.Symbols.Index().ToDictionary(s => s.Item, s => s.Index);

    public int Literal(Literal node) => node.Value.Type switch
    {
        RuleType.Bool => Put(node.Value.AsBool!.Value),
        RuleType.Int or RuleType.Decimal or RuleType.Text or RuleType.Date => Put(RuleJson.Name(node.Value.Type.Value), node.Value.ToString()),
        RuleType.Duration or RuleType.List or null => throw new InvalidOperationException($"No rule has {node.Value} written in it."),
    };

    public int Name(Name node) => Put(_symbols[node.Symbol!]);

    public int Has(Has node) => Put(node, "has", [node.Name]);

    public int Not(Not node) => Put(node, "!", [node.Operand]);

    public int Negation(Negation node) => Put(node, $"neg {Result(node)}", [node.Operand]);

    public int Arithmetic(Arithmetic node) => Put(node, $"{Sign(node.Operator)} {Result(node)}", [node.Left, node.Right]);

    public int Comparison(Comparison node) => Put(node, $"{node.Operator.Sign()}{Shared(node.Left, node.Right)}", [node.Left, node.Right]);

    public int Logic(Logic node) => Put(node, node.Operator == LogicOperator.And ? "&&" : "||", node.Terms, counted: true);

    public int Conditional(Conditional node) => Put(node, $"?{Widened(node)}", [node.Condition, node.Then, node.Otherwise]);

    public int Membership(Membership node) => Put(node, $"in{Shared(node.Item, node.List)}", [node.Item, node.List]);

    public int ListOf(ListOf node) => Put(node, "[]", node.Items, counted: true);

    public int Call(Call node) => Put(node, $"{node.Function.Form().Name}(){Widened(node)}", node.Arguments, counted: true);

    private int Put(params ReadOnlySpan<JsonNode?> tokens)
    {
        var place = All.Count;
        All.AddRange(tokens);
        return place;
    }

    private int Put(Expr node, string sign, IReadOnlyList<Expr> operands, bool counted = false)
    {
        var place = counted ? Put(sign, operands.Count) : Put(sign);
        Places.Add(node, place);
        foreach (var operand in operands)
            operand.Accept(this);
        return place;
    }

    /// <summary>The type of a calculation, and of durations whether they count days or months.</summary>
    private static string Result(Expr node) =>
        node.Kind.Type != RuleType.Duration ? RuleJson.Name(node.Kind.Type) : node.Kind.Unit == Unit.Months ? "months" : "days";

    /// <summary>Of several numbers one is chosen; a whole one becomes decimal if the result is.</summary>
    private static string Widened(Expr node) => node.Kind.Type == RuleType.Decimal ? " decimal" : "";

    private static string Shared(Expr left, Expr right) =>
        Units.Common(left.Kind.Unit, right.Kind.Unit) is { } unit and not Unit.None ? $" {unit}" : "";

    private static string Sign(ArithmeticOperator @operator) => @operator switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
        ArithmeticOperator.Remainder => "%",
    };
}
