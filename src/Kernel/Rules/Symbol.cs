namespace Shouwang.Kernel.Rules;

/// <summary>A name a rule may use: a module's feature, a line, or a parameter of the policy pack.</summary>
/// <param name="Name">Dotted, such as <c>income.net_per_capita</c>, <c>line.monitoring</c>, <c>param.limit</c>.</param>
/// <param name="Title">How people call it, for plain words and explanations.</param>
public sealed record Symbol(string Name, RuleType Type, Unit Unit, Text Title)
{
    // Symbols are keys of the dictionaries that screening asks millions of times.
    private readonly int _hash = Name.GetHashCode(StringComparison.Ordinal);

    public ExprKind Kind => new(Type, Unit, Type == RuleType.List ? RuleType.Text : null);

    public bool Equals(Symbol? other) =>
        ReferenceEquals(this, other)
        || (other is not null && (Name, Type, Unit, Title) == (other.Name, other.Type, other.Unit, other.Title));

    public override int GetHashCode() => _hash;

    public override string ToString() => Name;
}

/// <summary>The names a rule may use, with their types and units.</summary>
public interface ISymbols
{
    Symbol? Find(string name);

    /// <summary>All of them, for suggestions.</summary>
    IReadOnlyCollection<string> Names { get; }
}

/// <summary>The values of one household on one day.</summary>
public interface IRuleInputs
{
    /// <summary>The value of that symbol's type, or <see cref="RuleValue.Unknown"/> where there is none.</summary>
    /// <remarks>Whole numbers may stand in for decimals. A value of another type is a programming mistake.</remarks>
    RuleValue Get(Symbol symbol);
}

/// <summary>A fixed set of symbols.</summary>
public sealed class SymbolTable : ISymbols
{
    private readonly Dictionary<string, Symbol> _symbols;

    /// <exception cref="ArgumentException">Two symbols share a name.</exception>
    public SymbolTable(params IEnumerable<Symbol> symbols) =>
        _symbols = symbols.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public Symbol? Find(string name) => _symbols.GetValueOrDefault(name);

    public IReadOnlyCollection<string> Names => _symbols.Keys;
}

/// <summary>Values by name; what is not in it is unknown.</summary>
public sealed class RuleInputs : IRuleInputs
{
    private readonly Dictionary<string, RuleValue> _values = new(StringComparer.Ordinal);

    public RuleInputs(params IEnumerable<(string Name, RuleValue Value)> values)
    {
        foreach (var (name, value) in values)
            _values[name] = value;
    }

    public RuleValue Get(Symbol symbol) => _values.GetValueOrDefault(symbol.Name);
}
