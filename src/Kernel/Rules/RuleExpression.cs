namespace Shouwang.Kernel.Rules;

/// <summary>A rule that has been read and checked: every name is known, types and units fit.</summary>
/// <remarks>Immutable; may be evaluated by many threads at once. The language is documented in <c>docs/rules.md</c>.</remarks>
public sealed class RuleExpression
{
    /// <summary>The longest text of a rule, in characters.</summary>
    public const int MaxLength = 65_536;

    /// <summary>How deep a rule may be nested. One "and" or "or" is one level, however many terms it joins.</summary>
    public const int MaxDepth = 64;

    private readonly Step _steps;

    private RuleExpression(string source, Expr root, IReadOnlyList<Symbol> symbols) =>
        (Source, Root, Symbols, _steps, IsIntricate) = (source, root, symbols, Interpreter.Compile(root), Decisive.Repeats(root) || Decisive.Chooses(root));

    /// <summary>The text as it was written.</summary>
    public string Source { get; }

    /// <summary>The checked tree: every node has its kind, every name its symbol.</summary>
    public Expr Root { get; }

    public RuleType Type => Root.Kind.Type;

    public Unit Unit => Root.Kind.Unit;

    /// <summary>The symbols the rule reads, in the order of the text, each once.</summary>
    public IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>Fewer symbols than are left when what is decided is struck out may be able to decide it: one stands in it twice, or it chooses between conditions.</summary>
    internal bool IsIntricate { get; }

    /// <summary>Reads and checks a rule.</summary>
    /// <param name="type">The type it has to have, such as Bool for a warning rule; without it, any.</param>
    public static RuleOutcome Compile(string text, ISymbols symbols, RuleType? type = null)
    {
        var parsed = Parser.Parse(text);
        if (parsed.Root is not { } root)
            return new(parsed.Errors);
        var checker = new Checker(text, symbols);
        var tree = checker.Whole(root, type);
        return tree is not null
            ? new(new RuleExpression(text, tree, checker.Used))
            : new([.. checker.Errors.OrderBy(e => (e.Line, e.Column))]);
    }

    /// <summary>Reads a rule without knowing its names: for formatting, and for finding out which names it uses.</summary>
    public static ParsedRule Parse(string text) => Parser.Parse(text);

    /// <summary>The canonical text of a tree; reading it gives the same tree again.</summary>
    public static string Format(Expr expression) => Formatter.Format(expression);

    /// <summary>The value for one household. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The inputs gave a value of another type than its symbol's.</exception>
    public RuleValue Evaluate(IRuleInputs inputs) => _steps.Value(inputs);

    /// <summary>Whether the condition holds; null when that is unknown. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">
    /// The rule is no condition, or the inputs gave a value of another type than its symbol's.
    /// </exception>
    public bool? Holds(IRuleInputs inputs) => Type == RuleType.Bool
        ? _steps.Truth(inputs)
        : throw new InvalidOperationException($"'{Source}' is a {Type}, not a condition.");

    /// <summary>The same result with all that led to it.</summary>
    public RuleTrace Explain(IRuleInputs inputs) => Explainer.Explain(this, inputs);

    public override string ToString() => Source;
}
