using System.Numerics;
using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>One loop over a block of households.</summary>
internal abstract class Instruction
{
    public IReadOnlyList<Register> Reads { get; protected init; } = [];

    public IReadOnlyList<Register> Writes { get; protected init; } = [];

    public abstract void Run(ScanBlock block);
}

/// <summary>The bits of a column of truth values, or of what is known of a column.</summary>
internal sealed class LoadBits : Instruction
{
    private readonly ScanColumn _column;
    private readonly bool _known;
    private readonly Register _target;

    public LoadBits(ScanColumn column, bool known, Register target)
    {
        (_column, _known, _target) = (column, known, target);
        Writes = [target];
    }

    public override void Run(ScanBlock block)
    {
        var words = (_known ? _column.Known : MemoryMarshal.Cast<byte, ulong>(_column.Data)).Slice(block.FirstWord, ScanBlock.Words);
        for (var i = 0; i < ScanBlock.Words; i += Ahead.Line / sizeof(ulong))
            Ahead.Fetch(ref MemoryMarshal.GetReference(words), ScanBlock.Words + i);
        words.CopyTo(block.Bits(_target));
    }
}

internal enum BitOperation { And, Or, AndNot, Not }

internal sealed class CombineBits : Instruction
{
    private readonly BitOperation _operation;
    private readonly Register _left, _right, _target;

    /// <param name="right">The same as the left for <see cref="BitOperation.Not"/>.</param>
    public CombineBits(BitOperation operation, Register left, Register right, Register target)
    {
        (_operation, _left, _right, _target) = (operation, left, right, target);
        (Reads, Writes) = ([left, right], [target]);
    }

    public override void Run(ScanBlock block) => LaneLoops.Combine(_operation, block.Bits(_left), block.Bits(_right), block.Bits(_target));
}

/// <summary>Where the stored numbers of a column lie between two bounds, both included.</summary>
internal sealed class ColumnBetween : Instruction
{
    private readonly ScanColumn _column;
    private readonly long _least, _greatest;
    private readonly Register _target;

    public ColumnBetween(ScanColumn column, long least, long greatest, Register target)
    {
        (_column, _least, _greatest, _target) = (column, least, greatest, target);
        Writes = [target];
    }

    public override void Run(ScanBlock block)
    {
        var target = block.Bits(_target);
        switch (_column.Shape.Storage)
        {
            case ColumnStorage.Int8:
                Between<sbyte>(block, target);
                break;
            case ColumnStorage.Int16:
                Between<short>(block, target);
                break;
            case ColumnStorage.Int32:
                Between<int>(block, target);
                break;
            case ColumnStorage.Int64:
                Between<long>(block, target);
                break;
            case ColumnStorage.Bits or ColumnStorage.Values:
                throw new InvalidOperationException($"{_column.Symbol.Name} has no numbers.");
        }
    }

    // What the storage cannot hold bounds nothing.
    private void Between<T>(ScanBlock block, Span<ulong> target) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        LaneLoops.Between(MemoryMarshal.Cast<byte, T>(_column.Data).Slice(block.FirstRow, ScanTable.BlockRows),
            T.CreateSaturating(_least), T.CreateSaturating(_greatest), target);
}

/// <summary>Whether the stored number of a column stands in a set.</summary>
internal sealed class ColumnAmong : Instruction
{
    private readonly ScanColumn _column;
    private readonly long _first;
    private readonly ulong[] _set;
    private readonly Register _target;

    /// <param name="set">One bit for every number from the first on; holds all that the column stores, 0 included.</param>
    public ColumnAmong(ScanColumn column, long first, ulong[] set, Register target)
    {
        (_column, _first, _set, _target) = (column, first, set, target);
        Writes = [target];
    }

    public override void Run(ScanBlock block)
    {
        var target = block.Bits(_target);
        switch (_column.Shape.Storage)
        {
            case ColumnStorage.Int8:
                Among<sbyte>(block, target);
                break;
            case ColumnStorage.Int16:
                Among<short>(block, target);
                break;
            case ColumnStorage.Int32:
                Among<int>(block, target);
                break;
            case ColumnStorage.Int64:
                Among<long>(block, target);
                break;
            case ColumnStorage.Bits or ColumnStorage.Values:
                throw new InvalidOperationException($"{_column.Symbol.Name} has no numbers.");
        }
    }

    private void Among<T>(ScanBlock block, Span<ulong> target) where T : unmanaged, IBinaryInteger<T>
    {
        var cells = MemoryMarshal.Cast<byte, T>(_column.Data).Slice(block.FirstRow, ScanTable.BlockRows);
        for (var word = 0; word < target.Length; word++)
        {
            var bits = 0ul;
            for (var i = 0; i < 64; i++)
            {
                var place = (int)(long.CreateTruncating(cells[word * 64 + i]) - _first);
                bits |= (_set[place >> 6] >> (place & 63) & 1) << i;
            }
            target[word] = bits;
        }
    }
}

/// <summary>A condition that has no faster way: asked of one household after the other.</summary>
internal sealed class AskEach : Instruction
{
    private readonly Step _condition;
    private readonly Func<TableInputs> _inputs;
    private readonly int _count;
    private readonly Register _holds, _fails;

    public AskEach(Step condition, ScanTable table, Func<Symbol, RuleValue> constants, Register holds, Register fails)
    {
        (_condition, _inputs, _count, _holds, _fails) = (condition, () => table.Inputs(constants), table.Count, holds, fails);
        Writes = [holds, fails];
    }

    public override void Run(ScanBlock block)
    {
        var holds = block.Bits(_holds);
        var fails = block.Bits(_fails);
        var inputs = _inputs();
        holds.Clear();
        fails.Clear();
        var rows = Math.Min(ScanTable.BlockRows, _count - block.FirstRow);
        for (var i = 0; i < rows; i++)
        {
            inputs.Index = block.FirstRow + i;
            var truth = _condition.Truth(inputs);
            if (truth is true)
                holds[i >> 6] |= 1ul << (i & 63);
            else if (truth is false)
                fails[i >> 6] |= 1ul << (i & 63);
        }
    }
}
