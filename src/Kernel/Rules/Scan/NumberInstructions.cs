using System.Numerics;
using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>The stored numbers of a column as lanes to calculate with.</summary>
internal sealed class LoadLanes : Instruction
{
    private readonly ScanColumn _column;
    private readonly Register _target;

    public LoadLanes(ScanColumn column, Register target)
    {
        (_column, _target) = (column, target);
        Writes = [target];
    }

    public override void Run(ScanBlock block)
    {
        switch (_column.Shape.Storage)
        {
            case ColumnStorage.Int8:
                Load<sbyte>(block);
                break;
            case ColumnStorage.Int16:
                Load<short>(block);
                break;
            case ColumnStorage.Int32:
                Load<int>(block);
                break;
            case ColumnStorage.Int64:
                Load<long>(block);
                break;
            case ColumnStorage.Bits or ColumnStorage.Values:
                throw new InvalidOperationException($"{_column.Symbol.Name} has no numbers.");
        }
    }

    private void Load<T>(ScanBlock block) where T : unmanaged, IBinaryInteger<T>
    {
        var cells = MemoryMarshal.Cast<byte, T>(_column.Data).Slice(block.FirstRow, ScanTable.BlockRows);
        if (_target.Kind == RegisterKind.Int)
            LaneLoops.ToInts(cells, block.Ints(_target));
        else
            LaneLoops.ToWides(cells, block.Wides(_target));
    }
}

/// <summary><c>factor × lanes + summand</c>; also widens whole numbers of 32 bits.</summary>
internal sealed class Affine : Instruction
{
    private readonly Register _source, _target;
    private readonly long _factor, _summand;

    public Affine(Register source, long factor, long summand, Register target)
    {
        (_source, _factor, _summand, _target) = (source, factor, summand, target);
        (Reads, Writes) = ([source], [target]);
    }

    public override void Run(ScanBlock block)
    {
        if (_target.Kind == RegisterKind.Int)
        {
            LaneLoops.Affine(block.Ints(_source), (int)_factor, (int)_summand, block.Ints(_target));
            return;
        }
        var target = block.Wides(_target);
        if (_source.Kind == RegisterKind.Int)
            LaneLoops.ToWides<int>(block.Ints(_source), target);
        ReadOnlySpan<double> source = _source.Kind == RegisterKind.Int ? target : block.Wides(_source);
        if (_source.Kind != RegisterKind.Int || _factor != 1 || _summand != 0)
            LaneLoops.Affine(source, (double)_factor, (double)_summand, target);
    }
}

internal enum LaneOperation { Add, Subtract, Multiply, Min, Max }

/// <summary>A calculation with two wide numbers; see <see cref="CombineInts"/> for the others.</summary>
internal sealed class CombineWides : Instruction
{
    private readonly LaneOperation _operation;
    private readonly Register _left, _right, _target;

    public CombineWides(LaneOperation operation, Register left, Register right, Register target)
    {
        (_operation, _left, _right, _target) = (operation, left, right, target);
        (Reads, Writes) = ([left, right], [target]);
    }

    public override void Run(ScanBlock block) =>
        LaneLoops.Combine<double>(_operation, block.Wides(_left), block.Wides(_right), block.Wides(_target));
}

/// <summary>One number where a bit is set, the other where it is not.</summary>
internal sealed class ChooseLanes : Instruction
{
    private readonly Register _condition, _then, _otherwise, _target;

    public ChooseLanes(Register condition, Register then, Register otherwise, Register target)
    {
        (_condition, _then, _otherwise, _target) = (condition, then, otherwise, target);
        (Reads, Writes) = ([condition, then, otherwise], [target]);
    }

    public override void Run(ScanBlock block)
    {
        if (_target.Kind == RegisterKind.Int)
            LaneLoops.Choose<int>(block.Bits(_condition), block.Ints(_then), block.Ints(_otherwise), block.Ints(_target));
        else
            LaneLoops.Choose<double>(block.Bits(_condition), block.Wides(_then), block.Wides(_otherwise), block.Wides(_target));
    }
}

/// <summary>The same number for every household.</summary>
internal sealed class FillLanes : Instruction
{
    private readonly long _number;
    private readonly Register _target;

    public FillLanes(long number, Register target)
    {
        (_number, _target) = (number, target);
        Writes = [target];
    }

    public override void Run(ScanBlock block)
    {
        if (_target.Kind == RegisterKind.Int)
            block.Ints(_target).Fill((int)_number);
        else
            block.Wides(_target).Fill(_number);
    }
}

/// <summary>A comparison of two wide numbers; see <see cref="CompareInts"/> for the others.</summary>
internal sealed class CompareWides : Instruction
{
    private readonly LaneComparison _comparison;
    private readonly Register _left, _right, _target;

    public CompareWides(LaneComparison comparison, Register left, Register right, Register target)
    {
        (_comparison, _left, _right, _target) = (comparison, left, right, target);
        (Reads, Writes) = ([left, right], [target]);
    }

    public override void Run(ScanBlock block) =>
        LaneLoops.Compare<double>(_comparison, block.Wides(_left), block.Wides(_right), block.Bits(_target));
}

/// <summary>The others are these with sides or outcome swapped.</summary>
internal enum LaneComparison { Equal, Less, LessOrEqual }
