using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary><c>factor × x + summand</c> in 32 bits, x being a column's stored numbers or a register.</summary>
internal readonly record struct IntSource(ScanColumn? Column, Register? Register, int Factor, int Summand)
{
    public IReadOnlyList<Register> Registers => Register is null ? [] : [Register];

    public ColumnStorage Storage => Column?.Shape.Storage ?? ColumnStorage.Int32;

    /// <summary>The numbers of a block.</summary>
    public ReadOnlySpan<T> Cells<T>(ScanBlock block) where T : unmanaged => Register is null
        ? MemoryMarshal.Cast<byte, T>(Column!.Data).Slice(block.FirstRow, ScanTable.BlockRows)
        : MemoryMarshal.Cast<int, T>(block.Ints(Register));
}

/// <summary>Two numbers of 32 bits straight from where they lie: nothing is stored in between.</summary>
internal abstract class IntInstruction : Instruction
{
    private readonly IntSource _left, _right;

    protected IntInstruction(IntSource left, IntSource right)
    {
        (_left, _right) = (left, right);
        Reads = [.. left.Registers, .. right.Registers];
    }

    public sealed override void Run(ScanBlock block)
    {
        switch (_left.Storage)
        {
            case ColumnStorage.Int8:
                Run<sbyte>(block);
                break;
            case ColumnStorage.Int16:
                Run<short>(block);
                break;
            case ColumnStorage.Int32:
                Run<int>(block);
                break;
            case ColumnStorage.Bits or ColumnStorage.Int64 or ColumnStorage.Values:
                throw new InvalidOperationException($"{_left.Column!.Symbol.Name} does not fit 32 bits.");
        }
    }

    private void Run<TLeft>(ScanBlock block) where TLeft : unmanaged
    {
        switch (_right.Storage)
        {
            case ColumnStorage.Int8:
                Run(block, new Pair<TLeft, sbyte>(_left, _right, block));
                break;
            case ColumnStorage.Int16:
                Run(block, new Pair<TLeft, short>(_left, _right, block));
                break;
            case ColumnStorage.Int32:
                Run(block, new Pair<TLeft, int>(_left, _right, block));
                break;
            case ColumnStorage.Bits or ColumnStorage.Int64 or ColumnStorage.Values:
                throw new InvalidOperationException($"{_right.Column!.Symbol.Name} does not fit 32 bits.");
        }
    }

    protected abstract void Run<TLeft, TRight>(ScanBlock block, Pair<TLeft, TRight> pair) where TLeft : unmanaged where TRight : unmanaged;

    /// <summary>Both sides, eight households at a time, or sixteen where the processor can.</summary>
    protected readonly ref struct Pair<TLeft, TRight>(IntSource left, IntSource right, ScanBlock block) where TLeft : unmanaged where TRight : unmanaged
    {
        private readonly ref TLeft _left = ref MemoryMarshal.GetReference(left.Cells<TLeft>(block));
        private readonly ref TRight _right = ref MemoryMarshal.GetReference(right.Cells<TRight>(block));
        private readonly Vector256<int> _leftFactor = Vector256.Create(left.Factor), _leftSummand = Vector256.Create(left.Summand);
        private readonly Vector256<int> _rightFactor = Vector256.Create(right.Factor), _rightSummand = Vector256.Create(right.Summand);
        // Most columns are compared as they are; a multiplication by one takes as long as any other.
        private readonly bool _leftAsIs = left is { Factor: 1, Summand: 0 }, _rightAsIs = right is { Factor: 1, Summand: 0 };
        private readonly Vector512<int> _leftFactorWide = Vector512.Create(left.Factor), _leftSummandWide = Vector512.Create(left.Summand);
        private readonly Vector512<int> _rightFactorWide = Vector512.Create(right.Factor), _rightSummandWide = Vector512.Create(right.Summand);

        /// <summary>Fetches the next block's 64 households at this place.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch(int row)
        {
            for (var i = 0; i < 64; i += Ahead.Line / Unsafe.SizeOf<TLeft>())
                Ahead.Fetch(ref _left, ScanTable.BlockRows + row + i);
            for (var i = 0; i < 64; i += Ahead.Line / Unsafe.SizeOf<TRight>())
                Ahead.Fetch(ref _right, ScanTable.BlockRows + row + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Left(int row) => Eight(ref _left, row) * _leftFactor + _leftSummand;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Right(int row) => Eight(ref _right, row) * _rightFactor + _rightSummand;

        /// <summary>Sixteen households; only where <see cref="Avx512F"/> is supported, as <see cref="RightWide"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<int> LeftWide(int row) => Sixteen(ref _left, row) is var cells && _leftAsIs ? cells : cells * _leftFactorWide + _leftSummandWide;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<int> RightWide(int row) => Sixteen(ref _right, row) is var cells && _rightAsIs ? cells : cells * _rightFactorWide + _rightSummandWide;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> Sixteen<T>(ref T cells, int row) where T : unmanaged =>
            typeof(T) == typeof(sbyte) ? Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref Unsafe.As<T, sbyte>(ref cells), (nuint)row))
            : typeof(T) == typeof(short) ? Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref Unsafe.As<T, short>(ref cells), (nuint)row))
            : Vector512.LoadUnsafe(ref Unsafe.As<T, int>(ref cells), (nuint)row);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Eight<T>(ref T cells, int row) where T : unmanaged
        {
            if (typeof(T) == typeof(sbyte))
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref cells, row)))).AsSByte();
                return Widened(Vector128.WidenLower(bytes));
            }
            return typeof(T) == typeof(short)
                ? Widened(Vector128.LoadUnsafe(ref Unsafe.As<T, short>(ref cells), (nuint)row))
                : Vector256.LoadUnsafe(ref Unsafe.As<T, int>(ref cells), (nuint)row);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Widened(Vector128<short> numbers) => Vector256.WidenLower(numbers.ToVector256Unsafe());
    }
}

/// <summary>A comparison of two numbers of 32 bits.</summary>
internal sealed class CompareInts : IntInstruction
{
    private readonly LaneComparison _comparison;
    private readonly Register _target;

    public CompareInts(LaneComparison comparison, IntSource left, IntSource right, Register target) : base(left, right)
    {
        (_comparison, _target) = (comparison, target);
        Writes = [target];
    }

    protected override void Run<TLeft, TRight>(ScanBlock block, Pair<TLeft, TRight> pair)
    {
        var target = block.Bits(_target);
        for (var word = 0; word < target.Length; word++)
        {
            var bits = 0ul;
            pair.Fetch(word * 64);
            if (Avx512F.IsSupported)
                for (var i = 0; i < 64; i += Vector512<int>.Count)
                    bits |= Holds(pair.LeftWide(word * 64 + i), pair.RightWide(word * 64 + i)).ExtractMostSignificantBits() << i;
            else
                for (var i = 0; i < 64; i += Vector256<int>.Count)
                    bits |= (ulong)Holds(pair.Left(word * 64 + i), pair.Right(word * 64 + i)).ExtractMostSignificantBits() << i;
            target[word] = bits;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Holds(Vector256<int> a, Vector256<int> b) => _comparison switch
    {
        LaneComparison.Equal => Vector256.Equals(a, b),
        LaneComparison.Less => Vector256.LessThan(a, b),
        LaneComparison.LessOrEqual => ~Vector256.GreaterThan(a, b),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> Holds(Vector512<int> a, Vector512<int> b) => _comparison switch
    {
        LaneComparison.Equal => Vector512.Equals(a, b),
        LaneComparison.Less => Vector512.LessThan(a, b),
        LaneComparison.LessOrEqual => Vector512.LessThanOrEqual(a, b),
    };
}

/// <summary>A calculation with two numbers of 32 bits.</summary>
internal sealed class CombineInts : IntInstruction
{
    private readonly LaneOperation _operation;
    private readonly Register _target;

    public CombineInts(LaneOperation operation, IntSource left, IntSource right, Register target) : base(left, right)
    {
        (_operation, _target) = (operation, target);
        Writes = [target];
    }

    protected override void Run<TLeft, TRight>(ScanBlock block, Pair<TLeft, TRight> pair)
    {
        ref var target = ref MemoryMarshal.GetReference(block.Ints(_target));
        for (var row = 0; row < ScanTable.BlockRows; row += 64)
        {
            pair.Fetch(row);
            if (Avx512F.IsSupported)
                for (var i = row; i < row + 64; i += Vector512<int>.Count)
                    Combined(pair.LeftWide(i), pair.RightWide(i)).StoreUnsafe(ref target, (nuint)i);
            else
                for (var i = row; i < row + 64; i += Vector256<int>.Count)
                    Combined(pair.Left(i), pair.Right(i)).StoreUnsafe(ref target, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Combined(Vector256<int> a, Vector256<int> b) => _operation switch
    {
        LaneOperation.Add => a + b,
        LaneOperation.Subtract => a - b,
        LaneOperation.Multiply => a * b,
        LaneOperation.Min => Vector256.Min(a, b),
        LaneOperation.Max => Vector256.Max(a, b),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> Combined(Vector512<int> a, Vector512<int> b) => _operation switch
    {
        LaneOperation.Add => a + b,
        LaneOperation.Subtract => a - b,
        LaneOperation.Multiply => a * b,
        LaneOperation.Min => Vector512.Min(a, b),
        LaneOperation.Max => Vector512.Max(a, b),
    };
}
