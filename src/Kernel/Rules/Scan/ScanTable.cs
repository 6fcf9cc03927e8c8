namespace Shouwang.Kernel.Rules.Scan;

/// <summary>A population as typed columns, for rules that are run over all of it.</summary>
public sealed class ScanTable(int count, IReadOnlyDictionary<string, ScanColumn> columns)
{
    /// <summary>Households worked on at a time: their pieces of all columns stay in the cache of a core.</summary>
    public const int BlockRows = 8192;

    /// <summary>Households.</summary>
    public int Count => count;

    /// <summary>By the name of their symbol.</summary>
    public IReadOnlyDictionary<string, ScanColumn> Columns => columns;

    internal int Blocks => (count + BlockRows - 1) / BlockRows;

    /// <summary>What a rule sees of one household after the other.</summary>
    /// <param name="constants">Values of the names that are no columns; unknown where there is none.</param>
    public TableInputs Inputs(Func<Symbol, RuleValue> constants) => new(this, constants);
}

/// <summary>One household of a table: set <see cref="Index"/> and evaluate.</summary>
public sealed class TableInputs(ScanTable table, Func<Symbol, RuleValue> constants) : IRuleInputs
{
    public int Index { get; set; }

    public RuleValue Get(Symbol symbol) => table.Columns.TryGetValue(symbol.Name, out var column) ? column[Index] : constants(symbol);
}
