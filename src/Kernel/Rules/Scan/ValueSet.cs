namespace Shouwang.Kernel.Rules.Scan;

/// <summary>A condition on one column, worked out once for each value the column can have.</summary>
/// <remarks>So texts are searched once for each different text, and months are added once for each day.</remarks>
internal static class ValueSet
{
    private const long MostValues = 65_536;
    private const int MostRanges = 4;

    // The set of bits begins at the 0 that stands for no value: the days of all years fit (512 KiB), a column of huge numbers alone does not.
    private const long MostBits = 1 << 22;

    public static Truth? Of(Expr condition, ScanColumn column, ScanEmitter emit, Func<Symbol, RuleValue> constants)
    {
        var shape = column.Shape;
        if (shape.Storage is ColumnStorage.Values or ColumnStorage.Bits || shape.Greatest - (decimal)shape.Least >= MostValues
            || Math.Max(0, shape.Greatest) - (decimal)Math.Min(0, shape.Least) >= MostBits)
            return null;
        var (step, inputs) = (Interpreter.Compile(condition), new OneColumn(column.Symbol, constants));
        var unknown = step.Truth(inputs);
        var (holds, fails) = (new Values(shape), new Values(shape));
        if (shape.Unknowns < column.Count)
        {
            for (var stored = shape.Least; stored <= shape.Greatest; stored++)
            {
                inputs.Value = column.ValueOf(stored);
                var truth = step.Truth(inputs);
                if (truth is true)
                    holds.Add(stored);
                else if (truth is false)
                    fails.Add(stored);
            }
        }
        return new(() => Half(holds, unknown is true), () => Half(fails, unknown is false));

        Bits Half(Values values, bool unknownToo)
        {
            var bits = emit.And(values.In(column, emit), emit.Known(column));
            return unknownToo ? emit.Or(bits, emit.Not(emit.Known(column))) : bits;
        }
    }

    /// <summary>Stored numbers, as ranges and as bits.</summary>
    private sealed class Values(ColumnShape shape)
    {
        // A household without a value stores 0, which has to be in the set of bits too.
        private readonly long _first = Math.Min(0, shape.Least);
        private readonly ulong[] _bits = new ulong[(Math.Max(0, shape.Greatest) - Math.Min(0, shape.Least)) / 64 + 1];
        private readonly List<(long Least, long Greatest)> _ranges = [];

        public void Add(long stored)
        {
            var place = (int)(stored - _first);
            _bits[place >> 6] |= 1ul << (place & 63);
            if (_ranges.Count > 0 && _ranges[^1].Greatest == stored - 1)
                _ranges[^1] = (_ranges[^1].Least, stored);
            else
                _ranges.Add((stored, stored));
        }

        public Bits In(ScanColumn column, ScanEmitter emit) => _ranges.Count > MostRanges
            ? emit.Among(column, _first, _bits)
            : _ranges.Aggregate(Bits.None, (bits, r) => emit.Or(bits, emit.Between(column, r.Least, r.Greatest)));
    }

    private sealed class OneColumn(Symbol column, Func<Symbol, RuleValue> constants) : IRuleInputs
    {
        public RuleValue Value { get; set; }

        public RuleValue Get(Symbol symbol) => symbol.Name == column.Name ? Value : constants(symbol);
    }
}
